"""Unit lists: bodies in a row: separators, heads left out, a level shared at the end, a head over several places.

    Phòng Y tế, Trung tâm Y tế huyện        two, both of the district
    Hội Phụ nữ, Nông dân                    two, the second without its head
    Trạm Y tế các xã Tân Phú, Hòa An        two, one a place
"""

import re
from collections.abc import Iterator

from extractors.layers.unit_edges import level_at, place_name, starts_with
from extractors.layers.unit_grammar import PEOPLE, Found, inner, parse
from extractors.layers.unit_suffix import Rules, suffix
from extractors.layers.unit_words import AND, Words, fields, groups, longest, names, predicates

_SEPARATORS = ((",", AND), (";", AND), (",",), (";",), (AND,), ("hoặc",), ("/",))
_SEPARATING = {first: [s for s in _SEPARATORS if s[0] == first] for first, *_ in _SEPARATORS}
_ELLIPTIC = frozenset({"hội", "công", "phòng", "sở", "trường", "đoàn"})


def separator(words: Words, at: int, *, slot: bool = True) -> int:
    """Where a separator at `at` ends; `at` itself if there is none. In running text a semicolon ends the clause."""
    first = words.keys[at] if at < len(words.keys) else ""
    if first not in _SEPARATING or (first == ";" and not slot):
        return at
    found = (s for s in _SEPARATING[first] if starts_with(words, at, s) and (s != (AND,) or words.marks[at] != "-"))
    return next((at + len(s) for s in found), at)


def parse_list(words: Words, at: int, *, slot: bool = False, semicolons: bool = False) -> list[Found]:
    """The bodies of the list that begins at `at`; none where no body begins there. `semicolons` may part them in a slot, and where asked."""
    first = parse(words, at, slot=slot)
    if first is None:
        return []
    found = [*_spread(words, first)]
    while True:
        begin = separator(words, found[-1].last, slot=slot or semicolons)
        if begin == found[-1].last or begin >= len(words.keys):
            break
        elided = _elided(words, begin, found[-1])
        if elided:
            found[-1] = _one_of(found[-1])
        following = elided or parse(words, begin, slot=slot) or _short_name(words, begin) or _people(words, begin)
        following = following or _tail_noun(words, begin, found[-1])
        if following is None:
            break
        found.extend(_spread(words, following))
    return _share(found)


def _short_name(words: Words, at: int) -> Found | None:
    """A name that elsewhere needs its place (`Bảo hiểm xã hội`, also an insurance) is a body among bodies."""
    named = longest(names(), words.keys, at)
    return parse(words, at, slot=True) if named and named[1].need == "place" and words.capital(at) else None


def _people(words: Words, at: int) -> Found | None:
    """Those who are no office, behind a body: `giáo viên bộ môn và cha mẹ học sinh`."""
    noun = longest(groups(), words.keys, at)
    found = parse(words, at, slot=True) if noun and noun[1][2] == "slot" else None
    return found._replace(need=PEOPLE) if found else None


def _tail_noun(words: Words, at: int, before: Found) -> Found | None:
    """A bare noun that only a group before it makes a body: `các sở, ngành, Bưu điện; địa phương`."""
    if not (before.plural or " các " in before.name) or words.capital(at):
        return None
    noun = longest(groups(), words.keys, at)
    if noun and noun[1][2] == "tail":
        last = suffix(words, noun[0], Rules(inner, group=True)).last
        return Found(at, last, noun[1][0], None, words.surface(at, last), plural=True)
    return parse(words, at, slot=True)


def _elided(words: Words, at: int, before: Found) -> Found | None:
    """A name without its head, behind a body with that head."""
    if before.head not in _ELLIPTIC or not words.capital(at):
        return None
    if before.head == "hội":
        keys = ["hội", *words.keys[at : at + 8]]
        match = longest(names(), keys, 0)
        if match is None or match[0] < 3 or parse(words, at):
            return None
        end, name, kind = at + match[0] - 1, match[1].name, "front_and_unions"
    else:
        field = longest(fields(), words.keys, at)
        if field is None or parse(words, at):
            return None
        head = "Công chức" if before.head == "công" else before.head.capitalize()
        end, name, kind = field[0], f"{head} {field[1]}", before.kind
    level_end, level = level_at(words, end)
    if level_end == end and end < len(words.keys) and words.marks[end][0].isalnum() and words.keys[end] != AND and not _list_goes_on(words, end):
        return None
    word = words.surface(end, level_end)
    placed = place_name(words, level_end) if word else end
    name = " ".join(filter(None, (name, words.surface(end, placed))))
    return Found(
        at, placed, kind, level or before.level, f"{before.post} {name}".strip(), word if placed == level_end else "",
        placed > level_end, before.head, post=before.post,
    )  # fmt: skip


def _one_of(found: Found) -> Found:
    """The first of `các Sở: Y tế, Nội vụ` is one department, as those behind it are."""
    name = re.sub(rf"(?i)\bcác ({found.head})\b", lambda head: head[1].capitalize(), found.name, count=1)
    return found._replace(name=name, plural=False) if name != found.name else found


def _list_goes_on(words: Words, at: int) -> bool:
    """Whether a predicate, not the rest of a longer noun phrase, stands behind an elided name."""
    return longest(predicates(), words.keys, at) is not None


def _spread(words: Words, found: Found) -> Iterator[Found]:
    """One body a place where a plural head stands over named places; else the body itself."""
    k = found.last
    if not found.plural or found.placed or place_name(words, k) == k or not found.name:
        yield found
        return
    begin = next((j for j in range(found.first, found.last) if words.keys[j] in {"các", "những"} and level_at(words, j + 1)[0] > j + 1), None)
    if begin is None or begin == found.first or level_at(words, begin + 1)[0] != k:
        yield found
        return
    stem = found.name[: len(found.name) - len(words.surface(begin, found.last))].strip()
    level_word, first = words.surface(begin + 1, k), found.first
    while True:
        end = place_name(words, k)
        yield found._replace(first=first, last=end, name=f"{stem} {level_word} {words.surface(k, end)}", placed=True, plural=False)
        after = separator(words, end)
        level_end, _ = level_at(words, after)
        k = level_end
        if after == end or place_name(words, k) == k or (level_end == after and parse(words, after)):
            return
        level_word, first = words.surface(after, level_end) or level_word, after


def _share(found: list[Found]) -> list[Found]:
    """Give the level at the end of the list to the bodies before it that have none."""
    last = found[-1]
    if not last.level_word:
        return found
    shared = [last]
    for unit in reversed(found[:-1]):
        fixed = unit.level_word or unit.placed or unit.plural or unit.kind == "official" or (unit.kind == "party" and unit.level)
        if fixed or unit.level not in {None, last.level}:
            shared.extend(reversed(found[: found.index(unit) + 1]))
            break
        word = last.level_word.lower() if last.level_word.isupper() else last.level_word
        shared.append(unit._replace(level=last.level, level_word=word, name=f"{unit.name} {word}"))
    return shared[::-1]

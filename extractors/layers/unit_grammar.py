"""Unit grammar: one body at a place of the text: [các] [post] name or head + field, level, place, qualifiers.

    các phòng, ban, ngành, đoàn thể huyện | Chủ tịch UBND xã | Phòng Văn hóa và Thông tin | Trạm Y tế các xã A, B
    Ban Chỉ đạo chuyển đổi số tỉnh | các đơn vị trực thuộc Sở Y tế | Công chức Văn hóa (theo dõi LĐTBXH) xã
"""

from typing import NamedTuple

from extractors.layers.syllables import fold
from extractors.layers.unit_words import (
    AND,
    BEFORE_NOUN,
    HONORS,
    LEVELS,
    PLURALS,
    Head,
    Name,
    Words,
    fields,
    groups,
    heads,
    longest,
    names,
    persons,
    phrases,
    predicates,
    trie_of,
)

LONGEST_TAIL = 12
LONGEST_PLACE = 4

_OF = frozenset({"thuộc", "của", "trong", "tại", "ở"})
_MODIFIERS = trie_of([(phrase, True) for phrase in (
    "có liên quan", "liên quan", "hữu quan", "chức năng", "chuyên môn", "trực thuộc", "thành viên", "sự nghiệp", "địa phương", "cơ sở", "trọng điểm",
    "công lập", "ngoài công lập", "quản lý nhà nước", "đứng chân", "nêu trên", "khác", "được giao", "được phân công", "cấp dưới", "cấp trên",
)])  # fmt: skip
_NAME_COMMAS = frozenset({("phòng", "chống"), ("phòng", "chữa"), ("bệnh", "chữa"), ("cháy", "chữa"), ("phòng", "an"), ("tự", "an")})
_NOTES = frozenset({"theo", "phụ", "mới", "cũ", "kiêm"})

_NO_LEVEL = (["hội"], ["ủy"], ["đoàn"], ["đội"])
_COMMITTEES = frozenset({"party", "people_committee", "people_council", "police"})
_PEERS = trie_of([(phrase, True) for phrase in ("cùng cấp", "cấp trên", "cấp dưới", "khu vực", "cửa khẩu quốc tế", "cửa khẩu")])
_TOWN, _IN_CHARGE, _FOLLOWS = phrases("thị", "phụ trách", "theo dõi")



class Found(NamedTuple):
    """Found: a body over the words `[first, last)`; `name` is its canonical form as far as the words tell.

    `level_word` is the level printed without a place (`xã` of `Trạm Y tế xã`), `head` the head that an ellipsis repeats,
    `need` what must stand by it to count in running text, `plural` whether it is a group, `loose` whether only by nouns,
    `honoured` whether `đồng chí`, `ông` stands before it.
    """

    first: int
    last: int
    kind: str
    level: str | None
    name: str
    level_word: str = ""
    placed: bool = False
    head: str = ""
    need: str = ""
    plural: bool = False
    loose: bool = False
    honoured: bool = False


class Suffix(NamedTuple):
    """Suffix: what follows a body's name: where it ends, level, and whether it names a place or a group of places."""

    last: int
    level: str | None = None
    level_word: str = ""
    placed: bool = False
    plural: bool = False
    bound: bool = False


def starts_with(words: Words, at: int, phrase: tuple[str, ...]) -> bool:
    """Whether the keys of `phrase` stand at `at`."""
    return tuple(words.keys[at : at + len(phrase)]) == phrase


def parse(words: Words, at: int, *, depth: int = 0, slot: bool = False) -> Found | None:
    """The body that begins at word `at`; in a `slot` (label line, table cell, heading) weaker words count."""
    plural_at = _plural(words, at)
    k = _skip_honors(words, plural_at)
    plural = plural_at > at or k > plural_at and "các" in words.keys[plural_at:k]
    found = _person(words, at, k, plural, depth, slot) or _body(words, at, k, plural, depth, slot)
    return found._replace(honoured=True) if found and k > plural_at else found


def _plural(words: Words, at: int) -> int:
    found = longest(PLURALS, words.keys, at)
    return found[0] if found else at


def _skip_honors(words: Words, at: int) -> int:
    for _ in range(2):
        found = longest(HONORS, words.keys, at)
        at = found[0] if found else at
    return at


def _person(words: Words, first: int, k: int, plural: bool, depth: int, slot: bool) -> Found | None:
    """A post: before its body (`Giám đốc Sở`), with a field (`chuyên viên phụ trách ...`) or alone (`Trưởng thôn`)."""
    post = longest(persons(), words.keys, k)
    named = longest(names(), words.keys, k)
    if post is None or depth > 2 or (named and named[0] > post[0]):
        return None
    end, (alone, right) = post
    if starts_with(words, end, (AND,)) and not alone:
        second = longest(persons(), words.keys, end + (2 if starts_with(words, end + 1, ("các",)) else 1))
        end = second[0] if second and not second[1][0] else end
    body = parse(words, end, depth=depth + 1, slot=True) if end < len(words.keys) and words.marks[end] not in ",;.:" else None
    if body and not (body.need == "cue" and not words.capital(end)):
        kind = body.kind if alone == "body" else "official"
        name = f"{_several(words, first, k)}{right or words.surface(k, end)} {body.name}"
        last = _in_charge(words, body.last, slot)
        return body._replace(first=first, last=last, kind=kind, name=name, plural=plural or (body.plural and alone == "body"), need="", head="")
    if alone in {"", "body"} and not (slot and words.capital(k)):
        if not (plural and alone == ""):
            return None
    found = _lone_post(words, first, end, plural, alone, slot)
    if found is None:
        return None
    rest = words.surface(end, found.last)
    return found._replace(name=f"{_several(words, first, k)}{right or words.surface(k, end)}{' ' * bool(rest and rest[0] != ',')}{rest}")


def _several(words: Words, first: int, k: int) -> str:
    """`các ` where the words before a post say that it is a group; honorifics are no part of a name."""
    return "các " if "các" in words.keys[first:k] else ""


def _lone_post(words: Words, first: int, end: int, plural: bool, alone: str, slot: bool) -> Found | None:
    suffix = _suffix(words, end, depth=1, group=True)
    last = _in_charge(words, suffix.last, slot)
    if last == end and alone != "yes" and not slot:
        return None
    need = "weak" if last == end and not words.capital(first) else ""
    kind = "official" if alone != "body" else "department"
    return Found(first, last, kind, suffix.level, words.surface(first, last), suffix.level_word, suffix.placed, "", need, plural)


def _in_charge(words: Words, at: int, slot: bool) -> int:
    """`phụ trách lĩnh vực Giám sát và Phản biện xã hội` behind a post, a comma before it allowed; in a slot up to its end."""
    k = at + (at < len(words.keys) and words.keys[at] == ",")
    if not (starts_with(words, k, _IN_CHARGE) or starts_with(words, k, _FOLLOWS)):
        return at
    begin = k
    while k < len(words.keys) and words.marks[k] not in ";.:(":
        if words.marks[k] == "," and not (slot and words.capital(k + 1) and not _other_body(words, k + 1)):
            break
        if not slot and k > begin + 3 and _stops(words, k) and not words.capital(k):
            break
        k += 1
    return k


def _body(words: Words, first: int, k: int, plural: bool, depth: int, slot: bool) -> Found | None:
    if k >= len(words.keys):
        return None
    named = longest(names(), words.keys, k)
    noun = longest(groups(), words.keys, k) if plural else None
    if noun and noun[1][2] == "school":
        return _group(words, first, k, plural, slot)
    headed = _headed(words, k, slot)
    if named and (headed is None or named[0] >= headed[0] or named[1].need in {"", "place"} and headed[0] - named[0] < 1):
        found = _named(words, first, k, named, plural, slot)
        if found:
            return found
    if headed:
        return _from_head(words, first, k, headed, plural)
    if depth and not plural and not slot:
        return None
    return _group(words, first, k, plural, slot)


def _named(words: Words, first: int, k: int, named: tuple[int, Name], plural: bool, slot: bool) -> Found | None:
    end, entry = named
    if entry.need == "cued" and (plural or not words.capital(k)):
        return None
    suffix = _suffix(words, end, group=plural or entry.need in {"weak", "plural"})
    if entry.need == "place" and not (suffix.level_word or suffix.placed or suffix.plural or (slot and k == first)):
        return None
    if entry.need == "plural" and not (plural or suffix.bound):
        return None
    if entry.need == "slot" and not (slot or plural):
        return None
    own = entry.name or words.surface(k, end)
    prefix = words.surface(first, k)
    name = " ".join(filter(None, (_lower(prefix), own, _plain(words, end, suffix.last))))
    need = {"weak": "weak", "cue": "cue", "cued": "cue", "subject": "subject"}.get(entry.need, "")
    need = "" if need == "weak" and (suffix.bound or plural) else need
    head = words.keys[k] if entry.kind == "front_and_unions" else ""
    return Found(first, suffix.last, entry.kind, suffix.level or entry.level, name, suffix.level_word, suffix.placed, head, need, plural or suffix.plural)


def _headed(words: Words, k: int, slot: bool) -> tuple[int, Head, int, str] | None:
    """A head with its field: where the field ends, the head, where it began, the field's canonical form."""
    match = longest(heads(), words.keys, k)
    if match is None:
        return None
    end, head = match
    following = words.keys[end] if end < len(words.keys) else ""
    if (k and words.keys[k - 1] in head.not_after and words.ends[k - 1] + 1 >= words.starts[k]) or following in head.not_before:
        return None
    start = end + (following == ":" and k > 0 and words.keys[k - 1] == "các")
    field = longest(fields(), words.keys, start)
    if field and (head.tail != "attached"):
        last, name = field
        longer = _open_tail(words, last, began=True) if last < len(words.keys) and words.keys[last] == AND and words.capital(last + 1) else last
        return (longer, head, end, name if longer == last else words.surface(start, longer))
    if head.tail == "attached":
        return (end, head, end, "") if words.marks[end : end + 1] and _level_at(words, end)[0] > end else None
    if head.tail == "field" and not (slot and words.capital(end)) or (head.tail == "group"):
        return None
    opens = slot and words.capital(k) and (k == 0 or words.marks[k - 1] in {",", ";", AND, "."})
    if head.tail == "capital" and not opens and not (words.capital(end) and (words.capital(k) or slot or words.text[words.starts[end] :][:2].istitle())):
        return None
    if head.tail == "capital" and _stops(words, end) and not _nameable(words, end):
        return None
    last = _open_tail(words, end)
    if head.tail == "open" and not slot and not words.capital(k) and not any(words.capital(j) for j in range(end, last)) and _level_at(words, last)[0] == last:
        return None
    return (last, head, end, words.surface(end, last)) if last > end or _level_at(words, end)[0] > end else None


def _open_tail(words: Words, at: int, *, began: bool = False) -> int:
    """Where a field that no list knows ends: before a predicate, a level, a sign that is no joint, another head."""
    k = at
    while k < len(words.keys) and k - at < LONGEST_TAIL:
        compound = longest(predicates(), words.keys, k)
        if compound and compound[1][0] == "noun" and k > at:
            k = compound[0]
            continue
        mark = words.marks[k]
        if mark in {"-", "&"} or words.keys[k] == AND:
            if not words.capital(k + 1) or _other_body(words, k + 1) or (k == at and not began):
                break
        elif mark == ",":
            if (words.keys[k - 1], words.keys[k + 1] if k + 1 < len(words.keys) else "") not in _NAME_COMMAS:
                break
        elif not mark[0].isalnum() or (_level_at(words, k)[0] > k and words.keys[k] != "cơ"):
            break
        elif _stops(words, k) and not _in_name(words, k, k == at and not began):
            break
        elif k > at and words.capital(k) and _other_body(words, k):
            break
        k += 1
    while k > at and not words.keys[k - 1][0].isalnum() or words.keys[k - 1 : k] == [AND] and k > at:
        k -= 1
    return k


def _in_name(words: Words, k: int, first: bool) -> bool:
    """Whether a word that could begin a predicate stands inside a name: with a capital, or straight behind the head."""
    found = longest(predicates(), words.keys, k)
    name = found[1][1] if found else ""
    return name != "never" and (words.capital(k) or (first and name == "yes"))


def _stops(words: Words, k: int) -> bool:
    found = longest(predicates(), words.keys, k)
    return found is not None and found[1][0] != "noun"


def _nameable(words: Words, k: int) -> bool:
    found = longest(predicates(), words.keys, k)
    return found is not None and found[1][1] == "yes"


def _other_body(words: Words, k: int) -> bool:
    """Whether a strong name or a head of two syllables begins at k."""
    named, head = longest(names(), words.keys, k), longest(heads(), words.keys, k)
    one = head is not None and head[0] == k + 1 and longest(fields(), words.keys, k + 1) is not None
    one = one or longest(persons(), words.keys, k) is not None or words.keys[k] in {"các", "những"}
    return (named is not None and named[1].need in {"", "weak"}) or (head is not None and head[0] > k + 1) or one


def _from_head(words: Words, first: int, k: int, headed: tuple[int, Head, int, str], plural: bool) -> Found:
    last, head, end, field = headed
    suffix = _suffix(words, last, group=plural or head.tail == "open")
    prefix = _lower(words.surface(first, k))
    own = words.surface(k, end) if prefix or not head.name else head.name
    name = " ".join(filter(None, (prefix, own, field, _plain(words, last, suffix.last))))
    return Found(
        first, suffix.last, head.kind, suffix.level or head.level, name, suffix.level_word, suffix.placed, words.keys[k], "",
        plural or suffix.plural,
    )  # fmt: skip


def _group(words: Words, first: int, k: int, plural: bool, slot: bool) -> Found | None:
    """`các phòng, ban, ngành, đoàn thể huyện`: nouns in a row are one group while they are bare."""
    noun = longest(groups(), words.keys, k)
    if noun is None or (noun[1][2] in {"tail", "plural"} and not plural) or (noun[1][2] == "slot" and not slot):
        return None
    if k and words.keys[k] in {"sở", "bộ", "ban", "phòng", "hội", "trường"} and not plural:
        return None
    last, (kind, level, role) = noun
    count, free = 1, role == "yes"
    while role in {"yes", "level", "school"}:
        following = _next_noun(words, last, role)
        if following is None:
            break
        last, count = following, count + 1
    suffix = _suffix(words, last, group=True, level_noun=role == "level")
    if free and suffix.placed and not suffix.level:
        suffix = Suffix(last)
    strong = plural or count > 1 or suffix.bound or (not role and last - k > 2)
    if role == "level" and not plural and not (slot and k == first and (k == 0 or words.marks[k - 1] in {",", ";", AND})):
        return None
    if not strong and not slot:
        return None
    if free and count == 1 and not plural and last - k < 3 and (not suffix.bound or words.keys[k] == "tổ"):
        return None
    if not plural and k and words.marks[k - 1] not in BEFORE_NOUN:
        return None
    name = words.surface(first, suffix.last)
    need = "" if plural or (count > 1 and suffix.bound) else "weak"
    return Found(first, suffix.last, kind, suffix.level or level, _lower(name), suffix.level_word, suffix.placed, "", need, True, True)


def _next_noun(words: Words, at: int, role: str) -> int | None:
    if at + 1 >= len(words.keys):
        return None
    k = at
    if words.marks[k] in {",", "/", "-"} or (words.keys[k] == AND):
        k += 1
    noun = longest(groups(), words.keys, k)
    if noun is None or not (noun[1][2] == role or (role == "yes" and noun[1][2] == "tail")) or k == at:
        return None
    if words.keys[at] == AND and role == "yes" and words.keys[k] not in {"đơn", "cá", "địa", "đoàn", "tổ", "ngành", "ban"}:
        return None
    return noun[0]


def _suffix(words: Words, at: int, *, depth: int = 0, group: bool = False, level_noun: bool = False) -> Suffix:
    """Levels, places, notes and qualifiers behind a name."""
    result = Suffix(at)
    for _ in range(6):
        step = _note(words, result.last) or _level(words, result, level_noun) or _name_place(words, result, level_noun) or _peer(words, result, depth)
        if step is None and group:
            step = _belongs(words, result, depth) or _modifier(words, result)
        elif step is None:
            step = _area(words, result)
        if step is None:
            return result
        result = step if isinstance(step, Suffix) else result._replace(last=step)
        level_noun = False
    return result


def _peer(words: Words, so_far: Suffix, depth: int) -> Suffix | None:
    """`HĐND cùng cấp`; the committee that an office is of, straight behind it: `Khối Dân vận Đảng ủy`, `Ban Tổ chức Huyện ủy`."""
    peer = longest(_PEERS, words.keys, so_far.last)
    if peer:
        return so_far._replace(last=peer[0], bound=True)
    named = longest(names(), words.keys, so_far.last)
    if named is None or so_far.bound or depth or named[1].kind not in _COMMITTEES or named[1].need:
        return None
    above = parse(words, so_far.last, depth=2, slot=True)
    return Suffix(above.last, above.level, above.level_word, above.placed, above.plural, True) if above else None


def _note(words: Words, at: int) -> int | None:
    """`(theo dõi LĐTBXH)`, `(mới)` inside a name."""
    if not starts_with(words, at, ("(",)) or at + 1 >= len(words.keys) or words.keys[at + 1] not in _NOTES:
        return None
    close = next((k for k in range(at, min(at + 10, len(words.keys))) if words.keys[k] == ")"), None)
    return close + 1 if close else None


def _level_at(words: Words, k: int) -> tuple[int, str | None]:
    """Where a level word at k ends (k itself if there is none) and its level."""
    for size in (3, 2, 1):
        key = tuple(words.keys[k : k + size])
        if key in LEVELS and len(key) == size and not (words.keys[k + size : k + size + 1] in _NO_LEVEL):
            if key in {("tp",), ("tx",)} and words.keys[k + 1 : k + 2] == ["."]:
                return k + 2, LEVELS[key]
            if key in {("bản",), ("cơ", "sở")} and not words.keys[k - 1 : k] in (["các"], ["cấp"], [","]):
                continue
            if key == _TOWN and words.keys[k - 1 : k] != [","]:
                continue
            return k + size, LEVELS[key]
    return k, None


def _level(words: Words, so_far: Suffix, level_noun: bool) -> Suffix | None:
    """`xã`, `cấp huyện`, `các xã, thị trấn`, `xã, thị trấn`, `các cấp`, `xã Hòa Phong`."""
    k = so_far.last
    if level_noun or so_far.level_word or so_far.plural or k >= len(words.keys):
        return None
    several = words.keys[k] in {"các", "những"}
    ranked = words.keys[k + several : k + several + 1] == ["cấp"]
    begin = k + several + ranked
    if several and ranked and _level_at(words, begin)[0] == begin:
        return so_far._replace(last=begin, plural=True, bound=True)
    end, level = _level_at(words, begin)
    if end == begin:
        return None
    word, count = words.surface(begin, end), 1
    while end + 1 < len(words.keys) and (words.marks[end] in {",", "/", "-"} or words.keys[end] == AND):
        following, _ = _level_at(words, end + 1)
        if following == end + 1 or (not several and _place_name(words, following) > following):
            break
        end, count = following, count + 1
    plural = several or ranked or count > 1
    return Suffix(end, level, "" if plural else word, False, plural, True)


def _place_name(words: Words, at: int) -> int:
    """Where a place's name at `at` ends: capitals, or a number behind phường, quận, khu phố."""
    if at < len(words.keys) and words.keys[at].isdigit():
        return at + 1
    k = at
    while k < len(words.keys) and k - at < LONGEST_PLACE and words.marks[k][0].isalpha() and words.capital(k):
        if (_stops(words, k) and (k > at or words.capital(k + 1) is False)) or longest(heads(), words.keys, k) or _other_body(words, k):
            break
        k += 1
    return k


def _name_place(words: Words, so_far: Suffix, level_noun: bool) -> Suffix | None:
    """A place's name behind a level or straight behind the body: `xã Hòa Phong`, `Sở Y tế Bắc Giang`."""
    if so_far.placed or so_far.last >= len(words.keys) or (so_far.plural and not level_noun):
        return None
    at = so_far.last
    end = _place_name(words, at)
    if end == at or (words.shouts and not so_far.level_word) or (words.keys[at].isdigit() and not so_far.level_word):
        return None
    if starts_with(words, end, ("(", "mới", ")")):
        end += 3
    return so_far._replace(last=end, level_word="", placed=True, bound=True)


def _modifier(words: Words, so_far: Suffix) -> Suffix | None:
    found = longest(_MODIFIERS, words.keys, so_far.last)
    return so_far._replace(last=found[0], bound=True) if found else None


def _area(words: Words, so_far: Suffix) -> Suffix | None:
    """`trên địa bàn (xã Hòa Phong)`."""
    if not starts_with(words, so_far.last, ("trên", "địa", "bàn")):
        return None
    k = so_far.last + 3
    k += words.keys[k : k + 1] == ["toàn"]
    end, _ = _level_at(words, k)
    end = _place_name(words, end) if end > k else end
    return so_far._replace(last=end, bound=True)


def _belongs(words: Words, so_far: Suffix, depth: int) -> Suffix | None:
    """`thuộc UBND huyện`, `của tỉnh`, `trong ngành`, `tại Hải Dương`, `trên địa bàn xã`."""
    area = _area(words, so_far)
    if area or so_far.last + 1 >= len(words.keys) or depth > 1:
        return area
    k = so_far.last + (words.keys[so_far.last] == "trực")
    if words.keys[k] not in _OF or (words.keys[k] == "của" and so_far.level_word):
        return None
    word, k = words.keys[k], k + 1
    k += words.keys[k : k + 1] in (["toàn"], ["các"]) and word == "trong"
    end, level = _level_at(words, k)
    if end > k:
        return so_far._replace(last=_place_name(words, end), level=so_far.level or level, bound=True)
    if word in {"tại", "ở"}:
        named = _place_name(words, k)
        return so_far._replace(last=named, bound=True) if named > k else None
    if word == "trong" and words.keys[k] in {"ngành", "tỉnh", "khối"}:
        return so_far._replace(last=k + 1, bound=True)
    inner = parse(words, k, depth=depth + 1, slot=True)
    return so_far._replace(last=inner.last, level=so_far.level or inner.level, bound=True) if inner else None


def _plain(words: Words, first: int, last: int) -> str:
    """The words behind a name; in a line of capitals levels small and places with capitals, as in running text."""
    surface = words.surface(first, last)
    if len(surface) < 3 or not surface.isupper() or not words.shouts:
        return surface
    level_words = {word for level in LEVELS for word in level} | {"các", "cấp", "thuộc", "của", "và"}
    return " ".join(word.lower() if fold(word.strip(",")) in level_words else word.capitalize() for word in surface.split())


def _lower(prefix: str) -> str:
    return prefix[:1].lower() + prefix[1:] if prefix and not prefix[:2].isupper() else prefix

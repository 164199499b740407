"""Unit grammar: one body at a place of the text: [các] [post] name or head + field, level, place, qualifiers.

    các phòng, ban, ngành, đoàn thể huyện | Chủ tịch UBND xã | Phòng Văn hóa và Thông tin | Trạm Y tế các xã A, B
    Ban Chỉ đạo chuyển đổi số tỉnh | các đơn vị trực thuộc Sở Y tế | Công chức Văn hóa (theo dõi LĐTBXH) xã
"""

from typing import NamedTuple

from extractors.layers.syllables import fold
from extractors.layers.unit_edges import opens_item, other_body, starts_with, stops
from extractors.layers.unit_fields import Headed, headed
from extractors.layers.unit_suffix import Rules, Suffix, parent, suffix
from extractors.layers.unit_words import (
    AND,
    BEFORE_NOUN,
    HONORS,
    LEVELS,
    PLURALS,
    Name,
    Words,
    groups,
    longest,
    names,
    persons,
    phrases,
)  # fmt: skip

DEEPEST = 2

_IN_CHARGE = _, _FOLLOWS = phrases("phụ trách", "theo dõi")
_FIELDS = (["lĩnh"], ["mảng"], ["địa"], ["công"], ["khối"])
"""First keys of what a post is there to watch; `theo dõi` else is what it does."""
_RUNS = frozenset({"yes", "level", "school", "party"})
"""Roles of nouns that stand in rows: `phòng, ban, ngành`; `xã, thị trấn`; `trường tiểu học, mầm non`; `đảng ủy, chi ủy`."""
_JOINED = frozenset({"đơn", "cá", "địa", "đoàn", "tổ", "ngành", "ban"})
_SHORT_NOUNS = frozenset({"sở", "bộ", "ban", "phòng", "hội", "trường"})
_SMALL = frozenset({word for level in LEVELS for word in level} | {"các", "cấp", "thuộc", "của", AND})
_ORGANISE = phrases("tổ chức")[0]
_OPENING = frozenset({".", ";", ":", "-", "(", "/"})
"""Behind these `tổ chức` is the verb, not the noun."""
PEOPLE = "people"
"""Need of those who are no office (`phụ huynh`, `các hộ dân`): in running text they count where they are asked or worked with."""
_ASKING = (["nghị"], ["cầu"], ["giao"], ["công"], ["với"])
_TELLING = frozenset({"báo", "giao"})
_NEEDS = {"weak": "weak", "cue": "cue", "cued": "cue", "subject": "subject"}


class Found(NamedTuple):
    """Found: a body over the words `[first, last)`; `name` is its canonical form as far as the words tell.

    `level_word` is the level printed without a place (`xã` of `Trạm Y tế xã`), `head` the head that an ellipsis repeats,
    `need` what must stand by it to count in running text, `plural` whether it is a group, `loose` whether only by nouns,
    `honoured` whether `đồng chí`, `ông` stands before it, `post` the post in front of the body (`Giám đốc`).
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
    post: str = ""


class _Start(NamedTuple):
    """_Start: where a body begins (`first`) and where behind `các`, `đồng chí` its own words do (`at`)."""

    words: Words
    first: int
    at: int
    plural: bool
    depth: int
    slot: bool

    def suffix(self, last: int, *, group: bool, noun: bool = False, depth: int = 0) -> Suffix:
        """What follows a name that ends at `last`."""
        return suffix(self.words, last, Rules(inner, depth, group, noun))


def parse(words: Words, at: int, *, depth: int = 0, slot: bool = False) -> Found | None:
    """The body that begins at word `at`; in a `slot` (label line, table cell, heading) weaker words count."""
    plural = longest(PLURALS, words.keys, at)
    behind = k = plural[0] if plural else at
    for _ in range(2):
        honor = longest(HONORS, words.keys, k)
        if honor is None:
            break
        k = honor[0]
    if k >= len(words.keys):
        return None
    start = _Start(words, at, k, plural is not None or "các" in words.keys[behind:k], depth, slot)
    found = _person(start) or _body(start)
    return found._replace(honoured=True) if found and k > behind else found


def inner(words: Words, at: int, depth: int) -> Suffix | None:
    """A body inside the suffix of another."""
    found = parse(words, at, depth=depth, slot=True)
    return Suffix(found.last, found.level, found.level_word, found.placed, found.plural, True) if found else None


def _person(start: _Start) -> Found | None:
    """A post: before its body (`Giám đốc Sở`), with a field (`chuyên viên phụ trách ...`) or alone (`Trưởng thôn`)."""
    words, k = start.words, start.at
    post = longest(persons(), words.keys, k)
    if post is None or start.depth > DEEPEST:
        return None
    named = longest(names(), words.keys, k)
    if named and named[0] > post[0]:
        return None
    end, (alone, right) = post
    if not alone and words.keys[end : end + 1] == [AND]:
        second = longest(persons(), words.keys, end + 1 + starts_with(words, end + 1, ("các",)))
        end = second[0] if second and not second[1][0] else end
    title = f"{'các ' * ('các' in words.keys[start.first : k])}{right or words.surface(k, end)}"
    body = parse(words, end, depth=start.depth + 1, slot=True) if end < len(words.keys) and words.marks[end].isalnum() else None
    if body and (body.need != "cue" or words.capital(end)):
        last = _in_charge(words, body.last, slot=start.slot)
        return body._replace(
            first=start.first, last=last, kind=body.kind if alone == "body" else "official", name=f"{title} {body.name}",
            plural=start.plural or (body.plural and alone == "body"), need="", head=body.head if body.plural else "", post=title,
        )  # fmt: skip
    return _lone_post(start, end, alone, title)


def _lone_post(start: _Start, end: int, alone: str, title: str) -> Found | None:
    """A post without a body behind it, where it can stand so."""
    words, honoured = start.words, start.at > start.first and not start.plural
    slot = start.slot or honoured
    if alone == "body" and start.plural:
        return None
    after = start.suffix(end, group=True, depth=1)
    several = start.plural or after.plural  # `Trưởng 19 thôn`
    if alone in {"", "body"} and not (slot and words.capital(start.at)) and not (several and not alone):
        return None
    last = after.last if alone == "body" else _in_charge(words, after.last, slot=start.slot)
    if last == end and alone != "yes" and not slot:
        return None
    rest = words.surface(end, last)
    name = title + " " * bool(rest and rest[0] != ",") + rest
    need = "" if last > end or words.capital(start.first) else "cue" if honoured and not start.slot else "weak"
    kind = "official" if alone != "body" else "department"
    return Found(start.first, last, kind, after.level, name, after.level_word, after.placed, "", need, start.plural)


def _in_charge(words: Words, at: int, *, slot: bool) -> int:
    """`phụ trách lĩnh vực Giám sát và Phản biện xã hội` behind a post, a comma before it allowed; in a slot up to its end."""
    begin = k = at + (words.keys[at : at + 1] == [","])
    phrase = next((phrase for phrase in _IN_CHARGE if starts_with(words, k, phrase)), None)
    if phrase is None or (phrase == _FOLLOWS and not slot and words.keys[k + 2 : k + 3] not in _FIELDS):
        return at
    while k < len(words.keys) and words.marks[k] not in ";.:(":
        if words.marks[k] == "," and not (slot and words.capital(k + 1) and not other_body(words, k + 1)):
            break
        if not slot and k > begin + 3 and ((stops(words, k) and not words.capital(k)) or (words.keys[k] == AND and other_body(words, k + 1))):
            break
        k += 1
    return k


def _body(start: _Start) -> Found | None:
    """A complete name, a head with its field, or a group of nouns, the longest first."""
    words, k = start.words, start.at
    noun = longest(groups(), words.keys, k)
    if noun and noun[1][2] in {"school", "party"} and start.plural:
        return _group(start, noun)
    named, with_field = longest(names(), words.keys, k), headed(words, k, slot=start.slot)
    if named and (with_field is None or named[0] >= with_field.last):
        found = _named(start, named)
        if found:
            return found
    if with_field:
        return _from_head(start, with_field)
    return _group(start, noun) if noun and (start.plural or start.slot or not start.depth) else None


def _named(start: _Start, named: tuple[int, Name]) -> Found | None:
    words, k, (end, entry) = start.words, start.at, named
    after = start.suffix(end, group=start.plural or entry.need in {"weak", "plural"})
    allowed = {
        "cued": not start.plural and words.capital(k),
        "place": bool(after.level_word) or after.placed or after.plural or (start.slot and k == start.first),
        "plural": start.plural or after.bound,
        "slot": start.slot or start.plural,
    }
    if not allowed.get(entry.need, True):
        return None
    own = entry.name or words.surface(k, end)
    name = _joined(_lower(words.surface(start.first, k)), own, _plain(words, end, after.last))
    need = "" if entry.need == "weak" and (after.bound or start.plural) else _NEEDS.get(entry.need, "")
    head = words.keys[k] if entry.kind == "front_and_unions" else ""
    level, plural = after.level or entry.level, start.plural or after.plural
    return Found(start.first, after.last, entry.kind, level, name, after.level_word, after.placed, head, need, plural)


def _from_head(start: _Start, with_field: Headed) -> Found:
    words, k, (last, head, end, field, proper) = start.words, start.at, with_field
    after = start.suffix(last, group=start.plural or head.tail == "open")
    if start.depth < DEEPEST:
        after = parent(words, words.keys[k], after, inner)
    prefix = _lower(words.surface(start.first, k))
    own = words.surface(k, end) if prefix or not head.name else head.name
    name = _joined(prefix, own, field, _plain(words, last, after.last))
    level, plural = after.level or head.level, start.plural or after.plural
    return Found(start.first, after.last, head.kind, level, name, after.level_word, after.placed or proper, words.keys[k], "", plural)


def _group(start: _Start, noun: tuple[int, tuple[str, str | None, str]]) -> Found | None:
    """`các phòng, ban, ngành, đoàn thể huyện`: nouns in a row are one group while they are bare."""
    words, k, plural = start.words, start.at, start.plural
    if not _can_open(start, noun[1][2], noun[0]):
        return None
    last, (kind, level, role) = noun
    count = 1
    following = _next_noun(words, last, role)
    while following:
        last, count = following, count + 1
        following = _next_noun(words, last, role)
    after = start.suffix(last, group=True, noun=role == "level")
    if role == "yes" and after.placed and not after.level:
        after = Suffix(last)
    long = last - k > 2
    if not (plural or count > 1 or after.bound or start.slot or role == "slot" or (long and not role)):
        return None
    if role == "yes" and count == 1 and not plural and not long and (not after.bound or words.keys[k] == "tổ"):
        return None
    name = _lower(words.surface(start.first, after.last))
    need = "" if plural or (count > 1 and after.bound) else "weak"
    if role == "slot" and not start.slot and not start.depth:
        need = PEOPLE
    return Found(start.first, after.last, kind, after.level or level, name, after.level_word, after.placed, "", need, True, True)


def _can_open(start: _Start, role: str, end: int) -> bool:
    """Whether a noun of this role, over the words up to `end`, can begin a group here."""
    words, k = start.words, start.at
    if role == "slot" and not start.slot:
        return starts_asked(words, start.first)
    if start.plural:
        return True
    if role in {"tail", "plural"} or (k and end == k + 1 and words.keys[k] in _SHORT_NOUNS):
        return False
    if role == "level" and not (start.slot and k == start.first and opens_item(words, k)):
        return False
    if starts_with(words, k, _ORGANISE) and (k == 0 or words.marks[k - 1] in _OPENING) and not _next_noun(words, k + 2, "yes"):
        return False
    return k == 0 or words.marks[k - 1] in BEFORE_NOUN


def starts_asked(words: Words, at: int) -> bool:
    """Whether who asks, tells or works with somebody stands straight before word `at`: `yêu cầu`, `phối hợp với`, `báo tin cho`."""
    before = words.keys[max(0, at - 4) : at]
    return before[-1:] in _ASKING or (before[-1:] == ["cho"] and not _TELLING.isdisjoint(before))


def _next_noun(words: Words, at: int, role: str) -> int | None:
    """Where the next noun of a row ends."""
    joined = words.keys[at : at + 1] == [AND]
    listed = [",", "/", *([":"] if words.keys[at - 1] == "trường" else [])]
    if role not in _RUNS or at >= len(words.keys) or not (joined or words.marks[at] in listed):
        return None
    noun = longest(groups(), words.keys, at + 1)
    if noun is None or noun[1][2] not in ({role, "tail"} if role == "yes" else {role}):
        return None
    return None if joined and role == "yes" and words.keys[at + 1] not in _JOINED and words.marks[at] != "-" else noun[0]


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _plain(words: Words, first: int, last: int) -> str:
    """The words behind a name; in a line of capitals levels small and places with capitals, as in running text."""
    surface = words.surface(first, last)
    if not words.shouts or len(surface) < 2:
        return surface
    return " ".join(word.lower() if fold(word.strip(",")) in _SMALL else word.capitalize() for word in surface.split())


def _lower(prefix: str) -> str:
    return prefix[:1].lower() + prefix[1:] if prefix and not prefix[:2].isupper() else prefix

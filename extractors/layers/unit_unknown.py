"""Unknown units: bodies that no vocabulary knows, told by their place in the sentence.

    Cụm thi đua số 3 | có trách nhiệm ...        the subject of a duty, from the first word on
    Đề nghị | Vietcombank Hòa An | bố trí vốn      a proper name between who asks and a predicate
    4. Nhóm nòng cốt cộng đồng                    a heading among headings that name bodies
"""

from collections.abc import Iterator, Sequence

from extractors.layers.frame import type_names
from extractors.layers.syllables import fold
from extractors.layers.unit_edges import other_body, starts_with, stops
from extractors.layers.unit_grammar import Found
from extractors.layers.unit_words import AND, HONORS, Words, fields, longest, parts, phrases, predicates, trie_of
from extractors.layers.zones import zone_of

LONGEST = 14
"""Words of the longest name."""

_DUTIES = phrases("chủ trì", "có trách nhiệm", "chịu trách nhiệm", "có nhiệm vụ", "là cơ quan", "là đơn vị", "là đầu mối")
_DUTY_KEYS = frozenset(duty[0] for duty in _DUTIES)
_IN_CHARGE = phrases("phụ trách", "theo dõi")
_ASKS = phrases("đề nghị", "yêu cầu", "giao cho", "giao", "phân công")
_ASK_KEYS = frozenset(ask[0] for ask in _ASKS)
_TELLING = _DUTY_KEYS | _ASK_KEYS
_NO_BODY = trie_of([(phrase, True) for phrase in (
    "công tác", "việc", "nội dung", "hoạt động", "hội nghị", "chương trình", "dự án", "đề án", "nguồn", "kinh phí", "ngày", "năm", "quý", "tháng",
    "chế độ", "giai đoạn", "bước", "đợt", "khi", "nếu", "trong", "ai", "đối tượng", "trường hợp", "kết quả", "mục", "mô hình", "quy trình",
    "quy định", "một số", "các nội dung", "các nhiệm vụ", "khen thưởng", "cơ sở vật chất", "hồ sơ", "thủ tục", "quyền", "phương án",
)])  # fmt: skip
"""What a sentence or a heading begins with that is no doer."""


def tells_unknown(words: Words) -> bool:
    """Whether a duty or an asking verb stands in a line: the cheap test before a look for such bodies."""
    return not _TELLING.isdisjoint(words.keys)


def subject_of_duty(words: Words) -> Found | None:
    """The subject of `có trách nhiệm`, `chủ trì`: all words from the first on, where none of them is a predicate or a separator."""
    opening = words.keys[: LONGEST + 1]
    if _DUTY_KEYS.isdisjoint(opening) or not words.capital(0):
        return None
    ends = (k for k, key in enumerate(opening) if k and key in _DUTY_KEYS and any(starts_with(words, k, duty) for duty in _DUTIES))
    return _named(words, 0, next(ends, 0))


def asked(words: Words) -> Iterator[Found]:
    """Proper names behind `đề nghị`, `giao`, `yêu cầu`, up to the predicate that says what is asked."""
    opening = words.keys[: 2 * LONGEST]
    for k in [] if words.shouts or _ASK_KEYS.isdisjoint(opening) else [k for k, key in enumerate(opening) if key in _ASK_KEYS]:
        ask = next((phrase for phrase in _ASKS if starts_with(words, k, phrase)), None)
        if ask is None or (k and words.marks[k - 1] not in {",", ";", ".", ":"}):
            continue
        begin = k + len(ask)
        honor = longest(HONORS, words.keys, begin)
        at = honor[0] if honor else begin
        end = next((j for j in range(at, min(at + LONGEST, len(words.keys))) if not words.marks[j].isalnum() or stops(words, j)), 0)
        if end > at and words.capital(at) and words.marks[end].isalnum():
            found = _named(words, begin, end)
            if found and not fold(words.surface(at, end)).startswith(tuple(type_names())):
                yield found


def headed_bodies(words: Words, last: int) -> Iterator[Found]:
    """The items of a heading over the words `[0, last)` that by its like around it names bodies."""
    if stops(words, 0) or zone_of(words.surface(0, last)):
        return
    begin = 0
    for k in range(last + 1):
        if k == last or words.marks[k] in {",", ";"}:
            found = _named(words, begin, k)
            if found:
                yield found
            begin = k + 1


def further_items(words: Words, last: int, groups: Sequence[Sequence[Found]]) -> Iterator[Found]:
    """The items of a heading over `[0, last)` beside known bodies that no vocabulary knows: `Công ty Điện lực Hòa An, Viễn thông Hòa An`."""
    known, begin = [found for group in groups for found in group], 0
    for k in range(1, last + 1):
        if k < last and words.marks[k] not in {",", ";"}:
            continue
        whole = k - begin > 1 and words.capital(begin) and not words.shouts and not longest(fields(), words.keys, begin)
        if begin and whole and not longest(parts(), words.keys, begin) and not any(one.first < k and begin < one.last for one in known):
            found = _named(words, begin, k)
            if found:
                yield found
        begin = k + 1


def extended(words: Words, found: Found, last: int) -> Found:
    """A body of a heading with the words behind it that belong to its name: up to the next separator, where none is a predicate."""
    end = next((k for k in range(found.last, last) if words.marks[k] in {",", ";", AND, "&"}), last)
    rest = _named(words, found.last, end)
    field = found.last + 2 * any(starts_with(words, found.last, phrase) for phrase in _IN_CHARGE)
    if rest is None or any(stops(words, k) or ((k > found.last or words.capital(k)) and other_body(words, k)) for k in range(field, end)):
        return found
    return found._replace(last=end, name=f"{found.name} {rest.name}", level_word="", placed=True)


def _named(words: Words, first: int, last: int) -> Found | None:
    """The words `[first, last)` as a body, if they can name one."""
    if last <= first or last - first > LONGEST or longest(_NO_BODY, words.keys, first):
        return None
    printed = words.text[words.starts[first] : words.end(last - 1)]
    if "\t" in printed or any(not words.marks[k].isalnum() and words.marks[k] != "-" for k in range(first, last)):
        return None
    known = (longest(predicates(), words.keys, k) for k in range(first, last))
    if any(found and found[1][0] != "noun" and found[1][1] != "yes" for found in known):
        return None
    return Found(first, last, "other", None, words.surface(first, last))

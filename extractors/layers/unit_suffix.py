"""Unit suffix: what follows the name of a body: level, place, note, qualifiers.

    xã | cấp huyện | các xã, thị trấn | xã Hòa Phong | Bắc Giang | (theo dõi LĐTBXH) | có liên quan | thuộc UBND huyện
"""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from extractors.layers.unit_edges import level_at, other_body, place_name, starts_with, stops
from extractors.layers.unit_words import AND, LEVELS, Words, longest, names, phrases, predicates, trie_of

_OF = frozenset({"thuộc", "của", "trong", "tại", "ở"})
_MODIFIERS = trie_of([(phrase, True) for phrase in (
    "có liên quan", "liên quan", "hữu quan", "chức năng", "chuyên môn", "trực thuộc", "thành viên", "sự nghiệp", "địa phương", "cơ sở",
    "trọng điểm", "công lập", "ngoài công lập", "quản lý nhà nước", "đứng chân", "nêu trên", "khác", "được giao", "được phân công",
    "cấp dưới", "cấp trên", "vùng biên", "biên giới", "vùng cao", "vùng sâu", "miền núi", "ven biển",
)])  # fmt: skip
_PEERS = trie_of([(phrase, True) for phrase in ("cùng cấp", "cấp trên", "cấp dưới", "khu vực", "cửa khẩu quốc tế", "cửa khẩu")])
_NOTES = frozenset({"theo", "phụ", "mới", "cũ", "kiêm"})
_COMMITTEES = frozenset({"party", "people_committee", "people_council", "police", "front_and_unions"})
_WARDS, _SQUADS = (["bệnh"], ["trung"]), (["công"], ["cục"])
_PARENTS = {"khoa": _WARDS, "cảnh": _SQUADS, "phòng": _SQUADS, "đội": _SQUADS}
"""First keys of the bodies that a section names behind itself."""
_DUTIES = ([], *([word] for word in phrases("kế biện văn phương giải trách nhiệm hình báo thể ý")[0]))
"""First keys of what a group is to have: a plan, measures, a duty; other things behind `có` say which group it is."""
_MUSTS = phrases("có trách nhiệm", "chịu trách nhiệm", "phải", "cần", "nghiêm túc", "chủ động", "chủ trì", "phối hợp", "báo cáo", "ký cam kết")
_OWNERS = frozenset({"sở", "bộ", "cục"})
_VERBS = phrases("tổ chức", "thực hiện", "triển khai", "phối hợp", "gửi", "nộp")
_TRADES = trie_of([(phrase, True) for phrase in (
    "sản xuất", "kinh doanh", "chế biến", "giết mổ", "chăn nuôi", "nuôi", "trồng", "buôn bán", "mua bán", "khai thác", "dịch vụ", "cung cấp",
    "cung ứng", "sử dụng", "hoạt động", "tham gia", "đang", "đóng trên", "nằm trong",
)])  # fmt: skip
_SERVING = phrases("tham mưu, giúp việc", "tham mưu giúp việc", "chuyên trách tham mưu, giúp việc", "chuyên trách tham mưu giúp việc", "giúp việc")
_SORTED = frozenset({"nghiệp", "vị", "quan", "chức", "sở", "ty", "lượng"})
"""Last keys of the nouns that come in sorts: `doanh nghiệp`, `đơn vị`, `cơ quan`, `tổ chức`, `cơ sở`, `công ty`, `lực lượng`."""
_THINGS = frozenset({"dữ", "vật", "hạ", "lý", "thực", "pháp", "khoa", "đo", "tính"})
"""First keys behind such a noun that make it a thing: `cơ sở dữ liệu`, `cơ sở vật chất`, `đơn vị đo`."""
_JOINTS = frozenset({",", AND, "-"})
_BOUNDS = phrases("ít nhất", "tối thiểu", "nhiều nhất", "tối đa", "không quá", "không dưới", "đúng", "khoảng")
LONGEST_CLAUSE, LONGEST_SORT = 18, 6
_ROMAN = re.compile(r"[IVX]+")
_NEW, _AREA = phrases("(mới)", "trên địa bàn")


class Suffix(NamedTuple):
    """Suffix: where what follows a name ends; `bound` says that something does.

    `level_word` is a level without a place (`xã`), `placed` that a place is named, `plural` that several are (`các xã`).
    """

    last: int
    level: str | None = None
    level_word: str = ""
    placed: bool = False
    plural: bool = False
    bound: bool = False


Inner = Callable[[Words, int, int], Suffix | None]
"""Finds the body inside a suffix (`thuộc UBND huyện`): words, place, depth."""


class Rules(NamedTuple):
    """Rules: which suffixes a name takes: `group` those of groups and posts too; `noun` that the name itself is a level."""

    inner: Inner
    depth: int = 0
    group: bool = False
    noun: bool = False


def suffix(words: Words, at: int, rules: Rules) -> Suffix:
    """Levels, places, notes and qualifiers behind a name that ends at `at`."""
    result, noun = Suffix(at), rules.noun
    for _ in range(6):
        if not _can_follow(words, result.last):
            return (_sort(words, result) if rules.group else None) or result
        step = _note(words, result) or (None if noun else _level(words, result)) or _place(words, result, noun=noun) or _peer(words, result, rules)
        if step is None and rules.group:
            step = _belongs(words, result, rules) or _modifier(words, result) or _owner(words, result) or _relative(words, result)
            step = step or _serves(words, result, rules) or _sort(words, result)
        elif step is None:
            step = _area(words, result) or (_modifier(words, result) if result.plural else None)
        if step is None:
            return result
        result, noun = step, False
    return result


def parent(words: Words, key: str, after: Suffix, inner: Inner) -> Suffix:
    """The body that a section belongs to, behind it: `Khoa Nhi Bệnh viện Đa khoa ...`, `Cảnh sát kinh tế - Công an tỉnh`."""
    at = after.last + (words.marks[after.last : after.last + 1] == ["-"])
    if key not in _PARENTS or after.bound or words.keys[at : at + 1] not in _PARENTS[key] or not words.capital(at):
        return after
    return inner(words, at, 2) or after


def _can_follow(words: Words, at: int) -> bool:
    """Whether a suffix can begin at a word, told by its first key: the cheap test before the others."""
    return at < len(words.keys) and (words.keys[at] in _first_keys() or words.keys[at].isdigit() or words.capital(at))


@cache
def _first_keys() -> frozenset[str]:
    levels = {key[0] for key in LEVELS} | {"các", "những", "cấp"}
    serving = {phrase[0] for phrase in _SERVING}
    return frozenset({"(", "trên", "trực", "số", "có", *serving, *_OF, *levels, *_MODIFIERS, *_TRADES, *_PEERS, *names()})


def _note(words: Words, so_far: Suffix) -> Suffix | None:
    """`(theo dõi LĐTBXH)`, `(mới)` inside a name."""
    at = so_far.last
    if words.keys[at : at + 1] != ["("] or not _NOTES.intersection(words.keys[at + 1 : at + 2]):
        return None
    if words.keys[at + 1 : at + 2] == ["theo"] and words.keys[at + 2 : at + 3] != ["dõi"]:
        return None
    close = next((k for k in range(at, min(at + 10, len(words.keys))) if words.keys[k] == ")"), None)
    return so_far._replace(last=close + 1) if close else None


def _level(words: Words, so_far: Suffix) -> Suffix | None:
    """`xã`, `cấp huyện`, `các xã, thị trấn`, `12 xã`, `xã, thị trấn`, `các cấp`."""
    k = so_far.last
    if so_far.level_word or so_far.plural or k >= len(words.keys):
        return None
    several = words.keys[k] in {"các", "những"} or (words.keys[k].isdigit() and level_at(words, k + 1)[0] > k + 1)
    ranked = words.keys[k + several : k + several + 1] == ["cấp"]
    begin = k + several + ranked
    end, level = level_at(words, begin)
    if end == begin:
        return so_far._replace(last=begin, plural=True, bound=True) if several and ranked else None
    last = _more_levels(words, end, several=several)
    plural = several or ranked or last > end
    return Suffix(last, level, "" if plural else words.surface(begin, end), False, plural, True)


def _more_levels(words: Words, end: int, *, several: bool) -> int:
    """Where a row of levels ends: `các huyện, thị xã, thành phố`; `xã A` of `xã, xã A` is no level."""
    while end + 1 < len(words.keys) and (words.marks[end] in {",", "/"} or words.keys[end] == AND):
        following, _ = level_at(words, end + 1)
        if following == end + 1 or (not several and place_name(words, following) > following):
            break
        end = following
    return end


def _place(words: Words, so_far: Suffix, *, noun: bool) -> Suffix | None:
    """A place's name behind a level or straight behind the body: `xã Hòa Phong`, `Sở Y tế Bắc Giang`."""
    at = so_far.last
    if so_far.placed or at >= len(words.keys) or (so_far.plural and not noun):
        return None
    if longest(_PEERS, words.keys, at):
        return None
    if words.keys[at] == "số" and not so_far.level_word and words.keys[at + 1 : at + 2] and words.keys[at + 1].isdigit():
        return so_far._replace(last=at + 2, bound=True) if words.keys[at + 2 : at + 3] != ["/"] else None
    end = place_name(words, at)
    if end == at or (not so_far.level_word and (words.shouts or words.keys[at].isdigit())):
        return None
    return so_far._replace(last=end + len(_NEW) * starts_with(words, end, _NEW), level_word="", placed=True, bound=True)


def _peer(words: Words, so_far: Suffix, rules: Rules) -> Suffix | None:
    """`HĐND cùng cấp`, `Kho bạc Nhà nước khu vực VI`; the committee that an office is of, straight behind it: `Khối Dân vận Đảng ủy`."""
    peer = longest(_PEERS, words.keys, so_far.last)
    if peer:
        region = words.keys[peer[0] - 1] == "vực"
        return so_far._replace(last=_region(words, peer[0]) if region else peer[0], bound=True)
    named = longest(names(), words.keys, so_far.last)
    if named is None or so_far.bound or rules.depth or named[1].kind not in _COMMITTEES or named[1].need:
        return None
    return rules.inner(words, so_far.last, 2)


def _region(words: Words, at: int) -> int:
    """Where the number or the place of a region ends: `khu vực 2`, `khu vực số 3`, `khu vực VI`, `khu vực Hòa An`."""
    k = at + (words.keys[at : at + 1] == ["số"])
    numbered = words.keys[k : k + 1] and (words.keys[k].isdigit() or _ROMAN.fullmatch(words.surface(k, k + 1)))
    return k + 1 if numbered else place_name(words, at)


def _modifier(words: Words, so_far: Suffix) -> Suffix | None:
    found = longest(_MODIFIERS, words.keys, so_far.last)
    return so_far._replace(last=found[0], bound=True) if found else None


def _owner(words: Words, so_far: Suffix) -> Suffix | None:
    """`các phòng chức năng Sở`, `các đơn vị trực thuộc Bộ`: the issuing body by its head alone."""
    at = so_far.last
    alone = words.keys[at] in _OWNERS and words.capital(at) and not words.shouts and not words.capital(at + 1)
    return so_far._replace(last=at + 1, bound=True) if alone else None


def _relative(words: Words, so_far: Suffix) -> Suffix | None:
    """`các cơ sở có hoạt động về dược trên địa bàn | chịu trách nhiệm ...`: a clause of quality before the group's own predicate.

    A trade may also be all that follows, as in headings (`Doanh nghiệp cung cấp trung tâm dữ liệu, điện toán đám mây`).
    Without a predicate behind it, `có` is itself the predicate (`Các trường có kế hoạch cụ thể`); behind a trade
    (`các cơ sở giết mổ gia súc | phải ...`) it must be a duty.
    """
    begin = so_far.last
    trade = longest(_TRADES, words.keys, begin)
    if trade is None and (words.keys[begin] != "có" or words.keys[begin + 1 : begin + 2] in _DUTIES or _counts(words, begin + 1)):
        return None
    for k in range(trade[0] if trade else begin + 2, min(begin + LONGEST_CLAUSE, len(words.keys))):
        listed = words.marks[k] in {",", AND} and words.keys[k + 1 : k + 2] == ["các"]
        found = longest(predicates(), words.keys, k)
        plain = found is not None and found[0] > k + 1 and found[1][0] == "verb" and found[1][1] != "yes"
        acts = (plain or any(starts_with(words, k, verb) for verb in _VERBS)) and not words.capital(k)
        if (acts and trade is None) or listed or any(starts_with(words, k, duty) for duty in _MUSTS):
            return so_far._replace(last=k, bound=True)
        if not words.marks[k].isalnum() and not (trade and words.marks[k] in {",", AND, "-"}):
            return None
    ends = trade is not None and trade[0] < len(words.keys) <= begin + LONGEST_CLAUSE
    return so_far._replace(last=len(words.keys), bound=True) if ends else None


def _counts(words: Words, at: int) -> bool:
    """Whether a number is what the group is to have (`mỗi thôn có ít nhất 15 bộ máy`); `có 10 lao động trở lên` says which it is."""
    number = any(starts_with(words, at, bound) for bound in _BOUNDS) or (at < len(words.keys) and words.keys[at].isdigit())
    return number and "trở" not in words.keys[at : at + LONGEST_CLAUSE]


def _serves(words: Words, so_far: Suffix, rules: Rules) -> Suffix | None:
    """`các cơ quan tham mưu, giúp việc Huyện ủy`: the committee that a group of offices serves, part of its name."""
    phrase = next((phrase for phrase in _SERVING if starts_with(words, so_far.last, phrase)), None)
    if phrase is None or rules.depth > 1:
        return None
    at = so_far.last + len(phrase)
    inner = rules.inner(words, at + (words.keys[at : at + 1] in (["cho"], ["của"])), rules.depth + 1)
    return so_far._replace(last=inner.last, bound=True) if inner else None


def _sort(words: Words, so_far: Suffix) -> Suffix | None:
    """`các doanh nghiệp bưu chính, viễn thông | triển khai ...`: of which sort a group is, up to its own predicate."""
    begin = k = so_far.last
    if so_far.bound or begin >= len(words.keys) or words.keys[begin - 1] not in _SORTED or words.keys[begin] in _THINGS:
        return None
    if words.capital(begin) or stops(words, begin):
        return None
    while k < min(begin + LONGEST_SORT, len(words.keys)):
        found = longest(predicates(), words.keys, k)
        if found and found[1][0] == "verb" and k > begin and words.marks[k - 1] not in _JOINTS:
            return so_far._replace(last=k, bound=True)
        joined = words.marks[k] in _JOINTS
        if (found and found[1][0] != "noun") or (joined and (k == begin or other_body(words, k + 1))) or not (joined or words.marks[k].isalnum()):
            return None
        k = found[0] if found else k + 1
    return None


def _area(words: Words, so_far: Suffix) -> Suffix | None:
    """`trên địa bàn`, `trên địa bàn toàn tỉnh`, `trên địa bàn xã Hòa Phong`."""
    if not starts_with(words, so_far.last, _AREA):
        return None
    k = so_far.last + len(_AREA)
    k += words.keys[k : k + 1] == ["toàn"]
    end, _ = level_at(words, k)
    return so_far._replace(last=place_name(words, end) if end > k else end, bound=True)


def _belongs(words: Words, so_far: Suffix, rules: Rules) -> Suffix | None:
    """`thuộc UBND huyện`, `của tỉnh`, `trong ngành`, `tại Hải Dương`, `trên địa bàn xã`."""
    area = _area(words, so_far)
    at = so_far.last
    if area or at + 1 >= len(words.keys) or rules.depth > 1:
        return area
    k = at + (words.keys[at] == "trực")
    word, k = words.keys[k], k + 1
    if word not in _OF or (word == "của" and so_far.level_word):
        return None
    k += word == "trong" and words.keys[k : k + 1] in (["toàn"], ["các"])
    end, level = level_at(words, k)
    if end > k:
        return so_far._replace(last=place_name(words, end), level=so_far.level or level, bound=True)
    if word in {"tại", "ở"}:
        end = place_name(words, k)
        return so_far._replace(last=end, bound=True) if end > k else None
    if word == "trong" and words.keys[k : k + 1] in (["ngành"], ["khối"]):
        return so_far._replace(last=k + 1, bound=True)
    inner = rules.inner(words, k, rules.depth + 1)
    return so_far._replace(last=inner.last, level=so_far.level or inner.level, bound=True) if inner else None

"""Figures: the numbers of a text that are written in figures, each with what it is of."""

import re
from collections.abc import Iterator
from functools import cache

from extractors.layers.counted import Counted, counted_at, with_attributes
from extractors.layers.folded import folded_pattern
from extractors.layers.marks import Mark
from extractors.layers.numerals import FIGURES, MISREAD, tidy, worth
from extractors.layers.quantities import COUNT, FRACTION, PERCENTAGE, PERIOD, PERIODS, RATIO, Number, Place, quantity, unit_of
from extractors.layers.spans import Spans
from extractors.layers.syllables import fold
from extractors.vocabulary import rows

_WHOLE = frozenset({"person", "place", "event", "thing", "document", "open"})
_RUN = re.compile(r"\d\d*")  # one sign first: the search is fast then
_PART = r"(?:\d{1,3}(?:\.\d{3})+|\d{1,4})"
_FIGURES = re.compile(
    rf"""(?<![\w/.])(?<!\d,)(?<!\w-)(?:
    (?P<part>{_PART})(?:[ ]?/[ ]?|(?P<on>[ ]trên[ ]))                        # 15/20 xã   2/3 số thôn   4 trên 5 hộ
        (?!10{{0,2}}\.000[ ])(?P<whole>{_PART})(?=[ ][^\W\d_])(?![ ]?/)
    |(?P<figures>{FIGURES})(?![\w]*/(?!10{{0,2}}\.000[ ][^\W\d_])|-[^\W\d_]|[.,]\d)    # 95%   1.200 tổ   98,5 điểm   200/100.000 dân
    )""",
    re.VERBOSE,
)
_MISREAD = re.compile(r"(?<![\w/.,])(?=[lios]*\d)(?=\d*[lios])(?P<misread>[lios\d]{2,4})(?=[ ]?%)")
_SCALES = {fold(row["word"]): float(row["value"]) for row in rows("number_words") if row["role"] == "scale" and float(row["value"]) > 100}
_SCALE = folded_pattern(rf"_(?P<scale>{'|'.join(_SCALES)})(?=_[^\W\d_])")
_RANGE = re.compile(rf"[ ]?(?:%|‰)?[ ]?(?:-|÷|~|\bđến\b)[ ]?(?P<high>{FIGURES})(?![\d/])")
_PERCENT = folded_pattern(r"[ ]?(?:(?P<mille>‰|%[o0](?!\w))|%|[ ]?[o0]/[o0](?!\w)|phần_trăm(?!\w))")
_SIGN_FOLLOWS = re.compile(r"[ ]*(?:[%‰÷~/o0-]|đến|phần)")
"""What a range, a sign of percent and a rate begin with: most figures have nothing of it behind them."""
_OF_SO_MANY = folded_pattern(r"_trong_(?:tổng_)?số_(?P<whole>\d{1,4})_")
_OUT_OF = folded_pattern(
    r"""(?<!\w)cứ_(?P<whole>\d{1,4})(?:_[^\W\d_]+){1,6}?,?_(?:thì_)?(?:có|được)_
    (?:(?:ít_nhất|tối_thiểu|trên|hơn|khoảng|đến)_)?(?P<part>\d{1,4})(?=_[^\W\d_])"""
)
_A_PERIOD = folded_pattern(rf"[ ]?/[ ]?(?P<period>{PERIOD})")
_EACH = folded_pattern(rf"(?:mỗi|hằng|hàng)_{PERIOD}[,]?_$")
_PER_PEOPLE = folded_pattern(r"[ ]?/[ ]?10{0,2}\.000_(?:dân|người|trẻ_đẻ_sống|trẻ|ca|phụ_nữ)(?!\w)")
_BARE_PERIOD = folded_pattern(r"(?<!\w)(?<!\d[ ])(?:ngày|tuần|tháng|quý)_$")
_TIMES = folded_pattern(r"_(?:lần|buổi)(?!_(?:đầu|thứ|lượt))(?!\w)")
_INDEX = folded_pattern(r"(?:chỉ_số|hệ_số)(?:_[^\W\d_]+){0,9}[ ]?(?:[<>≤≥]=?|(?<=[ ])(?:đạt|trên|dưới|từ))[ ]?$")
_ENDS = re.compile(r"\s*(?:[;,)]\s|[.;)]?\s*(?:\n|$)|\.\s)")
_LEVEL = re.compile(r"(?<!\w)cấp $")
_HIGHEST_LEVEL = 17
"""Of storms; schools, dangers of fire and of drought have fewer."""
_YEAR = re.compile(r"(?:19|20)\d\d")


def _headed(before: str, role: str) -> bool:
    """Whether a word before a number makes it a name: always (`identifier`) or unless it is plainly a count (`numbered`)."""
    pattern, last_words = _heads(role)
    words = before.rstrip(" ")
    last = words[words.rfind(" ") + 1 :]
    return (last in last_words or not last.isalpha()) and pattern.search(before) is not None


@cache
def _heads(role: str) -> tuple[re.Pattern[str], frozenset[str]]:
    """The words of a role with which what stands before a number can end, and the last of each: a look at one word spares most searches."""
    phrases = [fold(row["phrase"]) for row in rows("target_cues") if row["role"] == role]
    heads = "|".join(map(re.escape, phrases))
    pattern = rf"(?<![^\W\d_])(?<!mỗi[ ])(?<!cả[ ])(?<!nâng[ ])(?<!cung[ ])(?<!trợ[ ])(?:{heads})[ ]?(?:số[ ]?)?[ ]?$"
    return re.compile(pattern), frozenset({"số", *(phrase.split()[-1] for phrase in phrases)})


def figures_in(text: str, key: str, instruments: Spans) -> Iterator[Mark]:
    """One mark a number with its unit, from the text and its key; those of instruments are no numbers."""
    end = 0
    every = {found.start("whole"): found for found in _out_of(key)}
    for run in _RUN.finditer(key):
        if run.start() < end or instruments.overlap(run.start(), run.start() + 1):
            continue
        if run.start() in every and 0 < int(every[run.start()]["part"]) <= int(run[0]):
            share = every[run.start()]
            end = share.end("part")
            yield Mark(share.start("part"), end, FRACTION, Number(tidy(int(share["part"]) / int(run[0])), "fraction"))
            continue
        found = _FIGURES.match(key, run.start())
        if not found:
            continue
        end = found.end("part") if found["on"] else found.end()
        mark = _fraction(text, key, found) if found["part"] else _measured(text, key, (run.start(), end), found["figures"])
        if mark:
            end = max(end, mark.end)
            yield mark
    yield from _misread(text, key)


def _out_of(key: str) -> Iterator[re.Match[str]]:
    """`cứ 10 em thì có 9 em`; plain search is faster than the pattern."""
    at = key.find("cứ ")
    while at >= 0:
        if key[at + 3 : at + 4].isdigit() and (found := _OUT_OF.match(key, at)):
            yield found
        at = key.find("cứ ", at + 1)


def _misread(text: str, key: str) -> Iterator[Mark]:
    """`l00%`, `9S%`: percentages whose figures were read as letters; looked for only where a `%` is."""
    at = key.find("%")
    while at >= 0:
        found = _MISREAD.search(key, max(0, at - 5), at + 1)
        if found:
            mark = _measured(text, key, found.span(), found["misread"].translate(MISREAD))
            if mark:
                yield mark
        at = key.find("%", at + 1)


def _measured(text: str, key: str, span: tuple[int, int], figures: str) -> Mark | None:
    """Figures with their unit: `95%`, `80 - 85%`, `01 bác sĩ`, `50 triệu đồng/người/năm`."""
    (start, end), high = span, None
    if _SIGN_FOLLOWS.match(key, end):
        ranged = _RANGE.match(key, end)
        if ranged and worth(figures) < worth(ranged["high"]) and not _are_years(figures, ranged["high"]):
            high, end = ranged["high"], ranged.end()
        percent = _PERCENT.match(key, end)
        if percent:
            value = Number(worth(figures), "‰" if percent["mille"] else "%", worth(high) if high else None)
            return _percentage(key, start, percent.end(), value)
        if (rate := _PER_PEOPLE.match(key, end)) is not None:
            number = Number(worth(figures), unit_of(text, end, rate.end()), worth(high) if high else None)
            return Mark(start, rate.end(), RATIO, number)
    if _is_name(key, (start, end), figures, high or figures):
        return None
    among = _OF_SO_MANY.match(key, end)
    if among and (whole := counted_at(key, among.end())):
        number = Number(worth(figures), unit_of(text, among.end(), whole.end), of=worth(among["whole"]), noun=whole.kind)
        return Mark(start, whole.end, COUNT, number)
    scale = _scale(key, end)
    if scale:
        end = scale.end()
    noun = _noun(key, start, end, figures)
    if noun is None:
        return _index(key, start, end, figures)
    things = noun.kind in _WHOLE and scale is None
    times = _SCALES[scale["scale"]] if scale else 1.0
    low, top = (round(worth(part, whole=things) * times, 6) if part else None for part in (figures, high))
    number = Number(low or 0.0, "", top, noun=noun.kind)
    return quantity(text, key, Place(start, end, noun.end), number)


def _scale(key: str, end: int) -> re.Match[str] | None:
    """`10 triệu đoàn viên`, `500 nghìn cây`: a scale before what is counted; `triệu đồng` is a unit of its own."""
    scale = _SCALE.match(key, end)
    return scale if scale and counted_at(key, end + 1) is None and counted_at(key, scale.end() + 1) else None


def _percentage(key: str, start: int, end: int, number: Number) -> Mark:
    rate = _A_PERIOD.match(key, end)
    if rate:
        number = number._replace(per=PERIODS[rate["period"]])
    return Mark(start, rate.end() if rate else end, PERCENTAGE, number)


def _index(key: str, start: int, end: int, figures: str) -> Mark | None:
    """The value of an index, which has no unit: `chỉ số hài lòng đạt trên 90`, `chỉ số mật độ < 20`."""
    if not _ENDS.match(key, end) or not _INDEX.search(key, max(0, start - 80), start):
        return None
    return Mark(start, end, RATIO, Number(worth(figures), ""))


def _is_name(key: str, span: tuple[int, int], figures: str, high: str) -> bool:
    """Years, and what a word before it makes a number of something: `Điều 5`, `Đề án 06`, `tháng 3` (not `tháng 03 lần`)."""
    start, end = span
    before = key[max(0, start - 24) : start]
    if len(figures) < 3 and _TIMES.match(key, end) and _BARE_PERIOD.search(before):
        return False
    if _is_handed_out(before, figures):
        return False
    return _are_years(figures, high) or (_headed(before, "identifier") and not _EACH.search(before))


def _is_handed_out(before: str, figures: str) -> bool:
    """Whether `cấp` before a number is the verb: `cấp 1.500 tờ rơi`, no level that goes so high."""
    return before.endswith("cấp ") and _LEVEL.search(before) is not None and worth(figures) > _HIGHEST_LEVEL


def _noun(key: str, start: int, end: int, figures: str) -> Counted | None:
    """The noun that figures count; an unlisted one neither at the start of a line nor behind a word that numbers."""
    glued = key[end : end + 1].isalpha()
    at = end + (key[end : end + 1] == " ")
    noun = with_attributes(key, at, counted_at(key, at, anything=not glued))
    if noun is None or (glued and noun.kind not in {"measure", "money"}):
        return None
    if noun.kind == "open" and (start == 0 or key[start - 1] == "\n"):
        return None
    before = key[max(0, start - 24) : start]
    numbered = _headed(before, "numbered") and not _is_handed_out(before, figures)
    return None if numbered and (noun.kind == "open" or not figures.startswith("0")) else noun


def _fraction(text: str, key: str, found: re.Match[str]) -> Mark | None:
    """`15/20 xã` counts of a total, `2/3 số thôn` is a share."""
    start, end = found.span()
    part, whole = worth(found["part"]), worth(found["whole"])
    if part > whole or whole == 0 or key.endswith("ngày ", 0, start):
        return None
    before = key[max(0, start - 24) : start]
    if found["on"] and (_headed(before, "identifier") or _headed(before, "numbered")):
        return None
    changed = key.endswith(("giảm ", "tăng ", "bằng "), 0, start) and key.startswith("so với", end + 1)
    shared = key.startswith("là ", end + 1) and key.endswith((", ", "đó ", "với "), 0, start)
    if changed or shared or key.startswith(("số ", "tổng số ", "diện tích "), end + 1):
        return Mark(start, end, FRACTION, Number(tidy(part / whole), "fraction"))
    noun = counted_at(key, end + 1)
    if noun is None:
        return None
    return Mark(start, noun.end, COUNT, Number(tidy(part), unit_of(text, end, noun.end), of=tidy(whole), noun=noun.kind))


def _are_years(low: str, high: str) -> bool:
    return bool(_YEAR.fullmatch(low) and _YEAR.fullmatch(high))

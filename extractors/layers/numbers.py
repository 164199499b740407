"""Numbers: every percentage, fraction, rate, frequency and counted noun of a text, whatever it says.

A number with nothing that it counts (of an instrument, a date, a heading) is no mark. The label is the kind of number;
comparators around it are not part of it. Values are as `numerals` reads them, ranges keep both ends.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc

from extractors.layers.counted import counted_at, per_at
from extractors.layers.folded import folded, folded_pattern
from extractors.layers.marks import Mark, of, put, read, text_of, write
from extractors.layers.numerals import FIGURES, MISREAD, spoken, tidy, words, worth
from extractors.layers.syllables import fold
from extractors.vocabulary import rows

LAYER = "numbers"
PERCENTAGE, FRACTION, COUNT, FREQUENCY, RATIO = "percentage", "fraction", "count", "frequency", "ratio"
MONEY, AGE, GRADE, DURATION = "money", "age", "grade", "duration"
_LABELS = {"money": MONEY, "age": AGE, "grade": GRADE, "duration": DURATION}
_WHOLE = frozenset({"person", "place", "event", "thing", "open"})


class Number(NamedTuple):
    """Number: `value` (and `high` of a range) in `unit`; `of` is the total of `15/20 xã`; `per` an ISO 8601 duration.

    `noun` is the kind of what is counted, `worded` says that the number is written in words.
    """

    value: float
    unit: str
    high: float | None = None
    of: float | None = None
    per: str | None = None
    noun: str = ""
    worded: bool = False


PERIODS = {"năm": "P1Y", "năm học": "P1Y", "học kỳ": "P6M", "quý": "P3M", "tháng": "P1M", "tuần": "P1W", "ngày": "P1D"}
_PERIOD = r"(?:năm_học|học_kỳ|năm|quý|tháng|tuần|ngày)(?![^\W\d_])"
_PERIOD_BEFORE = folded_pattern(
    rf"""(?<![^\W\d_])(?:mỗi|một|hằng|hàng|trong)_(?P<period>{_PERIOD})[,]?_
    (?:(?:ít_nhất|tối_thiểu|không_dưới|không_quá|tối_đa|khoảng|từ)(?:_là)?_)?$"""
)
_LEADING_PERIOD = folded_pattern(
    rf"(?:mỗi|một|hằng|hàng|trong)_{_PERIOD}[,]?_(?:(?:ít_nhất|tối_thiểu|không_dưới|không_quá|tối_đa|khoảng|từ)(?:_là)?_)?"
)
_EACH = folded_pattern(rf"(?:mỗi|hằng|hàng)_{_PERIOD}[,]?_$")
_PERIOD_AFTER = folded_pattern(rf"[ ]?(?:/[ ]?|(?:mỗi|một|trong|hằng|hàng)_(?:một_)?)(?P<period>{_PERIOD})(?![ ]*(?:\d|[ivx]+\b))")
_A_YEAR = folded_pattern(rf"\s?/\s?(?P<period>{_PERIOD})")
_EVENTS = frozenset(fold(word) for word in ("lần", "lượt", "buổi", "đợt", "kỳ", "phiên", "số", "cuộc"))
_PERCENT = folded_pattern(r"\s?(?:(?P<mille>‰|%[o0](?!\w))|%|[ ]?[o0]/[o0](?!\w)|phần_trăm(?!\w))")
_RANGE = re.compile(rf"[ ]?(?:%|‰)?[ ]?(?:-|÷|~|\bđến\b)[ ]?(?P<high>{FIGURES})(?![\d/])")
_FIGURES = re.compile(
    rf"""(?<![\w/.,])(?<!\w-)(?:
    (?P<part>\d{{1,4}})[ ]?/[ ]?(?P<whole>\d{{1,4}})(?=[ ][^\W\d_])(?![ ]?/)   # 15/20 xã   2/3 số thôn
    |(?P<figures>{FIGURES})(?![\w]*/|-[^\W\d_]|[.,]\d)                     # 95%   1.200 tổ   98,5 điểm
    |(?P<misread>(?=[lios\d]*\d)(?=[lios\d]*[lios])[lios\d]{{2,4}})(?=\s?%)   # l00%   9S%
    )""",
    re.VERBOSE,
)


@cache
def _spoken_pattern() -> re.Pattern[str]:
    """Number words in a row, and fractions of them (`hai phần ba`, `một nửa`)."""
    digit = "|".join(word for word, (_, role) in words().items() if role == "digit")
    ten = "|".join(word for word, (_, role) in words().items() if role != "digit")
    small = rf"(?<![^\W\d_])(?:(?:(?:{digit})[ ])?(?:{ten})(?:[ ](?:{digit}|{ten})(?![^\W\d_]))*|(?:{digit}))(?![^\W\d_])"
    return re.compile(rf"(?P<part>{small})[ ]phần[ ](?P<whole>{small})|(?:một[ ])?(?P<half>nửa)(?![^\W\d_])|(?P<plain>{small})")


@cache
def _fixed() -> re.Pattern[str]:
    phrases = sorted((re.escape(fold(row["phrase"])).replace(r"\ ", r"\s+") for row in rows("fixed_phrases")), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(phrases)})(?![^\W_])|\d+-\d+-\d+(?=[ ]về)")


@cache
def _heads(role: str) -> re.Pattern[str]:
    """Words before a number that make it a name: always (`identifier`) or unless it is plainly a count (`numbered`)."""
    heads = "|".join(re.escape(fold(row["phrase"])) for row in rows("target_cues") if row["role"] == role)
    return re.compile(rf"(?<![^\W\d_])(?<!mỗi[ ])(?:{heads})[ ]?(?:số[ ]?)?[ ]?$")


def mark_numbers(doc: Doc) -> None:
    """Set the `numbers` layer of a document."""
    put(doc, LAYER, _Scan(doc).marks())


def numbers_of(doc: Doc) -> tuple[tuple[Mark, Number], ...]:
    """All numbers of the document with their values, in order."""
    if "values:numbers" not in doc.user_data:
        doc.user_data["values:numbers"] = tuple((mark, read(Number, mark.value)) for mark in of(doc, LAYER))
    found: tuple[tuple[Mark, Number], ...] = doc.user_data["values:numbers"]
    return found


def figures_at(key: str, mark: Mark) -> int:
    """Where the figures or number words of a mark begin: behind `mỗi năm`, where it begins with a period."""
    period = _LEADING_PERIOD.match(key, mark.start, mark.end)
    return period.end() if period else mark.start


class _Scan:
    """One scan over the text for figures, one for number words; both leave out what is fixed, dated or numbered."""

    def __init__(self, doc: Doc) -> None:
        self.text, self.key = text_of(doc), folded(doc)
        self.taken = [(mark.start, mark.end) for mark in of(doc, "instruments")]

    def marks(self) -> list[Mark]:
        """The marks in order, none within another."""
        fixed = [m.span() for m in _fixed().finditer(self.key)]
        found = sorted([*self._figures(), *self._spoken()], key=lambda mark: (mark.start, -mark.end))
        kept: list[Mark] = []
        for mark in found:
            if (kept and mark.start < kept[-1].end) or _inside(mark, fixed) or _inside(mark, self.taken):
                continue
            kept.append(mark)
        return kept

    def _figures(self) -> Iterator[Mark]:
        for found in _FIGURES.finditer(self.key):
            start, end = found.span()
            if found["part"]:
                mark = self._fraction(start, end, (float(found["part"]), float(found["whole"])))
            else:
                figures = found["figures"] or found["misread"].translate(MISREAD)
                mark = self._measured(start, end, figures)
            if mark:
                yield mark

    def _measured(self, start: int, end: int, figures: str) -> Mark | None:
        """Figures with their unit; `95%`, `80 - 85%`, `01 bác sĩ`, `50 triệu đồng/người/năm`."""
        high = None
        ranged = _RANGE.match(self.key, end)
        if ranged and worth(figures) < worth(ranged["high"]) and not _years(figures, ranged["high"]):
            high, end = ranged["high"], ranged.end()
        percent = _PERCENT.match(self.key, end)
        if percent:
            return self._percentage(start, percent.end(), worth(figures), high=worth(high) if high else None, mille=bool(percent["mille"]))
        return self._counted(start, end, figures, high)

    def _percentage(self, start: int, end: int, value: float, *, high: float | None, mille: bool) -> Mark:
        unit, per = "‰" if mille else "%", None
        rate = _A_YEAR.match(self.key, end)
        if rate:
            per = PERIODS[rate["period"]]
            unit += f"/{rate['period']}"
            end = rate.end()
        return Mark(start, end, PERCENTAGE, write(Number(value, unit, high, per=per)))

    def _counted(self, start: int, end: int, figures: str, high: str | None) -> Mark | None:
        before = self.key[max(0, start - 24) : start]
        if _years(figures, high or figures) or (_heads("identifier").search(before) and not _EACH.search(before)):
            return None
        glued = end < len(self.key) and self.key[end].isalpha()
        noun = counted_at(self.key, end + (self.key[end : end + 1] == " "), anything=not glued)
        if noun is None or (glued and noun.kind not in {"measure", "money"}):
            return None
        if _heads("numbered").search(before) and (noun.kind == "open" or not figures.startswith("0")):
            return None
        whole = noun.kind in _WHOLE
        numbers = worth(figures, whole=whole), (worth(high, whole=whole) if high else None)
        return self._with_unit(start, end, noun.end, Number(numbers[0], "", numbers[1], noun=noun.kind))

    def _fraction(self, start: int, end: int, parts: tuple[float, float]) -> Mark | None:
        """`15/20 xã` counts of a total, `2/3 số thôn` is a share."""
        part, whole = parts
        noun = counted_at(self.key, end + 1)
        share = self.key.startswith(("số ", "tổng số ", "diện tích "), end + 1)
        if part > whole or whole == 0 or re.search(r"ngày[ ]$", self.key[max(0, start - 6) : start]) or (noun is None and not share):
            return None
        if share:
            return Mark(start, end, FRACTION, write(Number(tidy(part / whole), "fraction")))
        assert noun is not None
        return Mark(start, noun.end, COUNT, write(Number(tidy(part), self._unit(end, noun.end), of=tidy(whole), noun=noun.kind)))

    def _spoken(self) -> Iterator[Mark]:
        for found in _spoken_pattern().finditer(self.key):
            start, end = found.span()
            if found["half"] or found["part"]:
                part, whole = (1.0, 2.0) if found["half"] else (spoken(found["part"]), spoken(found["whole"]))
                if part and whole and re.match(r"[ ](?:số|tổng|diện tích|dân)", self.key[end : end + 12]) or (found["half"] and _bounded_half(self.key, start, end)):
                    yield Mark(start, end, FRACTION, write(Number(tidy(part / whole), "fraction", worded=True)))
                continue
            mark = self._spoken_count(start, end, found["plain"])
            if mark:
                yield mark

    def _spoken_count(self, start: int, end: int, said: str) -> Mark | None:
        value, noun = spoken(said), counted_at(self.key, end + 1)
        if not value or noun is None or noun.kind in {"grade"} or self.key[end : end + 1] != " ":
            return None
        before = self.key[max(0, start - 12) : start]
        if said.startswith("năm") and re.search(r"(?:mỗi|hằng|hàng|trong|cuối|đầu|cả|hết|nửa|từng|nhiều|các|một|\d)[ ]$", before):
            return None
        if re.search(r"(?:thứ|từng|lần|số|cấp|loại|mức)[ ]$", before):
            return None
        return self._with_unit(start, end, noun.end, Number(value, "", noun=noun.kind, worded=True))

    def _with_unit(self, start: int, end: int, noun_end: int, number: Number) -> Mark | None:
        """The mark of a counted noun, with the rate or the period that belongs to it."""
        if number.noun == "percentage":
            return Mark(start, noun_end, PERCENTAGE, write(number._replace(unit=self._unit(end, noun_end))))
        label = _LABELS.get(number.noun, COUNT)
        after = _PERIOD_AFTER.match(self.key, noun_end)
        rate_end = per_at(self.key, noun_end)
        if after and "trong" in after[0] and fold(self._unit(end, noun_end)) not in {"lần", "lượt"}:
            after = None
        if after and (label == COUNT or (label == DURATION and after[0].lstrip().startswith("/"))) and (rate_end is None or rate_end <= after.end()):
            unit = f"{self._unit(end, noun_end)}/{after['period']}"
            kind = FREQUENCY if number.noun != "measure" else RATIO
            return Mark(start, after.end(), kind, write(number._replace(unit=unit, per=PERIODS[after["period"]])))
        if rate_end:
            return Mark(start, rate_end, label if label == DURATION else RATIO, write(number._replace(unit=self._unit(end, rate_end))))
        return self._with_period(start, end, noun_end, number) or Mark(start, noun_end, label, write(number._replace(unit=self._unit(end, noun_end))))

    def _with_period(self, start: int, end: int, noun_end: int, number: Number) -> Mark | None:
        """`mỗi năm một lần` is a frequency; `mỗi năm 04 lớp` a count a year."""
        before = _PERIOD_BEFORE.search(self.key, max(0, start - 40), start)
        if not before or number.noun in _LABELS:
            return None
        period, unit = before["period"], self._unit(end, noun_end)
        if period == "năm" and fold(unit) not in _EVENTS:
            return Mark(before.start(), noun_end, COUNT, write(number._replace(unit=unit, per=PERIODS[period])))
        return Mark(before.start(), noun_end, FREQUENCY, write(number._replace(unit=f"{unit}/{period}", per=PERIODS[period])))

    def _unit(self, start: int, end: int) -> str:
        """The unit as printed, blanks folded; `fraction` and `%` are named elsewhere."""
        return re.sub(r"\s*/\s*", "/", " ".join(self.text[start:end].split()))


def _inside(mark: Mark, spans: list[tuple[int, int]]) -> bool:
    return any(start <= mark.start < end for start, end in spans)


def _bounded_half(key: str, start: int, end: int) -> bool:
    """`quá nửa giáo viên`, `ít nhất một nửa thôn`: half of something that is counted."""
    return bool(re.search(r"(?:quá|hơn|trên|ít nhất|tối thiểu)[ ]$", key[max(0, start - 10) : start])) and counted_at(key, end + 1) is not None


def _years(low: str, high: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", low) and re.fullmatch(r"(?:19|20)\d\d", high))

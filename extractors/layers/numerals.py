"""Numerals: how Vietnamese texts write a number, in figures and in words, and what it is worth.

A comma is the decimal sign, a dot groups three figures; pasted English style and figures misread by OCR are understood.
"""

import re
from functools import cache

from extractors.layers.syllables import fold
from extractors.vocabulary import rows

FIGURES = r"\d{1,3}(?:\.\d{3}){1,9}(?:,\d{1,20})?|\d{1,20}(?:[.,]\d{1,20})?"
"""1.200   98,5   98.5   8.185   08"""

MISREAD = str.maketrans("lios", "1105")
_THOUSANDS = re.compile(r"\d{1,3},\d{3}")
_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})++(?:,\d++)?+")


@cache
def words() -> dict[str, tuple[float, str]]:
    """Worth and role (`digit`, `ten`, `scale`) of every number word."""
    return {fold(row["word"]): (float(row["value"]), row["role"]) for row in rows("number_words")}


def worth(figures: str, *, whole: bool = False) -> float:
    """What figures are worth; `whole` says that only whole things are counted, which settles `1,200`.

    >>> worth("98,5"), worth("1.200"), worth("98.5"), worth("01"), worth("2.426.254"), worth("1,200", whole=True), worth("001.000.000")
    (98.5, 1200, 98.5, 1, 2426254, 1200, 1000000)
    """
    if _GROUPS.fullmatch(figures) and (not figures.startswith("0") or figures.count(".") > 1):
        figures = figures.replace(".", "")
    if _THOUSANDS.fullmatch(figures) and (whole or figures.endswith("0")) and not figures.startswith("0"):
        figures = figures.replace(",", "")
    return tidy(float(figures.replace(",", ".")))


def spoken(text: str) -> float | None:
    """What number words are worth, None where they are no number.

    >>> spoken("hai mươi lăm"), spoken("một trăm"), spoken("mười hai"), spoken("hai nghìn năm trăm"), spoken("nghìn")
    (25, 100, 12, 2500, None)
    """
    total, part = 0.0, 0.0
    for word in text.split():
        value, role = words()[word]
        if role == "digit":
            part += value
        elif role == "ten":
            part = (part or 1) * 10
        elif part and value == 100:
            part *= 100
        elif part:
            total, part = total + part * value, 0.0
        else:
            return None
    return tidy(total + part)


def tidy(value: float) -> float:
    """The value rounded to four places, as an integer where it is one."""
    value = round(value, 4)
    return int(value) if value == int(value) else value

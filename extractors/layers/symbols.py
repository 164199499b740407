"""Symbols: number and signs of an instrument (`10/KH-UBND`, `25-CT/TW`, `33/2015/TT-BYT`), read into their parts.

State: slash before the type, hyphen before the issuer; Party: the reverse; a year part makes a decision normative
(Nghị định 30/2020/NĐ-CP, Phụ lục I; Luật 64/2025/QH15; Quy định 399-QĐ/TW). Blanks and long dashes inside a symbol,
lost hyphens (`QĐUBND`) and lost hooks (`QD-UBND`, `CT/TƯ`) are undone in the code and told in `flags`.
"""

import re
from functools import cache
from typing import NamedTuple

from extractors.vocabulary import rows


class Symbol(NamedTuple):
    """Symbol: `code` is the normal form; `type` is its type sign, None where it has none (letters, laws).

    `style` is `state`, `party`, `assembly`, `letter` (issuer and unit, no type) or `short` (number and year only).
    `number` is None where left blank; then `code` begins with the separator.
    """

    code: str
    number: str | None
    year: int | None
    symbol: str | None
    type: str | None
    issuers: tuple[str, ...]
    style: str
    flags: tuple[str, ...] = ()


_YEAR = r"(?:19|20)\d\d"
_WHOLE_YEAR = re.compile(_YEAR)
_SEPARATOR = r"[ \t]{0,2}[/–—‑-][ \t]{0,2}"
_PART = r"[A-ZĐƯÐ][A-Za-zĐđƯưÐ0-9&]*(?:\.[A-ZĐƯ][A-Za-zĐđƯư0-9&]*)*(?=[\W_]|$|của|ngày|về|ban)"
_SHAPE = re.compile(
    rf"""
    (?:(?P<number>\d{{1,6}}(?:\.\d{{1,2}}(?=[/-]))?(?:[a-zđ](?=\s?[/–-]))?)|(?P<blank>[.…_ \t]*))   # 87   30c   21.4   .....
    (?P<rest>
      (?:[ ](?=[A-ZĐ]{{2}}\w{{0,2}}/[A-ZĐ])(?:{_PART}))?                       # 84 QĐ/TWĐTN: the hyphen is missing
      (?:{_SEPARATOR}(?:{_YEAR}(?:{_PART}|(?!\d))|{_PART}|\d\d(?=-[A-Z])))*    # /2015/TT-BYT   - KH/HU   /2026CV-YVG
    )
    """,
    re.VERBOSE,
)
_PIECE = re.compile(rf"(?P<sep>{_SEPARATOR}|[ ]|)(?P<part>{_YEAR}(?=\W|$|[A-ZĐ])|\d\d|{_PART})")
_FOREIGN = re.compile(r"(?=[A-Z0-9-]*\d)[A-Z]{2,6}-[A-Z]{0,4}\d{1,5}(?:[/-](?:\d{2,4}|[A-ZĐ]{1,6})){1,3}(?!\w)")
_ASSEMBLY = re.compile(r"(?:QH|UBTVQH)\d{1,2}$")
_MISPRINTS = {
    "QÐ": "QĐ", "NÐ": "NĐ", "HÐND": "HĐND", "QD": "QĐ", "Qđ": "QĐ", "ND": "NĐ", "HDND": "HĐND", "TƯ": "TW",
    "T.Ư": "TW", "T.W": "TW", "Tw": "TW", "T.U": "TU", "TTG": "TTg", "Ttg": "TTg", "CTR": "CTr", "Ctr": "CTr",
    "TTR": "TTr", "Ttr": "TTr", "THU": "ThU", "Th.U": "ThU",
}  # fmt: skip
_LETTERS = frozenset({"CV", "VB"})
_PARTY_BODIES = ("TW", "TU", "HU", "ThU", "QU", "ĐU", "TWĐTN", "ĐTN")
_STATE_BODIES = frozenset({"UBND", "HĐND", "CP", "TTg", "CTN", "VPCP"})


@cache
def type_signs() -> dict[str, str]:
    """Type signs that symbols print, each with the type that it stands for: `CTHĐ` is `CTr`."""
    signs = {code: row["type"] for row in rows("type_words") for code in row["codes"].split("|") if code and code == row["type"]}
    for row in rows("type_words"):
        for code in filter(None, row["codes"].split("|")):
            signs.setdefault(code, row["type"])
    return signs | {"BS": "BS", "CV": "CV", "VB": "VB"}


@cache
def issuer_signs() -> frozenset[str]:
    """Issuer signs by themselves, variants included: `UBND`, `BYT`, `TW`."""
    return frozenset(sign for row in rows("issuers") for sign in (row["abbr"], *row["variants"].split("|")) if sign)


@cache
def _glued() -> re.Pattern[str]:
    types = "|".join(sorted((t for t in type_signs() if len(t) > 1), key=len, reverse=True))
    bodies = "|".join(re.escape(s) for s in sorted(issuer_signs(), key=len, reverse=True) if len(s) > 1)
    return re.compile(rf"(?P<type>{types})(?P<issuer>{bodies})$")


def read_symbol(text: str, start: int) -> tuple[Symbol, int] | None:
    """The symbol whose number begins at `start`, and where it ends; None where there are no signs behind the number.

    >>> read_symbol("25-CT/TW ngày 25/10/2023", 0)[0].code, read_symbol("15 – KH/HU", 0)[0].flags
    ('25-CT/TW', ('spacing_normalised',))
    >>> read_symbol("318/QĐUBND", 0)[0].code, read_symbol("12/5 đường Hùng Vương", 0), read_symbol("15/19 tiêu chí", 0)
    ('318/QĐ-UBND', None, None)
    """
    shape = _SHAPE.match(text, start, start + 90)
    if shape is None or not shape["rest"]:
        found = _FOREIGN.match(text, start, start + 60)
        return (Symbol(found[0], None, None, None, None, (), "letter"), found.end()) if found else None
    end, pieces = shape.start("rest"), list[tuple[str, str]]()
    for piece in _PIECE.finditer(shape["rest"]):
        sep, part = piece["sep"], piece["part"]
        if sep[:1].isspace() and sep[-1:].isspace() and len(sep) > 1 and not _is_sign(part):
            break
        pieces.append((sep, part))
        end = shape.start("rest") + piece.end()
    symbol = _parse(shape["number"], pieces)
    return (symbol, end) if symbol else None


def _is_sign(part: str) -> bool:
    return part in type_signs() or part in issuer_signs() or part in _MISPRINTS or sum(c.isupper() for c in part) >= 2


def _parse(number: str | None, pieces: list[tuple[str, str]]) -> Symbol | None:
    flags = ["spacing_normalised"] if any(len(sep) > 1 or (sep in "–—‑" and sep) for sep, _ in pieces) else []
    parts = [_MISPRINTS.get(part, part) for _, part in pieces]
    seps = ["/" if "/" in sep else "-" for sep, _ in pieces]
    year = next((int(p) for p in parts[:1] if _WHOLE_YEAR.fullmatch(p)), None)
    if not any(p[0].isalpha() for p in parts):
        fits = number and year and len(parts) == 1 and seps[0] == "/"
        return Symbol(f"{number}/{year}", number, year, None, None, (), "short") if fits else None
    if parts != [p for _, p in pieces]:
        flags.append("spelling_normalised")
    at = 1 if year else 0
    glued = _glued().match(parts[at]) if parts[at] not in issuer_signs() and parts[at] not in type_signs() else None
    if glued:
        parts[at : at + 1], seps[at : at + 1] = [glued["type"], glued["issuer"]], [seps[at], "-"]
        flags.append("hyphen_restored")
    for k, (sep, _) in enumerate(pieces):
        if sep.isspace() or (not sep and parts[k] not in _LETTERS):
            seps[k] = "-" if k == 0 else "/"
            flags.append("hyphen_restored")
        elif not sep:
            seps[k] = ""
    style, sign, bodies = _shape(parts, seps, at)
    if style in {"state", "party"} and _wrong_style(style, bodies):
        flags.append("style_mismatch")
    tail = "".join(sep + part for sep, part in zip(seps, parts, strict=True))
    symbol = "".join(sep + part for sep, part in zip(seps[at:], parts[at:], strict=True))[1:]
    return Symbol((number or "") + tail, number, year, symbol, sign, bodies, style, tuple(dict.fromkeys(flags)))


def _shape(parts: list[str], seps: list[str], at: int) -> tuple[str, str | None, tuple[str, ...]]:
    first, bodies = parts[at], tuple(parts[at + 1 :])
    if _ASSEMBLY.match(first):
        return "assembly", None, (re.sub(r"(?<!\d)\d+$", "", first),)
    known = type_signs().get(first)
    if known and bodies and seps[at] == "-" and at == 0 and seps[1] == "/":
        return "party", first, bodies
    if known and seps[at] == "/" and (bodies or first not in issuer_signs()):
        return "state", first, bodies
    return "letter", first if known and first not in issuer_signs() else None, tuple(parts[at:])


def _wrong_style(style: str, bodies: tuple[str, ...]) -> bool:
    """Whether a Party body signs in state shape or the reverse (`49/NQ-TW`)."""
    if not bodies:
        return False
    return bodies[0] in _PARTY_BODIES[:6] if style == "state" else bodies[0] in _STATE_BODIES

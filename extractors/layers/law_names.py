"""Law names: laws, codes and ordinances named without a number, commas inside their names (`Luật Phòng, chống thiên tai`).

Known names are those of `vocabulary/laws.csv`, compared syllable by syllable with abbreviations written out (`Luật MTTQ
Việt Nam`). An unknown name reaches to the first comma, conjunction or clause word; `năm 2020` and `(sửa đổi)` belong to it.
"""

import re
from functools import cache

from extractors.layers.citation_dates import read_date
from extractors.layers.citations import Citation
from extractors.layers.syllables import fold, fold_syllable
from extractors.vocabulary import rows

_HEAD = re.compile(r"(?<!\w)(?P<word>Bộ luật|Bộ Luật|Luật|LUẬT|Pháp lệnh|Hiến pháp|luật|bộ luật|pháp lệnh)[ \t]+(?=[^\W\d_])|(?<!\w)Hiến pháp(?=\W)")
_TOKEN = re.compile(r"[^\W_]+(?:[&-][A-ZĐ][^\W_]*)*|[^\w\s]")
_UNKNOWN_END = re.compile(
    r"""[;.,:()\n“”"]|\s+(?:và|được|đối\ với|về|tại|theo|trên|trong|cho|để|nhằm|đã|có|là|của|như|với|khi|do|này|năm|số|ngày|nêu|còn|bằng|từ|đến
    |hiện|quy\ định|hướng\ dẫn|sửa\ đổi)\b""",
    re.VERBOSE,
)
_TAIL = re.compile(r"(?:[ \t]+(?:sửa đổi(?:,? bổ sung)?[ \t]+)?(?:năm[ \t]+)?(?P<year>(?:19|20)\d\d)(?!\s?[-–]\s?\d))?(?:[ \t]*\((?:sửa đổi|hợp nhất)[^()\n]{0,40}\))?")
_AMENDING = re.compile(r"(?<!\w)(?P<word>Luật|Pháp lệnh|Bộ luật)\s+sửa đổi,?\s+bổ sung\s+(?:một số\s+)?điều\s+của\s+", re.IGNORECASE)
_TYPES = {"luật": "Luật", "bộ luật": "Bộ luật", "pháp lệnh": "Pháp lệnh", "hiến pháp": "Hiến pháp"}


@cache
def expansions() -> dict[str, tuple[str, ...]]:
    """Abbreviations inside names to the keys of the words they stand for."""
    return {row["abbr"]: tuple(fold(row["expansion"]).replace(",", "").replace("-", " ").split()) for row in rows("name_abbreviations")}


def name_key(name: str) -> str:
    """The key under which two writings of a name are equal: abbreviations written out, signs and years left out.

    >>> name_key("Luật MTTQ Việt Nam") == name_key("luật Mặt trận Tổ quốc Việt Nam")
    True
    """
    words = (w for token in _TOKEN.findall(name) for w in expansions().get(token, (fold_syllable(token),)))
    return " ".join(w for w in words if w[0].isalnum() and not re.fullmatch(r"năm|(?:19|20)\d\d", w))


@cache
def _known() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Names of laws as keys, by their first key, longest first."""
    names: dict[str, list[tuple[str, ...]]] = {}
    for row in rows("laws"):
        keys = tuple(name_key(row["name"]).split())
        names.setdefault(keys[0], []).append(keys)
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in names.items()}


def is_known_law(key: str) -> bool:
    """Whether a key, type word included, is that of a law of the vocabulary.

    >>> is_known_law(name_key("Luật Đầu tư")), is_known_law(name_key("Luật Bầu cử"))
    (True, False)
    """
    words = tuple(key.split())[1:] if key.startswith("luật") else tuple(key.split())[2:]
    return bool(words) and words in _known().get(words[0], ())


def find_laws(text: str) -> list[Citation]:
    """All namings of laws, in order; one inside the name of an amending law is a naming of its own.

    >>> text = "theo Luật Khám bệnh, chữa bệnh năm 2023 và Luật pháp; các Luật sư"
    >>> [text[c.start : c.end] for c in find_laws(text)]
    ['Luật Khám bệnh, chữa bệnh năm 2023']
    """
    found = list[Citation]()
    for head in _HEAD.finditer(text):
        kind = _TYPES[(head["word"] or "Hiến pháp").lower()]
        end = _end_of_name(text, head, kind)
        if end:
            found.append(_law(text, head.start(), end, kind))
    return _with_amending(text, found)


def _with_amending(text: str, laws: list[Citation]) -> list[Citation]:
    """The laws and those that amend them (`Luật sửa đổi, bổ sung một số điều của Luật A và Luật B`); the date is the amending law's."""
    for lead in _AMENDING.finditer(text):
        k = next((k for k, law in enumerate(laws) if law.start == lead.end()), None)
        if k is None:
            continue
        last = k
        while last + 1 < len(laws) and re.fullmatch(r"\s*(?:,|và|,\s*và)\s*", text[laws[last].end : laws[last + 1].start]):
            last += 1
        final = laws[last]
        name = " ".join(text[lead.start() : final.start].split() + (final.name or "").split())
        laws[last] = final._replace(end=final.start + len(final.name or ""), issued_on=None)
        kind = _TYPES[lead["word"].lower()]
        laws.insert(k, Citation(lead.start(), final.end, "named", kind, kind, name=name, issued_on=final.issued_on))
    return laws


def _end_of_name(text: str, head: re.Match[str], kind: str) -> int:
    """Where the name ends; 0 where none follows."""
    if kind == "Hiến pháp":
        return head.start() + len("Hiến pháp")
    end, length = _known_name(text, head.end())
    if end and (head["word"][0].isupper() or length >= 4):
        return end
    if head["word"][0].islower():
        return 0
    return _unknown_name(text, head)


def _unknown_name(text: str, head: re.Match[str]) -> int:
    if not text[head.end()].isupper() or text.startswith("Sư", head.end()):
        return 0
    stop = _UNKNOWN_END.search(text, head.end(), head.end() + 120)
    return stop.start() if stop else min(len(text), head.end() + 120)


def _known_name(text: str, start: int) -> tuple[int, int]:
    """Where the longest known name that begins at `start` ends, and its number of syllables; `(0, 0)` if none."""
    keys, ends = list[str](), list[int]()
    for token in _TOKEN.finditer(text, start, start + 160):
        if token[0] in ";:.()\n“”\"":
            break
        for key in expansions().get(token[0], (fold_syllable(token[0]),)):
            if key[0].isalnum():
                keys.append(key)
                ends.append(token.end())
        if len(keys) == 1 and keys[0] not in _known():
            return 0, 0
    for name in _known().get(keys[0] if keys else "", ()):
        if tuple(keys[: len(name)]) == name:
            return ends[len(name) - 1], len(name)
    return 0, 0


def _law(text: str, start: int, end: int, kind: str) -> Citation:
    tail = _TAIL.match(text, end)
    year = int(tail["year"]) if tail and tail["year"] else None
    if tail and tail.end() > end:
        end = tail.end()
    date = read_date(text, end)
    name = " ".join(text[start:end].split())
    day = date if date and date.value and date.value.count("-") == 2 else None
    return Citation(
        start, day.end if day else end, "named", kind, kind, name=name, year=year, issued_on=day.value if day else None
    )

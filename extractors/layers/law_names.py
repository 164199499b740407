"""Law names: laws, codes and ordinances named without a number, commas inside their names (`Luật Phòng, chống thiên tai`).

Known names are those of `vocabulary/laws.csv`, compared syllable by syllable with abbreviations written out (`Luật MTTQ
Việt Nam`). An unknown name reaches to the first comma, conjunction or clause word; `năm 2020` and `(sửa đổi)` belong to it.
"""

import re
from bisect import bisect_left
from functools import cache

from extractors.layers.citation_cues import any_of
from extractors.layers.citation_dates import read_date
from extractors.layers.naming import Citation
from extractors.layers.syllables import fold, fold_syllable
from extractors.vocabulary import rows

_HEAD = re.compile(
    r"""(?P<word>[BbLlPpH](?:                        # one letter first: the search is fast then
    (?<=H)iến\ pháp(?=\W|$)
    |(?<!PHÁP\ .)(?<!Pháp\ .)(?<!pháp\ .)(?:(?<=B)ộ\ [Ll]uật|(?<=b)ộ\ luật|(?<=L)(?:uật|UẬT)|(?<=l)uật|(?<=[Pp])háp\ lệnh)(?=[ \t]+[^\W\d_])
    ))[ \t]*""",
    re.VERBOSE,
)
_TOKEN = re.compile(r"[^\W_]+(?:[&-][A-ZĐ][^\W_]*)*|[^\w\s]")
_UNKNOWN_END = re.compile(rf"[;.,:()\n“”\"]|\s+{any_of('law_end')}\b")
_TAIL = re.compile(
    r"(?:[ \t]+(?:sửa đổi(?:,? bổ sung)?[ \t]+)?(?:năm[ \t]+)?(?P<year>(?:19|20)\d\d)(?!\s?[-–]\s?\d))?(?:[ \t]*\((?:sửa đổi|hợp nhất)[^()\n]{0,40}\))?"
)
_AMENDED = re.compile(r"\s*\(sửa đổi,? bổ sung[^()]*\)$")
_AMENDING = re.compile(r"(?P<word>Luật|Pháp lệnh|Bộ luật)\s+(?:s|S)ửa đổi,?\s+bổ sung\s+(?:một số\s+)?điều\s+của\s+")
_JOINT = re.compile(r"\s*(?:,|và|,\s*và)\s*")
_TYPES = {"luật": "Luật", "bộ luật": "Bộ luật", "pháp lệnh": "Pháp lệnh", "hiến pháp": "Hiến pháp"}


@cache
def expansions() -> dict[str, tuple[str, ...]]:
    """Abbreviations inside names to the keys of the words they stand for."""
    return {
        row["abbr"]: tuple(fold(row["expansion"]).replace(",", "").replace("-", " ").split())
        for row in rows("name_abbreviations")
    }


_YEAR = re.compile(r"năm|(?:19|20)\d\d")
def name_key(name: str) -> str:
    """The key under which two writings of a name are equal: abbreviations written out, signs and years left out.

    >>> name_key("Luật MTTQ Việt Nam") == name_key("luật Mặt trận Tổ quốc Việt Nam")
    True
    """
    words = (w for token in _TOKEN.findall(name) for w in expansions().get(token, (fold_syllable(token),)))
    return " ".join(w for w in words if w[0].isalnum() and not _YEAR.fullmatch(w))


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
        if text[head.start() - 1 : head.start()].isalpha():
            continue
        kind = _TYPES[head["word"].lower()]
        end = _end_of_name(text, head, kind)
        if end:
            found.append(_law(text, head.start(), end, kind))
    return _with_amending(text, found)


def _with_amending(text: str, laws: list[Citation]) -> list[Citation]:
    """The laws and those that amend them (`Luật sửa đổi, bổ sung một số điều của Luật A và Luật B`); the date is the amending law's."""
    amending, starts = list[Citation](), [law.start for law in laws]
    for lead in _AMENDING.finditer(text):
        k = bisect_left(starts, lead.end())
        if starts[k : k + 1] != [lead.end()]:
            continue
        while k + 1 < len(laws) and _JOINT.fullmatch(text, laws[k].end, laws[k + 1].start):
            k += 1
        last = laws[k]
        laws[k] = last._replace(end=_undated_end(text, last), issued_on=None)
        name = " ".join(text[lead.start() : laws[k].end].split())
        kind = _TYPES[lead["word"].lower()]
        amending.append(Citation(lead.start(), last.end, "named", kind, kind, name=name, issued_on=last.issued_on))
    return sorted((*laws, *amending), key=lambda law: (law.start, -law.end))


def _undated_end(text: str, law: Citation) -> int:
    """Where the name of a law ends, without the date behind it."""
    name = re.compile(r"\s+".join(map(re.escape, (law.name or "").split()))).match(text, law.start)
    return name.end() if name else law.end


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
        if token[0] in ';:.()\n“”"':
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
    name = _AMENDED.sub("", " ".join(text[start:end].split()))
    day = date if date and date.value and date.value.count("-") == 2 else None
    return Citation(
        start, day.end if day else end, "named", kind, kind, name=name, year=year, issued_on=day.value if day else None
    )

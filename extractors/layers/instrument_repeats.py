"""Instrument repeats: further uses of a declared alias, and instruments named again by type and subject.

`(sau đây gọi tắt là Kế hoạch 19)` makes every later `Kế hoạch 19` a naming; after `Nghị quyết số 06-NQ/TU ... về chuyển
đổi số giai đoạn 2021 - 2025` so is `Nghị quyết chuyển đổi số` or `Nghị quyết của Tỉnh ủy về chuyển đổi số`.
"""

import re
from bisect import insort
from collections.abc import Iterator, Sequence

from extractors.layers.citations import Citation, Span, inside, words_pattern
from extractors.layers.syllables import fold

_SUBJECT_TYPES = frozenset({"NQ", "CT", "KL", "ĐA", "CTr", "CL"})
_LEAD = re.compile(r"^(?:ban hành\s+)?(?:về\s+việc|về\s+vấn\s+đề|về|v/v)?\s*[“\"]?\s*", re.IGNORECASE)
_DERIVED = re.compile(r"(?:thực hiện|triển khai|tổ chức|sửa đổi|ban hành|phê duyệt|quy định|hướng dẫn|một số)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\bvề\s+(?:việc\s+)?(?P<subject>.+)$", re.IGNORECASE | re.DOTALL)
SUBJECT = 3
"""So many syllables of a title make a subject; fewer are too common."""


def with_repeats(text: str, found: Sequence[Citation], outside: Sequence[Span]) -> list[Citation]:
    """The namings with all repeats, in order; a repeat has form `alias` and `target`, the start of what it repeats."""
    subjects = _subjects(text, found)
    kept = [_described(text, citation, subjects) for citation in found]
    taken = sorted((c.start, c.end) for c in kept if not (c.form == "named" and c.issuer))
    for repeat in (*_aliases(text, kept), *_by_subject(text, subjects)):
        if not inside(taken, repeat.start) and not inside(taken, repeat.end - 1) and not inside(outside, repeat.start):
            kept.append(repeat)
            insort(taken, (repeat.start, repeat.end))
    return sorted(kept, key=lambda c: (c.start, -c.end))


def _aliases(text: str, found: Sequence[Citation]) -> Iterator[Citation]:
    """Uses of declared aliases, the longest alias first; an alias that is a type word alone must not be qualified."""
    for declaring in sorted((c for c in found if c.alias), key=lambda c: -len(c.alias or "")):
        alias = declaring.alias or ""
        word = re.match(words_pattern(), alias, re.IGNORECASE)
        qualified = r"(?!\s+(?:này|số|của)\b)" if word is not None and word.end() == len(alias) else ""
        spaced = r"\s+".join(re.escape(part) for part in alias.split())
        for use in re.finditer(rf"(?<!\w){spaced}(?!\w){qualified}", text[declaring.end :]):
            start = declaring.end + use.start()
            yield Citation(start, start + len(use[0]), "alias", declaring.type, name=alias, target=declaring.start)


def _subjects(text: str, found: Sequence[Citation]) -> dict[str, Citation]:
    """Type and first syllables of the title, to the instrument; left out where two instruments share them."""
    subjects: dict[str, Citation] = {}
    shared = set()
    for citation in found:
        if citation.title is None or citation.type not in _SUBJECT_TYPES or citation.code is None:
            continue
        subject = _LEAD.sub("", text[slice(*citation.title)])
        words = re.findall(r"[^\W\d_]+", fold(subject))[:SUBJECT]
        if len(words) < SUBJECT or _DERIVED.match(subject):
            continue
        key = " ".join([citation.type, *words])
        if key in subjects and subjects[key].code != citation.code:
            shared.add(key)
        subjects.setdefault(key, citation)
    return {key: citation for key, citation in subjects.items() if key not in shared}


def _described(text: str, citation: Citation, subjects: dict[str, Citation]) -> Citation:
    """A naming by issuer and subject as a repeat of the numbered instrument with that subject."""
    about = _ABOUT.search(text, citation.start, citation.end) if citation.form == "named" else None
    if about is None:
        return citation
    words = re.findall(r"[^\W\d_]+", fold(about["subject"]))[:SUBJECT]
    meant = subjects.get(" ".join([citation.type or "", *words]))
    return citation._replace(form="alias", target=meant.start) if meant else citation


def _by_subject(text: str, subjects: dict[str, Citation]) -> Iterator[Citation]:
    """Uses of type word and subject together: `Nghị quyết chuyển đổi số`."""
    for citation in subjects.values():
        word = (citation.word or "").split()
        if not word or not word[0][:1].isupper():
            continue
        subject = r"\W+".join(re.escape(w) for w in re.findall(r"[^\W\d_]+", _LEAD.sub("", text[slice(*citation.title or (0, 0))]))[:SUBJECT])
        spaced = r"\s+".join(map(re.escape, word))
        for use in re.finditer(rf"(?<!\w){spaced}\s+(?:về\s+)?[“\"]?(?i:{subject})(?!\w)", text):
            yield Citation(use.start(), use.end(), "alias", citation.type, name=use[0], target=citation.start)

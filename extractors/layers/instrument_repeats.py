"""Instrument repeats: further uses of a declared alias, and instruments named again by type and subject.

`(sau đây gọi tắt là Kế hoạch 19)` makes every later `Kế hoạch 19` a naming; after `Nghị quyết số 06-NQ/TU ... về chuyển
đổi số giai đoạn 2021 - 2025` so is `Nghị quyết chuyển đổi số` or `Nghị quyết của Tỉnh ủy về chuyển đổi số`.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence

from extractors.layers.naming import Citation, Span, inside, type_words, words_pattern
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
    """Uses of declared aliases behind their declaration, the longest alias first, all in one reading of the text."""
    declared: dict[str, list[Citation]] = {}
    for citation in found:
        if citation.alias:
            declared.setdefault(citation.alias, []).append(citation)
    if not declared:
        return
    any_alias = "|".join(_use_of(alias) for alias in sorted(declared, key=len, reverse=True))
    for use in re.finditer(rf"(?<!\w)(?:{any_alias})(?!\w)", text):
        places = declared[" ".join(use[0].split())]
        k = bisect_left([c.end for c in places], use.start()) - 1
        if k >= 0:
            yield Citation(use.start(), use.end(), "alias", places[k].type, name=use[0], target=places[k].start)


def _use_of(alias: str) -> str:
    """The pattern of an alias; one that is a type word alone must not be qualified (`Kế hoạch này`, `Kế hoạch của xã`)."""
    word = re.match(words_pattern(), alias, re.IGNORECASE)
    alone = word is not None and word.end() == len(alias)
    return r"\s+".join(re.escape(part) for part in alias.split()) + (r"(?!\s+(?:này|số|của)\b)" if alone else "")


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
    words = {fold(c.word): c.word for c in subjects.values() if c.word and c.word[0].isupper()}
    if not words:
        return
    pattern = re.compile(
        rf"(?:{'|'.join(w.replace(' ', chr(92) + 's+') for w in words.values())})\s+(?:về\s+)?[“\"]?(?=[^\W\d_])"
    )
    for use in pattern.finditer(text):
        if use.start() and (text[use.start() - 1].isalnum() or text[use.start() - 1] == "_"):
            continue  # the end of a longer word; looked at here, since looking behind each letter slows the search
        syllables = list(re.compile(r"[^\W\d_]+").finditer(text, use.end(), use.end() + 60))[:SUBJECT]
        if len(syllables) < SUBJECT:
            continue
        subject = " ".join(fold(s[0]) for s in syllables)
        kind = type_words()[" ".join(use[0].lower().replace("về", "").strip(' “"').split())][0]
        meant = subjects.get(f"{kind} {subject}")
        if meant is not None:
            yield Citation(use.start(), syllables[-1].end(), "alias", meant.type, target=meant.start)

"""Rewrites: a plan's text written another way that says the same; the facts may not change.

Each rewrite takes the text of a plan as a text file holds it. `facts_of` reads such a text, `settled` brings facts into one
spelling, so that only what they say is compared, not how the text is spelled or where it stands.
"""

import re
import textwrap
import unicodedata
from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

from pipeline.assemble import assemble
from pipeline.ingest import read_bytes
from pipeline.language import make_doc
from pipeline.pages import Pages
from pipeline.unwrap import unwrap
from schemas.plan import Plan, Source

FAMILIES = ("header", "locality", "period", "outline", "references", "goals", "targets", "deadlines", "responsibilities", "tasks")
Facts = dict[str, Any]

_SOURCE = Source(name="x", sha256="0" * 64, bytes=0, media_type="text/plain", text_layer="plain", engine="none")
_PAIRS = tuple(
    (old, new)
    for olds, news in (
        ("òa óa ỏa õa ọa", "oà oá oả oã oạ"),
        ("òe óe ỏe õe ọe", "oè oé oẻ oẽ oẹ"),
        ("ùy úy ủy ũy ụy", "uỳ uý uỷ uỹ uỵ"),
    )
    for old, new in zip(olds.split(), news.split(), strict=True)
)
_SPELLINGS = {form(old): form(new) for old, new in _PAIRS for form in (str.lower, str.upper, str.capitalize)}
_NUMBERED = re.compile(r"(?:(?:PHẦN|Phần)\s|(?:[IVX]+|[A-ZĐ]|\d+(?:\.\d+)*)\s?[.\-/):])")
_MARK = re.compile(r"^(?:[-–+*•]|\d+(?:\.\d+)*[.)]|[IVX]+[.\-]|[a-zđ]\))\s")


class Rewrite(NamedTuple):
    """Rewrite: its name and what it does to a text."""

    name: str
    of: Callable[[str], str]


def plan_of(text: str) -> tuple[Plan, str]:
    """The plan that a text file of these words holds, and its canonical text."""
    return plan_in(read_bytes(text.encode(), "plan.txt"))


def plan_in(pages: Pages) -> tuple[Plan, str]:
    """The plan in what a reader handed on, and its canonical text."""
    canonical = unwrap(pages)
    return assemble(make_doc(canonical), _SOURCE, notes=pages.notes), canonical.text


def facts_of(text: str) -> Facts:
    """The facts of a text, in one spelling."""
    plan = plan_of(text)[0].model_dump(mode="json")
    return {family: settled(plan[family]) for family in FAMILIES}


def settled(facts: Any) -> Any:
    """Facts in one spelling, without offsets: NFC, small letters, one space, one dash, one quotation mark, old tone marks."""
    if isinstance(facts, dict):
        if "quote" in facts:
            return settled(facts["quote"])
        return {name: settled(value) for name, value in facts.items() if not (name == "end" and isinstance(value, int))}
    if isinstance(facts, list):
        return [settled(fact) for fact in facts]
    return _spelled(facts) if isinstance(facts, str) else facts


def _spelled(words: str) -> str:
    words = old_tones(" ".join(words.split())).casefold().replace("–", "-")
    words = re.sub("[“”]", '"', words)
    return re.sub(r"\btỉ\b", "tỷ", words)


def old_tones(text: str) -> str:
    """Tone marks on the first vowel.

    >>> old_tones("hoà, khoẻ, uỷ, hoàn, quý")
    'hòa, khỏe, ủy, hoàn, quý'
    """
    return _respelled(text, {new: old for old, new in _SPELLINGS.items()})


def new_tones(text: str) -> str:
    """Tone marks on the second vowel.

    >>> new_tones("Hòa, khỏe, ủy ban, khoảng, quý")
    'Hoà, khoẻ, uỷ ban, khoảng, quý'
    """
    return _respelled(text, _SPELLINGS)


def _respelled(text: str, spellings: dict[str, str]) -> str:
    """The text with open syllables spelled another way; `quý` has one spelling, since its u is no vowel."""
    found = re.compile(rf"(?<![qQ])(?:{'|'.join(spellings)})(?![^\W\d_])")
    return found.sub(lambda match: spellings[match[0]], unicodedata.normalize("NFC", text))


def _prose(line: str) -> bool:
    return "\t" not in line and "    " not in line.strip()


def _each(change: Callable[[str], str]) -> Callable[[str], str]:
    """A change of every line that is neither a table row nor two columns side by side."""
    return lambda text: "\n".join(change(line) if _prose(line) else line for line in text.split("\n"))


def _in_body(change: Callable[[str], str]) -> Callable[[str], str]:
    """A change of what stands between the title and the recipients: two columns beside each other stay as they are."""

    def changed(text: str) -> str:
        start, end = text.find("KẾ HOẠCH"), text.rfind("Nơi nhận")
        return text[:start] + change(text[start:end]) + text[end:] if 0 <= start < end else text

    return changed


LONGEST_WRAPPED = 130


def wrapped(width: int) -> Callable[[str], str]:
    """Paragraphs broken into lines of at most `width` letters; a text that is wrapped already is left: twice is no layout."""
    broken = _each(
        lambda line: textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) if line.strip() else line
    )
    return lambda text: broken(text) if any(len(line) > LONGEST_WRAPPED for line in text.split("\n")) else text


def _doubled(line: str) -> str:
    random = Random(line)
    return re.sub(r"(?<=\S) (?=\S)", lambda _: "  " if random.random() < 0.2 else " ", line)


REWRITES = (
    Rewrite("decomposed letters", lambda text: unicodedata.normalize("NFD", text)),
    Rewrite("new tone marks", new_tones),
    Rewrite("old tone marks", old_tones),
    Rewrite("tỉ for tỷ", lambda text: re.sub(r"\b([Tt])ỷ (lệ|suất|số|trọng)\b", r"\1ỉ \2", text)),
    Rewrite("wrapped at 60", wrapped(60)),
    Rewrite("wrapped at 84", wrapped(84)),
    Rewrite("wrapped at 110", wrapped(110)),
    Rewrite("blank lines", _each(lambda line: f"{line}\n" if line.strip() else line)),
    Rewrite("no blank lines", lambda text: re.sub(r"\n\s*\n", "\n", text)),
    Rewrite("double spaces", _each(_doubled)),
    Rewrite("trailing spaces", _each(lambda line: f"{line}  ")),
    Rewrite("tabs after marks", _in_body(_each(lambda line: _MARK.sub(lambda m: m[0][:-1] + "\t", line)))),
    Rewrite("long dashes", _in_body(lambda text: re.sub(r"(?m)(?<= )-(?= )|^-(?= )", "–", text))),
    Rewrite("straight quotes", lambda text: re.sub("[“”]", '"', text)),
    Rewrite("curly quotes", lambda text: re.sub(r'"([^"\n]*)"', r"“\1”", text)),
    Rewrite("no-break spaces", lambda text: re.sub(r"(?<=\d) (?=\w)", "\u00a0", text)),
    Rewrite("windows line ends", lambda text: text.replace("\n", "\r\n")),
)


def upper_headings(text: str) -> str:
    """Numbered headings of the first two depths in capitals, as the outline of the text itself knows them."""
    titles = {" ".join(section.title.split()) for section in plan_of(text)[0].outline if section.depth <= 2 and section.marker}
    heads = {line for line in text.split("\n") if _NUMBERED.match(line.strip()) and any(line.strip().endswith(title) for title in titles)}
    return "\n".join(line.upper() if line in heads else line for line in text.split("\n"))


def differences(before: Facts, after: Facts) -> list[str]:
    """What differs, one line a family: the first fact that is not the same."""
    out = []
    for family in FAMILIES:
        a, b = before[family], after[family]
        if a == b:
            continue
        if isinstance(a, list) and isinstance(b, list):
            lost, gained = [x for x in a if x not in b], [x for x in b if x not in a]
            pairs = [_changed(x, y) for x, y in zip(lost, gained, strict=False)] if len(lost) == len(gained) else []
            out.append(f"{family}: {len(a)} -> {len(b)}; lost {lost[:1]}; gained {gained[:1]}; {pairs[:2]}"[:700])
        else:
            out.append(f"{family}: {_changed(a, b)}"[:500])
    return out


def _changed(a: Any, b: Any) -> Any:
    if isinstance(a, dict) and isinstance(b, dict):
        return {name: _changed(a[name], b.get(name)) for name in a if a[name] != b.get(name)}
    return (a, b)

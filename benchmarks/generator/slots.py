"""Slots: templates filled with drawn words, numbers and times.

`<name>` is a slot, `<a|b>` a choice of words. Inside the braces of a note a slot stands for its value (`98.5`), outside for
its words (`98,5`). A slot drawn once stays the same throughout a template.
"""

import re
from collections.abc import Callable
from random import Random
from typing import NamedTuple

_PART = re.compile(r"<(?P<slot>[^<>\s=][^<>]*)>|(?P<open>\{)|(?P<close>\})")


class Slot(NamedTuple):
    """Slot: what a slot says and what it means."""

    words: str
    value: str


Draw = Callable[[], Slot]


def plain(words: str) -> Slot:
    """A slot whose value is its words."""
    return Slot(words, words)


def fill(template: str, draws: dict[str, Draw], random: Random) -> str:
    """A template with its slots drawn.

    >>> fill("[trên <p>%]{t gt <p> %} <Who>", {"p": lambda: Slot("9,5", "9.5"), "who": lambda: plain("hộ")}, Random(1))
    '[trên 9,5%]{t gt 9.5 %} Hộ'
    >>> fill("<trong |>năm", {}, Random(3)) in {"trong năm", "năm"}
    True
    """
    drawn: dict[str, Slot] = {}
    out, at, noted = "", 0, False
    for part in _PART.finditer(template):
        out += template[at : part.start()]
        at = part.end()
        if part["slot"] is None:
            noted = part["open"] is not None
            out += part[0]
        elif "|" in part["slot"]:
            out += random.choice(part["slot"].split("|"))
        else:
            out += _filled(part["slot"], draws, drawn, noted=noted)
    return out + template[at:]


def _filled(name: str, draws: dict[str, Draw], drawn: dict[str, Slot], *, noted: bool) -> str:
    key = name if name in draws else name[:1].lower() + name[1:]
    if key not in drawn:
        drawn[key] = draws[key]()
    said = drawn[key].value if noted else drawn[key].words
    return said[:1].upper() + said[1:] if key != name else said

"""Standings: how each target of a folder stands to every other of its indicator.

For pages on which people set any two plans side by side: all verdicts are given here, and the page shows them. Targets that
`verdicts.find` cannot tell apart are of one kind, so that few pairs are left to judge.
"""

import string
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple, cast, get_args

from comparison.aims import Aim
from comparison.digest import Digest
from comparison.indicators import Catalogue
from comparison.verdicts import LEVELS, Finding, find, seen
from schemas.comparison import Reason, Verdict, When

FINDINGS: dict[str, Finding] = dict(
    zip(
        string.ascii_letters,
        [
            *(Finding(verdict, when) for verdict in cast("list[Verdict]", sorted(LEVELS)) for when in cast("tuple[When, ...]", get_args(When))),
            *(Finding("not_comparable", "unknown", reason) for reason in cast("tuple[Reason, ...]", get_args(Reason))),
        ],
        strict=False,
    )
)
"""A letter for each finding; where two targets are not compared, their horizons tell nothing."""
_LETTERS = {finding: letter for letter, finding in FINDINGS.items()}


class Standing(NamedTuple):
    """Standing: the indicator of a target, the number of its kind there, and the letter of its finding against each kind."""

    indicator: str
    kind: int
    against: str


def standings(digests: Iterable[Digest], catalogue: Catalogue) -> dict[str, dict[str, Standing]]:
    """The standing of each target of a known indicator, by plan and target."""
    kinds: dict[str, dict[tuple[object, ...], Aim]] = defaultdict(dict)
    of: list[tuple[Aim, str, tuple[object, ...]]] = []
    for each in digests:
        for aim in each.aims:
            if aim.indicator:
                kind = seen(aim)
                kinds[aim.indicator].setdefault(kind, aim)
                of.append((aim, aim.indicator, kind))
    made = {indicator: _judged(indicator, some, catalogue.direction(indicator)) for indicator, some in kinds.items()}
    found: dict[str, dict[str, Standing]] = defaultdict(dict)
    for aim, indicator, kind in of:
        found[aim.plan][aim.id] = made[indicator][kind]
    return found


def _judged(indicator: str, kinds: dict[tuple[object, ...], Aim], direction: str | None) -> dict[tuple[object, ...], Standing]:
    """The standing of each kind of an indicator."""
    return {
        kind: Standing(indicator, number, "".join(_letter(find(aim, other, direction)) for other in kinds.values()))
        for number, (kind, aim) in enumerate(kinds.items())
    }


def _letter(finding: Finding) -> str:
    return _LETTERS[finding if finding.verdict in LEVELS else Finding("not_comparable", "unknown", finding.reason)]

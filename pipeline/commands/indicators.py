"""Indicators: list the unknown measures that recur in a run, ready to be adopted into a vocabulary file."""

import argparse
import csv
import sys

from comparison.compare import Options, compare
from comparison.errors import CannotCompare
from comparison.reading import read_plans
from comparison.vocabulary import COLUMNS, read_vocabulary


def run(arguments: argparse.Namespace) -> int:
    """Print them as CSV with the columns of a vocabulary file, and how many plans and targets have them."""
    try:
        own = read_vocabulary(arguments.vocabulary) if arguments.vocabulary else {}
        found = compare(read_plans(arguments.outputs), Options(vocabulary=own))
    except CannotCompare as error:
        print(f"kehoach: {error}", file=sys.stderr)
        return 2
    units: dict[str, set[str]] = {}
    for row in found.alignment:
        units.setdefault(row.indicator, set()).update({row.unit} if row.unit else ())
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([*COLUMNS, "plans", "targets"])
    for entry in sorted(found.indicators, key=lambda e: (-e.plans, e.id)):
        if entry.source == "provisional":
            unit = "|".join(sorted(units.get(entry.id, ())))
            writer.writerow([entry.id, entry.label, "|".join(entry.namings), unit, "", entry.plans, entry.targets])
    return 0

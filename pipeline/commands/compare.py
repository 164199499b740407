"""Compare: set the plans of a finished run side by side."""

import argparse
import sys

from comparison.compare import Options, compare
from comparison.errors import CannotCompare
from comparison.grouping import BYS
from comparison.own_register import read_register
from comparison.reading import read_plans
from comparison.store import write
from comparison.vocabulary import read_vocabulary
from extractors.layers.register import with_own


def run(arguments: argparse.Namespace) -> int:
    """Write the comparison; exit code 2 where there is nothing that can be compared."""
    try:
        options = Options(
            vocabulary=read_vocabulary(arguments.vocabulary) if arguments.vocabulary else {},
            register=with_own(read_register(arguments.register)) if arguments.register else None,
            indicator=arguments.indicator,
            parent=arguments.parent,
            by=(arguments.by,) if arguments.by else BYS,
        )
        found = compare(read_plans(arguments.outputs), options)
        files = write(found, arguments.outputs, arguments.out)
    except CannotCompare as error:
        print(f"kehoach: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(
            f"kehoach: cannot write into {arguments.out}: {error.strerror or error}. Name another folder with --out.",
            file=sys.stderr,
        )
        return 2
    for problem in found.problems:
        print(f"kehoach: {problem.code}: {problem.message}", file=sys.stderr)
    targets = sum(row.kind == "target" for row in found.alignment)
    print(
        f"{len(found.plans)} plans, {targets} targets of {len(found.indicators)} indicators, {len(found.links)} links: {files[0].parent}"
    )
    return 0

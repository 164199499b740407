"""Report: write an outputs folder as pages for a browser."""

import argparse
import os
import sys

from comparison.errors import CannotCompare
from web.exports import write_exports
from web.report import write_report
from web.sources import Sources, folders_of


def run(arguments: argparse.Namespace) -> int:
    """Write it; exit code 2 where the folder is no finished run or the pages cannot be written."""
    try:
        sources = Sources([*arguments.sources, *folders_of(arguments.outputs)]) if arguments.pages else Sources([])
        plans = write_report(arguments.outputs, arguments.out, sources=sources, jobs=os.cpu_count() or 1)
        if arguments.exports:
            write_exports(arguments.outputs, arguments.out / "exports")
    except CannotCompare as error:
        print(f"kehoach: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"kehoach: cannot write into {arguments.out}: {error.strerror or error}.", file=sys.stderr)
        return 2
    print(f"{plans} plans in {arguments.out / 'index.html'}", file=sys.stderr)
    return 0

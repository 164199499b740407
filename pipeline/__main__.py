"""Command line: `python -m pipeline`, or `kehoach` where the package is installed.

Exit codes: 0 all files read, 1 some failed, 2 wrong usage or an output folder that cannot be written.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from pipeline import VERSION
from pipeline.storage import place

OK, SOME_FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its module is imported only now, so that `--help` is instant."""
    arguments = build_parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        return int(import_module(f"pipeline.commands.{arguments.command}").run(arguments))
    except KeyboardInterrupt:
        print("kehoach: interrupted; no half-written file is left. The same command goes on from here.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def build_parser() -> argparse.ArgumentParser:
    """Build the parser of all commands; each command is a module of `pipeline.commands`."""
    parser = argparse.ArgumentParser(
        prog="kehoach", description="Read Vietnamese administrative plans (kế hoạch) into evidence-backed JSON and tables."
    )
    parser.add_argument("--version", action="version", version=f"kehoach {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    extract = commands.add_parser("extract", help="read files and folders into JSON and tables")
    extract.add_argument(
        "paths", nargs="+", type=place, metavar="PATH", help="a file, a folder with all that is in it, or an address (s3://...)"
    )
    extract.add_argument("--out", type=place, default=Path("outputs"), metavar="DIR", help="where to write (outputs)")
    extract.add_argument("--jobs", type=_jobs, default=0, metavar="N", help="processes (as many as there are cores)")
    extract.add_argument(
        "--fresh", action="store_true", help="read all files again, also those that the folder's last run has read"
    )
    extract.add_argument(
        "--time-limit",
        type=_amount,
        default=300,
        metavar="SECONDS",
        help="give a file up that gets no further for so long (300; 0: never)",
    )
    extract.add_argument(
        "--memory-limit",
        type=_amount,
        metavar="MB",
        help="give a file up that takes more memory (half of the machine's, 4096 at most)",
    )
    extract.add_argument(
        "--log-json", type=Path, metavar="FILE", help="append a line of JSON for every file: time by stage, memory, pages"
    )
    extract.add_argument(
        "--cluster", metavar="ADDRESS", help="read on the machines of a Ray cluster: HOST:PORT, auto, or local (docs/scale.md)"
    )
    extract.add_argument("--quiet", action="store_true", help="no progress bar and no closing table")
    show = commands.add_parser("show", help="print the facts of one document for reading")
    show.add_argument("file", type=Path, metavar="FILE")
    show.add_argument("--lang", choices=("vi", "en"), default="vi", help="language of the labels (vi)")
    compare = commands.add_parser("compare", help="set the plans of a run side by side")
    compare.add_argument("outputs", type=Path, metavar="OUTPUTS", help="the folder that extract wrote")
    compare.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to write")
    compare.add_argument("--by", choices=("province", "district", "level"), help="group by this only (all three)")
    compare.add_argument("--indicator", metavar="ID", help="align this indicator only")
    compare.add_argument("--parent", metavar="CODE", help="code or id of the plan that the others are judged against")
    compare.add_argument("--vocabulary", type=Path, metavar="FILE", help="your own indicators (CSV)")
    compare.add_argument("--register", type=Path, metavar="FILE", help="your own register of instruments (CSV)")
    indicators = commands.add_parser("indicators", help="list unknown measures that recur, for adoption into a vocabulary")
    indicators.add_argument("outputs", type=Path, metavar="OUTPUTS", help="the folder that extract wrote")
    indicators.add_argument("--vocabulary", type=Path, metavar="FILE", help="your own indicators (CSV)")
    report = commands.add_parser("report", help="write the plans of a run as pages for a browser")
    report.add_argument("outputs", type=Path, metavar="OUTPUTS", help="the folder that extract wrote")
    report.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to write")
    report.add_argument("--sources", type=Path, nargs="+", default=[], metavar="DIR", help="where the documents are now, to show their pages")
    report.add_argument("--no-pages", dest="pages", action="store_false", help="do not draw the pages of the documents: smaller and faster")
    report.add_argument("--exports", action="store_true", help="also as Web Annotations, data package, Label Studio, StratML")
    serve = commands.add_parser("serve", help="answer over HTTP: drop files, see the pages, ask the tables")
    serve.add_argument("outputs", type=Path, nargs="?", metavar="OUTPUTS", help="a run that is served too")
    serve.add_argument("--host", default="127.0.0.1", help="address (127.0.0.1); any other needs KEHOACH_API_KEY")
    serve.add_argument("--port", type=int, default=8000, help="port (8000)")
    serve.add_argument("--work", type=Path, metavar="DIR", help="where uploads are kept (a folder that goes away at the end)")
    commands.add_parser("doctor", help="say what is installed, which files can be read, and what installs the rest")
    schema = commands.add_parser("schema", help="print the JSON Schema of a plan, or of a comparison")
    schema.add_argument("--comparison", action="store_true", help="of a comparison")
    schema.add_argument("--markdown", action="store_true", help="the same as tables for reading")
    return parser


def _amount(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number")
    return int(text)


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())

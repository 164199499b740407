"""Show: print what one document says, for a person to read."""

import argparse
import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline import read_plan
from pipeline.errors import UnreadableDocument
from pipeline.views import View, views_of


def run(arguments: argparse.Namespace) -> int:
    """Print one table a family; exit code 1 where the document cannot be read, 2 where there is none."""
    if not arguments.file.is_file():
        print(f"kehoach: no such file: {arguments.file}", file=sys.stderr)
        return 2
    try:
        plan = read_plan(arguments.file)
    except UnreadableDocument as error:
        print(f"kehoach: {error.message} {error.remedy}", file=sys.stderr)
        return 1
    console = Console()
    for view in views_of(plan, arguments.lang):
        console.print(_table(view))
    return 0


def _table(view: View) -> Table:
    table = Table(title=view.title, title_justify="left", title_style="bold", show_header=any(view.columns), show_lines=False)
    for column in view.columns:
        table.add_column(column, overflow="fold")
    for row in view.rows:
        table.add_row(*map(Text, row))  # as text, since rich would read [brackets] as styles
    return table

"""Schema: print the JSON Schema that every plan obeys."""

import argparse
import json

from pipeline.schema_page import markdown
from schemas.plan import json_schema


def run(arguments: argparse.Namespace) -> int:
    """Print it, as JSON or as tables for reading."""
    print(markdown() if arguments.markdown else json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return 0

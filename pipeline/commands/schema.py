"""Schema: print the JSON Schema that every plan obeys, or that of a comparison."""

import argparse
import json

from pipeline.schema_page import comparison_page, plan_page
from schemas import comparison, plan


def run(arguments: argparse.Namespace) -> int:
    """Print it, as JSON or as tables for reading."""
    if arguments.markdown:
        print(comparison_page() if arguments.comparison else plan_page())
    else:
        schema = comparison.json_schema() if arguments.comparison else plan.json_schema()
        print(json.dumps(schema, ensure_ascii=False, indent=2))
    return 0

"""Schema page: the JSON Schema as Markdown tables, one a kind of object, generated from the models and never written by hand."""

from collections.abc import Iterator
from typing import Any

from schemas import comparison, plan
from schemas.comparison import COMPARISON_VERSION
from schemas.plan import SCHEMA_VERSION

Schema = dict[str, Any]

_PLAN = f"""\
# Plan JSON {SCHEMA_VERSION}

One plan in, one `Plan` out. This page is generated from the models in `schemas/` by `make schema`; the JSON Schema itself is
`schemas/plan.schema.json`, or `python -m pipeline schema`.

- All offsets count Unicode code points of the canonical text, which stands beside each plan as `<id>.txt`.
- Times are EDTF level 1 (`2024-05`, quarters `2024-33` to `2024-36`, half-years `2024-40` and `2024-41`, `2021/2025`);
  recurrences and durations are ISO 8601 (`P1Y`, `P6M`, `P5D`).
- What the text does not say is null. Fields may be added within 1.x; none is renamed or dropped.
"""
_COMPARISON = f"""\
# Comparison JSON {COMPARISON_VERSION}

A folder of plans in, one `Comparison` out: `comparison.json`, with the same tables in `comparison.xlsx` and `kehoach.duckdb`.
This page is generated from the models in `schemas/comparison.py` by `make schema`; the JSON Schema itself is
`schemas/comparison.schema.json`, or `python -m pipeline schema --comparison`. What is compared and what is refused: compare.md.
"""


def plan_page() -> str:
    """The page of a plan."""
    return _page(_PLAN, "Plan", plan.json_schema())


def comparison_page() -> str:
    """The page of a comparison."""
    return _page(_COMPARISON, "Comparison", comparison.json_schema())


def _page(introduction: str, name: str, schema: Schema) -> str:
    objects = {name: schema, **schema["$defs"]}
    ordered = [name, *sorted(other for other in objects if other != name)]
    return introduction + "".join(part for each in ordered for part in _object(each, objects[each]))


def _object(name: str, schema: Schema) -> Iterator[str]:
    yield f"\n## {name}\n\n{_one_line(schema.get('description', ''))}\n\n| field | type |\n| --- | --- |\n"
    for field, shape in schema.get("properties", {}).items():
        yield f"| `{field}` | {type_of(shape)} |\n"


def type_of(shape: Schema) -> str:
    r"""A type in words that a reader of tables understands.

    >>> type_of({"anyOf": [{"type": "array", "items": {"$ref": "#/$defs/Goal"}}, {"type": "null"}]})
    'list of [Goal](#goal), or null'
    >>> type_of({"enum": ["by", "in"]})
    '`by` `in`'
    """
    if "$ref" in shape:
        name = shape["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in shape:
        return ", or ".join(type_of(part) for part in shape["anyOf"])
    if "enum" in shape:
        return " ".join(f"`{value}`" for value in shape["enum"])
    if "const" in shape:
        return f"`{shape['const']}`"
    if shape.get("type") == "array":
        parts = shape.get("prefixItems")
        return f"[{', '.join(map(type_of, parts))}]" if parts else f"list of {type_of(shape.get('items', {}))}"
    if shape.get("type") == "object":
        return f"object of {type_of(shape.get('additionalProperties', {}))}"
    return str(shape.get("type", "any"))


def _one_line(text: str) -> str:
    return " ".join(text.split())

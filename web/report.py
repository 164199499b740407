"""Report: an outputs folder as static pages, which need neither network nor server.

`index.html` and its sisters show all plans, `plans/<id>.html` one plan with its facts beside its text; `data/` holds what the
pages load as they need it, `csv/` the same for spreadsheets, `assets/` style, scripts and charts.
"""

import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from comparison.ics import ics
from pipeline import VERSION
from pipeline.limits import Limits, usual_memory
from pipeline.workers import Died, Pool
from schemas.comparison import LocalityEntry
from schemas.plan import Plan
from web import tallies
from web.cards import cards_of
from web.datasets import compared, write_datasets
from web.drawing import Order, draw, has_pages, order_of, write_pages
from web.files import write_csv, write_data
from web.gathering import FAMILIES, Folder
from web.pane import pane
from web.review import text_of
from web.searching import Shards
from web.sources import Sources
from web.tallies import Tally
from web.times import span_words, time_words
from web.words import Both, say, words

HERE = Path(__file__).parent
PAGES = ("index", "indicators", "calendar", "instruments", "bodies", "diagnostics", "compare", "search")

_TALLIES: dict[str, tuple[Callable[[Folder], Tally], ...]] = {
    "calendar": (tallies.months,),
    "instruments": (tallies.instruments,),
    "bodies": (tallies.bodies, tallies.body_names),
    "diagnostics": (tallies.diagnostics,),
}


def write_report(outputs: Path, out: Path, *, sources: Sources | None = None, jobs: int = 1, reviewed: bool = True) -> int:
    """Write the report of a run into a folder and return the number of plans; raises `UnusableOutputs`.

    Facts are `reviewed`: as people have corrected them in the folder. With `sources` the pages of the documents are drawn, by
    `jobs` processes; without, whoever serves the report draws them when they are asked for.
    """
    folder = Folder(outputs, reviewed=reviewed)
    templates = environment()
    out.mkdir(parents=True, exist_ok=True)
    shutil.copytree(HERE / "assets", out / "assets", dirs_exist_ok=True)
    (out / "assets" / "words.js").write_text(words_script(), encoding="utf-8", newline="\n")
    write_datasets(folder, out)
    write_tallies(folder, out)
    calendar = ics(folder.comparison.calendar, {one.id: one for one in folder.plans})
    (out / "csv" / "deadlines.ics").write_text(calendar, encoding="utf-8", newline="")
    for name in PAGES:
        page = templates.get_template(f"{name}.html").render(page=name, root="", folder=folder, **_tallies(name, folder))
        (out / f"{name}.html").write_text(page, encoding="utf-8", newline="\n")
    _write_plans(folder, out, templates)
    if sources is not None:
        _draw_pages(folder, out, sources, jobs)
    return len(folder.plans)


def _draw_pages(folder: Folder, out: Path, sources: Sources, jobs: int) -> None:
    """Draw the documents, each in a process that it may break; what is not found or not drawn leaves its reason."""
    paged = [plan for plan in folder.read() if has_pages(plan)]
    orders = {plan.id: order_of(plan, sources, out) for plan in paged}
    found = [order for order in orders.values() if order is not None]
    for ident in (ident for ident, order in orders.items() if order is None):
        write_pages(out, ident, [], [], "source_gone")
    if not found:
        return
    pool: Pool[Order, int] = Pool(draw, min(jobs, len(found)), Limits(memory=usual_memory()))
    try:
        for number, result in pool.map(found):
            if isinstance(result, Died):
                write_pages(out, found[number].plan, [], [], "not_drawn")
    finally:
        pool.close()


@cache
def environment() -> Environment:
    """The templates, compiled once; every value is escaped unless it is HTML of our own."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals |= {"say": say, "version": VERSION, "families": FAMILIES, "pages": PAGES}
    return made


def words_script() -> str:
    """The words of all pages, as a script that comes before all others."""
    table = {key: list(both) for key, both in words().items()}
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    return f"window.kehoach = {{ words: {text} }};\n"


def _tallies(page: str, folder: Folder) -> dict[str, Any]:
    """What each page shows as small tables."""
    if page == "index":
        return {"tallies": tallies.overview(folder), "numbers": _numbers(folder)}
    return {"tallies": [make(folder) for make in _TALLIES.get(page, ())]}


def _numbers(folder: Folder) -> list[tuple[Both, int, str]]:
    """The large figures at the top of the overview, each with the page that says more."""
    total = {name: sum(aside.counts[name] for aside in folder.asides.values()) for name in FAMILIES}
    return [
        (say("plans"), len(folder.plans), "#plans"),
        (say("localities"), len(folder.comparison.localities), "#plans"),
        (say("indicators"), total["targets"], "indicators.html"),
        (say("calendar"), total["deadlines"], "calendar.html"),
        (say("instruments"), len({one.instrument for one in folder.comparison.grounds}), "instruments.html"),
        (say("diagnostics"), total["diagnostics"], "diagnostics.html"),
    ]


def write_tallies(folder: Folder, out: Path) -> None:
    """Write the small tables of all pages as CSV."""
    for page in PAGES:
        for tally in _tallies(page, folder)["tallies"]:
            write_csv(out, tally.name, [column.vi for column in tally.columns], tally.cells)


def _write_plans(folder: Folder, out: Path, templates: Environment) -> None:
    """One page a plan, with the data for comparing two, and the words for searching all."""
    template = templates.get_template("plan.html")
    relations = _relations(folder)
    shards = Shards(out)
    (out / "plans").mkdir(exist_ok=True)
    for plan, entry in zip(folder.read(), folder.plans, strict=True):
        text = text_of(folder.path, plan.id)
        page = render_plan(plan, text, template, relations=relations[plan.id], place=folder.localities.get(plan.id),
                           reviewers=folder.reviewers.get(plan.id, ()))  # fmt: skip
        for ending, content in (("html", page), ("txt", text), ("json", plan.model_dump_json(indent=1))):
            (out / "plans" / f"{plan.id}.{ending}").write_text(content, encoding="utf-8", newline="\n")
        write_data(out, f"plan/{plan.id}", compared(plan, entry, folder.asides[plan.id].place, folder.standings.get(plan.id, {})))
        shards.add(folder.numbers[plan.id], text)
    shards.close()


def render_plan(plan: Plan, text: str, template: Any, *, relations: dict[str, list[Any]], place: LocalityEntry | None,
                reviewers: Sequence[str]) -> str:  # fmt: skip
    """The page of one plan; `reviewers` has one name a review that is laid over it."""
    return str(template.render(
        page="plan", root="../", plan=plan, pane=pane(plan, text), cards=cards_of(plan), place=place, relations=relations,
        paged=has_pages(plan), reviewers=reviewers,
        issued=Both(time_words(plan.header.issued_on, "vi"), time_words(plan.header.issued_on, "en")),
        period=plan.period and span_words(plan.period.start, plan.period.end, "vi"),
    ))  # fmt: skip


def _relations(folder: Folder) -> dict[str, dict[str, list[Any]]]:
    """Parents and children of each plan."""
    plans = {one.id: one for one in folder.plans}
    found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: {"parents": [], "children": []})
    for link in folder.comparison.links:
        found[link.child]["parents"].append(plans[link.parent])
        found[link.parent]["children"].append(plans[link.child])
    return found

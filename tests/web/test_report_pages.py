"""The report in a real browser, opened from its folder: every page, at two sizes, clicked, searched and printed."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from web.report import PAGES, write_report
from web.sources import Sources

Visit = Callable[..., Any]
SIZES = ("desktop", "phone")


def plan_page(report: Path, words: str) -> Path:
    """The page of the plan with these words in it."""
    return next(path for path in sorted((report / "plans").glob("*.html")) if words in path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_without_fault(name: str, size: str, report: Path, visit: Visit, axe: Callable[[Any], list[str]]) -> None:
    page = visit((report / f"{name}.html").as_uri(), size)
    page.wait_for_timeout(200)
    for part in (0.5, 1.0):
        page.evaluate(f"scrollTo(0, document.body.scrollHeight * {part})")
        page.wait_for_timeout(150)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert axe(page) == []


@pytest.mark.parametrize("size", SIZES)
def test_plan_pages_open_without_fault(size: str, report: Path, visit: Visit, axe: Callable[[Any], list[str]]) -> None:
    paths = [plan_page(report, "alert(3)"), plan_page(report, 'class="ruled"'), plan_page(report, "52/KH-UBND")]
    for path in paths:
        page = visit(path.as_uri(), size)
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
        assert axe(page) == []


def test_click_on_text_shows_the_fact_and_back(report: Path, visit: Visit) -> None:
    page = visit(plan_page(report, "52/KH-UBND ").as_uri())
    mark = page.locator(".words .f-targets").first
    fact = mark.get_attribute("data-f").split()[0]
    mark.click()
    card = page.locator(f"#{fact}")
    assert "chosen" in card.get_attribute("class")
    page.wait_for_function("id => { const b = document.getElementById(id).getBoundingClientRect(); return b.top > 0 && b.bottom < innerHeight; }", arg=fact)
    other = page.locator("#tasks .card, [data-family=tasks] .card").last
    other.locator(".place").click()
    ident = other.get_attribute("id")
    page.wait_for_function("id => { const b = document.querySelector(`.words [data-f~=${id}]`).getBoundingClientRect(); return b.top > 0 && b.bottom < innerHeight; }", arg=ident)
    assert page.locator(f".words .chosen[data-f~={ident}]").count() > 0


def test_click_on_a_page_shows_the_fact_and_back(report: Path, visit: Visit, axe: Callable[[Any], list[str]]) -> None:
    page = visit(plan_page(report, "52/KH-UBND ").as_uri())
    page.locator("[data-view=sheets]").click()
    page.wait_for_selector(".sheet img")
    assert page.locator(".words").is_hidden()
    page.wait_for_function("[...document.querySelectorAll('.sheet img')].slice(0, 1).every(image => image.naturalWidth > 600)")
    fact = page.locator(".box.f-targets").first.get_attribute("data-f")
    page.locator(".box.f-targets").first.click()
    assert "chosen" in page.locator(f"#{fact}").get_attribute("class")
    other = page.locator("[data-family=tasks] .card").last
    ident = other.get_attribute("id")
    other.locator(".place").click()
    page.wait_for_function("id => { const b = document.querySelector(`.box[data-f=${id}]`).getBoundingClientRect(); return b.top > 0 && b.bottom < innerHeight; }", arg=ident)
    assert page.locator(f".box.chosen[data-f={ident}]").count() > 0
    page.locator("input[name=tasks]").uncheck()
    assert page.locator(".box.f-tasks").first.is_hidden()
    assert axe(page) == []
    page.locator("#find").fill("huyet ap")
    page.wait_for_function("!document.querySelector('.words').hidden")


def test_plan_without_its_document_says_so(run_folder: Path, visit: Visit, tmp_path: Path) -> None:
    write_report(run_folder, tmp_path, sources=Sources([tmp_path]))
    page = visit(plan_page(tmp_path, "52/KH-UBND ").as_uri())
    page.locator("[data-view=sheets]").click()
    page.wait_for_function("document.querySelector('.sheets').textContent === kehoach.say('source_gone')")


def test_family_can_be_hidden(report: Path, visit: Visit) -> None:
    page = visit(plan_page(report, "52/KH-UBND ").as_uri())
    colour = "getComputedStyle(document.querySelector('.words .f-references')).backgroundColor"
    shown = page.evaluate(colour)
    page.locator("input[name=references]").uncheck()
    assert page.evaluate(colour) != shown
    assert page.locator("[data-family=references]").is_hidden()


def test_search_in_a_plan_needs_no_marks(report: Path, visit: Visit) -> None:
    page = visit(plan_page(report, "52/KH-UBND ").as_uri())
    page.locator("#find").fill("huyet ap")
    page.wait_for_function("document.getElementById('find-status').textContent.includes('/')")
    first = page.locator("#find-status").text_content()
    page.locator("#find-next").click()
    assert first.startswith("1/")
    assert page.locator("#find-status").text_content().startswith("2/")
    page.locator("#find").fill("không có ở đâu cả")
    page.wait_for_function("document.getElementById('find-status').textContent === kehoach.say('no_results')")


def test_search_in_all_plans(report: Path, visit: Visit) -> None:
    page = visit((report / "search.html").as_uri())
    page.locator("#search input").fill("huyet ap")
    page.locator("#search button").click()
    page.wait_for_selector("#hits li")
    assert "huyết áp" in page.locator("#hits mark").first.text_content().lower()
    page.locator("#hits a").first.click()
    page.wait_for_function("document.getElementById('find-status').textContent.includes('/')")


def test_list_of_plans_is_filtered_and_sorted(report: Path, visit: Visit) -> None:
    page = visit((report / "index.html").as_uri())
    page.wait_for_selector("#table-plans tbody tr")
    page.locator("#filters input").fill("chuyen doi so")
    assert page.locator("#table-plans tbody tr").count() == 3
    page.locator("#filters input").fill("")
    page.locator("#filters select[name=level]").select_option("province")
    assert 1 <= page.locator("#table-plans tbody tr").count() < 10
    page.locator("#table-plans thead button").first.click()
    titles = page.locator("#table-plans tbody th").all_text_contents()
    assert len(titles) > 1
    assert page.locator("#table-plans thead th").first.get_attribute("aria-sort") == "ascending"


def test_language_switch_keeps_the_words_of_the_plan(report: Path, visit: Visit) -> None:
    page = visit(plan_page(report, "52/KH-UBND ").as_uri())
    title = page.locator("h1").text_content()
    page.locator("#language").click()
    assert page.locator("#facts-title").text_content() == "Facts"
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("h1").text_content() == title
    page.locator("#language").click()
    assert page.locator("#facts-title").text_content() == "Dữ kiện"


def test_matrix_tells_verdicts_by_sign_and_words(report: Path, visit: Visit) -> None:
    page = visit((report / "indicators.html").as_uri())
    page.wait_for_selector("#table-matrix .v")
    signs = {text.strip()[0] for text in page.locator("#table-matrix a.v").all_text_contents()}
    assert signs & set("▲▼")
    assert "★" in signs
    assert "thấp hơn mốc" in page.locator("#table-matrix a.v.weaker .sr").first.text_content()
    page.locator("#one-indicator").scroll_into_view_if_needed()
    page.wait_for_selector("#dots svg")


def test_two_plans_compared(report: Path, visit: Visit) -> None:
    one, other = (plan_page(report, words).stem for words in ("52/KH-UBND ", "87/KH-UBND "))
    page = visit((report / "compare.html").as_uri() + f"#{one},{other}")
    page.wait_for_selector("#comparison table")
    assert "cao hơn" in page.locator("#comparison").text_content()
    first = page.locator("input[name=a]").input_value()
    page.locator("#swap").click()
    assert page.locator("input[name=b]").input_value() == first


@pytest.mark.parametrize("name", [*PAGES, "plan"])
def test_pages_print(name: str, report: Path, visit: Visit, tmp_path: Path) -> None:
    path = plan_page(report, "52/KH-UBND ") if name == "plan" else report / f"{name}.html"
    page = visit(path.as_uri())
    page.wait_for_timeout(150)
    page.pdf(path=str(tmp_path / "page.pdf"), format="A4")
    assert (tmp_path / "page.pdf").stat().st_size > 5_000


def test_keyboard_reaches_the_content(report: Path, visit: Visit) -> None:
    page = visit((report / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_downloads_are_there(report: Path, visit: Visit) -> None:
    page = visit((report / "calendar.html").as_uri())
    with page.expect_download() as download:
        page.locator("section a[href$='deadlines.csv']").click()
    assert Path(download.value.path()).read_text(encoding="utf-8-sig").startswith("plan_id,")
    for link in re.findall(r'(?:href|src)="((?!#|https?:)[^"#]+)', (report / "calendar.html").read_text(encoding="utf-8")):
        assert (report / link).is_file(), link

"""The files of the report, without a browser: nothing hostile is markup, nothing is inline, everything named exists."""

import csv
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from pipeline.__main__ import main
from schemas.facts import Evidence, Target
from web.files import data_script
from web.marking import Mark, lines_of
from web.report import write_report
from web.sources import Sources, folders_of
from web.times import time_words
from web.words import words


class Tags(HTMLParser):
    """The elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def pages(report: Path) -> Iterator[tuple[Path, list[tuple[str, dict[str, str | None]]]]]:
    for path in sorted(report.rglob("*.html")):
        parser = Tags()
        parser.feed(path.read_text(encoding="utf-8"))
        yield path, parser.found


def test_no_inline_script_or_style(report: Path) -> None:
    for path, tags in pages(report):
        for tag, attributes in tags:
            assert not any(name.startswith("on") or name == "style" for name in attributes), (path, tag, attributes)
            assert tag != "style"
            assert tag != "script" or attributes.get("src"), path


def test_hostile_words_are_text(report: Path) -> None:
    hostile = [path for path, tags in pages(report) if any(tag == "img" for tag, _ in tags)]
    assert hostile == []
    found = next(path for path in (report / "plans").glob("*.html") if "alert(3)" in path.read_text(encoding="utf-8"))
    assert "&lt;/script&gt;&lt;script&gt;alert(3)" in found.read_text(encoding="utf-8")
    assert all("<script>alert" not in path.read_text(encoding="utf-8") for path in (report / "data").rglob("*.js"))


def test_formulas_are_text_in_csv(report: Path) -> None:
    for path in (report / "csv").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert not [cell for row in csv.reader(file) for cell in row if re.match(r"[=@\t]|[+-](?![\d.,]+%?$)", cell)], path


def test_formulas_are_text_in_workbooks(run_folder: Path, tmp_path: Path) -> None:
    assert main(["compare", str(run_folder), "--out", str(tmp_path)]) == 0
    book = openpyxl.load_workbook(tmp_path / "comparison.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("=cmd|" in str(cell.value) for cell in cells)
    assert [cell.value for cell in cells if cell.data_type == "f"] == []


def test_all_links_lead_somewhere(report: Path) -> None:
    for path, tags in pages(report):
        ids = {attributes.get("id") for _, attributes in tags}
        for _, attributes in tags:
            for name in ("href", "src"):
                target, _, anchor = (attributes.get(name) or "").partition("#")
                if target:
                    assert (path.parent / target).is_file(), (path, target)
                elif anchor:
                    assert anchor in ids, (path, anchor)


def test_ids_are_unique(report: Path) -> None:
    for path, tags in pages(report):
        ids = [attributes["id"] for _, attributes in tags if attributes.get("id")]
        assert len(ids) == len(set(ids)), path


def test_text_of_the_plan_is_whole(report: Path, run_folder: Path) -> None:
    for path in (run_folder / "plans").glob("*.txt"):
        page = (report / "plans" / f"{path.stem}.html").read_text(encoding="utf-8")
        body = page.split('class="words" lang="vi">')[1].split('<section class="facts"')[0]

        class Text(HTMLParser):
            words = ""

            def handle_data(self, data: str) -> None:
                self.words += data

        parser = Text()
        parser.feed(body)
        assert "".join(parser.words.split()) == "".join(path.read_text(encoding="utf-8").split())


def test_same_run_same_bytes(run_folder: Path, report: Path, tmp_path: Path) -> None:
    write_report(run_folder, tmp_path, sources=Sources(folders_of(run_folder)))
    for path in sorted(report.rglob("*")):
        if path.is_file():
            assert (tmp_path / path.relative_to(report)).read_bytes() == path.read_bytes(), path


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("abc", [], [("abc", "")]),
        ("abc", [(0, 3, "a")], [("abc", "a")]),
        ("abcd", [(0, 3, "a"), (2, 4, "b")], [("ab", "a"), ("c", "b a"), ("d", "b")]),
        ("ab\ncd", [(1, 4, "a")], [("a", ""), ("b", "a"), ("c", "a"), ("d", "")]),
        ("a\tb", [(0, 3, "a")], [("a", "a"), ("\t", "a"), ("b", "a")]),
    ],
)
def test_stretches(text: str, marks: list[tuple[int, int, str]], expected: list[tuple[str, str]]) -> None:
    lines = lines_of(text, [Mark(start, end, "targets", fact) for start, end, fact in marks])
    assert [(one.text, " ".join(mark.fact for mark in one.marks)) for line in lines for one in line.stretches] == expected


@pytest.mark.parametrize("value", ["</script>", " ", "\\", "ủ"])
def test_data_scripts_keep_values(value: str) -> None:
    script = data_script("x", [value])
    assert "<" not in script
    assert json.loads(script[len('kehoach.take("x",') : -len(");\n")]) == [value]


def test_times_without_meaning_stand_for_themselves() -> None:
    assert time_words(None, "vi") == ""
    assert time_words("khi có dịch", "vi") == "khi có dịch"


def test_every_closed_set_has_words() -> None:
    evidence = Evidence(start=0, end=0, quote="")
    assert Target(id="t", text="", kind="count", indicator_text="", comparator="eq", value=1, unit="", evidence=evidence)
    wanted = {"same", "stricter", "weaker", "higher", "lower", "contributes_to", "not_comparable", "other_unit", "outside_period"}
    assert wanted <= set(words())
    assert all(both.vi and both.en for both in words().values())

"""Doctor: say what is installed, which kinds of file can be read, and what installs the rest."""

import argparse
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from pipeline.errors import UnsupportedDocument
from pipeline.ingest import office, recognition
from pipeline.ingest.programs import ANTIWORD, OFFICE, TESSERACT, Stopped

_PACKAGES = ("spacy", "underthesea", "pydantic", "lxml", "pypdfium2", "pdfplumber", "numpy", "Pillow", "pyarrow")


class Component(NamedTuple):
    """Component: a program or package; `found` is its version, None where it is missing; `remedy` installs it."""

    title: str
    found: str | None
    purpose: str
    remedy: str = ""


class Readable(NamedTuple):
    """Readable: a kind of file, by what it is read, and how well: `yes`, `partly` or `no`."""

    title: str
    how: str
    state: str


def run(arguments: argparse.Namespace) -> int:
    """Print the tables; exit code 1 where a kind of file cannot be read."""
    console = Console()
    parts, formats = components(), readable()
    console.print(_table("Installed", ("part", "version", "for"), [(c.title, c.found or "missing", c.purpose) for c in parts]))
    console.print(_table("Files", ("kind", "read by", "readable"), [tuple(one) for one in formats]))
    for part in parts:
        if part.found is None:
            console.print(f"{part.title} is missing. {part.remedy}", soft_wrap=True, highlight=False)
    return int(any(one.state == "no" for one in formats))


def components() -> list[Component]:
    """Everything that reading may need."""
    programs = [
        Component("Tesseract", _try(recognition.version), "scans, pictures, PDF with broken letters", TESSERACT.remedy),
        Component("LibreOffice", office.version() if OFFICE.path else None, ".doc, .rtf, .xls", OFFICE.remedy),
        Component("antiword", "installed" if ANTIWORD.path else None, ".doc without LibreOffice", ANTIWORD.remedy),
    ]
    python = Component("Python", ".".join(map(str, sys.version_info[:3])), "everything")
    return [python, *(Component(name, _package(name), "everything", "make install") for name in _PACKAGES), *programs]


def readable() -> list[Readable]:
    """Every kind of file that is read, and whether it can be read here."""
    recognises = _try(recognition.version) is not None
    doc = "LibreOffice" if OFFICE.path else "antiword" if ANTIWORD.path else "LibreOffice or antiword"
    return [
        Readable("text, Markdown, HTML, .docx, .odt, .xlsx, .ods, .eml, .zip", "built in", "yes"),
        Readable("PDF with letters", "pdfium", "yes"),
        Readable("PDF of scans, PNG, JPEG, TIFF", "Tesseract, Vietnamese", "yes" if recognises else "no"),
        Readable(".doc", doc, "yes" if OFFICE.path else "partly" if ANTIWORD.path else "no"),
        Readable(".rtf", "LibreOffice" if OFFICE.path else "striprtf", "yes" if OFFICE.path else "partly"),
        Readable(".xls", "LibreOffice", "yes" if OFFICE.path else "no"),
    ]


def _try(ask: Callable[[], str]) -> str | None:
    try:
        return ask()
    except (UnsupportedDocument, Stopped):
        return None


def _package(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _table(title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table

"""The pages of documents: found again by name and bytes, drawn the way up that they were read, with boxes over the words."""

import json
import unicodedata
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from comparison.reading import read_plans
from pipeline.document import fingerprint
from schemas.plan import Plan, Source
from web.drawing import boxes_of, draw, order_of, upright
from web.sources import Sources, folders_of


def source(name: str, path: Path, inside: tuple[int, ...] = ()) -> Source:
    sha256, size = fingerprint(path, inside)
    return Source(name=name, sha256=sha256, bytes=size, media_type="text/plain", pages=1, text_layer="plain", engine="", legacy_encoding=None)


@pytest.mark.parametrize("name", ["a.txt", "2024/a.txt", "2024/Kế hoạch số 1.txt"])
def test_document_is_found_by_its_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / unicodedata.normalize("NFD", name)
    path.parent.mkdir(exist_ok=True)
    path.write_text("x")
    found = Sources([tmp_path / "nowhere", tmp_path]).find(source(name, path))
    assert found is not None
    assert found.path == path


def test_document_in_an_archive_is_found(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "mail.zip", "w") as archive:
        archive.writestr("b.txt", "second")
        archive.writestr("plans/a.txt", "first")
    found = Sources([tmp_path]).find(source("mail.zip/plans/a.txt", tmp_path / "mail.zip", (1,)))
    assert found is not None
    assert found.inside == (1,)


def test_changed_or_hidden_documents_are_not_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    asked = source("a.txt", tmp_path / "a.txt")
    (tmp_path / "a.txt").write_text("y")
    assert Sources([tmp_path]).find(asked) is None
    (tmp_path / "secret").write_text("s")
    (tmp_path / "folder").mkdir()
    for name in ("../secret", str(tmp_path / "secret")):
        assert Sources([tmp_path / "folder"]).find(source(name, tmp_path / "secret")) is None


@pytest.mark.parametrize("quarters", range(4))
def test_page_is_turned_as_it_was_read(quarters: int) -> None:
    page = Image.new("RGB", (300, 400), "white")
    ImageDraw.Draw(page).rectangle((20, 30, 120, 45), fill="black")
    turned = Image.fromarray(np.rot90(np.asarray(page), -quarters))
    found = upright(turned, 2.0, [(10.0, 15.0, 60.0, 22.5)])
    assert (found.size, found.tobytes()) == (page.size, page.tobytes())


@pytest.fixture(scope="module")
def paged(run_folder: Path) -> Plan:
    return next(plan for plan in read_plans(run_folder) if plan.header.code == "52/KH-UBND")


def test_boxes_lie_on_the_words(paged: Plan, run_folder: Path, tmp_path: Path) -> None:
    order = order_of(paged, Sources(folders_of(run_folder)), tmp_path)
    assert order is not None
    assert draw(order) == paged.source.pages
    script = (tmp_path / "data" / "pages" / f"{paged.id}.js").read_text(encoding="utf-8")
    said = json.loads(script.removeprefix(f'kehoach.take("pages/{paged.id}",').removesuffix(");\n"))
    assert said["boxes"] == [list(box) for box in boxes_of(paged)]
    for number, width, height in said["pages"]:
        with Image.open(tmp_path / "pages" / paged.id / f"{number}.webp") as image:
            grey = np.asarray(image.convert("L"))
        scale = grey.shape[1] / width
        assert abs(grey.shape[0] / scale - height) < 1
        for page, left, top, right, bottom, *_ in said["boxes"]:
            if page == number:  # words are in the box, and none lies across its left edge
                inside = grey[round(top * scale) : round(bottom * scale), round(left * scale) : round(right * scale)]
                edge = grey[round(top * scale) : round(bottom * scale), round(left * scale) - 2 : round(left * scale)]
                assert inside.min() < 100
                assert edge.mean() > 200


def test_document_that_cannot_be_drawn_leaves_its_reason(paged: Plan, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")
    order = order_of(paged, Sources([]), tmp_path)
    assert order is None
    whole = source("broken.pdf", tmp_path / "broken.pdf")
    broken = order_of(paged.model_copy(update={"source": whole}), Sources([tmp_path]), tmp_path)
    assert broken is not None
    assert draw(broken) == 0
    assert "damaged" in (tmp_path / "data" / "pages" / f"{paged.id}.js").read_text(encoding="utf-8")

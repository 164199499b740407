from pathlib import Path

import pytest

from pipeline.ingest import office, read_bytes, rtf
from pipeline.ingest.programs import OFFICE, Program
from pipeline.unwrap import unwrap

CORPUS = Path(__file__).parents[2] / "corpus" / "formats" / "docx"
PLAN = CORPUS / "hong-chau_phuong_phan-loai-rac.docx"
SMALL = rb"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman Times New Roman;}}\f0\fs28
{\b K\u7870? HO\u7840?CH}\par Chuy\u7875?n \u273?\u7893?i s\u7889? n\u259?m 2025\par
\trowd\cellx1000\cellx4000\cellx6000 TT\cell Vi\u7879?c\cell H\u7841?n\cell\row
\trowd\cellx1000\cellx4000\cellx6000 1\cell H\u7885?p\cell 30/6\cell\row
}"""
has_office = pytest.mark.skipif(OFFICE.path is None, reason="LibreOffice is not installed")


@has_office
def test_rich_text_reads_like_its_twin() -> None:
    data = office.converted(PLAN.read_bytes(), "plan", kind="docx", into="rtf")
    assert unwrap(read_bytes(data, "plan.rtf")).text == unwrap(read_bytes(PLAN.read_bytes(), "plan.docx")).text


@has_office
def test_the_bytes_say_what_a_doc_really_is() -> None:
    pages = read_bytes(SMALL, "plan.doc")
    assert pages.media_type == "application/rtf"
    assert unwrap(pages).text.splitlines()[0] == "KẾ HOẠCH"


def test_without_libreoffice_the_words_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rtf, "OFFICE", Program("LibreOffice", ("no-such-program",), "x", "x"))
    pages = read_bytes(SMALL, "plan.rtf")
    assert pages.engine == "striprtf"
    assert unwrap(pages).text.splitlines() == ["KẾ HOẠCH", "Chuyển đổi số năm 2025", "TT\tViệc\tHạn", "1\tHọp\t30/6"]

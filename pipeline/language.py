"""Language: text to a `Doc` with all layers, marked in order."""

from extractors.layers.instruments import mark_instruments
from extractors.layers.marks import Doc
from extractors.layers.numbers import mark_numbers
from extractors.layers.places import mark_places
from extractors.layers.roles import mark_roles
from extractors.layers.times import mark_times
from extractors.layers.tree import mark_lines
from extractors.layers.units import mark_units
from pipeline.pages import Text
from pipeline.stages import get_on

_LAYERS = (mark_lines, mark_places, mark_instruments, mark_numbers, mark_times, mark_units, mark_roles)

_SMALL = """\
UBND XÃ HÒA AN
Số: 12/KH-UBND
Hòa An, ngày 10 tháng 02 năm 2025
KẾ HOẠCH
Chuyển đổi số năm 2025
Căn cứ Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ;
I. MỤC TIÊU
- Phấn đấu 100% hộ nghèo được hỗ trợ; ít nhất 02 lớp tập huấn/năm.
II. TỔ CHỨC THỰC HIỆN
- Công an xã chủ trì, phối hợp với Trạm Y tế xã báo cáo trước ngày 15 hằng tháng.
"""


def prepare() -> None:
    """Build the patterns and tables that every document needs, so that processes forked from this one share them."""
    make_doc(Text(text=_SMALL))


def make_doc(text: Text) -> Doc:
    """The canonical text as a `Doc`, with the way back to pages and boxes beside it."""
    doc = Doc(text.text, runs=text.runs, tables=text.tables, emphasis=text.emphasis)
    for mark in _LAYERS:
        mark(doc)
        get_on()
    return doc

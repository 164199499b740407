"""Web pages: what the browser shows, Word's way of saving included."""

import pytest

from pipeline.errors import EmptyDocument
from pipeline.ingest import read_bytes
from pipeline.pages import Line
from pipeline.unwrap import unwrap


def text_of(body: str, head: str = "") -> str:
    page = f"<html><head><title>Không đọc</title>{head}</head><body>{body}</body></html>"
    return unwrap(read_bytes(page.encode(), "plan.html")).text


SHOWN = [
    ("<p>Căn cứ\n   Luật Thú y\n ngày 19/6</p>", "Căn cứ Luật Thú y ngày 19/6"),
    ("<p>một<br>Hai</p><div>ba</div>bốn", "một\nHai\nba\nbốn"),
    ("<p>K&#7871; ho&#7841;ch&nbsp;&nbsp; s&#7889;</p>", "Kế hoạch số"),
    ("<p>thấy<span style='display:none'>ẩn</span><span style='MSO-HIDE: all'>ẩn</span><o:p>&nbsp;</o:p></p>", "thấy"),
    ("<script>x()</script><style>p{}</style><p>chữ</p><!-- chú thích -->", "chữ"),
    ("<ul><li>một</li><li><p>hai</p></li></ul>", "- một\n- hai"),
    ("<ol start=3><li>ba</li><li>bốn</li></ol><ol type=a><li>x</li></ol><ol type=I><li>y</li></ol>", "3. ba\n4. bốn\na) x\nI. y"),
    (
        "<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>-<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;"
        "</span></span><![endif]>Xã đạt\nchuẩn</p>",
        "- Xã đạt chuẩn",
    ),
    ("<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><p>chữ</p>", "chữ"),
    ("<p style='text-transform:uppercase'>kế hoạch</p>", "KẾ HOẠCH"),
    ("<pre>I. A\n1. B</pre>", "I. A\n1. B"),
    (
        "<table border=0><tr><td><p>UBND XÃ</p><p>HÒA PHONG</p></td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr>"
        "<tr><td>Số: 1/KH-UBND</td><td><i>Hòa Phong, ngày 1 tháng 2 năm 2024</i></td></tr></table>",
        "UBND XÃ\nHÒA PHONG\nSố: 1/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHòa Phong, ngày 1 tháng 2 năm 2024",
    ),
    ("<table><tr><td><table><tr><td>trong</td></tr></table></td></tr></table>", "trong"),
]


@pytest.mark.parametrize(("body", "shown"), SHOWN)
def test_shown(body: str, shown: str) -> None:
    assert text_of(body) == shown


ROWS = "<tr><th>TT<th>Nội dung<th>Chủ trì<tr><td>1<td>Tập huấn<td rowspan=2>Phòng\nY tế<tr><td>2<td>Tổng kết<tr><td colspan=2>Cộng<td>9"
RULED = {
    "border": ("<table border=1>", ROWS, ""),
    "own style": (
        "<table>",
        ROWS.replace("<td", "<td style='border:solid windowtext 1.0pt'").replace("<th", "<th style='border: 1px solid'"),
        "",
    ),
    "style sheet": ("<table>", ROWS, "<style>td, th { border: 1px solid #000 }</style>"),
}


@pytest.mark.parametrize(("start", "rows", "head"), RULED.values(), ids=RULED.keys())
def test_ruled_tables(start: str, rows: str, head: str) -> None:
    page = f"<html><head>{head}</head><body>{start}{rows}</table></body></html>"
    text = unwrap(read_bytes(page.encode(), "x"))
    assert text.text == "TT\tNội dung\tChủ trì\n1\tTập huấn\tPhòng Y tế\n2\tTổng kết\nCộng\t9"
    (table,) = text.tables
    assert [[text.text[a:b] for a, b in row] for row in table.rows][2:] == [
        ["2", "Tổng kết", "Phòng Y tế"],
        ["Cộng", "Cộng", "9"],
    ]


@pytest.mark.parametrize("start", ["<table>", "<table border=0>", "<table border=1 style='border:none'>"])
def test_tables_without_lines_are_text(start: str) -> None:
    assert not unwrap(read_bytes(f"<html>{start}{ROWS}</table></html>".encode(), "x")).tables


PROSE = "Căn cứ Luật Khám bệnh, chữa bệnh; Ủy ban nhân dân xã Hòa Phong ban hành kế hoạch"


@pytest.mark.parametrize(
    "data",
    [
        f"<meta charset=utf-8><p>{PROSE}".encode(),
        f"<html><meta charset='utf-16'><p>{PROSE}".encode("utf-16"),
        b"<html><meta charset=windows-1252><p>" + PROSE.encode("ascii", "xmlcharrefreplace"),
        b"<html><meta charset=windows-1252><p>" + PROSE.encode("cp1252", "xmlcharrefreplace"),
        b"<html><meta charset=nonsense><p>" + PROSE.encode(),
    ],
)
def test_charsets(data: bytes) -> None:
    assert unwrap(read_bytes(data, "x")).text == PROSE


def test_bold_and_centred() -> None:
    pages = read_bytes(b"<html><p align=center><b>I. A</b></p><p style='font-weight:bold'>B</p><p><b>C</b> d</p></html>", "x")
    assert [(block.bold, block.centred) for block in pages.blocks if isinstance(block, Line)] == [
        (True, True),
        (True, False),
        (False, False),
    ]


def test_nothing_shown() -> None:
    with pytest.raises(EmptyDocument):
        text_of("<script>1</script>")

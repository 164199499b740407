"""Tables: invented tables of plans with their truth, in PDF, DOCX and HTML, and how many rows and cells come out right.

    python -m benchmarks.tables [--page docs/tables.md] [--out FOLDER]

Each layout is filled from a grammar of its own with a seed. A cell is right where its words are; a row where all its cells are.
"""

import argparse
import html
import io
import random
import re
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from benchmarks.accuracy import table
from corpus.pages import load_fonts, style
from pipeline.ingest import read_bytes
from pipeline.pages import Grid, Line, Pages

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "tables.md"
INTRODUCTION = """\
# Tables

Written by `make tables`: invented tables of plans in three formats, read and compared with their truth. A cell is right where its
words are, a row where all its cells are; a row that is missing, or made up, counts as wrong. Tables over pages repeat their head.
"""
BEFORE = "Căn cứ nhiệm vụ được giao, các phòng, đơn vị, xã phối hợp thực hiện những nội dung sau đây, bảo đảm chất lượng và tiến độ."
AFTER = "Trên đây là kế hoạch triển khai nhiệm vụ năm 2026, đề nghị các phòng, đơn vị tổ chức thực hiện đúng thời gian quy định./."


class Sample(NamedTuple):
    """Sample: a table as it is printed.

    `rows` has one text a column; None where the cell above goes on (merged downwards). A row of one text is a section over all
    columns. `head` rows come first; a None in them goes on with the cell on its left where `across`, else with that above.
    """

    name: str
    head: tuple[tuple[str | None, ...], ...]
    rows: tuple[tuple[str | None, ...], ...]
    widths: tuple[int, ...]
    ruled: bool = True
    wide: bool = False
    foot: str = ""

    @property
    def truth(self) -> list[list[str]]:
        """Every cell in every row and column that it covers, head and all."""
        out: list[list[str]] = []
        for row in (*self.head, *self.rows):
            if len(row) == 1:
                out.append([str(row[0])] * len(self.widths))
                continue
            cells: list[str] = []
            for place, text in enumerate(row):
                if text is None:
                    across = row in self.head[:1] and place
                    text = cells[-1] if across else out[-1][place]
                cells.append(text)
            out.append(cells)
        return out


_BODIES = (
    "Phòng Tài chính - Kế hoạch", "Phòng Văn hóa - Xã hội", "Trạm Y tế", "Công an xã", "Văn phòng HĐND và UBND",
    "Đoàn Thanh niên", "Hội Nông dân", "Ban Chỉ huy Quân sự",
)  # fmt: skip
_WORKS = (
    "Rà soát, cập nhật danh sách hộ nghèo, hộ cận nghèo trên địa bàn", "Tuyên truyền trên hệ thống loa của các thôn",
    "Sửa chữa kênh mương nội đồng trước mùa mưa", "Tổ chức tập huấn cho cán bộ thôn",
    "Kiểm tra an toàn thực phẩm tại các bếp ăn tập thể", "Trồng cây phân tán dọc các tuyến đường",
    "Số hóa hồ sơ lưu trữ", "Khám sức khỏe định kỳ cho người cao tuổi",
)  # fmt: skip
_TIMES = ("Quý I/2026", "Tháng 5/2026", "Trước 30/9/2026", "Cả năm", "Quý IV/2026", "Hằng tháng")
_PRODUCTS = ("Báo cáo", "Danh sách", "Kế hoạch", "Biên bản kiểm tra", "02 lớp", "Hồ sơ số hóa")
_AIMS = (
    "Tỷ lệ hộ dùng nước sạch", "Tỷ lệ thôn đạt chuẩn văn hóa", "Số hộ thoát nghèo", "Tỷ lệ trẻ em được tiêm đủ mũi",
    "Diện tích rừng trồng mới", "Số lao động được đào tạo nghề", "Tỷ lệ hồ sơ giải quyết đúng hạn",
    "Sản lượng lúa cả năm",
)  # fmt: skip
_UNITS = ("%", "hộ", "người", "ha", "tấn")
_SECTIONS = ("I. LĨNH VỰC KINH TẾ", "II. LĨNH VỰC VĂN HÓA, XÃ HỘI", "III. QUỐC PHÒNG, AN NINH")

Make = Callable[[random.Random, int], Sample]
ASSIGNED = (("TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian", "Sản phẩm"),)
TARGETS = (("TT", "Chỉ tiêu", "ĐVT", "Thực hiện 2025", "Mục tiêu 2026", "Mục tiêu 2030"),)
_WIDE = (13, 44, 30, 30, 22, 24)
_AIMED = (13, 62, 16, 24, 24, 24)


def _work(chance: random.Random, number: int) -> tuple[str | None, ...]:
    lead, partner = chance.sample(_BODIES, 2)
    return (str(number), chance.choice(_WORKS), lead, partner, chance.choice(_TIMES), chance.choice(_PRODUCTS))


def _aim(chance: random.Random, number: int) -> tuple[str | None, ...]:
    unit, start = chance.choice(_UNITS), chance.randrange(40, 80)
    values = (f"{start},{chance.randrange(1, 10)}", str(start + 10), str(start + 19))
    return (str(number), chance.choice(_AIMS), unit, *values)


def _assignment(chance: random.Random, rows: int) -> Sample:
    return Sample("assignment", ASSIGNED, tuple(_work(chance, n) for n in range(1, rows + 1)), _WIDE)


def _targets(chance: random.Random, rows: int) -> Sample:
    return Sample("targets", TARGETS, tuple(_aim(chance, n) for n in range(1, rows + 1)), _AIMED)


def _over_pages(chance: random.Random, rows: int) -> Sample:
    return _assignment(chance, 8 * rows)._replace(name="over pages, head repeated")


def _landscape(chance: random.Random, rows: int) -> Sample:
    return _assignment(chance, 4 * rows)._replace(name="landscape, over pages", wide=True)


def _merged_down(chance: random.Random, rows: int) -> Sample:
    made = [list(_work(chance, n)) for n in range(1, rows + 1)]
    for row in made[1::3]:
        row[2] = None
    for row in made[2::3]:
        row[3] = row[2] = None
    made[1][3] = "Các thôn"
    return Sample("cells merged downwards", ASSIGNED, tuple(map(tuple, made)), _WIDE)


def _repeated(chance: random.Random, rows: int) -> Sample:
    made = [list(_work(chance, n)) for n in range(1, rows + 1)]
    for row, sign in zip(made[1:], ("nt", "-nt-", '"', "nt", "-nt-", '"', "nt", "nt"), strict=False):
        row[chance.choice((2, 3))] = sign
    return Sample("nt and ditto marks", ASSIGNED, tuple(map(tuple, made)), _WIDE)


def _sections(chance: random.Random, rows: int) -> Sample:
    made: list[tuple[str | None, ...]] = []
    for number, section in enumerate(_SECTIONS):
        made += [(section,), *(_work(chance, n) for n in range(1 + 2 * number, 3 + 2 * number))]
    return Sample("section rows", ASSIGNED, tuple(made), _WIDE)


def _two_heads(chance: random.Random, rows: int) -> Sample:
    head = (("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch", None, None), (None, None, None, "Năm 2026", "Năm 2027", "Năm 2028"))
    return _targets(chance, rows)._replace(name="head of two rows", head=head)


def _footnoted(chance: random.Random, rows: int) -> Sample:
    return _targets(chance, rows)._replace(name="footnote below", foot="Ghi chú: số liệu năm 2025 là số ước thực hiện, chưa kiểm tra.")


def _empty_cells(chance: random.Random, rows: int) -> Sample:
    made = [list(_work(chance, n)) for n in range(1, rows + 1)]
    for row in made:
        row[chance.choice((3, 4, 5))] = ""
    return Sample("empty cells", ASSIGNED, tuple(map(tuple, made)), _WIDE)


def _narrow(chance: random.Random, rows: int) -> Sample:
    made = tuple((str(n), chance.choice(_BODIES), chance.choice(_TIMES)) for n in range(1, rows + 1))
    return Sample("three columns", (("TT", "Đơn vị", "Thời gian"),), made, (14, 80, 40))


def _long_rows(chance: random.Random, rows: int) -> Sample:
    made = [list(_work(chance, n)) for n in range(1, rows + 1)]
    for row in made:
        row[1] = ". ".join(chance.sample(_WORKS, 5)) + "."
    return Sample("rows split over pages", ASSIGNED, tuple(map(tuple, made)), _WIDE)


RULED: tuple[Make, ...] = (
    _assignment, _targets, _over_pages, _landscape, _merged_down, _repeated, _sections, _two_heads, _footnoted,
    _empty_cells, _narrow, _long_rows,
)  # fmt: skip
UNRULED: tuple[Make, ...] = (_assignment, _targets, _narrow, _empty_cells, _over_pages)


def samples(seeds: range = range(3)) -> Iterator[Sample]:
    """All samples: each layout with rules, some without, once a seed."""
    for seed in seeds:
        for make in RULED:
            yield make(random.Random(f"{seed} {make.__name__}"), 6)
        for make in UNRULED:
            yield make(random.Random(f"{seed} {make.__name__}, unruled"), 6)._replace(ruled=False)


# ------------------------------------------------------------------------------------------------------------- the writers
def _spans(sample: Sample) -> dict[tuple[int, int], tuple[int, int]]:
    """Rows and columns that the cell at a place covers, for those that cover more than one."""
    rows = [*sample.head, *sample.rows]
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        if len(row) == 1:
            found[r, 0] = (1, len(sample.widths))
            continue
        for c, text in enumerate(row):
            if text is None:
                continue
            wide = len(list(_nones(row[c + 1 :]))) if r == 0 and len(sample.head) > 1 else 0
            tall = 0 if wide else len(list(_nones([below[c] if len(below) > 1 else "" for below in rows[r + 1 :]])))
            if wide or tall:
                found[r, c] = (tall + 1, wide + 1)
    return found


def _nones(texts: Any) -> Iterator[None]:
    for text in texts:
        if text is not None:
            return
        yield None


def pdf(sample: Sample) -> bytes:
    """The sample between two paragraphs as a PDF; rows split over pages, the head repeated."""
    load_fonts()
    size = landscape(A4) if sample.wide else A4
    room = size[0] - 130
    rows = [[*row, *[""] * (len(sample.widths) - len(row))] for row in (*sample.head, *sample.rows)]
    cells = [
        [Paragraph(escape(text or ""), style("Plan-Bold" if r < len(sample.head) else "Plan", size=11)) for text in row]
        for r, row in enumerate(rows)
    ]
    look: list[Any] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    look += [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if sample.ruled else []
    look += [("SPAN", (c, r), (c + wide - 1, r + tall - 1)) for (r, c), (tall, wide) in _spans(sample).items()]
    widths = [room * width / sum(sample.widths) for width in sample.widths]
    story: list[Flowable] = [Paragraph(BEFORE, style(indent=28)), Spacer(1, 6)]
    story += [Table(cells, colWidths=widths, style=look, repeatRows=len(sample.head), splitInRow=1), Spacer(1, 6)]
    story += [Paragraph(text, style(indent=28)) for text in (sample.foot, AFTER) if text]
    stream = io.BytesIO()
    SimpleDocTemplate(stream, pagesize=size, leftMargin=65, rightMargin=65, invariant=1).build(story)
    return stream.getvalue()


def word(sample: Sample) -> bytes:
    """The sample as a Word document."""
    document = docx.Document()
    if sample.wide:
        document.sections[0].orientation = WD_ORIENT.LANDSCAPE
    document.add_paragraph(BEFORE)
    rows = (*sample.head, *sample.rows)
    made = document.add_table(len(rows), len(sample.widths), style="Table Grid" if sample.ruled else None)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text is not None:
                made.cell(r, c).text = text
    for (r, c), (tall, wide) in _spans(sample).items():
        made.cell(r, c).merge(made.cell(r + tall - 1, c + wide - 1))
    if len(sample.head) == 1:
        made.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    for text in (sample.foot, AFTER):
        if text:
            document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def web(sample: Sample) -> bytes:
    """The sample as a web page."""
    spans, lines = _spans(sample), []
    for r, row in enumerate((*sample.head, *sample.rows)):
        cells = []
        for c, text in enumerate(row):
            if text is not None:
                tall, wide = spans.get((r, c), (1, 1))
                cells.append(f"<td rowspan={tall} colspan={wide}>{html.escape(text)}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    border = "1" if sample.ruled else "0"
    body = f"<p>{BEFORE}</p><table border={border}>{''.join(lines)}</table><p>{sample.foot}</p><p>{AFTER}</p>"
    return f"<html><meta charset='utf-8'><body>{body}</body></html>".encode()


WRITERS: dict[str, Callable[[Sample], bytes]] = {"pdf": pdf, "docx": word, "html": web}


# ------------------------------------------------------------------------------------------------------------ the counting
class Count(NamedTuple):
    """Count: rows and cells of the truth, or of what was found where that is more, and how many are right."""

    rows: int = 0
    rows_right: int = 0
    cells: int = 0
    cells_right: int = 0

    def __add__(self, other: "Count") -> "Count":  # type: ignore[override]
        return Count(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def shares(self) -> tuple[float, float]:
        """Rows and cells right, 0 to 1."""
        return self.rows_right / max(self.rows, 1), self.cells_right / max(self.cells, 1)


def found_in(pages: Pages) -> list[list[str]]:
    """The rows of all tables of a document, every cell in every place that it covers."""
    return [
        [_words(" ".join(line.text for line in block.cells[cell])) for cell in row]
        for block in pages.blocks
        if isinstance(block, Grid)
        for row in block.rows
    ]


def compared(truth: list[list[str]], found: list[list[str]]) -> Count:
    """Rows are paired in order, by their first two cells where they can be."""
    wanted = [[_words(cell) for cell in row] for row in truth]
    right = cells = place = 0
    for row in wanted:
        at = next((n for n in range(place, len(found)) if found[n][:2] == row[:2]), None)
        at = place if at is None and place < len(found) else at
        if at is None:
            continue
        cells += sum(a == b for a, b in zip(row, found[at], strict=False))
        right += row == found[at]
        place = at + 1
    width = len(truth[0])
    return Count(max(len(wanted), len(found)), right, width * max(len(wanted), len(found)), cells)


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def is_whole(pages: Pages) -> bool:
    """Whether the paragraphs round the table are outside of it."""
    text = " ".join(block.text for block in pages.blocks if isinstance(block, Line))
    return _words(BEFORE) in _words(text) and _words(AFTER) in _words(text)


def main() -> None:
    """Count and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--page", type=Path, default=PAGE)
    parser.add_argument("--out", type=Path, help="folder for the files themselves")
    options = parser.parse_args()
    made = list(samples())
    parts, wrong = [INTRODUCTION, f"{len(made)} tables.\n"], []
    for ruled, least in ((True, "0.98"), (False, "0.90")):
        chosen = sorted((one for one in made if one.ruled == ruled), key=lambda one: one.name)
        lines, whole = [], {suffix: Count() for suffix in WRITERS}
        for name, group in groupby(chosen, key=lambda one: one.name):
            counts = {suffix: Count() for suffix in WRITERS}
            for number, sample in enumerate(group):
                for suffix, write in WRITERS.items():
                    data = write(sample)
                    if options.out:
                        options.out.mkdir(parents=True, exist_ok=True)
                        kind = "ruled" if ruled else "unruled"
                        (options.out / f"{kind}_{name.replace(' ', '-').replace(',', '')}_{number}.{suffix}").write_bytes(data)
                    pages = read_bytes(data, f"table.{suffix}")
                    count = compared(sample.truth, found_in(pages))
                    counts[suffix] += count
                    whole[suffix] += count
                    if not is_whole(pages):
                        wrong.append(f"{name}, {suffix}: a paragraph beside the table was taken into it")
            lines.append([name, *(_shown(count) for count in counts.values())])
        lines.append(["all", *(_shown(count) for count in whole.values())])
        parts.append(f"## {'Ruled' if ruled else 'Unruled'}\n\nRows right, cells right; at least {least} each.\n")
        parts.append(table(["layout", *WRITERS], lines))
    parts += [f"- {line}" for line in dict.fromkeys(wrong)]
    options.page.write_text("\n".join(parts), encoding="utf-8")
    print("\n".join(parts))


def _shown(count: Count) -> str:
    rows, cells = count.shares
    return f"{rows:.3f}, {cells:.3f}"


if __name__ == "__main__":
    main()

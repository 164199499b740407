"""Webpage: a sample plan as HTML, either as Word saves it or as a portal prints it."""

from __future__ import annotations

from html import escape
from itertools import groupby
from pathlib import Path

from corpus.markup import Line, Source
from corpus.text import SIGNS

WORD_HEAD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40">

<head>
<meta http-equiv=Content-Type content="text/html; charset=windows-1252">
<meta name=ProgId content=Word.Document>
<meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml>
 <o:DocumentProperties>
  <o:Revision>2</o:Revision>
  <o:Created>2026-01-01T00:00:00Z</o:Created>
  <o:Version>16.00</o:Version>
 </o:DocumentProperties>
</xml><![endif]-->
<style>
<!--
 p.MsoNormal {mso-style-unhide:no; margin:6.0pt 0cm; text-align:justify; font-size:13.0pt; font-family:"Times New Roman",serif;}
 table.MsoNormalTable {mso-style-name:"Table Normal"; font-size:10.0pt;}
-->
</style>
</head>

<body lang=VI style='tab-interval:36.0pt'>

<div class=WordSection1>
"""
PORTAL_HEAD = """<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>body {{ font-family: serif; }} table.grid td {{ border: 1px solid #000; }}</style>
</head>
<body>
<nav><a href="/">Trang chủ</a> <a href="/van-ban">Văn bản</a></nav>
<div class="content">
"""


def mark(text: str, *, bold: bool = False, italic: bool = False) -> str:
    """Text with its emphasis."""
    text = escape(text, quote=False) or "&nbsp;"
    text = f"<b>{text}</b>" if bold else text
    return f"<i>{text}</i>" if italic else text


def paragraph(source: Source, text: str, *, centre: bool = False, word_indent: str = "") -> str:
    """One paragraph; Word adds an empty o:p."""
    align = " align=center style='text-align:center'" if centre else ""
    if source.head["html"] == "word":
        return f"<p class=MsoNormal{align}>{word_indent}{text}<o:p></o:p></p>\n"
    return f"<p{align}>{text}</p>\n"


def layout_table(source: Source, left: list[str], right: list[str]) -> str:
    """Two columns without borders."""
    cells = ["".join(paragraph(source, text, centre=True) for text in side) for side in (left, right)]
    kind = "class=MsoNormalTable border=0 cellspacing=0 cellpadding=0" if source.head["html"] == "word" else 'class="layout"'
    return (
        f"<table {kind}>\n <tr>\n  <td valign=top>\n{cells[0]}  </td>\n  <td valign=top>\n{cells[1]}  </td>\n </tr>\n</table>\n"
    )


def letterhead(source: Source) -> str:
    """Letterhead, type and title."""
    head = source.head
    left = [*(mark(text) for text in head["left"][:-1]), mark(head["left"][-1], bold=True), mark(head["number"])]
    right = [*(mark(text, bold=True) for text in head["right"]), mark(head["place"], italic=True)]
    title = [paragraph(source, mark(text, bold=True), centre=True) for text in ("KẾ HOẠCH", *source.title_lines)]
    return layout_table(source, left, right) + "".join(title)


def ending(source: Source) -> str:
    """Recipients and signature."""
    head = source.head
    left = [mark(head.get("recipients_head", "Nơi nhận:"), bold=True, italic=True), *(mark(text) for text in head["recipients"])]
    right = [mark(text, bold=True) for text in [*head["sign"], "", "", head["signer"] or ""]]
    return layout_table(source, left, right)


def ruled(source: Source, rows: list[Line]) -> str:
    """Table with lines."""
    kind = "class=MsoTableGrid border=1 cellspacing=0 cellpadding=0" if source.head["html"] == "word" else 'class="grid"'
    out = f"<table {kind}>\n"
    for row in rows:
        cells = "".join(
            f"  <td valign=top>\n{paragraph(source, mark(cell.text, bold=row is rows[0]))}  </td>\n" for cell in row.cells
        )
        out += f" <tr>\n{cells} </tr>\n"
    return out + "</table>\n"


def body_line(source: Source, line: Line) -> str:
    """One paragraph of the body."""
    if line.form in ("annex", "centre"):
        return paragraph(source, mark(line.text, bold=True), centre=True)
    text = SIGNS.get(line.form, "") + line.text
    indent = "<span style='mso-tab-count:1'>            </span>" if line.form != "heading" else ""
    return paragraph(source, mark(text, bold=line.form == "heading"), word_indent=indent)


def body(source: Source) -> str:
    """All that stands in the page."""
    out, signed = letterhead(source), False
    for is_table, group in groupby(source.lines, key=lambda line: bool(line.cells)):
        if is_table:
            out += ruled(source, list(group))
            continue
        for line in group:
            if line.form == "annex" and not signed:
                out += ending(source) + "<br clear=all style='page-break-before:always'>\n"
                signed = True
            out += body_line(source, line)
    return out if signed else out + ending(source)


def write(source: Source, path: Path) -> None:
    """Write the HTML: Word's in windows-1252 with numeric entities, the portal's in UTF-8."""
    if source.head["html"] == "word":
        page = f"{WORD_HEAD}{body(source)}</div>\n\n</body>\n\n</html>\n"
        path.write_bytes(page.encode("cp1252", "xmlcharrefreplace"))
    else:
        head = PORTAL_HEAD.format(title=escape(" ".join(source.title_lines)))
        path.write_text(f"{head}{body(source)}</div>\n</body>\n</html>\n", encoding="utf-8")

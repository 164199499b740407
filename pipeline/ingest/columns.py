"""Columns: lines of plain text that hold two columns side by side, taken apart again.

Only the letterhead and the block of recipients and signature are printed in two columns in administrative documents
(Nghị định 30/2020/NĐ-CP, Phụ lục I); a wide gap elsewhere is a table or a blank to fill in and is left alone.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile

from pipeline.pages import Grid, Line

_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_TO_FILL = re.compile(r"(?:S[ốỐ]\s*:?|ngày|tháng|năm)$")  # what follows is a blank to fill in, no second column
_HEAD = re.compile(r"CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|ĐẢNG CỘNG SẢN|ĐOÀN TNCS HỒ CHÍ MINH|Độc lập\s*-|, ngày\s")
_FOOT = re.compile(r"Nơi nhận\s*:|\b(?:TM|T/M|KT|K/T|TL|T/L|TUQ)\.?\s+\S")
_FOOT_MORE = re.compile(r"\s*[-+]\s|\s{25,}\S")  # a recipient, or the name under the signature
_ANNEX = re.compile(r"\s*(?:PHỤ LỤC|BIỂU|MẪU|DANH MỤC|DANH SÁCH)\b")
_REACH = 25  # lines: a letterhead or a recipients' block is never longer


def columns_apart(blocks: Iterable[Line | Grid]) -> list[Line | Grid]:
    """Return `blocks` with the lines between tables put through `side_by_side`."""
    out: list[Line | Grid] = []
    stretch: list[Line] = []
    for block in blocks:
        if isinstance(block, Line):
            stretch.append(block)
            continue
        out += [*side_by_side(stretch), block]
        stretch = []
    return [*out, *side_by_side(stretch)]


def side_by_side(lines: list[Line]) -> list[Line]:
    """Return `lines` with two-column stretches reordered: all of the left column, then all of the right one."""
    out: list[Line] = []
    index = 0
    while index < len(lines):
        end = _block_end(lines, index)
        if end:
            out += _apart(lines[index:end])
            index = end
        else:
            out.append(lines[index])
            index += 1
    return out


def _block_end(lines: list[Line], start: int) -> int | None:
    """Index after the last line of the block that starts here, None where none does."""
    if not _GAP.search(lines[start].text):
        return None
    head, foot = _HEAD.search(lines[start].text), _FOOT.search(lines[start].text)
    if not head and not foot:
        return None
    split = [index for index in range(start, min(start + _REACH, len(lines))) if _GAP.search(lines[index].text)]
    last = start
    for index in split:
        if index - last > 4 or lines[index].page != lines[start].page:
            break
        last = index
    if foot:
        below = takewhile(lambda i: not _ANNEX.match(lines[i].text), range(last + 1, min(last + 12, len(lines))))
        more = [i for i in below if _FOOT_MORE.match(lines[i].text)]
        while more and not any(line.text.strip() for line in lines[last + 1 : more[0]]):
            last = more.pop(0)
    return last + 1


def _apart(block: list[Line]) -> list[Line]:
    middle = min(
        (gap.end() for line in block for gap in [max(_GAP.finditer(line.text), key=lambda m: len(m[0]), default=None)] if gap),
        default=0,
    )
    lefts, rights = [], []
    for line in block:
        gaps = [gap for gap in _GAP.finditer(line.text) if not _TO_FILL.search(line.text, 0, gap.start())]
        widest = max(gaps, key=lambda gap: len(gap[0]), default=None)
        indent = len(line.text) - len(line.text.lstrip())
        if widest:
            lefts.append(replace(line, text=line.text[: widest.start()].strip()))
            rights.append(replace(line, text=line.text[widest.end() :].strip()))
        elif indent + 2 >= middle:
            rights.append(replace(line, text=line.text.strip()))
        else:
            lefts.append(replace(line, text=line.text.strip()))
    return [*lefts, *rights]

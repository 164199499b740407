"""Legacy sheets: PDF pages whose fonts put Vietnamese letters in the places of others, as letters of Unicode with their boxes."""

from dataclasses import dataclass, fields

from pipeline.ingest.legacy import Encoding, decoded_aligned, encoding_of, known_share
from pipeline.ingest.pdf_sheet import Sheet


@dataclass(slots=True)
class RestoredSheet(Sheet):
    """RestoredSheet: a sheet of fewer letters than the page has, where letter and mark are one; `sources` are the page's."""

    sources: list[int]
    encoding: Encoding

    def bold(self, index: int) -> bool:
        """Whether the letter is set in a bold font."""
        return Sheet.bold(self, self.sources[index])


def restored_sheet(sheet: Sheet) -> Sheet:
    """The sheet in Unicode; the same sheet where it is that already or no encoding makes it Vietnamese."""
    lines = sheet.text.split("\n")
    encoding = encoding_of(lines)
    if encoding is None:
        return sheet
    letters: list[str] = []
    sources: list[int] = []
    start = 0
    for line in sheet.text.splitlines(keepends=True):
        made, places = decoded_aligned(line, encoding)
        if known_share(made) < known_share(line):
            made, places = line, list(range(len(line)))
        letters.append(made)
        sources += [start + place for place in places]
        start += len(line)
    boxes = sheet.boxes[sources]
    for index, place in enumerate(sources[:-1]):
        if sources[index + 1] == place + 2 and sheet.boxes[place + 1][2] > boxes[index][2]:  # the mark's box is part of it
            boxes[index][2] = sheet.boxes[place + 1][2]
    kept = {field.name: getattr(sheet, field.name) for field in fields(Sheet) if field.name not in ("text", "boxes")}
    return RestoredSheet(text="".join(letters), boxes=boxes, sources=sources, encoding=encoding, **kept)

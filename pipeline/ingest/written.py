"""Written numbers: a document's number and day in handwriting, which recognition reads wrongly more often than rightly.

A number in the letterhead is only believed if it is read alike twice, at different sizes; else its place is left blank, as in
a form that was not filled in. A wrong number would be worse than none.
"""

from pipeline.ingest.page_image import PageImage
from pipeline.ingest.recognition import Row


def without_handwriting(page: PageImage, rows: list[Row]) -> list[Row]:
    """The lines of a first page."""
    return rows

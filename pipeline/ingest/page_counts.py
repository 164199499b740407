"""Page counts: what a PDF says of the number of its pages, where that cannot be true."""

import re
from itertools import islice

_NODE = re.compile(rb"/Type\s{0,2}/Pages\b")
_KIDS = re.compile(rb"/Kids\s{0,2}\[([^\[\]]*+)\]")
_COUNT = re.compile(rb"/Count\s{1,2}(\d{1,9})")
_REACH = 4096  # bytes of a node before its type
_LONGEST = 65_536  # bytes of a node after it
_MOST_NODES = 10_000


def too_few(data: bytes) -> list[tuple[int, int, int]]:
    """Where a node of the page tree counts fewer pages than it lists: start and end of its count, and the number that it lists.

    PDFium reads as many pages as are counted, so that the others would be lost.
    """
    found = []
    for node in islice(_NODE.finditer(data), _MOST_NODES):
        start = data.rfind(b"<<", max(0, node.start() - _REACH), node.start())
        end = data.find(b">>", node.end(), node.end() + _LONGEST)
        kids, count = _KIDS.search(data, max(start, 0), max(end, 0)), _COUNT.search(data, max(start, 0), max(end, 0))
        listed = len(re.findall(rb"\d\s+R\b", kids[1])) if kids else 0
        if count and int(count[1]) < listed:
            found.append((count.start(1), count.end(1), listed))
    return found


def counted_anew(data: bytes) -> bytes:
    """The PDF with these counts put right."""
    for start, end, listed in reversed(too_few(data)):
        data = data[:start] + str(listed).encode().rjust(end - start, b"0") + data[end:]
    return data

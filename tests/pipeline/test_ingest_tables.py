"""Invented tables: one of each layout, in each format, read as they are printed."""

import pytest

from benchmarks.tables import WRITERS, Sample, compared, found_in, is_whole, samples
from pipeline.ingest import read_bytes

SAMPLES = list(samples(range(1, 2)))


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("sample", SAMPLES, ids=[f"{'ruled' if one.ruled else 'unruled'}, {one.name}" for one in SAMPLES])
def test_rows_and_cells(sample: Sample, suffix: str) -> None:
    pages = read_bytes(WRITERS[suffix](sample), f"table.{suffix}")
    rows, cells = compared(sample.truth, found_in(pages)).shares
    assert (rows, cells) >= ((0.98, 0.98) if sample.ruled else (0.9, 0.9))
    assert is_whole(pages)


def test_wrong_cells_are_counted() -> None:
    truth = [["TT", "Nội dung"], ["1", "Trồng cây"], ["2", "Tổng kết"]]
    assert compared(truth, truth).shares == (1.0, 1.0)
    assert compared(truth, [["TT", "Nội dung"], ["1", "Trồng cây 2"], ["", "Tổng kết"]]).shares == (1 / 3, 4 / 6)
    assert compared(truth, truth[:1]).shares == (1 / 3, 2 / 6)
    assert compared(truth, []).shares == (0.0, 0.0)

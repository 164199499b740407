"""Sheets: rows written as they come, to CSV for spreadsheets and to Parquet for everything else."""

from codecs import BOM_UTF8
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.tables import Row, csv_of, header_of

ROW_GROUP = 10_000
"""Rows that are held in memory before Parquet writes them; the same on every machine, so that the bytes are."""

BATCH = 500
"""Rows that are held as they come; packed into columns they take a tenth of the memory."""

_TYPES = {"string": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}


class CsvFile:
    """CsvFile: UTF-8 with a byte order mark, as spreadsheets want it; RFC 4180 quoting."""

    def __init__(self, folder: Path, table: str) -> None:
        """Open `<table>.csv` and write its header."""
        self._file = (folder / f"{table}.csv").open("wb")
        self._file.write(BOM_UTF8 + csv_of([[column.name for column in header_of(table)]]))

    def write(self, rows: bytes) -> None:
        """Append rows that `csv_of` made."""
        self._file.write(rows)

    def close(self) -> None:
        """Write what is left."""
        self._file.close()


class ParquetFile:
    """ParquetFile: typed columns, in row groups of a fixed size."""

    def __init__(self, folder: Path, table: str) -> None:
        """Open `<table>.parquet`."""
        self._schema = pa.schema([(column.name, _TYPES[column.type]) for column in header_of(table)])
        self._writer = pq.ParquetWriter(folder / f"{table}.parquet", self._schema, compression="zstd")
        self._rows: list[Row] = []
        self._packed: list[pa.RecordBatch] = []

    def write(self, rows: Sequence[Row]) -> None:
        """Append rows."""
        self._rows.extend(rows)
        while len(self._rows) >= min(BATCH, ROW_GROUP):
            self._pack(min(BATCH, ROW_GROUP))

    def close(self) -> None:
        """Write what is left, once."""
        if self._writer.is_open:
            self._pack(len(self._rows))
            self._flush()
            self._writer.close()

    def _pack(self, count: int) -> None:
        columns = zip(*self._rows[:count], strict=True) if count else [()] * len(self._schema)
        arrays = [pa.array(cells, field.type) for cells, field in zip(columns, self._schema, strict=True)]
        self._packed.append(pa.record_batch(arrays, schema=self._schema))
        del self._rows[:count]
        if sum(batch.num_rows for batch in self._packed) >= ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        self._writer.write_table(pa.Table.from_batches(self._packed, self._schema))
        self._packed.clear()

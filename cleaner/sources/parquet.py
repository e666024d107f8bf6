"""Parquet: a record a row, one of its columns a page; read in batches of a few MiB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.extras import load_extra
from cleaner.sources import SourceError
from cleaner.sources.fields import choose, item_of, missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.sources import Item
    from cleaner.sources.fields import Fields
    from cleaner.sources.given import Given

MAGIC = b"PAR1"

_BATCH = 4 * 2**20
_MOST_ROWS = 256


def tells(given: Given) -> bool:
    """Return whether a file is Parquet by its first bytes, and the zeros its numbers begin with."""
    return given.head.startswith(MAGIC) and (given.ending == ".parquet" or b"\0" in given.head)


def items(given: Given) -> Iterator[Item]:
    """Yield the page of each row; a group of rows that is damaged fails, and the next is read."""
    need = "Parquet needs the extra `parquet`"
    parquet = load_extra("pyarrow.parquet", "parquet", need, SourceError)
    file = parquet.ParquetFile(
        given.seekable(), buffer_size=2**20, pre_buffer=False, page_checksum_verification=True
    )
    names = file.schema_arrow.names
    fields = choose(names, given.options)
    error = missing(fields, names)
    if error:
        yield given.without_pages(error)
        return
    number = 0
    for group in range(file.metadata.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        try:
            for at, record in enumerate(_records(file, group, fields), number + 1):
                yield item_of(given, fields, record, at)
        except Exception as wrong:
            yield given.failed(wrong, f"rows-{number + 1}-{number + rows}")
        number += rows


def _records(file: Any, group: int, fields: Fields) -> Iterator[dict[str, Any]]:
    """Yield the rows of a group, as many at once as take a few MiB."""
    told = file.metadata.row_group(group)
    size = told.total_byte_size // max(told.num_rows, 1)
    rows = min(max(_BATCH // max(size, 1), 1), _MOST_ROWS)
    for batch in file.iter_batches(
        rows, row_groups=[group], columns=fields.names(), use_threads=False
    ):
        yield from batch.to_pylist()

"""Parquet: one page a row, in row groups of bounded size. The draft is JSON Lines."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from cleaner.extras import load_extra
from cleaner.sinks import SinkError
from cleaner.sinks.jsonl import encode, line
from cleaner.sinks.onefile import Format, OneFile
from cleaner.sinks.rows import ALWAYS, SHARES, columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

    from cleaner.sinks import Sink

_GROUP_BYTES = 16 * 2**20
_GROUP_ROWS = 10_000
_REPEATING = ["site_name", "language", "page_type"]
"""Columns of few different values, stored as numbers into a dictionary."""


def make(target: Path, forms: Sequence[str], *, resume: str | None) -> Sink:
    """Return a sink that writes Parquet, compressed by zstd."""
    load_extra("pyarrow.parquet", "parquet", "this needs an extra", SinkError)
    form = Format(
        partial(encode, forms=tuple(forms)),
        convert=partial(_convert, names=columns(forms), forms=tuple(forms)),
        restore=_restore,
    )
    return OneFile(target, form, resume=resume)


def _schema(names: Sequence[str], forms: Sequence[str]) -> pa.Schema:
    import pyarrow as pa

    types = dict.fromkeys(SHARES, pa.float64()) | {"warnings": pa.list_(pa.string())}
    always = ALWAYS.union(forms)
    return pa.schema(
        [pa.field(name, types.get(name, pa.string()), name not in always) for name in names]
    )


def _convert(draft: Path, made: Path, *, names: Sequence[str], forms: Sequence[str]) -> None:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    schema = _schema(names, forms)
    with ParquetWriter(
        made,
        schema,
        compression="zstd",
        use_dictionary=_REPEATING,
        write_statistics=[name for name in names if name not in forms],
    ) as writer:
        for group in _groups(draft):
            table = pa.Table.from_pylist(group, schema=schema)
            writer.write_table(table, row_group_size=len(group))


def _groups(draft: Path) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    size = 0
    with draft.open("rb") as lines:
        for text in lines:
            if group and (size + len(text) > _GROUP_BYTES or len(group) == _GROUP_ROWS):
                yield group
                group, size = [], 0
            group.append(json.loads(text))
            size += len(text)
    if group:
        yield group


def _restore(target: Path) -> Iterator[bytes]:
    from pyarrow.parquet import ParquetFile

    with ParquetFile(target) as file:
        for batch in file.iter_batches(1000):
            yield from map(line, batch.to_pylist())

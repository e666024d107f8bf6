"""CSV as in RFC 4180: a header, then one page a record."""

from __future__ import annotations

import csv
import io
from functools import partial
from typing import TYPE_CHECKING, Any

from cleaner.sinks.onefile import Format, OneFile, packer_for
from cleaner.sinks.rows import columns, row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from cleaner.sinks import Record, Sink


def make(target: Path, forms: Sequence[str], *, resume: str | None) -> Sink:
    """Return a sink that writes CSV, compressed if the name ends in `.gz` or `.zst`."""
    form = Format(
        partial(encode, forms=tuple(forms)), head=_record(columns(forms)), packer=packer_for(target)
    )
    return OneFile(target, form, resume=resume)


def encode(record: Record, forms: Sequence[str]) -> bytes:
    """Return a page as a record of CSV: warnings one a line, nothing for what is not known."""
    values = row(record, forms)
    values["warnings"] = "\n".join(values["warnings"])
    return _record(values.values())


def _record(values: Iterable[Any]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(values)
    return buffer.getvalue().encode()

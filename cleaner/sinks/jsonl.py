"""JSON Lines: one page a line, as an object with its keys in a fixed order."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from cleaner.sinks.onefile import Format, OneFile, packer_for
from cleaner.sinks.rows import columns, row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cleaner.sinks import Record, Sink

# JSON may hold these as they are, but many readers take them for the end of a line.
_LINE_ENDS = (("\x85", "\\u0085"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))


def make(target: Path, forms: Sequence[str], *, resume: str | None) -> Sink:
    """Return a sink that writes JSON Lines, compressed if the name ends in `.gz` or `.zst`."""
    columns(forms)
    form = Format(partial(encode, forms=tuple(forms)), packer=packer_for(target))
    return OneFile(target, form, resume=resume)


def encode(record: Record, forms: Sequence[str]) -> bytes:
    """Return a page as a line."""
    return line(row(record, forms))


def line(values: Mapping[str, Any]) -> bytes:
    r"""Return an object as a line of UTF-8.

    >>> line({"name": "a", "text": "ø\n\u2028"}).decode()
    '{"name":"a","text":"ø\\n\\u2028"}\n'
    """
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    for found, escaped in _LINE_ENDS:
        text = text.replace(found, escaped)
    return text.encode() + b"\n"

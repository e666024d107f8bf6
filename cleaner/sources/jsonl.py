"""JSON Lines: a record a line, one of its fields a page."""

from __future__ import annotations

import json
import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, BinaryIO

from cleaner.binary import binary_kind
from cleaner.sources import SourceError
from cleaner.sources.codecs import STEP
from cleaner.sources.fields import choose, item_of, no_field, value_of
from cleaner.sources.page import is_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.sources import Item
    from cleaner.sources.given import Given

ENDINGS = (".jsonl", ".ndjson", ".jl")
JSON = ".json"
"""Files of JSON, whether in lines or not, are no pages themselves."""

_BOM = b"\xef\xbb\xbf"
_BEGINS = re.compile(rb'\s*\{[ \t]*"(?:[^"\\\n]|\\.){0,200}"[ \t]*:')
_PATIENCE = 100  # records without a page until the file is given up


def tells(given: Given) -> bool:
    """Return whether a file is JSON Lines: its first line is an object, or seen in part only."""
    head = given.head.removeprefix(_BOM)
    if not _BEGINS.match(head):
        if given.ending == JSON:
            return head.lstrip()[:1] in (b"{", b"[")
        return given.ending in ENDINGS and not is_document(head) and not binary_kind(head)
    line, end, _ = head.lstrip().partition(b"\n")
    return given.ending in (*ENDINGS, JSON) or not end or _parsed(line) is not None


def items(given: Given) -> Iterator[Item]:
    """Yield the page of each record; lines that are no object of JSON are skipped, and told."""
    found = lru_cache(64)(partial(choose, options=given.options))
    waiting: list[Item] | None = []  # until a record with a page has come
    keys: dict[str, None] = {}
    for number, line in enumerate(_lines(given.stream(), 2 * given.options.largest), 1):
        if line is not None and not line.strip():
            continue
        record = _parsed(line) if line is not None else None
        has_page = False
        if record is None:
            wrong = "no JSON object" if line is not None else "too long"
            item = given.no_record(number, f"damaged record: the line is {wrong}")
        elif (fields := found(tuple(record))).pages:
            has_page = any(value_of(record, name) is not None for name, _ in fields.pages)
            item = item_of(given, fields, record, number)
        else:
            item = given.no_record(number, "no field that holds a page")
        keys.update(dict.fromkeys(record or ()))
        if waiting is None:
            yield item
        elif has_page:
            yield from (*waiting, item)
            waiting = None
        else:
            waiting.append(item)
            if len(waiting) == _PATIENCE:
                break
    if waiting:
        none = SourceError("no line of it is an object of JSON, as in JSON Lines")
        yield given.without_pages(no_field(keys) if keys else none)


def _parsed(line: bytes) -> dict[str, Any] | None:
    """Return the object of JSON that a line is, if it is one."""
    try:
        found = json.loads(line.removeprefix(_BOM).decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _lines(stream: BinaryIO, longest: int) -> Iterator[bytes | None]:
    """Yield the lines of a stream; None in place of one that is too long to be held."""
    while line := stream.readline(longest + 1):
        if len(line) <= longest:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(STEP)
        yield None

"""CSV: a record a row, one of its columns a page. The first row names the columns.

Rows are read byte for byte (as latin-1), so that each page is decoded by itself, like any other.
"""

from __future__ import annotations

import csv
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from cleaner.binary import binary_kind
from cleaner.sources import SourceError
from cleaner.sources.fields import EITHER, HTML, ID, TEXT, URL, choose, item_of, missing
from cleaner.sources.given import in_words
from cleaner.sources.page import is_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.sources import Item, SourceOptions
    from cleaner.sources.given import Given

ENDINGS = (".csv", ".tsv")

_BOM = "\xef\xbb\xbf"
_DELIMITERS = ",;\t|"
_COLUMN = re.compile(r"[\w .:-]{1,40}")
_LARGEST_CELL = 16 * 2**20


def tells(given: Given) -> bool:
    """Return whether a file is CSV by the names in its first row, or by its ending."""
    if is_document(given.head) or binary_kind(given.head):
        return False
    line, end, _ = given.head.decode("latin-1").partition("\n")
    if given.ending in ENDINGS:
        return True
    return bool(end) and _is_header(_row(line, _delimiter(line)), given.options)


def _is_header(row: list[str], options: SourceOptions) -> bool:
    """Return whether a row names a column of pages, and one that says which page each is."""
    if len(row) < 2 or not all(map(_COLUMN.fullmatch, row)):
        return False
    names = {name.strip().lower() for name in row}
    if {options.html_field, options.text_field} & set(row):
        return True
    return bool(names & {*HTML, *TEXT, *EITHER}) and bool(names & {*URL, *ID})


def items(given: Given) -> Iterator[Item]:
    """Yield the page of each row; rows with more cells than there are columns are skipped."""
    limit = min(given.options.largest, _LARGEST_CELL)
    rows = _Rows(given.stream(), limit, _delimiter(given.head.decode("latin-1")))
    columns = next(rows, [])
    if not columns:
        return
    columns[0] = columns[0].removeprefix(_BOM)
    columns = [column.strip().strip('"') for column in columns]
    fields = choose(columns, given.options)
    error = missing(fields, columns)
    if error:
        yield given.without_pages(error)
        return
    wanted = {columns.index(name): name for name in fields.names()}
    for number, row in enumerate(rows, 1):
        if not row:
            continue
        if len(row) > len(columns):
            wrong = f"{len(row)} cells in {len(columns)} columns"
            yield given.no_record(number, f"damaged record: {wrong}")
            continue
        record = {name: row[at].encode("latin-1") for at, name in wanted.items() if at < len(row)}
        yield item_of(given, fields, record, number)


class _Rows:
    """The rows of a stream. Raises `SourceError` at one that is too large to be held."""

    def __init__(self, stream: BinaryIO, largest: int, delimiter: str) -> None:
        self._stream = stream
        self._largest = largest
        self._left = 0
        self._reader = csv.reader(self._lines(), delimiter=delimiter)

    def __iter__(self) -> _Rows:
        return self

    def __next__(self) -> list[str]:
        self._left = 4 * self._largest
        with _cells_of(self._largest):
            try:
                return next(self._reader)
            except csv.Error as error:
                if "field limit" in str(error):
                    raise self._too_large() from None
                return []

    def _lines(self) -> Iterator[str]:
        while line := self._stream.readline(self._left + 1):
            self._left -= len(line)
            if self._left < 0:
                raise self._too_large()
            yield line.decode("latin-1")

    def _too_large(self) -> SourceError:
        return SourceError(f"a cell of more than {in_words(self._largest)}: not read on")


@contextmanager
def _cells_of(size: int) -> Iterator[None]:
    """Let cells be so large while this is open: the limit of `csv` is one for all readers."""
    before = csv.field_size_limit(size)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _delimiter(head: str) -> str:
    """Return the delimiter that gives the first row the most cells."""
    line = head.partition("\n")[0]
    return max(_DELIMITERS, key=lambda delimiter: len(_row(line, delimiter)))


def _row(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line.removeprefix(_BOM).rstrip("\r")], delimiter=delimiter), [])
    except csv.Error:
        return []

"""The pages of a file as rows, wherever the file is: what engines begin with."""

from __future__ import annotations

from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from cleaner.document import CleanerError
from cleaner.integrations.row import as_unicode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

    from cleaner.sources import Item

BATCH = 128
"""Pages in a batch: about 13 MB of HTML, a few seconds of work."""


def pages_of(path: str) -> Iterator[dict[str, Any]]:
    """Yield a row for each page in a file: WARC, WACZ, Parquet, JSON Lines, an archive, a page.

    A row has `name`, `url`, `charset`, `html` (bytes) and `trouble`, which says why a page that
    could not be read has no `html`. What is no page, a redirect or an image, is passed over, and
    so is plain text.

    Args:
        path: a path of this machine, or an address that fsspec opens, such as
            "s3://bucket/crawl.warc.gz"; the file is read as it is used, and not copied.
    """
    if "://" not in path:
        from cleaner.sources import open_items

        yield from _rows(open_items([path]))
        return
    import fsspec

    from cleaner.sources import SourceOptions
    from cleaner.sources.given import open_stream

    name = path.rpartition("/")[2]
    with closing(fsspec.open(path, "rb").open()) as stream:
        opened = cast("BinaryIO", stream)
        yield from _rows(open_stream(opened, name, path, SourceOptions()))


def page_batches(paths: Iterable[str], rows: int = BATCH) -> Iterator[pa.RecordBatch]:
    """Yield the pages of files as Arrow batches of `page_schema()`, `rows` pages in each."""
    import pyarrow as pa

    for path in paths:
        pages = pages_of(path)
        while some := list(islice(pages, rows)):
            yield pa.RecordBatch.from_pylist(some, schema=page_schema())


def page_schema() -> pa.Schema:
    """Return the schema of `page_batches`."""
    import pyarrow as pa

    texts = [pa.field(name, pa.string()) for name in ("name", "url", "charset")]
    return pa.schema([*texts, pa.field("html", pa.binary()), pa.field("trouble", pa.string())])


def _rows(items: Iterable[Item]) -> Iterator[dict[str, Any]]:
    for item in items:
        if item.skip is None:
            yield from _row(item)


def _row(item: Item) -> Iterator[dict[str, Any]]:
    """Yield the row of one page, or nothing if it is plain text."""
    row = {**dict.fromkeys(page_schema().names), "name": as_unicode(item.name)}
    try:
        page = item.load()
    except (OSError, CleanerError) as error:
        yield {**row, "trouble": as_unicode(f"{item.label}: {error}")}
        return
    if page.media == "html":
        data, charset = page.data, page.charset
        if isinstance(data, str):
            data, charset = data.encode("utf-8", "replace"), "utf-8"
        yield {**row, "url": as_unicode(page.url), "charset": charset, "html": data}

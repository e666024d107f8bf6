"""Sources: where pages come from. One kind a module, one shape, one table.

`open_items` gives the pages that arguments name, one after the other: files, folders, globs,
lists, addresses, standard input, and what stands in archives and tables. A kind of source is a
module (or any object) with `tells(given)` and `items(given)`, see `Source`. A third party adds one
by an entry point of the group `cleaner.sources`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, cast

from cleaner.document import CleanerError
from cleaner.extras import added

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from cleaner.document import Page
    from cleaner.sources.given import Given

__all__ = ["SOURCES", "Item", "Source", "SourceError", "SourceOptions", "open_items", "sources"]

SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "warc": "cleaner.sources.warc",
        "wacz": "cleaner.sources.wacz",
        "zip": "cleaner.sources.zips",
        "parquet": "cleaner.sources.parquet",
        "tar": "cleaner.sources.tars",
        "mhtml": "cleaner.sources.mhtml",
        "jsonl": "cleaner.sources.jsonl",
        "csv": "cleaner.sources.csv",
        "page": "cleaner.sources.page",
    }
)
"""The name of each kind that comes with the package → its module, in the order they are asked."""

GROUP = "cleaner.sources"


class SourceError(CleanerError):
    """Something that cannot be read as what it is: damaged, too large, or without a field."""


@dataclass(frozen=True, slots=True)
class Item:
    """A page to come, or the reason why something is none.

    Attributes:
        name: its place in a tree of outputs: the parts of a relative path, joined by "/". No two
            items of a run share one, and each has the same one on every run.
        label: what messages call it: the path or address as given, "pages.zip: a/b.html".
        load: reads the page; raises `OSError` or `CleanerError` if that fails. Can be pickled.
            That of a file reads it when called; that of a page in an archive has its bytes.
        path: the file it stands in, if it stands in one.
        skip: why this is no page; `load` is not to be called then.
        size: its bytes before it is decoded, where known; else 0.
        captured: when it was fetched, as `YYYY-MM-DDThh:mm:ssZ`, where the source tells.

    """

    name: str
    label: str
    load: Callable[[], Page]
    path: Path | None = None
    skip: str | None = None
    size: int = 0
    captured: str | None = None


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """How sources are read.

    Attributes:
        html_field: the field of JSON Lines, CSV and Parquet that holds the page as HTML.
        text_field: the field that holds it as plain text.
        url_field: the field that holds its address.
        id_field: the field that names it.
        largest: the bytes that one page in an archive or a compressed file may have, unpacked.
        render: whether addresses are opened in a browser, for pages that scripts make.

    A field that is not named is looked for, see `cleaner.sources.fields`.
    """

    html_field: str | None = None
    text_field: str | None = None
    url_field: str | None = None
    id_field: str | None = None
    largest: int = 64 * 2**20
    render: bool = False


class Source(Protocol):
    """What a module must have to be a kind of source."""

    def tells(self, given: Given) -> bool:
        """Return whether `given` is of this kind: by its head, by its name only if that is mute."""

    def items(self, given: Given) -> Iterator[Item]:
        """Yield what is in it. What is raised becomes an item that fails, and ends it."""


def open_items(
    arguments: Iterable[str],
    options: SourceOptions | None = None,
    *,
    leave_out: str | None = None,
) -> Iterator[Item]:
    """Yield the pages that arguments name, in order, each file once.

    Everything is read as it is asked for, and memory does not grow with what there is to read.
    What is missing, damaged or too large becomes an item that fails when it is loaded, and what
    is no page one that says so, so that nothing is lost in silence.

    Args:
        arguments: files, folders, globs, `http` and `https` addresses, `@FILE` for a file that
            lists files, `@-` for such a list on standard input, `-` for standard input itself.
        options: how they are read.
        leave_out: a file or folder that is passed over in folders: where results go.

    >>> [item.skip for item in open_items([__file__])]
    [None]
    """
    from cleaner.sources.arguments import items

    return items(arguments, options or SourceOptions(), leave_out)


@cache
def sources() -> tuple[Source, ...]:
    """Return all kinds, those of third parties first: they may know better what is theirs."""
    others = [cast("Source", entry.load()) for entry in added(GROUP)]
    return (*others, *(cast("Source", import_module(module)) for module in SOURCES.values()))

"""sinks: where documents go. One kind a module, one table.

A kind of sink is a module with `make(target, forms, *, resume)`, which returns a `Sink`. A third
party adds one by an entry point of the group `cleaner.sinks`; its name is the ending of the files
without the first dot: `xlsx`, `feather.lz4`.
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
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["SINKS", "Kind", "Record", "Sink", "SinkError", "endings", "kind_of", "open_sink"]

SINKS: Mapping[str, str] = MappingProxyType(
    {
        ".jsonl": "cleaner.sinks.jsonl",
        ".jsonl.gz": "cleaner.sinks.jsonl",
        ".jsonl.zst": "cleaner.sinks.jsonl",
        ".ndjson": "cleaner.sinks.jsonl",
        ".ndjson.gz": "cleaner.sinks.jsonl",
        ".ndjson.zst": "cleaner.sinks.jsonl",
        ".csv": "cleaner.sinks.csv",
        ".csv.gz": "cleaner.sinks.csv",
        ".csv.zst": "cleaner.sinks.csv",
        ".parquet": "cleaner.sinks.parquet",
        ".warc": "cleaner.sinks.warc",
        ".warc.gz": "cleaner.sinks.warc",
        ".sqlite": "cleaner.sinks.sqlite",
        ".sqlite3": "cleaner.sinks.sqlite",
        ".db": "cleaner.sinks.sqlite",
    }
)
"""The ending of each kind of file that comes with the package → the module that writes it."""

GROUP = "cleaner.sinks"
FOLDER = "cleaner.sinks.folder"


class SinkError(CleanerError):
    """A sink that cannot be opened as asked, or whose draft is no longer what it was."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is written of one page.

    Attributes:
        name: the place of the page in a tree of outputs, its parts joined by "/".
        label: what messages call the page; not written.
        url: its address.
        forms: the name of each form → the page in that form; at least one.
        title: and the fields that follow: what the page says about itself, see `Metadata`.
        page_type: one of `cleaner.document.PAGE_TYPES`.
        confidence: the expected word F1 of the kept text, 0 to 1.
        kept_share: the share of the words of the page that was kept, 0 to 1.
        warnings: what went wrong on the way, a sentence each.
        duplicate_of: the name of the earlier page that this one repeats.
        captured: when the page was fetched, as `YYYY-MM-DDThh:mm:ssZ`, if its source tells.

    """

    name: str
    label: str
    url: str | None
    forms: Mapping[str, str]
    title: str | None = None
    author: str | None = None
    date: str | None = None
    site_name: str | None = None
    description: str | None = None
    language: str | None = None
    page_type: str | None = None
    confidence: float = 1.0
    kept_share: float = 1.0
    warnings: tuple[str, ...] = ()
    duplicate_of: str | None = None
    captured: str | None = None


class Sink(Protocol):
    """Takes records one by one and writes them to one place.

    What it writes depends on the records and on where the checkpoints come among them, on nothing
    else. After an `OSError` the only thing left to do is `abandon`, unless the sink says otherwise.
    """

    def write(self, record: Record) -> tuple[Path, ...]:
        """Write a page, and return the files it went to; raises `OSError` if that fails."""

    def checkpoint(self) -> str:
        """Put all that was written safely on disk; return the token that `open_sink` resumes by.

        Raises `OSError`; then the token before still holds.
        """

    def close(self) -> None:
        """Finish: the whole result stands under its final name. Raises `OSError` if it cannot."""

    def abandon(self) -> None:
        """Stop. What a resume needs is kept: nothing, if there never was a checkpoint."""


class Kind(Protocol):
    """What a module must have to be a kind of sink."""

    def make(self, target: Path, forms: Sequence[str], *, resume: str | None) -> Sink:
        """Return a sink that writes `forms` to `target`; raises `OSError` or `SinkError`."""


def endings() -> list[str]:
    """Return the endings of all files that take many pages, those of third parties last.

    >>> endings()[:2]
    ['.jsonl', '.jsonl.gz']
    """
    return [*SINKS, *(f".{name}" for name in added(GROUP).names)]


def kind_of(target: Path) -> str | None:
    """Return the ending by which `target` is one file for many pages; None for a folder.

    >>> from pathlib import Path
    >>> kind_of(Path("out/News.JSONL.gz")), kind_of(Path("out")), kind_of(Path("page.md"))
    ('.jsonl.gz', None, None)
    """
    name = target.name.lower()
    fitting = [ending for ending in endings() if name.endswith(ending)]
    return max(fitting, key=len) if fitting and not target.is_dir() else None


def open_sink(target: Path, forms: Sequence[str], *, resume: str | None = None) -> Sink:
    """Return the sink that writes pages to `target`: one file by its ending, else a folder.

    Folders that are missing are made, and nothing that stood at `target` is touched before
    `close`; files in a folder are replaced one by one.

    Args:
        target: the file or folder.
        forms: the forms of each page that are written, see `cleaner.export.formats()`.
        resume: the token of a checkpoint. All that was written after it is cut off, and the
            records after it are to be written again.

    Raises:
        OSError: nothing can be written there.
        SinkError: a package that this kind needs is missing, a form has the name of a column, or
            what the checkpoint left is gone or changed.

    """
    if not forms:
        raise SinkError("no form to write")
    return _kind(kind_of(target)).make(target, forms, resume=resume)


@cache
def _kind(ending: str | None) -> Kind:
    if ending is None:
        return cast("Kind", import_module(FOLDER))
    if ending in SINKS:
        return cast("Kind", import_module(SINKS[ending]))
    (entry, *_) = added(GROUP).select(name=ending[1:])
    return cast("Kind", entry.load())

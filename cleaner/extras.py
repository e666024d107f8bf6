"""extras: packages that come with an extra, or from third parties, loaded where they are needed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cleaner.document import CleanerError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints


def load_extra(module: str, extra: str, need: str, error: type[CleanerError] = CleanerError) -> Any:
    """Return a module; where it is missing, an error says what needs it, and how to get it.

    >>> load_extra("no_such_module", "warc", "WARC needs the extra `warc`")
    Traceback (most recent call last):
    cleaner.document.CleanerError: WARC needs the extra `warc`: pip install 'page-cleaner[warc]'
    """
    try:
        return import_module(module)
    except ImportError:
        raise error(f"{need}: pip install 'page-cleaner[{extra}]'") from None


def added(group: str) -> EntryPoints:
    """Return the entry points of a group, by which other packages add to a table of this one.

    >>> list(added("cleaner.no_such_table"))
    []
    """
    from importlib.metadata import entry_points  # takes longer to load than a page to clean

    return entry_points(group=group)

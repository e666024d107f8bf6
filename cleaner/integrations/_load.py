"""Pages for the loaders: from an address, path or response to its text and metadata."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.document import CleanerError
from cleaner.inputs import as_page
from cleaner.integrations.row import clean_row
from cleaner.sources.addresses import is_address
from cleaner.sources.page import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.document import Page
    from cleaner.pipeline import Cleaner


def load(source: object) -> tuple[str | None, Page]:
    """Return the name of a source, and the page.

    Args:
        source: an address, a path, a `Page`, a response, or anything else that `clean` takes.

    Raises:
        OSError: there is no such file.
        CleanerError: there is no such page, or it is too large for one.
        TypeError: the source is none of these.
    """
    if isinstance(source, str) and is_address(source):
        from cleaner.scrape.fetch import fetch

        return source, fetch(source)
    if isinstance(source, (str, os.PathLike)):
        path = str(Path(source))
        return path, read(path)
    page = as_page(source)
    return page.url, page


def described(source: object, cleaner: Cleaner, form: str) -> tuple[str, dict[str, Any]]:
    """Return the clean text of a source, and what is known of it, flat and without blanks.

    Raises:
        OSError, CleanerError, TypeError: as `load` does.
        ValueError: the page could not be cleaned.
    """
    name, page = load(source)
    row = clean_row(page, cleaner, (form,))
    if row["error"]:
        raise ValueError(row["error"])
    text = row.pop(form)
    known = {"source": page.url or name, **row, "warnings": "; ".join(row["warnings"])}
    return text, {key: value for key, value in known.items() if value not in (None, "")}


def describe_all(
    sources: Iterable[object], cleaner: Cleaner, form: str, *, skip_errors: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what `described` gives of each source, passing over those that fail if asked to."""
    for source in sources:
        try:
            found = described(source, cleaner, form)
        except (OSError, CleanerError, TypeError, ValueError):
            if not skip_errors:
                raise
        else:
            yield found

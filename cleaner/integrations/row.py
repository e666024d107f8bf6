"""One page as one row of plain values, the same whichever engine asks for it."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cleaner.pipeline import Cleaner

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.document import Document, Page

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "title": "string",
        "author": "string",
        "date": "string",
        "language": "string",
        "page_type": "string",
        "confidence": "double",
        "kept_share": "double",
        "warnings": "strings",
        "error": "string",
    }
)
"""The columns of every row after those of its forms → the type of each.

`date` is an ISO 8601 day, `language` a BCP 47 tag, `confidence` the expected F1 from 0 to 1,
`kept_share` the share of the page's words that was kept (null where a page has no words),
`error` why there is no text. Everything but `error` and the lists is null where not known.
"""


def clean_row(
    page: Page, cleaner: Cleaner | None = None, forms: Sequence[str] = ("text",)
) -> dict[str, Any]:
    """Return the texts of a page, what is known of it, or the error that it ran into.

    Args:
        page: one page.
        cleaner: the pipeline to use; one with the default settings if None.
        forms: the renderings, names of `cleaner.export.formats()`; each is a column.

    >>> from cleaner import Page
    >>> row = clean_row(Page("<title>Tides</title><p>The sea rises twice a day.</p>"))
    >>> row["text"], row["title"], row["error"]
    ('The sea rises twice a day.\\n', 'Tides', None)
    """
    try:
        document = (cleaner or default()).clean(page)
        texts = {form: as_unicode(document.render(form)) for form in forms}
        return {**texts, **_known(document)}
    except Exception as error:  # one page that fails must not take its batch with it
        return failed(f"{type(error).__name__}: {error}", forms)


def failed(error: str, forms: Sequence[str]) -> dict[str, Any]:
    """Return the row of a page that could not be cleaned."""
    nothing = dict.fromkeys((*forms, *COLUMNS))
    return {**nothing, "warnings": [], "error": as_unicode(error)}


@cache
def default() -> Cleaner:
    """The pipeline with the default settings, one a process."""
    return Cleaner()


def _known(document: Document) -> dict[str, Any]:
    metadata = document.metadata
    return {
        "title": as_unicode(metadata.title),
        "author": as_unicode(metadata.author),
        "date": as_unicode(metadata.date),
        "language": as_unicode(metadata.language),
        "page_type": document.page_type,
        "confidence": document.confidence,
        "kept_share": kept_share(document),
        "warnings": [as_unicode(warning) for warning in document.warnings],
        "error": None,
    }


def kept_share(document: Document) -> float | None:
    """Return the share of a page's words that was kept, 0 to 1; None if it has none."""
    words = document.layout.words
    total = sum(words)
    kept = sum(count for count, keep in zip(words, document.kept, strict=True) if keep)
    return kept / total if total else None


def as_unicode(text: str | None) -> str | None:
    """Return a text that can be stored as UTF-8: a page's data may hold half a surrogate pair."""
    if text is None or text.isascii():
        return text
    return text.encode("utf-8", "replace").decode("utf-8")

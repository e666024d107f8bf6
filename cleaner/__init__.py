"""Turn scraped web pages, and text scraped from them, into the text that a reader came for.

>>> import cleaner
>>> cleaner.clean_text("Første avsnitt er her.\\n\\nannonse\\n\\nOg her er det andre.").text
'Første avsnitt er her.\\n\\nOg her er det andre.'
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cleaner.document import PAGE_TYPES, Block, CleanerError, Document, Metadata, Page, Verdict
from cleaner.pipeline import Cleaner, Favor, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__version__ = "0.1.0"
__all__ = [
    "PAGE_TYPES",
    "Block",
    "Cleaner",
    "CleanerError",
    "Document",
    "Metadata",
    "Page",
    "Verdict",
    "clean",
    "clean_many",
    "clean_text",
]


@cache
def _cleaner(favor: Favor = "balance", level: Level = "markers") -> Cleaner:
    return Cleaner(favor=favor, level=level)


def clean(source: object, url: str | None = None, favor: Favor = "balance") -> Document:
    """Return the document of one page; see `Cleaner.clean` for what `source` may be.

    Args:
        source: the page: bytes, str, an lxml element, a BeautifulSoup object, a response.
        url: its address: makes links absolute and helps to find metadata.
        favor: "balance", "precision" (keep less that is doubtful) or "recall" (keep more).

    Raises:
        TypeError: `source` is none of these.
        ValueError: `favor` is none of the three.
    """
    return _cleaner(favor).clean(source, url)


def clean_text(text: str | bytes, level: Level = "markers") -> Document:
    """Return the document of a plain text, its lines as blocks.

    Args:
        text: the text, as scraped.
        level: "markers" drops marker lines and keeps the rest to the letter; "boilerplate"
            drops menus, footers and other noise lines too.

    Raises:
        TypeError: `text` is neither str nor bytes.
        ValueError: `level` is neither of the two.
    """
    return _cleaner(level=level).clean_text(text)


def clean_many(
    pages: Iterable[object],
    workers: int | None = None,
    cleaner: Cleaner | None = None,
    *,
    timeout: float | None = None,
    memory: int | None = None,
) -> Iterator[Document]:
    """Yield the documents of many pages on all cores, in the order of the pages, lazily.

    Args:
        pages: what `clean` takes.
        workers: processes to use; by default, one a core.
        cleaner: the pipeline to use.
        timeout: seconds that a page may take; see `cleaner.batch.clean_many`.
        memory: bytes of memory that a page may take.
    """
    from cleaner import batch

    return batch.clean_many(pages, workers=workers, cleaner=cleaner, timeout=timeout, memory=memory)

"""Clean pages as documents of LlamaIndex.

reader = CleanerReader(form="markdown")
documents = reader.load_data(["https://example.org/story", "saved/page.html"])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import Document

from cleaner.integrations._load import describe_all
from cleaner.pipeline import Cleaner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from cleaner.pipeline import Favor


class CleanerReader(BaseReader):
    """Reads pages, each as one document of clean text.

    The metadata are `source`, and of `title`, `author`, `date`, `language`, `page_type`,
    `confidence`, `kept_share` and `warnings` what is known. It may also stand in the
    `file_extractor` of a `SimpleDirectoryReader`, under ".html".

    Args:
        form: "text", "markdown", or another of `cleaner.export.formats()`.
        favor: "balance", "precision" (keep less that is doubtful) or "recall" (keep more).
        cleaner: the pipeline to use, in place of one made with `favor`.
        skip_errors: pass over a source that cannot be read, in place of raising
            `OSError`, `cleaner.CleanerError`, `TypeError` or `ValueError`.

    >>> from cleaner import Page
    >>> page = Page("<title>Tides</title><p>The sea rises twice a day.</p>", "https://example.org/")
    >>> document = CleanerReader().load_data([page])[0]
    >>> document.text, document.metadata["source"], document.metadata["title"]
    ('The sea rises twice a day.\\n', 'https://example.org/', 'Tides')
    """

    def __init__(
        self,
        *,
        form: str = "text",
        favor: Favor = "balance",
        cleaner: Cleaner | None = None,
        skip_errors: bool = False,
    ) -> None:
        self.form = form
        self.cleaner = cleaner or Cleaner(favor=favor)
        self.skip_errors = skip_errors

    def lazy_load_data(
        self,
        sources: Iterable[object] | Path,
        extra_info: dict[str, Any] | None = None,
        **_: Any,
    ) -> Iterator[Document]:
        """Yield the documents in the order of the sources, each when it is asked for.

        Args:
            sources: addresses, paths, `cleaner.Page`s, or responses of requests, httpx and
                Scrapy; or one path.
            extra_info: metadata of every document.
        """
        several = [sources] if isinstance(sources, str) or hasattr(sources, "suffix") else sources
        for text, known in describe_all(
            several, self.cleaner, self.form, skip_errors=self.skip_errors
        ):
            yield Document(text=text, metadata={**known, **(extra_info or {})})

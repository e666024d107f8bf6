"""Clean pages as documents of LangChain.

loader = CleanerLoader(["https://example.org/story", "saved/page.html"], form="markdown")
for document in loader.lazy_load():
    document.page_content, document.metadata["title"]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import BaseDocumentTransformer, Document

from cleaner.document import Page
from cleaner.integrations._load import describe_all, described
from cleaner.pipeline import Cleaner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.pipeline import Favor


class CleanerLoader(BaseLoader):
    """Loads pages, each as one document of clean text.

    The metadata are `source`, and of `title`, `author`, `date`, `language`, `page_type`,
    `confidence`, `kept_share` and `warnings` what is known. `alazy_load` and `aload` work on a
    thread.

    Args:
        sources: addresses, paths, `cleaner.Page`s, or responses of requests, httpx and Scrapy.
        form: "text", "markdown", or another of `cleaner.export.formats()`.
        favor: "balance", "precision" (keep less that is doubtful) or "recall" (keep more).
        cleaner: the pipeline to use, in place of one made with `favor`.
        skip_errors: pass over a source that cannot be read, in place of raising
            `OSError`, `cleaner.CleanerError`, `TypeError` or `ValueError`.

    >>> page = Page("<title>Tides</title><p>The sea rises twice a day.</p>", "https://example.org/")
    >>> document = CleanerLoader([page]).load()[0]
    >>> document.page_content, document.metadata["source"], document.metadata["title"]
    ('The sea rises twice a day.\\n', 'https://example.org/', 'Tides')
    """

    def __init__(
        self,
        sources: Iterable[object],
        *,
        form: str = "text",
        favor: Favor = "balance",
        cleaner: Cleaner | None = None,
        skip_errors: bool = False,
    ) -> None:
        self.sources = sources
        self.form = form
        self.cleaner = cleaner or Cleaner(favor=favor)
        self.skip_errors = skip_errors

    def lazy_load(self) -> Iterator[Document]:
        """Yield the documents in the order of the sources, each when it is asked for."""
        for text, known in describe_all(
            self.sources, self.cleaner, self.form, skip_errors=self.skip_errors
        ):
            yield Document(page_content=text, metadata=known)


class CleanerTransformer(BaseDocumentTransformer):
    """Turns documents that hold raw HTML, as other loaders give them, into clean ones.

    What the metadata held before stays; `source` is taken for the page's address.

    Args:
        form: "text", "markdown", or another of `cleaner.export.formats()`.
        favor: "balance", "precision" (keep less that is doubtful) or "recall" (keep more).
        cleaner: the pipeline to use, in place of one made with `favor`.
    """

    def __init__(
        self, *, form: str = "text", favor: Favor = "balance", cleaner: Cleaner | None = None
    ) -> None:
        self.form = form
        self.cleaner = cleaner or Cleaner(favor=favor)

    def transform_documents(self, documents: Sequence[Document], **_: Any) -> Sequence[Document]:
        return [self._transformed(document) for document in documents]

    def _transformed(self, document: Document) -> Document:
        source = document.metadata.get("source")
        page = Page(document.page_content, source if isinstance(source, str) else None)
        text, known = described(page, self.cleaner, self.form)
        return Document(page_content=text, metadata={**known, **document.metadata}, id=document.id)

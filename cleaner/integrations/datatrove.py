"""datatrove: a step of its pipelines that turns HTML into the text a reader came for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datatrove.pipeline.extractors.base import BaseExtractor, ExtractorSandbox
from datatrove.utils.typeshelper import StatHints

from cleaner.document import Page
from cleaner.integrations.row import clean_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from datatrove.data import Document, DocumentsPipeline

    from cleaner.pipeline import Cleaner

TIMEOUT = 10.0
"""Seconds that a page may take; one takes 0.02 as a rule."""

_NAMES = {"date": "published"}  # here "date" is when the page was fetched


class PageExtractor(BaseExtractor):  # type: ignore[misc]
    """Replaces the HTML of each document by its text, and adds what is known of the page.

    The document's metadata gains `title`, `author`, `published`, `language`, `page_type`,
    `confidence`, `kept_share` and `warnings`, those that are known; links become absolute by its
    `url`. Pages without text are dropped, and so are those that take too long or bring down the
    process that works on them; the statistics count each.

    Args:
        timeout: seconds that a page may take.
        cleaner: the pipeline to use; one with the default settings if None.
        form: the rendering that becomes the text, a name of `cleaner.export.formats()`.
    """

    name = "🧹 cleaner"

    def __init__(
        self, timeout: float = TIMEOUT, *, cleaner: Cleaner | None = None, form: str = "text"
    ) -> None:
        super().__init__(timeout)
        self.cleaner = cleaner
        self.form = form

    def extract(self, text: str) -> str:
        """Return the text of one page; "" if it has none."""
        return self.row(text)[self.form] or ""

    def row(self, text: str, url: str | None = None) -> dict[str, Any]:
        """Return what `cleaner.integrations.row.clean_row` makes of one page."""
        return clean_row(Page(text, url), self.cleaner, (self.form,))

    def run(
        self,
        data: DocumentsPipeline,
        rank: int = 0,  # noqa: ARG002 - the base class has it
        world_size: int = 1,  # noqa: ARG002
    ) -> DocumentsPipeline:
        """Yield the documents that have text; `rank` and `world_size` play no part."""
        self.row("<p>")  # what is loaded now, the process that does the work need not load
        with ExtractorSandbox(timeout=self.timeout, warmup_text="") as sandbox:
            for document in data:
                yield from self._cleaned(document, sandbox)

    def _cleaned(self, document: Document, sandbox: ExtractorSandbox) -> Iterator[Document]:
        self.stat_update(StatHints.total)
        with self.track_time():
            trouble, row = self._row_in(sandbox, document)
        if trouble:
            self.stat_update(trouble)
        elif text := row.pop(self.form):
            document.text = text
            known = {_NAMES.get(name, name): value for name, value in row.items() if value}
            document.metadata.update(known)
            self.stat_update("extracted", StatHints.forwarded)
            self.update_doc_stats(document)
            yield document
        else:
            self.stat_update(StatHints.dropped)

    def _row_in(self, sandbox: ExtractorSandbox, document: Document) -> tuple[str, dict[str, Any]]:
        """Return what went wrong, by its name in the statistics, or "" and the row."""
        try:
            row = sandbox.process_document((document.text, document.metadata.get("url")), self.row)
        except TimeoutError:
            return "timeout", {}
        except (EOFError, BrokenPipeError):
            return "broken_process", {}
        return ("clean_error" if row["error"] else ""), row

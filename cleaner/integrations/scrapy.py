"""Clean text in the items of a spider of your own.

    ITEM_PIPELINES = {"cleaner.integrations.scrapy.CleanerPipeline": 300}
    CLEANER_FIELD = "text"          # where the clean text goes
    CLEANER_HTML_FIELD = "html"     # where the page is: text, bytes or a response
    CLEANER_URL_FIELD = "url"       # where its address is, if the item has it
    CLEANER_FORMAT = "text"         # or "markdown", "html", "json"…
    CLEANER_FAVOR = "balance"       # or "precision", "recall"
    CLEANER_RULES = []              # files of rules, see docs/rules.md
    CLEANER_METADATA_FIELD = None   # where a dict of title, author, date… goes; None: nowhere
    CLEANER_KEEP_HTML = True        # False: the page leaves the item once it is cleaned

Items may be dicts, dataclass objects, `scrapy.Item`, attrs or pydantic objects. Pages are cleaned
on a thread, so that requests go on meanwhile. Where a page cannot be cleaned, the item goes on as
it came; the log says why, and the statistics count it under `cleaner/failed`.

A spider that wants to see the clean text in its callback takes the middleware beside or instead:

    DOWNLOADER_MIDDLEWARES = {"cleaner.integrations.scrapy.CleanerMiddleware": 50}

`response.meta["cleaner"]` is then the row of the page, see `cleaner.integrations.row`: its text,
title, author, date, language… of every response of HTML, but for requests with `cleaner=False` in
their `meta`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any

from itemadapter import ItemAdapter
from scrapy.http import HtmlResponse
from scrapy.utils.asyncio import is_asyncio_available

from cleaner.export import exporter
from cleaner.inputs import as_page
from cleaner.integrations.row import COLUMNS, clean_row
from cleaner.pipeline import Cleaner

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

META = "cleaner"
"""The key in `Response.meta` of what the middleware found."""

_logger = logging.getLogger(__name__)
_TOLD = tuple(name for name in COLUMNS if name != "error")


class _Component:
    """What the pipeline and the middleware share: the settings, the thread, the statistics."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.form: str = settings.get("CLEANER_FORMAT", "text")
        self.field: str = settings.get("CLEANER_FIELD", "text")
        self.cleaner = Cleaner(
            favor=settings.get("CLEANER_FAVOR", "balance"), rules=settings.getlist("CLEANER_RULES")
        )
        exporter(self.form)  # an unknown form is an error now, not one an item
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Any:
        return cls(crawler)

    async def row(self, source: Any, url: str | None = None) -> dict[str, Any]:
        """Return the row of a page, or what could not be done in its `error`."""
        row: dict[str, Any] = await _in_thread(self._row, source, url)
        self._count("failed" if row["error"] else "cleaned")
        if row["error"]:
            _logger.warning("not cleaned: %s: %s", url or "a page", row["error"])
        return row

    def _row(self, source: Any, url: str | None) -> dict[str, Any]:
        try:
            page = as_page(source, url)
        except TypeError as error:
            return {"error": str(error)}
        return clean_row(page, self.cleaner, (self.form,))

    def _count(self, what: str) -> None:
        if self._crawler.stats:
            self._crawler.stats.inc_value(f"cleaner/{what}")


class CleanerPipeline(_Component):
    """An item pipeline that puts the clean text beside the page in each item."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self.html_field: str = settings.get("CLEANER_HTML_FIELD", "html")
        self.url_field: str = settings.get("CLEANER_URL_FIELD", "url")
        self.metadata_field: str | None = settings.get("CLEANER_METADATA_FIELD")
        self.keep_html: bool = settings.getbool("CLEANER_KEEP_HTML", True)

    async def process_item(self, item: Any) -> Any:
        """Return the item, whatever becomes of its page."""
        adapter = ItemAdapter(item)
        page = adapter.get(self.html_field)
        if page is None:
            self._count("without_page")
            return item
        url = adapter.get(self.url_field)
        row = await self.row(page, url if isinstance(url, str) else None)
        if row["error"]:
            return item
        self._put(adapter, self.field, row[self.form])
        if self.metadata_field:
            told = {name: row[name] for name in _TOLD if row[name] not in (None, [])}
            self._put(adapter, self.metadata_field, told)
        if not self.keep_html and self.html_field != self.field:
            self._leave_out(adapter)
        return item

    def _put(self, adapter: ItemAdapter, field: str, value: Any) -> None:
        try:
            adapter[field] = value
        except (KeyError, AttributeError, TypeError, ValueError) as error:
            self._count("failed")
            _logger.warning("the item takes no field %r: %s", field, error)

    def _leave_out(self, adapter: ItemAdapter) -> None:
        if isinstance(adapter.item, MutableMapping):
            del adapter[self.html_field]
        else:  # an object without one of its attributes would surprise the next pipeline
            self._put(adapter, self.html_field, None)


class CleanerMiddleware(_Component):
    """A downloader middleware that leaves the clean text in the `meta` of each response."""

    async def process_response(self, request: Request, response: Response) -> Response:
        if isinstance(response, HtmlResponse) and request.meta.get(META) is not False:
            request.meta[META] = await self.row(response, response.url)
        return response


async def _in_thread(function: Any, *arguments: Any) -> Any:
    """Await a function on a thread, whichever loop the spider runs on."""
    if is_asyncio_available():
        return await asyncio.to_thread(function, *arguments)
    from twisted.internet.threads import deferToThread

    return await deferToThread(function, *arguments)

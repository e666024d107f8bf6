"""spider: what runs inside Scrapy: asks for what the frontier gives, hands on the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider, signals
from scrapy.exceptions import StopDownload

from cleaner.media_type import may_be_page, parted
from cleaner.scrape.addresses import PublicResolver
from cleaner.scrape.trouble import NOT_A_PAGE, Trouble, trouble

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scrapy.crawler import Crawler
    from scrapy.http import Headers, Response
    from twisted.python.failure import Failure

    from cleaner.scrape.run import Run

ENTRY, RAW = "entry", "raw_response"
"""Names in `Request.meta`: the entry of the job, and the response as it was sent."""

_MOST_PACKINGS = 3


class PageSpider(Spider):
    """Fetches the addresses of a run, one after the other a host."""

    name = "page-cleaner"

    def __init__(self, run: Run) -> None:
        super().__init__()
        self._run = run
        self._resolver: PublicResolver | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> PageSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.head_came, signals.headers_received)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Yield a request whenever a host may be asked for something."""
        if not self._run.plan.allow_private:
            from twisted.internet import reactor

            self._resolver = PublicResolver(reactor.nameResolver)
            reactor.installNameResolver(self._resolver)
        frontier = self._run.frontier
        while entry := await frontier.next():
            yield Request(
                entry.url,
                callback=self.answered,
                errback=self.failed,
                dont_filter=True,
                meta={ENTRY: entry, "render": self._run.plan.render and entry.kind == "page"},
            )

    def head_came(self, headers: Headers, request: Request) -> None:
        """Break off what is no page before its body comes."""
        media, _ = parted(headers.get("Content-Type"))
        if request.meta[ENTRY].kind == "page" and not may_be_page(media):
            request.meta["trouble"] = Trouble(f"{media} is {NOT_A_PAGE}", ours=True)
            raise StopDownload(fail=True)

    async def answered(self, response: Response) -> None:
        assert response.request is not None
        await self._run.answered(response.request.meta[ENTRY], response)

    async def failed(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        entry = request.meta[ENTRY]
        told = request.meta.get("trouble") or trouble(failure.value or Exception())
        refused = self._resolver.refused.get(entry.host) if self._resolver else None
        if refused and told.unknown_host:
            told = Trouble(f"{refused} is an address of a private network", ours=True)
        self._run.failed(entry, told, request)


class KeepRaw:
    """A downloader middleware between the cache and the unpacking: keeps the response as sent."""

    def process_response(self, request: Request, response: Response) -> Response:
        packings = b",".join(response.headers.getlist("Content-Encoding")).count(b",") + 1
        if packings > _MOST_PACKINGS:
            del response.headers["Content-Encoding"]
        request.meta[RAW] = response.copy()  # the unpacking changes its headers
        return response

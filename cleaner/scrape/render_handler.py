"""Rendering as a download handler of Scrapy, below its limits a host, its delays and its cache.

    DOWNLOAD_HANDLERS = {
        "http": "cleaner.scrape.render_handler.RenderHandler",
        "https": "cleaner.scrape.render_handler.RenderHandler",
    }
    yield scrapy.Request(url, meta={"render": True})

Requests without that mark, such as those for robots.txt, are fetched as ever. A browser follows
redirects by itself, and loads what its page asks for: of both, robots.txt is not asked.

Settings, beside Scrapy's own for the user agent, the time and the size: `RENDER_CHROMIUM`,
`RENDER_PAGES` (4), `RENDER_SETTLE` (5.0 seconds), `RENDER_ALLOW_PRIVATE` (False).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import DownloadFailedError, DownloadTimeoutError
from scrapy.http import Headers, HtmlResponse, TextResponse

from cleaner.scrape.render import Renderer, RenderError, RenderTimeoutError, Visit

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

RENDER, RENDERED = "render", "rendered"
"""The mark in `Request.meta` that asks for rendering, and the one in `Response.flags`."""

_OF_THE_BYTES = ("content-encoding", "content-length", "transfer-encoding", "content-type")


class RenderHandler(HTTP11DownloadHandler):
    """Fetches what is to be rendered by a browser, which starts with the first such request.

    Raises `DownloadTimeoutError`, or `DownloadFailedError` with the `RenderError` as its cause.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self._renderer = Renderer(
            chromium=settings.get("RENDER_CHROMIUM"),
            pages=settings.getint("RENDER_PAGES", 4),
            timeout=settings.getfloat("DOWNLOAD_TIMEOUT"),
            settle=settings.getfloat("RENDER_SETTLE", 5.0),
            largest=settings.getint("DOWNLOAD_MAXSIZE"),
            allow_private=settings.getbool("RENDER_ALLOW_PRIVATE"),
            user_agent=settings.get("USER_AGENT"),
        )
        self._starting = asyncio.Lock()
        self._started = False

    async def download_request(self, request: Request) -> Response:
        if not request.meta.get(RENDER):
            return await super().download_request(request)
        try:
            await self._start()
            future = self._renderer.submit(request.url, request.meta.get("download_timeout"))
            return _response(request, await asyncio.wrap_future(future))
        except RenderTimeoutError as error:
            raise DownloadTimeoutError(str(error)) from error
        except RenderError as error:
            raise DownloadFailedError(str(error)) from error

    async def close(self) -> None:
        if self._started:
            await asyncio.to_thread(self._renderer.__exit__)
        await super().close()

    async def _start(self) -> None:
        async with self._starting:
            if not self._started:
                await asyncio.to_thread(self._renderer.__enter__)
                self._started = True


def _response(request: Request, visit: Visit) -> Response:
    kind = TextResponse if visit.media == "text" else HtmlResponse
    headers = Headers(dict(visit.headers))
    for name in _OF_THE_BYTES:
        headers.pop(name, None)
    headers["Content-Type"] = f"text/{'plain' if visit.media == 'text' else 'html'}; charset=utf-8"
    return kind(
        visit.url,
        status=visit.status,
        headers=headers,
        body=visit.html.encode("utf-8", "replace"),
        encoding="utf-8",
        request=request,
        flags=[RENDERED],
    )

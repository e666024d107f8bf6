"""One visit of a page by the browser: what it may ask for, how long, and what is taken of it."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from cleaner.data import read_text
from cleaner.document import CleanerError
from cleaner.media_type import may_be_page, parted
from cleaner.scrape._blocked import is_blocked
from cleaner.scrape._gate import Gate
from cleaner.sources.addresses import is_address

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from playwright.async_api import Browser, BrowserContext, Request, Response, Route
    from playwright.async_api import Page as Tab

_FEW_WORDS, _LONGER = 60, 2.0
"""A page of fewer words is given these seconds more than it needs to fall quiet."""
_POLL = 0.25
_TIMES = 5
"""How often a page is asked for its HTML while it keeps moving on to another."""
_COUNT_WORDS = "() => (document.body?.innerText ?? '').split(/\\s+/).length"
_NET_ERROR = re.compile(r"net::(ERR_\w+)")
DOWNLOAD = "the address is a download, not a page"
"""What is said of a page that was broken off, by itself or with its browser."""
_IN_WORDS = {
    "ERR_ABORTED": DOWNLOAD,
    "ERR_TOO_MANY_REDIRECTS": "too many redirects",
    "ERR_EMPTY_RESPONSE": "the server sent nothing",
    "ERR_CONNECTION_CLOSED": "the server closed the connection",
    "ERR_CONNECTION_RESET": "the server closed the connection",
    "ERR_INVALID_URL": "not an address of a page",
    "ERR_UNSAFE_PORT": "browsers refuse the port of the address",
}


class RenderError(CleanerError):
    """A page could not be rendered; the message says why."""


class RenderTimeoutError(RenderError):
    """A page gave no answer in time, or its scripts let nothing else happen."""


class BrowserDiedError(RenderError):
    """The browser went away under a page that may be without fault."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What the browser had at the end: a page, whatever its status.

    `url` is the address after redirects, `headers` are those of the server in lower case, `html`
    is the page as its scripts left it; for plain text, the text. `blocked` counts the requests
    that were left out, `refused` names the hosts to which there was no connection, and why.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    html: str
    media: str = "html"
    blocked: int = 0
    refused: Mapping[str, str] = field(default_factory=dict)


class Limits(Protocol):
    """What a renderer allows a page; see there."""

    settle: float
    largest: int
    allow_private: bool | Collection[str]
    user_agent: str | None


class Visiting:
    """One page on its way: its context, its gate, and what it asked for."""

    def __init__(self, limits: Limits, url: str) -> None:
        self.limits = limits
        self.url = url
        self.blocked = 0
        self.unpacked = 0
        self.overflow = asyncio.Event()
        self.answer: Response | None = None
        self.context: BrowserContext | None = None
        self.tab: Tab | None = None
        self.gate = Gate(
            allow_private=limits.allow_private, largest=limits.largest, overflow=self.overflow.set
        )

    async def visit(self, browser: Browser) -> Visit:
        """Race the page against its own size."""
        taking = asyncio.create_task(self._take(browser))
        too_large = asyncio.create_task(self.overflow.wait())
        try:
            await asyncio.wait((taking, too_large), return_when=asyncio.FIRST_COMPLETED)
            if self.overflow.is_set():
                size = self.limits.largest / 2**20
                raise RenderError(f"the page and what it loads exceed {size:g} MiB")
            return taking.result()
        finally:
            too_large.cancel()
            taking.cancel()
            await asyncio.gather(taking, too_large, return_exceptions=True)

    async def close(self) -> None:
        if self.context:
            await self.context.close()
        await self.gate.__aexit__()

    async def _take(self, browser: Browser) -> Visit:
        from playwright.async_api import Error

        try:
            tab = await self._open(browser)
            await tab.goto(self.url, wait_until="commit", timeout=0)
            if self.answer is None:
                raise RenderError("no answer")
            media, _ = parted(self.answer.headers.get("content-type"))
            if not may_be_page(media):
                raise RenderError(f"the server sent {media}, which is not a page")
            await self._settled(tab)
            if media == "text/plain":
                return self._result(await self.answer.text(), "text")
            return self._result(await self._html(tab), "html")
        except Error as error:
            raise RenderError(self._reason(error.message)) from error

    async def _open(self, browser: Browser) -> Tab:
        """Open an empty page that asks for nothing, keeps nothing and may do nothing."""
        await self.gate.__aenter__()
        self.context = await browser.new_context(
            proxy={"server": f"socks5://127.0.0.1:{self.gate.port}"},
            user_agent=self.limits.user_agent,
            accept_downloads=False,
            service_workers="block",
            permissions=[],
        )
        await self.context.route("**/*", self._route)
        tab = self.tab = await self.context.new_page()
        tab.on("popup", lambda popup: popup.close())
        tab.on("response", self._response)
        session = await self.context.new_cdp_session(tab)
        session.on("Network.dataReceived", self._received)
        await session.send("Network.enable")
        return tab

    async def _route(self, route: Route, request: Request) -> None:
        """Let a request of the page out, or not."""
        from playwright.async_api import Error

        with suppress(Error):  # the page may be gone by now
            if self._is_page(request) or not is_blocked(
                request.url, request.resource_type, self.url
            ):
                await route.continue_()
            else:
                self.blocked += 1
                await route.abort("blockedbyclient")

    def _is_page(self, request: Request) -> bool:
        return (
            self.tab is not None
            and request.is_navigation_request()
            and request.frame is self.tab.main_frame
        )

    def _response(self, response: Response) -> None:
        if self._is_page(response.request):
            self.answer = response

    def _received(self, event: dict[str, Any]) -> None:
        self.unpacked += event["dataLength"]
        if self.unpacked > self.limits.largest:
            self.overflow.set()

    async def _settled(self, tab: Tab) -> None:
        """Wait until the page has come and its scripts have fallen quiet, or long enough."""
        from playwright.async_api import Error

        end = asyncio.get_running_loop().time() + self.limits.settle
        longer = 0.0
        with suppress(Error):
            await tab.wait_for_load_state("domcontentloaded", timeout=self.limits.settle * 1000)
            await tab.wait_for_load_state("networkidle", timeout=self.limits.settle * 1000)
        before = -1
        while asyncio.get_running_loop().time() < end and longer < _LONGER:
            with suppress(Error):
                words = await tab.evaluate(_COUNT_WORDS)
                if words == before and words >= _FEW_WORDS:
                    return
                before = words
            longer += _POLL
            await asyncio.sleep(_POLL)

    async def _html(self, tab: Tab) -> str:
        from playwright.async_api import Error

        script = read_text("scrape/render.js")
        for tries in range(_TIMES):
            try:
                html = await tab.evaluate(script, self.limits.largest)
            except Error as error:
                if "navigat" not in error.message or tries == _TIMES - 1:
                    raise
                await tab.wait_for_load_state("domcontentloaded")
                continue
            if html is None:
                self.overflow.set()
            if is_address(tab.url):
                self.url = tab.url
                return str(html)
            break
        raise RenderError(self._reason("the page went away"))

    def _result(self, html: str, media: str) -> Visit:
        assert self.answer is not None
        return Visit(
            self.url,
            self.answer.status,
            self.answer.headers,
            html,
            media,
            self.blocked,
            dict(self.gate.reasons),
        )

    def _reason(self, message: str) -> str:
        """Return what the browser says of a page in the words of this package."""
        found = _NET_ERROR.search(message)
        if self.gate.reasons and not (found and found[1] in _IN_WORDS):
            return list(self.gate.reasons.values())[-1]
        if found:
            return _IN_WORDS.get(found[1], found[1])
        line = message.partition("\n")[0]
        return DOWNLOAD if line.endswith("Download is starting") else line

"""Pages that need JavaScript: fetched by the machine's Chromium, and taken as they then stand.

One browser serves all pages, several at a time, each in a context of its own that forgets all. The
browser runs on a thread of its own, so that a `Renderer` serves threads, asyncio and Twisted alike:

    with Renderer() as renderer:
        page = renderer.render("https://example.org/story")            # waits
        visit = await asyncio.wrap_future(renderer.submit(address))    # does not
"""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cleaner.document import Page
from cleaner.extras import load_extra
from cleaner.scrape._visit import (
    DOWNLOAD,
    BrowserDiedError,
    RenderError,
    RenderTimeoutError,
    Visit,
    Visiting,
)
from cleaner.scrape.fetch import is_private
from cleaner.sources.addresses import is_address

if TYPE_CHECKING:
    from collections.abc import Collection, Coroutine
    from concurrent.futures import Future

    from playwright.async_api import Browser, Playwright

__all__ = [
    "CHROMIUM",
    "RenderError",
    "RenderTimeoutError",
    "Renderer",
    "Visit",
    "find_chromium",
    "render",
]

CHROMIUM = "CLEANER_CHROMIUM"
"""The environment variable that names the browser."""
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

_ARGUMENTS = (
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",  # nothing goes past the gate
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # names are looked up there alone
    "--disable-quic",
    "--mute-audio",
)
_CLOSING = 10.0
"""Seconds for a context or a browser to close."""
_NOTICE, _DYING = 0.2, 2.0
"""Seconds after which it is known that a browser has died; if it broke a page off, it may still
be about to."""


class Renderer:
    """A browser, open inside `with`; its methods may be called from any thread.

    Args:
        chromium: the browser's file; by default, see `find_chromium`.
        pages: how many are rendered at a time; the rest wait.
        timeout: seconds for one page, from its turn on.
        settle: seconds at most for scripts to do their work once the page has come; less if the
            network and the text fall quiet before.
        largest: bytes that one page with all it loads may have, as sent and as unpacked, and
            characters of its HTML.
        allow_private: let pages, redirects and scripts reach this machine and private networks;
            or only the hosts of these names.
        user_agent: how the browser names itself; by default its own name and that of this package.
        sandbox: Chromium's own; by default on, but for root, for whom Chromium has none.

    Raises:
        RenderError: Playwright or Chromium is missing, or does not start.
    """

    def __init__(  # noqa: PLR0913 - one parameter a setting
        self,
        *,
        chromium: str | None = None,
        pages: int = 4,
        timeout: float = 30.0,
        settle: float = 5.0,
        largest: int = 64 * 2**20,
        allow_private: bool | Collection[str] = False,
        user_agent: str | None = None,
        sandbox: bool | None = None,
    ) -> None:
        self.chromium = find_chromium(chromium)
        self.timeout = timeout
        self.settle = settle
        self.largest = largest
        self.allow_private = allow_private
        self.user_agent = user_agent
        self.sandbox = not _is_root() if sandbox is None else sandbox
        self._turns = asyncio.Semaphore(pages)
        self._starting = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None

    def __enter__(self) -> Renderer:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        try:
            self._run(self._start()).result()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._stop()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def render(self, url: str) -> Page:
        """Return the page at an address as its scripts left it.

        Raises:
            RenderError: there is no such page, no answer, or the answer is no page.
        """
        visit = self.submit(url).result()
        if visit.status != 200:
            raise RenderError(f"the server answered {visit.status}")
        return Page(visit.html, visit.url, media=visit.media)

    def submit(self, url: str, timeout: float | None = None) -> Future[Visit]:
        """Queue a page, and return the future of its visit, of any status.

        Args:
            url: an address of http or https.
            timeout: seconds for this page, in place of those of the renderer.
        """
        return self._run(self._visit(url, timeout or self.timeout))

    def _run(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _start(self) -> Browser:
        """Return the browser, started anew if it has died."""
        async with self._starting:
            if self._browser and self._browser.is_connected():
                return self._browser
            need = "rendering needs Playwright"
            playwright = load_extra("playwright.async_api", "render", need, RenderError)
            try:
                self._playwright = self._playwright or await playwright.async_playwright().start()
                self._browser = await self._playwright.chromium.launch(
                    executable_path=self.chromium,
                    args=list(_ARGUMENTS),
                    chromium_sandbox=self.sandbox,
                    proxy={"server": "socks5://127.0.0.1:9"},  # each page has a gate of its own
                    handle_sigint=False,
                )
                self.user_agent = self.user_agent or await _own_name(self._browser)
            except playwright.Error as error:
                raise RenderError(_not_started(error.message, self.chromium)) from error
            return self._browser

    async def _stop(self) -> None:
        if self._browser:
            await _end(self._browser.close())
        if self._playwright:
            await _end(self._playwright.stop())

    async def _visit(self, url: str, timeout: float) -> Visit:
        if not is_address(url):
            raise RenderError("only addresses of http and https are rendered")
        async with self._turns:
            try:
                return await self._try(url, timeout)
            except BrowserDiedError:
                return await self._try(url, timeout)

    async def _try(self, url: str, timeout: float) -> Visit:
        browser = await self._start()
        visiting = Visiting(self, url)
        try:
            async with asyncio.timeout(timeout):
                return await visiting.visit(browser)
        except TimeoutError as error:
            raise RenderTimeoutError("no answer in time") from error
        except RenderError as error:
            if await _dies(browser, _DYING if str(error) == DOWNLOAD else _NOTICE):
                raise BrowserDiedError(str(error)) from error
            raise
        finally:
            await self._leave(visiting)

    async def _leave(self, visiting: Visiting) -> None:
        """Close what a visit opened; if a page resists, its browser is closed."""
        try:
            async with asyncio.timeout(_CLOSING):
                await visiting.close()
        except Exception:
            if self._browser:
                browser, self._browser = self._browser, None
                await _end(browser.close())


async def _end(closing: Coroutine[Any, Any, None]) -> None:
    """Await what closes something; whatever comes of it, it is no longer needed."""
    with suppress(Exception):
        async with asyncio.timeout(_CLOSING):
            await closing


async def _dies(browser: Browser, within: float) -> bool:
    """Return whether a browser ends within so many seconds."""
    end = time.monotonic() + within
    while browser.is_connected() and time.monotonic() < end:
        await asyncio.sleep(_NOTICE / 2)
    return not browser.is_connected()


def render(url: str) -> Page:
    """Return the page at an address as its scripts left it, by a browser that serves it alone.

    A private host that the user names is let in, but for no public page. Raises `RenderError`.
    """
    named = (urlsplit(url).hostname or "",) if is_private(url) else ()
    with Renderer(pages=1, allow_private=named) as renderer:
        return renderer.render(url)


def find_chromium(chromium: str | None = None) -> str | None:
    """Return the file of the browser, or None for the one that Playwright may have installed.

    Looked for, in this order: the one given, what the environment variable CLEANER_CHROMIUM
    names, then "chromium", "google-chrome" and the like on the PATH.
    """
    named = chromium or os.environ.get(CHROMIUM)
    if named:
        return shutil.which(named) or named
    return next(filter(None, map(shutil.which, _NAMES)), None)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


async def _own_name(browser: Browser) -> str:
    from cleaner import __version__

    tab = await browser.new_page()
    name = await tab.evaluate("navigator.userAgent")
    await tab.close()
    return f"{name} page-cleaner/{__version__}"


def _not_started(message: str, chromium: str | None) -> str:
    if chromium is None and "Executable doesn't exist" in message:
        return f"rendering needs Chromium: install chromium, or name a browser in {CHROMIUM}"
    line = next((line for line in message.splitlines() if line.strip()), "no reason given")
    return f"Chromium does not start: {' '.join(line.split())}"

"""run: one run of the scraper, from its plan to its summary."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cleaner.scrape.exchange import Answer, exchange
from cleaner.scrape.frontier import Frontier
from cleaner.scrape.job import Found, Job, Verdict
from cleaner.scrape.judge import Judge, first_sitemaps
from cleaner.scrape.plan import ScrapeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy import Request
    from scrapy.http import Response

    from cleaner.scrape.archive import Archive
    from cleaner.scrape.cleaning import Cleaning
    from cleaner.scrape.job import Entry, Kind, State
    from cleaner.scrape.plan import Plan
    from cleaner.scrape.trouble import Trouble

GRACE = 3.0
"""Seconds that requests under way have to end after an interrupt."""


@dataclass(frozen=True, slots=True)
class Event:
    """What became of a request: the fields of its `Verdict`, and of the response if it has one.

    `cached` is "fresh" if it came from the cache, "revalidated" if the server said that the page
    in the cache is still the same. `size` is in bytes, unpacked. `seed` tells an address that the
    run began with, or that such a one redirects to.
    """

    url: str
    kind: Kind
    state: State
    note: str = ""
    status: int | None = None
    cached: str = ""
    size: int = 0
    signs: tuple[str, ...] = ()
    seed: bool = False


@dataclass(slots=True)
class Summary:
    """What became of a run: pages by state, why, and how it ended."""

    pages: int = 0
    size: int = 0
    cached: int = 0
    hosts: set[str] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    signs: Counter[str] = field(default_factory=Counter)
    seeds_lost: int = 0
    left: int = 0
    seconds: float = 0.0
    interrupted: bool = False

    def count(self, event: Event, host: str) -> None:
        """Take in what became of a page."""
        self.signs.update(event.signs)
        if event.state == "fetched":
            self.pages += 1
            self.size += event.size
            self.cached += bool(event.cached)
            self.hosts.add(host)
        elif event.state in ("refused", "failed"):
            reasons = self.refused if event.state == "refused" else self.failed
            reasons[event.note] += 1
            self.seeds_lost += event.seed


class Run:
    """A run; it can be made and gone on with once.

    Args:
        plan: what to do.
        told: called with what becomes of each request.
        cleaning: makes, from the names that are taken, what cleans the pages; None for nothing.

    Raises:
        ScrapeError: the job or the archive cannot be used.
        OSError: the archive cannot be written.

    """

    def __init__(
        self,
        plan: Plan,
        told: Callable[[Event], None],
        cleaning: Callable[[Any], Cleaning] | None = None,
    ) -> None:
        self.plan = plan
        self.summary = Summary()
        self._told = told
        self._error: Exception | None = None
        self._job = Job(plan.job)
        try:
            self._archive = self._open_archive()
            self._cleaning = cleaning(self._job.names) if cleaning else None
            with self._job:
                self._job.add([Found(url) for url in plan.seeds] + first_sitemaps(plan))
        except BaseException:
            self._job.close()
            raise
        self._judge = Judge(plan, self._job)
        self.frontier = Frontier(self._job, plan, self._tell)

    def __call__(self) -> Summary:
        """Do it; returns when nothing is left to do or the user interrupts.

        Raises:
            OSError: pages cannot be written any more. What was written is in order.
        """
        from scrapy.crawler import AsyncCrawlerProcess

        from cleaner.scrape.settings import settings
        from cleaner.scrape.spider import PageSpider

        started = time.monotonic()
        try:
            process = AsyncCrawlerProcess(settings(self.plan))
            process.crawl(PageSpider, run=self)
            self._listen(asyncio.get_event_loop())
            process.start(install_signal_handlers=False)
            if self.summary.interrupted:
                _end_threads()
        finally:
            self.summary.seconds = time.monotonic() - started
            counts = self._job.counts()
            self.summary.left = counts["page", "queued"]
            if self._archive:
                self._archive.close()
            self._job.close()
        if self._error:
            raise self._error
        return self.summary

    async def answered(self, entry: Entry, response: Response) -> None:
        """Settle an entry that has a response."""
        assert response.request is not None
        answer = Answer(response.request, response)
        try:
            verdict = self._judge.response(entry, response)
            if verdict.state == "fetched" and self._cleaning:
                answer.rendered = await asyncio.to_thread(self._cleaning.render, response)
        except Exception as error:  # one page that fails must not end the run
            verdict = Verdict("failed", f"{type(error).__name__}: {' '.join(str(error).split())}")
        self._settle(entry, verdict, answer)

    def failed(self, entry: Entry, trouble: Trouble, request: Request) -> None:
        """Settle an entry that has no response."""
        self._settle(entry, self._judge.trouble(entry, trouble), Answer(request))

    def stop(self) -> None:
        """Ask for nothing more; what is under way has `GRACE` seconds to end."""
        loop = asyncio.get_event_loop()
        if self.summary.interrupted:
            loop.stop()
        self.summary.interrupted = True
        self.frontier.stop()
        loop.call_later(GRACE, loop.stop)

    def _open_archive(self) -> Archive | None:
        told = json.loads(self._job.fact("archive") or "null")
        path = self.plan.warc and str(self.plan.warc.absolute())
        if told and told["path"] != path:
            raise ScrapeError(f"the job writes to {told['path']}: give it -o {told['path']}")
        if not path:
            return None
        from cleaner import __version__
        from cleaner.scrape.archive import BEGINNING, Archive

        assert self.plan.warc is not None
        if not told:
            if os.path.lexists(path):
                raise ScrapeError(f"{path} is there already")
            told = {"position": BEGINNING}
            with self._job:
                self._remember(told["position"])
        return Archive(
            self.plan.warc,
            position=told["position"],
            size=self.plan.warc_size,
            software=f"page-cleaner/{__version__}",
        )

    def _remember(self, position: str) -> None:
        assert self.plan.warc is not None
        told = {"path": str(self.plan.warc.absolute()), "position": position}
        self._job.remember("archive", json.dumps(told))

    def _settle(self, entry: Entry, verdict: Verdict, answer: Answer) -> None:
        """Write a response and what becomes of its entry, all or nothing."""
        hosts: list[str] = []
        try:
            with self._job:
                made = exchange(entry, verdict, answer) if self._archive else None
                if made and self._archive:
                    self._archive.write(made)
                    self._remember(self._archive.position)
                if answer.rendered and self._cleaning:
                    self._cleaning.write(answer.rendered)
                hosts = self._job.settle(entry, verdict)
        except Exception as error:
            self._error = self._error or error
            self.frontier.stop()
        if entry.origin:
            self.frontier.robots.forget(entry.origin)
        self.frontier.release(entry, took=answer.took, fetched=verdict.state == "fetched")
        self.frontier.wake(hosts)
        self._tell(entry, verdict, answer)

    def _tell(self, entry: Entry, verdict: Verdict, answer: Answer | None = None) -> None:
        """Count what became of a request, and tell the user."""
        seed = entry.kind == "page" and self._job.chain(entry)[-1] in self.plan.seeds
        event = Event(
            entry.url, entry.kind, verdict.state, verdict.note, signs=verdict.signs, seed=seed
        )
        if answer and answer.response:
            told = answer.response
            event = replace(event, status=told.status, cached=answer.cached, size=len(told.body))
        if event.kind == "page":
            self.summary.count(event, entry.host)
        self._told(event)

    def _listen(self, loop: asyncio.AbstractEventLoop) -> None:
        """End in order on Ctrl-C and on SIGTERM."""
        if threading.current_thread() is not threading.main_thread():
            return
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                loop.add_signal_handler(number, self.stop)
            except NotImplementedError:  # Windows
                with suppress(ValueError):
                    signal.signal(number, lambda *_: loop.call_soon_threadsafe(self.stop))


def _end_threads() -> None:
    """End the threads of a reactor whose loop was stopped from outside: they outlive it."""
    from twisted.internet import reactor

    pool = reactor.threadpool
    if pool is not None and not pool.joined:
        pool.stop()

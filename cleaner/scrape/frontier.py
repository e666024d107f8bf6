"""frontier: which address is fetched next, and when. One request a host, then a pause.

The pause after an answer is the greatest of what the plan says, what robots.txt says and what the
server's own speed says: the mean of the last pause and the time that the answer took, or that time
if it is more. A host that pauses takes no place from the others.
"""

from __future__ import annotations

import asyncio
import heapq
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.scrape.plan import origin
from cleaner.scrape.robots import Robots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cleaner.scrape.job import Entry, Job, Verdict
    from cleaner.scrape.plan import Plan

_LONGEST_DELAY = 60.0  # seconds that slow answers make the pause, at most


@dataclass(slots=True)
class _Host:
    """A host: when it may be asked again, and how long its own speed makes us pause."""

    ready: float = 0.0
    throttle: float = 0.0
    busy: bool = False
    listed: bool = False


class Frontier:
    """Gives out the entries of a job.

    Args:
        job: the queue.
        plan: how politely it is worked off.
        told: called with an entry that robots.txt keeps from being fetched.

    """

    def __init__(self, job: Job, plan: Plan, told: Callable[[Entry, Verdict], None]) -> None:
        self.robots = Robots(job)
        self.stopped = False
        self._job = job
        self._plan = plan
        self._told = told
        self._hosts: dict[str, _Host] = {}
        self._heap: list[tuple[float, str]] = []
        self._changed = asyncio.Event()
        self._in_flight: dict[int, Entry] = {}
        counts = job.counts()
        self._fetched = counts["page", "fetched"]
        self.wake(job.waiting_hosts())

    def __len__(self) -> int:
        """The number of entries that were given out and are not yet released."""
        return len(self._in_flight)

    def stop(self) -> None:
        """Give out nothing more."""
        self.stopped = True
        self._changed.set()

    async def next(self) -> Entry | None:
        """Wait for an entry that may be fetched now; None if there is none and will be none."""
        while not self.stopped:
            self._changed.clear()
            if len(self._in_flight) < self._plan.hosts:
                entry = self._take()
                if entry:
                    return entry
            if not self._in_flight and not self._heap:
                return None
            soonest = self._heap[0][0] - time.time() if self._heap else None
            full = len(self._in_flight) >= self._plan.hosts
            try:
                await asyncio.wait_for(self._changed.wait(), None if full else soonest)
            except TimeoutError:
                continue
        return None

    def release(self, entry: Entry, *, took: float | None, fetched: bool) -> None:
        """Take an entry back that has been settled.

        Args:
            entry: what `next` gave.
            took: seconds until the server began to answer; None if it was not asked.
            fetched: it was a page, and counts.
        """
        self._fetched += fetched
        self._in_flight.pop(entry.id, None)
        host = self._host(entry.host)
        host.busy = False
        if took is not None:
            mean = (host.throttle + took) / 2
            host.throttle = min(max(mean, took), _LONGEST_DELAY)
            asked = self.robots.delay(entry.url) if self._plan.obey_robots else 0.0
            host.ready = time.time() + max(self._plan.delay, asked, host.throttle)
        host.ready = max(host.ready, self._job.pause(entry.host))
        self.wake([entry.host])

    def wake(self, hosts: Iterable[str]) -> None:
        """Look at hosts again: something may have come to do for them."""
        for name in hosts:
            self._list(name)
        self._changed.set()

    @property
    def _pages(self) -> bool:
        """Whether the plan has room for one more page."""
        most = self._plan.max_pages
        if most is None:
            return True
        in_flight = sum(entry.kind == "page" for entry in self._in_flight.values())
        return self._fetched + in_flight < most

    def _host(self, name: str) -> _Host:
        if name not in self._hosts:
            self._hosts[name] = _Host(ready=self._job.pause(name))
        return self._hosts[name]

    def _take(self) -> Entry | None:
        now = time.time()
        while self._heap and self._heap[0][0] <= now:
            _, name = heapq.heappop(self._heap)
            host = self._host(name)
            host.listed = False
            entry = None if host.busy else self._of_host(name, now)
            if entry:
                host.busy = True
                self._in_flight[entry.id] = entry
                return entry
            self._list(name, now)
        return None

    def _list(self, name: str, after: float = -1.0) -> None:
        """List a host that has an entry which is due later than that."""
        host = self._host(name)
        if host.busy or host.listed:
            return
        due = self._job.due(name, pages=self._pages, after=after)
        if due is not None:
            host.listed = True
            heapq.heappush(self._heap, (max(host.ready, due), name))

    def _of_host(self, name: str, now: float) -> Entry | None:
        """Return the next entry of a host that may be fetched; settles those that may not."""
        while entry := self._job.next(name, now, pages=self._pages):
            if entry.kind == "robots" or not self._plan.obey_robots:
                return entry
            if not self.robots.known(entry.url):
                self.robots.forget(origin(entry.url))
                with self._job:
                    asked = self._job.ask_robots(origin(entry.url))
                if asked == [name]:
                    continue
                self.wake(asked)
                return None
            verdict = self.robots.forbids(entry.url)
            if verdict is None:
                return entry
            with self._job:
                self._job.give_up(entry, verdict)
            self._told(entry, verdict)
        return None

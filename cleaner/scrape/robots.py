"""robots: what the robots.txt of each origin allows, as RFC 9309 has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.scrape.job import Verdict
from cleaner.scrape.plan import AGENT, origin

if TYPE_CHECKING:
    from protego import Protego

    from cleaner.scrape.job import Job

FORBIDDEN = "forbidden by robots.txt"
_MOST_BYTES = 500 * 2**10  # of a file: what a crawler must read at least
_MOST_ORIGINS = 1000  # kept parsed


class Robots:
    """The rules of origins, read from the job that keeps their files."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._parsed: dict[str, Protego | Verdict] = {}

    def known(self, url: str) -> bool:
        """Return whether the robots.txt for an address has been read."""
        return self._rules(origin(url)) is not None

    def forbids(self, url: str) -> Verdict | None:
        """Return what becomes of an address that must not be fetched, None if it may."""
        rules = self._rules(origin(url))
        if rules is None or isinstance(rules, Verdict):
            return rules
        return None if rules.can_fetch(url, AGENT) else Verdict("refused", FORBIDDEN)

    def delay(self, url: str) -> float:
        """Return the seconds between requests that the origin of an address asks for."""
        rules = self._rules(origin(url))
        if rules is None or isinstance(rules, Verdict):
            return 0.0
        return float(rules.crawl_delay(AGENT) or 0.0)

    def forget(self, start: str) -> None:
        """Read the rules of an origin from the job again."""
        self._parsed.pop(start, None)

    def _rules(self, start: str) -> Protego | Verdict | None:
        if start not in self._parsed:
            found = self._job.robots(start)
            if found is None:
                return None
            if len(self._parsed) >= _MOST_ORIGINS:
                self._parsed.clear()
            self._parsed[start] = found if isinstance(found, Verdict) else parse(found)
        return self._parsed[start]


def parse(body: str) -> Protego:
    """Return the rules in a robots.txt.

    >>> parse("User-agent: *\\nDisallow: /a").can_fetch("https://example.org/a", "x")
    False
    """
    from protego import Protego

    return Protego.parse(body[:_MOST_BYTES])

"""plan: what a run fetches, how politely, how safely, and where it puts the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from cleaner.document import CleanerError

if TYPE_CHECKING:
    import re
    from pathlib import Path

AGENT = "page-cleaner"
"""The name by which robots.txt files know this scraper."""

_LONGEST = 2083  # characters of an address: what browsers and proxies take
_MOST_REPEATS = 3  # of one part in a path; more is a server that lost its way


class ScrapeError(CleanerError):
    """A run that cannot begin or go on; the message says why."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The settings of a run.

    Attributes:
        seeds: the addresses that it begins with.
        follow: follow links, redirects and sitemaps within the sites of the seeds.
        depth: links away from a seed, at most.
        max_pages: pages to fetch, at most; those of earlier runs of the job are counted.
        allow: patterns of which an address that is followed must match one, if there are any.
        deny: patterns of which it may match none.
        sitemaps: take the addresses in the sites' sitemaps as seeds too.
        feeds: and those in the feeds that the seeds point to.
        warc: the archive; None for none.
        warc_size: bytes after which the archive goes on in a new file.
        clean_to: the folder for clean pages; None for none.
        job: the folder that a run is resumed from; None for a run that cannot be.
        cache: the folder of the HTTP cache; None for none.
        contact: an address that the User-Agent names.
        delay: seconds between an answer and the next request to the same host, at least.
        hosts: hosts that are fetched from at a time.
        retries: times that a request that failed for the moment is tried again.
        max_size: bytes of a response as sent, and as unpacked.
        timeout: seconds for a response.
        max_redirects: redirects in a row.
        allow_private: also connect to this machine and to private networks.
        cookies: keep and send cookies.
        obey_robots: keep to robots.txt; else nothing of it is asked for.
        render: let Chromium fetch pages, and take them as their scripts leave them.

    """

    seeds: tuple[str, ...]
    follow: bool = False
    depth: int = 0
    max_pages: int | None = None
    allow: tuple[re.Pattern[str], ...] = ()
    deny: tuple[re.Pattern[str], ...] = ()
    sitemaps: bool = False
    feeds: bool = False
    warc: Path | None = None
    warc_size: int = 10**9
    clean_to: Path | None = None
    job: Path | None = None
    cache: Path | None = None
    contact: str | None = None
    delay: float = 1.0
    hosts: int = 32
    retries: int = 3
    max_size: int = 20 * 2**20
    timeout: float = 60.0
    max_redirects: int = 5
    allow_private: bool = False
    cookies: bool = False
    obey_robots: bool = True
    render: bool = False
    sites: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        object.__setattr__(self, "sites", frozenset(site(url) for url in self.seeds))

    @property
    def user_agent(self) -> str:
        """The User-Agent header."""
        from cleaner import __version__

        told = f" (+{self.contact})" if self.contact else ""
        return f"{AGENT}/{__version__}{told}"

    def wants(self, url: str, sites: frozenset[str]) -> bool:
        """Return whether an address that was found is followed; `sites` are those of the run."""
        if len(url) > _LONGEST or _goes_round(url):
            return False
        if self.allow and not any(pattern.search(url) for pattern in self.allow):
            return False
        if any(pattern.search(url) for pattern in self.deny):
            return False
        return not self.follow or site(url) in sites


def valid(url: str) -> str | None:
    """Return an address of a page without its fragment, or None if it is none.

    >>> valid("https://example.org/a#b"), valid("ftp://example.org/"), valid("http://")
    ('https://example.org/a', None, None)
    """
    url = urldefrag(url.strip())[0] if "#" in url else url.strip()
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    good = parts.scheme.lower() in ("http", "https") and parts.hostname
    return url if good and len(url) <= _LONGEST else None


def host(url: str) -> str:
    """Return the host of an address.

    >>> host("http://www.Example.org:8080/a")
    'www.example.org'
    """
    return urlsplit(url).hostname or ""


def origin(url: str) -> str:
    """Return scheme, host and port: what a robots.txt is valid for."""
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2].lower()}"


def site(url: str) -> str:
    """Return the site of an address: its host, with or without "www.", and its port.

    >>> site("http://www.example.org/a"), site("http://example.org:8080/")
    ('example.org', 'example.org:8080')
    """
    return origin(url).partition("://")[2].removeprefix("www.")


def _goes_round(url: str) -> bool:
    """Return whether a path repeats itself, such as /a/b/a/b/a/b/a/b/."""
    parts = [part for part in urlsplit(url).path.split("/") if part]
    return any(parts.count(part) > _MOST_REPEATS for part in set(parts))

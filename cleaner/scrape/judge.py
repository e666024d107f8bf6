"""judge: what a response means for the run: what became of it, and what is to be fetched next."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from scrapy.http import HtmlResponse, Response, TextResponse
from scrapy.utils.gz import gunzip

from cleaner.scrape import links
from cleaner.scrape.job import Found, Verdict
from cleaner.scrape.plan import host, origin, site
from cleaner.scrape.robots import parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.scrape.job import Entry, Job
    from cleaner.scrape.plan import Plan
    from cleaner.scrape.trouble import Trouble

_PASSING = frozenset([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524])
_WAITING = frozenset([429, 503])
_MOVED = frozenset([301, 302, 303, 307, 308])
_GUESS = "/sitemap.xml"
_LONGEST_WAIT = 600.0  # seconds that a server may ask to be left alone for


class Judge:
    """Judges the responses of a run."""

    def __init__(self, plan: Plan, job: Job) -> None:
        self._plan = plan
        self._job = job
        self._sites = plan.sites | job.sites()

    def response(self, entry: Entry, response: Response) -> Verdict:
        """Return what becomes of an entry that was answered."""
        status = response.status
        named = "robots.txt: " if entry.kind == "robots" else ""
        if status in _PASSING:
            note = f"{named}the server answered {status}"
            return self._again(entry, note, _retry_after(response))
        location = response.headers.get("Location")
        if status in _MOVED and location:
            return self._moved(entry, location.decode("latin-1"))
        if entry.kind == "robots":
            return self._read_robots(entry, response)
        if not 200 <= status < 300:
            return Verdict("failed", f"the server answered {status}")
        if entry.kind == "page":
            return self._page(entry, response)
        return self._listing(entry, response)

    def trouble(self, entry: Entry, trouble: Trouble) -> Verdict:
        """Return what becomes of an entry that has no response."""
        if trouble.passing:
            return self._again(entry, trouble.note, None)
        return Verdict("refused" if trouble.ours else "failed", trouble.note)

    def _again(self, entry: Entry, note: str, asked: float | None) -> Verdict:
        """Try an entry again later, if that is worth it."""
        wait = max(2.0**entry.attempts, asked or 0.0)
        if asked is not None and asked > _LONGEST_WAIT:
            return Verdict("failed", f"{note} and asks to wait for {asked:.0f} s", pause=asked)
        if entry.attempts >= self._plan.retries:
            return Verdict("failed", note)
        pause = wait if asked is not None or "429" in note else 0.0
        return Verdict("queued", note, wait=wait, pause=pause)

    def _moved(self, entry: Entry, location: str) -> Verdict:
        target = links.redirect(entry.url, location)
        refused: Verdict | None = None
        sites: tuple[str, ...] = ()
        if target is None:
            refused = Verdict("refused", "redirected to what is no address of a page")
        elif entry.hops >= self._plan.max_redirects:
            refused = Verdict("failed", "too many redirects")
        elif target in self._job.chain(entry):
            refused = Verdict("failed", "redirected in a circle")
        elif entry.kind == "page" and not self._plan.wants(target, self._sites):
            if entry.depth or not self._plan.wants(target, self._sites | {site(target)}):
                refused = Verdict("refused", "redirected out of the site")
            else:
                sites = (site(target),)
                self._sites |= {site(target)}
        if entry.kind == "robots" and refused:
            return Verdict("read", robots="")  # RFC 9309: what cannot be had forbids nothing
        if refused:
            return refused
        assert target is not None
        found = Found(target, entry.kind, entry.depth, entry.hops + 1, entry.id, entry.origin)
        return Verdict("moved", found=[found], sites=sites)

    def _read_robots(self, entry: Entry, response: Response) -> Verdict:
        """Take what a robots.txt says; one that is not there forbids nothing."""
        if response.status >= 500:
            return Verdict("failed", f"robots.txt: the server answered {response.status}")
        body = response.body.decode("utf-8", "replace") if response.status < 300 else ""
        verdict = Verdict("read", robots=body)
        if self._plan.sitemaps and site(entry.origin) in self._sites:
            named = [links.redirect(f"{entry.origin}/", url) for url in parse(body).sitemaps]
            urls = [url for url in named if url] or [entry.origin + _GUESS]
            verdict.found = [Found(url, "sitemap") for url in urls]
        return verdict

    def _page(self, entry: Entry, response: Response) -> Verdict:
        if "rendered" in response.flags and not self._plan.wants(response.url, self._sites):
            return Verdict("refused", "redirected out of the site")
        verdict = Verdict("fetched", "not whole" if "dataloss" in response.flags else "")
        tags = [value.decode("latin-1") for value in response.headers.getlist("X-Robots-Tag")]
        if isinstance(response, HtmlResponse):
            names = "//meta[translate(@name, 'ROBTS', 'robts') = 'robots']/@content"
            tags += response.xpath(names).getall()
        verdict.signs = links.signs(tags)
        if not isinstance(response, HtmlResponse):
            return verdict
        target = links.refresh(response)
        if target and entry.hops < self._plan.max_redirects:
            verdict.found += self._wanted([target], entry.depth, entry.hops + 1, entry.id)
        if self._plan.feeds and entry.depth == 0 and entry.via is None:
            feeds = links.feeds_of(entry.url, response.text)
            verdict.found += [Found(url, "feed") for url in feeds]
        if self._plan.follow and entry.depth < self._plan.depth and "nofollow" not in verdict.signs:
            verdict.found += self._wanted(links.page_links(response), entry.depth + 1)
        return verdict

    def _listing(self, entry: Entry, response: Response) -> Verdict:
        """Take the addresses in a sitemap or a feed."""
        try:
            text = _text(response, self._plan.max_size)
        except (OSError, EOFError, ValueError):
            return Verdict("failed", f"the {entry.kind} cannot be read")
        sitemaps: list[str] = []
        if entry.kind == "sitemap":
            sitemaps, pages = links.sitemap_links(entry.url, text)
        else:
            pages = links.feed_links(entry.url, text)
        found = [
            Found(url, "sitemap", entry.depth + 1)
            for url in sitemaps
            if entry.depth < self._plan.max_redirects and host(url) == host(entry.url)
        ]
        return Verdict("read", found=found + self._wanted(pages, 0))

    def _wanted(
        self, urls: Iterable[str], depth: int, hops: int = 0, via: int | None = None
    ) -> list[Found]:
        return [
            Found(url, "page", depth, hops, via)
            for url in urls
            if self._plan.wants(url, self._sites)
        ]


def first_sitemaps(plan: Plan) -> list[Found]:
    """Return the sitemaps to try where no robots.txt is read that could name one."""
    if plan.obey_robots or not plan.sitemaps:
        return []
    return [Found(start + _GUESS, "sitemap") for start in {origin(url) for url in plan.seeds}]


def _retry_after(response: Response) -> float | None:
    """Return the seconds that a server asks to wait; None if it does not."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if not value or response.status not in _WAITING:
        return None
    if value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return None


def _text(response: Response, most: int) -> str:
    """Return the text of a sitemap or feed, unpacked if the file itself is packed."""
    body = response.body
    if body[:2] == b"\x1f\x8b":
        body = gunzip(body, max_size=most)
    elif isinstance(response, TextResponse):
        return response.text
    return body.decode("utf-8", "replace")

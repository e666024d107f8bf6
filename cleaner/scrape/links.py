"""links: the addresses that a page, a sitemap or a feed gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from cleaner.scrape.plan import host, origin, valid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy.http import TextResponse
    from trafilatura.feeds import FeedParameters

_MOST = 50_000  # links of one page, sitemap or feed
_MOST_FEEDS = 10
_SIGN = re.compile(r"(?i)\b(noindex|nofollow|none|noai|noimageai|noarchive|nosnippet)\b")
_WAIT = 10.0  # seconds after which a refresh is a new reading, not the way to another page


def page_links(response: TextResponse) -> list[str]:
    """Return the addresses that a page links to, that a reader would go on to, each once."""
    from scrapy.linkextractors import LinkExtractor

    links = LinkExtractor(strip=True).extract_links(response)
    return _good(link.url for link in links[:_MOST] if _is_page(link.url))


def refresh(response: TextResponse) -> str | None:
    """Return where a page sends its reader at once by `<meta http-equiv="refresh">`."""
    from scrapy.utils.response import get_meta_refresh

    seconds, target = get_meta_refresh(response, ignore_tags=("noscript",))
    return valid(target) if target and seconds is not None and seconds <= _WAIT else None


def redirect(url: str, location: str) -> str | None:
    """Return the address that a `Location` header leads to; None if it is none of a page."""
    try:
        return valid(urljoin(url, location.strip()))
    except ValueError:
        return None


def sitemap_links(url: str, text: str) -> tuple[list[str], list[str]]:
    """Return the sitemaps and the pages that a sitemap names.

    Only the parsing of trafilatura is used: nothing is fetched here.

    >>> sitemap_links("https://example.org/sitemap.txt", "https://example.org/a")
    ([], ['https://example.org/a'])
    """
    from trafilatura.sitemaps import DETECT_SITEMAP_LINK, SitemapObject

    class Sitemap(SitemapObject):
        __slots__ = ()

        def handle_link(self, link: str) -> None:
            kind = self.sitemap_urls if DETECT_SITEMAP_LINK.search(link) else self.urls
            kind.append(link)

    sitemap = Sitemap(origin(url), host(url), [])
    sitemap.current_url = url
    sitemap.content = text.lstrip()
    sitemap.process()
    return _good(sitemap.sitemap_urls), _good(sitemap.urls)


def feed_links(url: str, text: str) -> list[str]:
    """Return the pages that a feed (RSS, Atom, JSON) names."""
    from trafilatura.feeds import find_links

    found = find_links(text.strip(), _feed_parameters(url))
    return _good(urljoin(url, link) for link in found)


def feeds_of(url: str, text: str) -> list[str]:
    """Return the feeds that a page points to."""
    from trafilatura.feeds import determine_feed

    return _good(determine_feed(text, _feed_parameters(url)))[:_MOST_FEEDS]


def signs(values: Iterable[str]) -> tuple[str, ...]:
    """Return what the values of `X-Robots-Tag` or `<meta name="robots">` ask for.

    >>> signs(["noindex, NoAI", "index"])
    ('noai', 'noindex')
    """
    found = {sign.lower() for value in values for sign in _SIGN.findall(value)}
    if "none" in found:
        found = found - {"none"} | {"noindex", "nofollow"}
    return tuple(sorted(found))


def _feed_parameters(url: str) -> FeedParameters:
    from trafilatura.feeds import FeedParameters

    return FeedParameters(origin(url), host(url), url, external=True)


def _is_page(url: str) -> bool:
    """Return whether an address leads to text, by its form alone."""
    from courlan.filters import basic_filter, extension_filter, is_not_crawlable, type_filter

    return bool(
        basic_filter(url)
        and type_filter(url, with_nav=True)
        and extension_filter(urlsplit(url).path)
        and not is_not_crawlable(url)
    )


def _good(urls: Iterable[str]) -> list[str]:
    """Return the addresses of pages among `urls`, each once."""
    good = dict.fromkeys(clean for url in urls if (clean := valid(url)))
    return list(good)[:_MOST]

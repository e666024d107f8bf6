"""Safe, absolute addresses: an allow-list of schemes, joined to the base of the page."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urljoin

from cleaner.export.read.vocabulary import vocabulary
from cleaner.tracking import TRACKING

if TYPE_CHECKING:
    from cleaner.document import Document

SCHEMES = frozenset(
    "http https mailto tel sms ftp ftps sftp geo irc ircs xmpp news nntp magnet doi urn".split()
)
IMAGE_SCHEMES = frozenset(("http", "https", "ftp"))
# Browsers take these out of an address before they look at its scheme.
_IGNORED = re.compile("[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060\ufeff\ud800-\udfff]")
_SCHEME = re.compile("([^/?#]*?):")
_CONTROL = re.compile('[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff<>"`\\\\]')
# Capitals mean nothing in a host; those of a password do.
_HOST = re.compile(r"\A[Hh][Tt][Tt][Pp][Ss]?://[^/?#@]*(?=[/?#]|$)")
# Most addresses: absolute, and safe as they are.
_COMMON = re.compile(r"https?://[a-z0-9.:_-]+(?:[/?#][\w./?&=%#+~,;:@!$'()*-]*)?", re.ASCII)
# Most of the others: a path from the root of the site, which nothing has to be taken out of.
_PATH = re.compile(
    r"/(?!/)[\w.%+~,:@!$'()*/&=-]*(?:\?[\w./?&=%+~,:@!$'()*-]+)?(?:#[\w./?&=%+~,:@!$'()*-]+)?",
    re.ASCII,
)
_ROOT = re.compile(r"https?://[a-z0-9.:_-]+(?=[/?#]|\Z)")
# Longer addresses are not looked into.
_LONGEST = 4000
_ESCAPES = {"\\": "%5C", "<": "%3C", ">": "%3E", '"': "%22", "`": "%60", " ": "%20"}


class Urls:
    """Makes the addresses of one page absolute and safe."""

    def __init__(self, document: Document, *, strip_tracking: bool = False) -> None:
        page = _lowered(document.page.url or document.layout.address)
        base = document.layout.base
        self.base = _join(page, base.strip()) if base else page
        if _scheme(self.base) not in ("http", "https", "ftp"):
            self.base = ""
        root = _ROOT.match(self.base)
        self._root = root[0] if root else ""
        self._here = page.partition("#")[0] + "#"
        self.strip_tracking = strip_tracking

    def link(self, href: str) -> str:
        """Return the target of a link; "" if it is unsafe, or only a place on the page."""
        href = href.strip()
        if not href or href[0] == "#":
            return ""
        url = self._absolute(href, SCHEMES)
        while "?" in url and (behind := _behind(url)):
            url = self._absolute(behind, SCHEMES)
        return "" if len(self._here) > 1 and url.startswith(self._here) else url

    def is_here(self, href: str) -> bool:
        """Tell a link to a place on the page."""
        return "#" in href and not self.link(href)

    def image(self, src: str) -> str:
        """Return the address of an image, a video or a player; "" if it is unsafe or inline."""
        return self._absolute(src.strip(), IMAGE_SCHEMES)

    def _absolute(self, url: str, schemes: frozenset[str]) -> str:
        if self._root and _PATH.fullmatch(url) and "/." not in url:
            url = self._root + url
        elif not _COMMON.fullmatch(url):
            scheme = _scheme(url)
            if scheme and scheme not in schemes:
                return ""
            url = url if scheme else _join(self.base, url)
            url = _lowered(_CONTROL.sub(lambda match: _ESCAPES.get(match[0], ""), url))
            # What is left after cleaning and joining must be safe as well.
            if _scheme(url) not in schemes and _scheme(url):
                return ""
        return _without_tracking(url) if self.strip_tracking and "?" in url else url


@cache
def _redirects() -> tuple[frozenset[str], frozenset[str]]:
    table = vocabulary()["redirects"]
    return frozenset(table["pages"]), frozenset(table["parameters"])


def _behind(url: str) -> str:
    """Return the address that a well-known page only leads on to, "" for any other address.

    >>> _behind("https://www.google.com/url?q=https://example.org/a%3Fb&sa=D")
    'https://example.org/a?b'
    """
    place, _, query = url.partition("?")
    pages, parameters = _redirects()
    page = place.partition("://")[2]
    if pages.isdisjoint((page, page.partition(".")[2])) or len(url) > _LONGEST:
        return ""
    values = (value for name, value in parse_qsl(query) if name in parameters)
    return next((value for value in values if value.startswith(("https://", "http://"))), "")


def _lowered(url: str) -> str:
    """Return an address with scheme and host in lower case.

    >>> _lowered("HTTPS://Example.ORG/A"), _lowered("https://ada:Key@Example.org/A")
    ('https://example.org/A', 'https://ada:Key@Example.org/A')
    """
    return _HOST.sub(lambda match: match[0].lower(), url, count=1)


def _scheme(url: str) -> str:
    """Return the scheme as a browser would read it; "" for a relative address.

    >>> _scheme("java\\nscript:alert(1)"), _scheme("a/b:c"), _scheme("//x/y")
    ('javascript', '', '')
    """
    match = _SCHEME.match(_IGNORED.sub("", url[:200]))
    return match[1].lower() if match else ""


def _join(base: str, url: str) -> str:
    if not base:
        return url
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def _without_tracking(url: str) -> str:
    head, _, fragment = url.partition("#")
    path, _, query = head.partition("?")
    kept = [part for part in query.split("&") if not TRACKING.fullmatch(part.partition("=")[0])]
    return path + ("?" + "&".join(kept) if kept else "") + ("#" + fragment if fragment else "")

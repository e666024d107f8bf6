"""What `clean` takes: bytes, str, trees, soup and responses, each turned into a `Page`."""

from __future__ import annotations

from dataclasses import replace

from cleaner.document import Page
from cleaner.media_type import parted


def is_element(source: object) -> bool:
    """Return whether `source` is an lxml element or tree, without loading lxml for it."""
    return type(source).__module__.startswith("lxml.") and hasattr(source, "iter")


def as_page(source: object, url: str | None = None) -> Page:
    """Return `source` as a page.

    Taken are bytes, str, a `Page`, a BeautifulSoup object, and the responses of requests, httpx
    and Scrapy, told by their attributes. The address given overrides that of a response.

    Raises:
        TypeError: `source` is none of these.
    """
    if isinstance(source, Page):
        return replace(source, url=url) if url else source
    if isinstance(source, str):
        return Page(source, url)
    if isinstance(source, (bytes, bytearray, memoryview)):
        return Page(bytes(source), url)
    if hasattr(source, "find_all") and hasattr(source, "decode"):
        return Page(str(source), url)
    body = getattr(source, "body", None)
    if not isinstance(body, bytes):
        body = getattr(source, "content", None)
    if isinstance(body, bytes) and hasattr(source, "headers"):
        address = url or str(getattr(source, "url", "") or "") or None
        return Page(body, address, parted(source.headers.get("Content-Type"))[1])
    raise TypeError(
        "clean() takes bytes, str, an lxml element, a BeautifulSoup object or a response,"
        f" not {type(source).__name__}"
    )

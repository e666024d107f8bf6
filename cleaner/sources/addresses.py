"""Pages on the web, each fetched when its turn comes."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from cleaner.sources import Item
from cleaner.sources.names import safe, slug

if TYPE_CHECKING:
    from cleaner.document import Page


def is_address(argument: str) -> bool:
    """Return whether a text is an address, not a path."""
    return argument.lower().startswith(("http://", "https://"))


def at_address(address: str, *, render: bool = False) -> Item:
    """Return the page at an address, named by its host and path; fetched, or rendered by a browser.

    >>> at_address("https://example.org/news/").name
    'example.org/news/index'
    """
    load = partial(_render if render else _fetch, address)
    try:
        parts = urlsplit(address)
    except ValueError:  # fetching it says what is wrong with it
        return Item(slug(address) or "page", address, load)
    name = unquote(f"{parts.hostname or 'page'}{parts.path}")
    if name.endswith("/") or not parts.path:
        name = f"{name.rstrip('/')}/index"
    if parts.query:
        name += "-" + hashlib.sha256(parts.query.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return Item(safe(name), address, load)


def _fetch(address: str) -> Page:
    from cleaner.scrape.fetch import fetch

    return fetch(address)


def _render(address: str) -> Page:
    from cleaner.scrape.render import render

    return render(address)

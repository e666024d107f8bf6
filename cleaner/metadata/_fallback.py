"""The last resort for articles that tell no author or no day: other extractors, loaded on use."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from lxml import etree

from cleaner.metadata._dates import day

_MOST = 400_000  # characters of source that are still handed on: both are slow on large pages


def fallback(
    root: etree._Element, html: str | None, url: str, *, author: bool
) -> dict[str, tuple[Any, str, float]]:
    """The day from htmldate, and, where it is asked for, the author from trafilatura.

    Both are handed a tree, never a text, so that neither takes a text for an address to fetch.
    """
    tree = _tree(root, html)
    found: dict[str, tuple[Any, str, float]] = {}
    if tree is None:
        return found
    if text := _day(tree, url):
        found["date"] = (text, "htmldate", 0.3)
    if author and (names := _authors(tree)):
        found["authors"] = (names, "trafilatura", 0.3)
    return found


def _tree(root: etree._Element, html: str | None) -> Any:
    """The page parsed anew, since the others change the tree they work on."""
    with suppress(Exception):
        source = (
            html if html is not None else etree.tostring(root, encoding="unicode", method="html")
        )
        if source.strip() and len(source) <= _MOST:
            from lxml.html import HTMLParser, fromstring

            data = source.encode("utf-8", "replace")
            return fromstring(data, parser=HTMLParser(encoding="utf-8"))
    return None


def _day(tree: Any, url: str) -> str | None:
    with suppress(Exception):
        from htmldate import find_date

        text = find_date(
            tree, original_date=True, extensive_search=False, url=url or None, max_date="2099-12-31"
        )
        return day(text) if isinstance(text, str) else None
    return None


def _authors(tree: Any) -> tuple[str, ...]:
    with suppress(Exception):
        # Its `extract_metadata` looks for the day as well, and for what has been looked for here.
        from trafilatura.metadata import extract_author

        author = extract_author(tree)
        if isinstance(author, str):
            return tuple(name for name in author.split("; ") if name and "©" not in name)
    return ()

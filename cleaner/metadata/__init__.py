"""Metadata: what a page says of itself, each field with its source and a confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.document import Metadata, Source
from cleaner.metadata import _jsonld as jsonld
from cleaner.metadata._authors import find_authors
from cleaner.metadata._collect import Page, clean, collect, short_text
from cleaner.metadata._facts import (
    addresses,
    find_canonical,
    find_language,
    find_license,
    find_locale,
    find_page_type,
    find_site,
    find_tags,
)  # fmt: skip
from cleaner.metadata._near import pieces
from cleaner.metadata._published import find_days
from cleaner.metadata._sites import host_names, is_front
from cleaner.metadata._title import agreement, find_title
from cleaner.metadata._told import told
from cleaner.metadata.scan import elements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

__all__ = ["extract_metadata"]

_Node = jsonld.Node


def extract_metadata(
    root: etree._Element | None, url: str | None = None, scripts: Sequence[bytes] = ()
) -> Metadata:
    """What the page says of itself.

    Args:
        root: The page as parsed; it is left as it was. None gives empty metadata.
        url: The page's address, to make others absolute and to read a date from.
        scripts: What was cut out of the scripts, see `cleaner.parse.Parsed`.

    Returns:
        The fields that the page tells, with `sources` naming the syntax and the confidence of
        each. No page raises, and no connection is opened.

    >>> from lxml import etree
    >>> page = '<title>Low tide - Harbour News</title><h1>Low tide</h1><p>By Ada Holm</p>'
    >>> found = extract_metadata(etree.fromstring(page, etree.HTMLParser()))
    >>> found.title, found.author, found.sources["authors"].name
    ('Low tide', 'Ada Holm', 'byline')
    """
    found = _find(collect(root, scripts), url or "")
    filled = {name: value for name, value in found.items() if value and value[0]}
    return Metadata(
        **{name: value[0] for name, value in filled.items()},
        sources={name: Source(value[1], value[2]) for name, value in filled.items()},
    )


def _find(page: Page, url: str) -> dict[str, tuple[Any, str, float] | None]:
    """Every field with its source and confidence, or None."""
    nodes = jsonld.nodes(page.scripts)
    site = find_site(page, nodes, url)
    seen = site[0] if site and site[1] in ("title", "link") else ""
    declared = [site[0] if site and not seen else "", *host_names(url)[:1]]
    sites = _site_names(page, nodes, declared)
    kind = find_page_type(page, nodes, url)
    page_type, told_by = kind[:2] if kind else (None, "")
    # An item of microdata may be but a part of the page.
    single = page_type in ("article", "product", "forum") and told_by != "microdata"
    named = [*sites, seen] if seen and not is_front(url) else sites
    title = find_title(page, nodes, named, url, single=single)
    language = find_language(page, nodes)
    if language and language[1] == "text":
        page.language = language[0]
    page.settle(_anchor(page, title[0] if title else ""))
    page.locale = find_locale(page, url)
    # What stands around the title of a front page, a list or a thing for sale is of other works,
    # and in a wiki of what its article is about.
    many = page_type in ("product", "listing") or is_front(url)
    many |= page.meta("generator").startswith("MediaWiki")
    near = () if many else pieces(page)
    canonical = find_canonical(page, url)
    address = url or (canonical[0] if canonical else "")
    published, modified = find_days(page, nodes, near, address, many=many)
    return {
        "title": title,
        "authors": find_authors(page, nodes, near, sites, page_type),
        "date": published,
        "modified": modified,
        "site_name": site,
        "description": next(told("description", page, nodes), None),
        "language": language,
        "url": canonical,
        "image": next(addresses("image", page, nodes, url), None),
        "tags": find_tags(page, nodes),
        "license": find_license(page, nodes, url),
        "page_type": kind,
    }


def _site_names(page: Page, nodes: Sequence[_Node], known: Sequence[str]) -> list[str]:
    """The names by which the page declares its site, after those that are known."""
    told = [*known, page.meta("og:site_name"), page.meta("application-name")]
    kinds = {"website", "organization", "newsmediaorganization"}
    told += [jsonld.text(n, "name") for n in nodes if kinds.intersection(jsonld.types(n))]
    told += [jsonld.text(n, "publisher") for n in filter(jsonld.is_work, nodes)]
    return list(dict.fromkeys(name[:200] for name in told[:50] if name))


def _anchor(page: Page, title: str) -> int:
    """The place of the heading that holds the title, else of a text that is the title."""
    best, best_score = None, 0.2
    for hint in page.headings[:12]:
        score = agreement(short_text(hint.element, 300), title)
        if score > best_score + 0.05:
            best, best_score = hint.place, score
    if best is not None and best_score >= 0.5:
        return best
    for hint in page.subheadings[:60]:
        if agreement(short_text(hint.element, 300), title) >= 0.8:
            return hint.place
    if best is not None:
        return best
    for place, element in enumerate(elements(page.root) if page.root is not None else ()):
        text = element.text
        if text and element.tag not in _HEAD and len(text) < 500 and clean(text) == title:
            return place
    return page.headings[0].place if page.headings else 0


_HEAD = frozenset({"title", "script", "style", "option"})

"""When the page was published and last changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner.metadata import _jsonld as jsonld
from cleaner.metadata._authors import is_work
from cleaner.metadata._collect import Hint, Page, aside, short_text
from cleaner.metadata._dates import day, path_day
from cleaner.metadata._near import Piece

Found = tuple[str, str, float]

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished",
    "sailthru.date", "parsely-pub-date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date",
    "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created",
    "citation_publication_date", "citation_online_date", "datecreated", "date.created", "dc.date", "dcterms.date", "date",
    "originalpublicationdate", "ptime", "published", "article.published", "bt:pubdate", "rnews:datepublished",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified",
    "last-modified", "lastmod", "revised", "article:modified", "og:article:modified_time", "date.modified", "updated",
)  # fmt: skip


def find_date(
    page: Page, nodes: Sequence[jsonld.Node], near: Sequence[Piece], anchor: int, url: str
) -> Found | None:
    """The day the page was published, from the most trusted place that tells one."""
    language = page.language
    for text, source, trust in _candidates(page, nodes, near, anchor, url):
        found = day(text, language) if text else None
        if found:
            return found, source, trust
    return None


def find_modified(page: Page, nodes: Sequence[jsonld.Node]) -> Found | None:
    """The day the page was last changed, as its head or its properties say."""
    for node in nodes:
        found = day(jsonld.text(node, "dateModified")) if is_work(node) else None
        if found:
            return found, "json-ld", 0.95
    for name in _MODIFIED:
        found = day(page.meta(name), page.language)
        if found:
            return found, "opengraph" if ":" in name else "meta", 0.9
    for hint in page.props:
        found = day(_value(hint), page.language) if hint.name == "dateModified" else None
        if found:
            return found, "microdata", 0.8
    return None


def _candidates(
    page: Page, nodes: Sequence[jsonld.Node], near: Sequence[Piece], anchor: int, url: str
) -> Iterator[tuple[str, str, float]]:
    for node in nodes:
        if is_work(node):
            yield jsonld.text(node, "datePublished", "dateCreated"), "json-ld", 0.95
    for name in _PUBLISHED:
        yield page.meta(name), "opengraph" if "article:" in name else "meta", 0.9
    for hint in page.props:
        if hint.name.split(":")[-1] in ("datePublished", "dateCreated") and not aside(hint.element):
            yield _value(hint), "microdata", 0.85
    yield path_day(url) or "", "url", 0.85
    for hint in _close(page.times, anchor):
        yield _value(hint), "time", 0.8
    for hint in _close(page.date_hints, anchor):
        yield short_text(hint.element, 90), "class", 0.75
    for piece in near:
        if -20 < piece.distance < 80 and len(piece.text) < 90:
            yield piece.text, "text", 0.6
    for node in nodes:
        if "webpage" in jsonld.types(node):
            yield jsonld.text(node, "datePublished"), "json-ld", 0.5


def _close(hints: Sequence[Hint], anchor: int) -> list[Hint]:
    """The hints around the title, those outside side matter first."""
    near = [h for h in hints if -25 <= h.place - anchor <= 80][:20]
    return sorted(near, key=lambda hint: aside(hint.element))


def _value(hint: Hint) -> str:
    element = hint.element
    return element.get("content") or element.get("datetime") or short_text(element, 90)

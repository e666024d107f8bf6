"""The fields read straight from one place or another: site, language, image, tags."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from cleaner.metadata import _jsonld as jsonld
from cleaner.metadata._authors import is_work, words
from cleaner.metadata._collect import Page, _Element, aside, clean, short_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Found = tuple[str, str, float]

_DESCRIPTIONS = (
    "twitter:description", "dc.description", "dcterms.description", "dcterms.abstract",
    "sailthru.description", "citation_abstract",
)  # fmt: skip
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:-(?:[A-Za-z0-9]{2,8}|[A-Za-z](?=-))){0,4}$")
_FORUM_SOFTWARE = re.compile(
    r"\b(?:discourse|phpbb|xenforo|vbulletin|mybb|smf|flarum|invision|vanilla|nodebb|fluxbb)",
    re.IGNORECASE,
)
_FORUM_PATH = re.compile(
    r"/(?:forums?|threads?|viewtopic|showthread|discussions?|questions)(?:/|\.php)[^/]"
    r"|/(?:thread|topic)-\d|/t/[^/]+/\d|/(?:d|topics?)/\d|[?&;](?:topic|tid|t|threadid)=\d",
    re.IGNORECASE,
)
_TYPES = (
    (("discussionforumposting", "qapage", "question"), "forum"),
    (("article", "newsarticle", "blogposting", "report", "recipe", "scholarlyarticle"), "article"),
    (("product", "productgroup", "offer"), "product"),
    (("techarticle", "apireference"), "documentation"),
    (("collectionpage", "itemlist", "searchresultspage"), "listing"),
    (("service",), "service"),
)  # fmt: skip


def find_site(page: Page, nodes: Sequence[jsonld.Node], url: str) -> Found | None:
    """The name of the site."""
    title = page.meta("og:title")
    name = page.meta("og:site_name")
    if name and name != title:
        return name, "opengraph", 0.95
    for node in nodes:
        if "website" in jsonld.types(node) and (name := jsonld.text(node, "name")):
            return name, "json-ld", 0.9
    for node in nodes:
        if is_work(node) and (name := jsonld.text(node, "publisher")):
            return name, "json-ld", 0.85
    name = page.meta(
        *("application-name", "apple-mobile-web-app-title", "dc.publisher", "dcterms.publisher"),
        *("citation_journal_title", "citation_publisher"),
    )
    if name:
        return name, "meta", 0.7
    if name := marked(page, "publisher"):
        return name, "microdata", 0.6
    host = (_split(url) or "").removeprefix("www.")
    return (host, "url", 0.3) if host else None


def find_description(page: Page, nodes: Sequence[jsonld.Node]) -> Found | None:
    """The page's summary of itself."""
    told = (
        (page.meta("og:description"), "opengraph", 0.9),
        (page.meta("description"), "meta", 0.9),
        *((jsonld.text(n, "description"), "json-ld", 0.85) for n in nodes if is_work(n)),
        (page.meta(*_DESCRIPTIONS), "meta", 0.8),
        (marked(page, "description", "abstract"), "microdata", 0.5),
    )
    return next((t for t in told if t[0]), None)


def find_language(page: Page, nodes: Sequence[jsonld.Node]) -> Found | None:
    """The page's language as a BCP 47 tag."""
    told = (
        (page.language, "html", 0.9),
        (page.meta("content-language", "dc.language", "dcterms.language", "language"), "meta", 0.8),
        *((jsonld.text(n, "inLanguage"), "json-ld", 0.8) for n in nodes),
        (page.meta("og:locale"), "opengraph", 0.7),
    )
    for value, source, trust in told:
        tag = _tag(value)
        if tag:
            return tag, source, trust
    return None


def find_locale(page: Page, url: str) -> str:
    """The language with the country where the day of a date goes first or last.

    An English page, or one of no language, is of the country that its host or Open Graph names.

    >>> find_locale(Page(language="en"), "https://example.co.uk/")
    'en-UK'
    """
    language, _, country = page.language.replace("_", "-").partition("-")
    if language.lower() not in ("", "en"):
        return page.language
    ending = (_split(url) or "").rpartition(".")[2]
    shared = _tag(page.meta("og:locale"))
    if ending in words().english_hosts:
        return f"en-{ending.upper()}"
    return page.language if country or not shared.startswith("en-") else shared


def find_canonical(page: Page, url: str) -> Found | None:
    """The page's own address, as it gives it or as it was fetched."""
    base = _base(page, url)
    told = (
        (_first(page.links.get("canonical", ())), "link", 0.95),
        (page.meta("og:url"), "opengraph", 0.85),
    )
    for value, source, trust in told:
        address = absolute(value, base)
        if address:
            return address, source, trust
    return (url, "url", 0.5) if absolute(url, "") else None


def find_image(page: Page, nodes: Sequence[jsonld.Node], url: str) -> Found | None:
    """The address of the page's main picture."""
    told = (
        (page.meta("og:image", "og:image:url", "og:image:secure_url"), "opengraph", 0.9),
        (page.meta("twitter:image", "twitter:image:src"), "twitter", 0.85),
        *((_picture(n), "json-ld", 0.85) for n in nodes if is_work(n)),
        (_first(page.links.get("image_src", ())), "link", 0.8),
        (
            page.meta("parsely-image-url", "sailthru.image.full", "sailthru.image.thumb"),
            "meta",
            0.8,
        ),
        (marked(page, "image", "thumbnailUrl"), "microdata", 0.7),
        (page.meta("thumbnail", "image", "msapplication-tileimage"), "meta", 0.5),
    )
    base = _base(page, url)
    for value, source, trust in told:
        address = absolute(value, base)
        if address:
            return address, source, trust
    return None


def find_tags(
    page: Page, nodes: Sequence[jsonld.Node]
) -> tuple[tuple[str, ...], str, float] | None:
    """The page's keywords, each once."""
    told = (
        (_all(page, "article:tag", "og:article:tag"), "opengraph", 0.9),
        (
            [
                jsonld.text({"k": v}, "k")
                for n in nodes
                if is_work(n)
                for v in jsonld.items(n, "keywords")
            ],
            "json-ld",
            0.85,
        ),
        (page.metas.get("news_keywords", []) or page.metas.get("keywords", []), "meta", 0.7),
        (_all(page, "parsely-tags", "sailthru.tags", "citation_keywords"), "meta", 0.7),
        (_all(page, "dc.subject", "dcterms.subject"), "meta", 0.7),
        ([marked(page, "keywords")], "microdata", 0.6),
    )
    for values, source, trust in told:
        tags: dict[str, None] = {}
        for value in values[:100]:
            for tag in re.split("[,;]", value)[:100]:
                if tag.strip():
                    tags.setdefault(clean(tag))
        if tags:
            return tuple(tags), source, trust
    return None


def find_license(page: Page, nodes: Sequence[jsonld.Node], url: str) -> Found | None:
    """The address or name of the page's licence."""
    base = _base(page, url)
    address = absolute(_first(page.links.get("license", ())), base)
    if address:
        return address, "link", 0.9
    for node in nodes:
        if is_work(node) and (name := jsonld.text(node, "license")):
            return name, "json-ld", 0.85
    if address := absolute(marked(page, "license"), base):
        return address, "microdata", 0.8
    name = page.meta(
        *("cc:license", "dcterms.license", "dc.license", "dc.rights.license"),
        *("dcterms.rights", "dc.rights"),
    )
    return (name, "meta", 0.7) if name else None


def find_page_type(page: Page, nodes: Sequence[jsonld.Node], url: str) -> Found | None:
    """What kind of page its markup declares: one of `cleaner.document.PAGE_TYPES`."""
    told = {t for node in nodes for t in jsonld.types(node)}
    declared = page.meta("og:type").lower()
    article = declared in ("article", "blog") or page.meta("article:published_time")
    for names, kind in _TYPES:
        if told.intersection(names) and not (article and kind in ("product", "listing")):
            return kind, "json-ld", 0.8
    if article:
        return "article", "opengraph", 0.7
    if "product" in declared:
        return "product", "opengraph", 0.8
    if _FORUM_SOFTWARE.search(page.meta("generator")):
        return "forum", "meta", 0.6
    return ("forum", "url", 0.4) if _FORUM_PATH.search(url[:500]) else None


def absolute(value: str, base: str) -> str:
    """The address made absolute; nothing unless it is one of the web."""
    if not value.strip():
        return ""
    try:
        address = urljoin(base, value.strip()) if base else value.strip()
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""


def marked(page: Page, *names: str) -> str:
    """What the page's own microdata or RDFa tell under one of the names; not those of its parts."""
    for hint in page.props:
        if hint.name.split(":")[-1] in names and not _of_another(hint.element):
            element = hint.element
            told = (element.get(name) for name in ("content", "href", "src"))
            value = next(filter(None, told), "") or short_text(element, 1_000)
            if value:
                return clean(value[:10_000])
    return ""


def _of_another(element: _Element) -> bool:
    """Whether a property stands in an item that is a property itself, or in side matter."""
    ancestors = islice(element.iterancestors(), 40)
    inner = any(a.get("itemprop") and a.get("itemscope") is not None for a in ancestors)
    return inner or aside(element)


def _all(page: Page, *names: str) -> list[str]:
    """The values under the first of the names that has any."""
    return next((page.metas[name] for name in names if any(page.metas.get(name, ()))), [])


def _base(page: Page, url: str) -> str:
    return absolute(page.base, url) or url


def _first(values: Iterable[str]) -> str:
    return next((v for v in values if v), "")


def _picture(node: jsonld.Node) -> str:
    for value in jsonld.items(node, "image"):
        if isinstance(value, dict):
            return jsonld.text(value, "url", "contentUrl", "@id")
        if isinstance(value, str):
            return value
    return ""


def _tag(value: str) -> str:
    """A language tag with its parts in their usual case, or nothing."""
    value = value.split(",", 1)[0].strip().replace("_", "-")
    if not _LANGUAGE.match(value):
        return ""
    first, *rest = value.split("-")
    parts = [p.upper() if len(p) == 2 else p.title() if len(p) == 4 else p.lower() for p in rest]
    return "-".join([first.lower(), *parts])


def _split(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None

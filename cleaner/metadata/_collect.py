"""One pass over the tree that gathers everything the fields are read from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from cleaner.media_type import parted
from cleaner.metadata._data import alternatives, primary
from cleaner.metadata.scan import named, scan, window
from cleaner.parse import script_text
from cleaner.walk import BLOCK_TAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

_Element = etree._Element

EVERYWHERE = 2**40
BEFORE, AFTER = 40, 160  # elements around the title among which bylines and dates are looked for

UNSEEN = frozenset("script style noscript template title svg textarea select button".split())
_CLASSES = {sort: re.compile(alternatives(f"{sort}_class")) for sort in ("author", "date")}
_ASIDE_CLASS = re.compile(alternatives("aside_class"))
_OWN_FOOTER = re.compile(alternatives("own_footer"))
_AUTHOR_PATH = re.compile(
    rf"/(?:{alternatives('author_folder')})/(?!{alternatives('account_page')})"
    rf"[^/?#]{{2,80}}/?(?:$|[?#])|[?&;](?:{alternatives('account_query')})\d",
    re.IGNORECASE,
)
LONGEST_TITLE, _LONGEST_META = 1_000, 10_000  # characters; what is longer is cut
_HEADINGS = frozenset({"h1", "h2", "h3"})
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_PARTING = BLOCK_TAGS | {"br"}
_ASIDE_TAGS = frozenset({"nav", "footer", "aside"})


class Hint(NamedTuple):
    """An element whose attributes say that it holds a field; `place` counts elements."""

    place: int
    element: _Element
    name: str


@dataclass(slots=True)
class Page:
    """What was gathered from one tree, in document order."""

    root: _Element | None = None
    cut: Sequence[bytes] = ()
    metas: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    feeds: list[str] = field(default_factory=list)
    language: str = ""
    locale: str = ""
    title: str = ""
    base: str = ""
    scripts: list[str] = field(default_factory=list)
    code: list[_Element] = field(default_factory=list)
    headings: list[Hint] = field(default_factory=list)
    subheadings: list[Hint] = field(default_factory=list)
    times: list[Hint] = field(default_factory=list)
    props: list[Hint] = field(default_factory=list)
    rel_authors: list[Hint] = field(default_factory=list)
    tag_links: list[_Element] = field(default_factory=list)
    anchor: int = 0
    near: list[_Element] = field(default_factory=list)
    around: frozenset[_Element] = frozenset()
    heading: frozenset[_Element] = frozenset()

    @property
    def primary_language(self) -> str:
        """The language without country and script, in lower case."""
        return primary(self.language)

    def settle(self, anchor: int) -> None:
        """Take the element of that number for the one that holds the title."""
        self.anchor = anchor
        if self.root is not None:
            start = max(0, anchor - BEFORE)
            self.near = window(self.root, start, anchor + AFTER)
            title = self.near[anchor - start]
            self.around = frozenset((title, *title.iterancestors()))
            self.heading = frozenset(islice(title.iter(), 60) if title.tag in _HEADINGS else ())

    def meta(self, *names: str) -> str:
        """The first filled value under any of the names, in the order of the names."""
        for name in names:
            for value in self.metas.get(name, ()):
                if value:
                    return value
        return ""


def collect(root: _Element | None, cut: Sequence[bytes] = ()) -> Page:
    """Gather the sources of metadata from a tree, and what was cut out of its scripts."""
    page = Page(cut=cut)
    if root is None or not isinstance(root.tag, str):  # a comment
        return page
    page.root = root
    for place, element in scan(root, _TAGS, _ATTRIBUTES):
        tag = element.tag
        if read := _READERS.get(tag):
            read(page, Hint(place, element, tag))
        if prop := element.get("itemprop") or (tag != "meta" and element.get("property")):
            page.props.append(Hint(place, element, prop))
    return page


def marked(
    page: Page, sort: str, before: int = EVERYWHERE, after: int = EVERYWHERE
) -> Iterator[Hint]:
    """The elements around the title whose class or id announces an "author" or a "date"."""
    if page.root is None:
        return
    says = _CLASSES[sort].search
    start, stop = max(0, page.anchor - before), page.anchor + after + 1
    for place, element in named(page.root, lambda names: says(names[:600].lower()), start, stop):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        yield Hint(place, element, names.strip())


def links_of(page: Page) -> Iterator[_Element]:
    """The links of a page."""
    return iter(()) if page.root is None else page.root.iter("a")


def author_links(page: Page) -> list[Hint]:
    """The links whose addresses are those of people: `/author/…`, `/profile/…` and their like."""
    found = []
    for place, element in scan(page.root, {"a"}, set()) if page.root is not None else ():
        href = element.get("href") or ""
        if len(href) < 500 and _AUTHOR_PATH.search(href):
            found.append(Hint(place, element, "link"))
    return found


def _read_meta(page: Page, hint: Hint) -> None:
    content = clean((hint.element.get("content") or "")[:_LONGEST_META])
    if "&" in content:
        content = unescape(content)
    for attribute in ("name", "property", "itemprop", "http-equiv"):
        name = hint.element.get(attribute)
        if name:
            name = name.strip().lower()
            if name.startswith(("dc:", "dcterms:")):
                name = name.replace(":", ".", 1)
            page.metas.setdefault(name, []).append(content)


def _read_link(page: Page, hint: Hint) -> None:
    href = (hint.element.get("href") or "").strip()
    if (hint.element.get("type") or "").endswith(("rss+xml", "atom+xml")):
        page.feeds.append(clean(hint.element.get("title") or ""))
    for rel in (hint.element.get("rel") or "").lower().split():
        page.links.setdefault(rel, []).append(href)


def _read_anchor(page: Page, hint: Hint) -> None:
    rel = hint.element.get("rel")
    if rel:
        _read_link(page, hint)
        kinds = rel.lower().split()
        if "author" in kinds:
            page.rel_authors.append(hint._replace(name="rel-author"))
        if "tag" in kinds and "category" not in kinds:
            page.tag_links.append(hint.element)


def _read_script(page: Page, hint: Hint) -> None:
    if parted(hint.element.get("type") or "")[0] == "application/ld+json":
        page.scripts.append(script_text(hint.element, page.cut))
    elif not hint.element.get("src"):
        page.code.append(hint.element)


def _read_html(page: Page, hint: Hint) -> None:
    language = hint.element.get("lang") or hint.element.get("xml:lang")
    if language and not page.language:
        page.language = language.strip()


def _read_title(page: Page, hint: Hint) -> None:
    if not page.title:
        page.title = clean((hint.element.text or "")[:LONGEST_TITLE])


def _read_abbreviation(page: Page, hint: Hint) -> None:
    """Older pages have the moment in the title of an abbreviation: "2 hours ago"."""
    if _MOMENT.match(hint.element.get("title") or ""):
        page.times.append(hint)


def _read_base(page: Page, hint: Hint) -> None:
    page.base = page.base or (hint.element.get("href") or "").strip()


_READERS: dict[str, Callable[[Page, Hint], None]] = {
    "meta": _read_meta,
    "link": _read_link,
    "a": _read_anchor,
    "script": _read_script,
    "html": _read_html,
    "title": _read_title,
    "base": _read_base,
    "abbr": _read_abbreviation,
    "h1": lambda page, hint: page.headings.append(hint),
    **dict.fromkeys(("h2", "h3"), lambda page, hint: page.subheadings.append(hint)),
    **dict.fromkeys(("time", "relative-time"), lambda page, hint: page.times.append(hint)),
}
# Of links only those with a `rel` are read.
_TAGS, _ATTRIBUTES = _READERS.keys() - {"a"}, frozenset({"itemprop", "property", "rel"})


_UNSEEN_SIGNS = "\xad\u200b\u2060\ufeff"


def clean(text: str) -> str:
    """The text with every run of white space as one space, without signs that show nothing."""
    if not text.isascii():
        for sign in _UNSEEN_SIGNS:
            text = text.replace(sign, "")
    return " ".join(text.split())


def short_text(element: _Element, limit: int = 200, *, joined: bool = False) -> str:
    """The visible text of an element, or nothing when it is longer than the limit.

    Every element parts words, unless they are to be `joined`: then only blocks and breaks do.
    """
    parts: list[str] = []
    stack: list[_Element | str] = [element]
    length = 0
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
            length += len(node)
        else:
            mark = "" if joined and node.tag not in _PARTING else " "
            if node is not element:
                stack.append(mark + (node.tail or ""))
            if isinstance(node.tag, str) and node.tag not in UNSEEN:
                stack.extend(node.iterchildren(reversed=True))
                stack.append(mark + (node.text or ""))
        if len(parts) > 400 or length > 8 * limit:
            return ""
    text = clean("".join(parts))
    return text if len(text) <= limit else ""


def day_text(element: _Element) -> str:
    """The text in which an element tells a day, from an attribute if there is one for it."""
    told = element.get("content") or element.get("datetime")
    # Microformats hide the whole date in an abbreviation.
    return told or (element.tag == "abbr" and element.get("title")) or short_text(element, 90)


def aside(element: _Element, around: Container[_Element] = ()) -> bool:
    """Whether an element stands in navigation, a footer, comments or related items.

    `around` has the elements that hold the title: what they are called says nothing of a part.
    """
    if element.tag in _ASIDE_TAGS - {"aside"}:
        return True
    for depth, ancestor in enumerate(element.iterancestors()):
        if depth > 40 or ancestor.tag in ("body", "main") or ancestor in around:
            return False
        names = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}".lower()
        if ancestor.tag != "nav" and _is_own_footer(ancestor, names, around):
            names = names.replace("footer", "")
        elif ancestor.tag in _ASIDE_TAGS:
            return True
        if len(names) > 1 and _ASIDE_CLASS.search(names):
            return True
    return False


def _is_own_footer(element: _Element, names: str, around: Container[_Element]) -> bool:
    """Whether an element ends the story itself: by its name, or inside what holds the title."""
    if element.tag == "footer":
        holder = next(element.iterancestors("article", "header", "body"), element)
        if holder.tag != "body" and holder in around:
            return True
    return "footer" in names and bool(_OWN_FOOTER.search(names))

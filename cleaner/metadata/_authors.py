"""Who wrote the page: clean names out of structured data and bylines."""

from __future__ import annotations

import re
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from cleaner.metadata import _jsonld as jsonld
from cleaner.metadata._bylines import (
    beside_address,
    beside_date,
    find_bylines,
    of_agency,
    of_reporter,
)
from cleaner.metadata._collect import (
    Hint,
    Page,
    _Element,
    aside,
    author_links,
    marked,
    short_text,
)
from cleaner.metadata._data import alternatives, words
from cleaner.metadata._dates import day, is_day
from cleaner.metadata._names import (
    ADDRESS,
    is_group,
    is_person,
    is_wide,
    length,
    names_in,
    names_site,
    split_names,
)
from cleaner.metadata._sites import SEPARATOR
from cleaner.metadata._told import all_told, is_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.metadata._near import Piece

Found = tuple[tuple[str, ...], str, float]

_AUTHOR_CLASS = re.compile(alternatives("author_class_alone"))
_ACCOUNT_CLASS = re.compile(alternatives("account_class"))
_DIGITS = re.compile(r"\d\d")
# "Ada Holm (@ada@quay.example)": how pages of a single post name it.
_HANDLE = re.compile(r"([^():|]{2,50}) \(@[\w.-]+(?:@[\w.-]+)?\)(?::|(?: .{0,20})?$)")
_MARK = re.compile(r"\s?[|•·–—]\s?")  # between the day and the name
_OF_PAPERS = ("citation_author", "citation_authors")  # A paper has no other byline.
_WEAK = 0.5  # What is trusted less than this is no better than the name of the site.
_CLOSE = 40, 250  # elements before and after the title
_MOST_BYLINES = 2  # More of them around one title are those of a list of works.


def find_authors(
    page: Page,
    nodes: Sequence[jsonld.Node],
    near: Sequence[Piece],
    sites: list[str],
    page_type: str | None,
) -> Found | None:
    """The authors with their source; a site's own name only where no person is named."""
    if page_type in ("product", "listing"):
        return None
    organisation: Found | None = None
    people = _people(nodes)
    groups = _groups(nodes)
    sites = [site for site in sites if site not in people]
    for values, source, trust in _candidates(page, nodes, near, page_type):
        if organisation and trust < _WEAK and page_type == "article":
            break
        given = source in ("json-ld", "meta")
        whole = groups | {value for value in values[:1] if names_site(value, sites)}
        names = names_in(values, page.primary_language or "und", credentials=given, whole=whole)
        persons = tuple(name for name in names if not names_site(name, sites))
        if len(persons) > 1 or (given and any(map(is_wide, persons))):
            own = SEPARATOR.split(page.title)[-1:]
            persons = tuple(name for name in persons if not names_site(name, own))
        if persons:
            more = names_in(_labelled(page)) if source == "json-ld" else ()
            persons = more if set(more) > set(persons) else persons
            return _in_small_letters(persons, page, nodes), source, trust
        if names and organisation is None:
            organisation = (names, source, trust / 2)
    return organisation if page_type == "article" else None


def _is_full(name: str) -> bool:
    """Return whether a name has several words, or is in a script that may do without spaces."""
    return " " in name or not name.isascii()


def _in_small_letters(
    names: tuple[str, ...], page: Page, nodes: Sequence[jsonld.Node]
) -> tuple[str, ...]:
    """Names of a byline in capitals as the page declares them, if it does."""
    if not any(map(str.isupper, names)):
        return names
    declared = [value for values, *_ in all_told("authors", page) for value in values]
    declared += [value for node in filter(jsonld.is_work, nodes) for value in _node_authors(node)]
    known = {name.lower(): name for name in reversed(names_in(declared))}
    return tuple(known.get(name.lower(), name) for name in names)


def _people(nodes: Sequence[jsonld.Node]) -> set[str]:
    """The authors that are declared to be persons, whose sites may bear their names."""
    authors = [v for node in nodes for v in jsonld.items(node, "author")]
    people = [v for v in authors if isinstance(v, dict) and jsonld.types(v) == ["person"]]
    names = (jsonld.text(value, "name") for value in people)
    return {name for name in names if is_person(name)}


def _groups(nodes: Sequence[jsonld.Node]) -> set[str]:
    """The authors that are declared to be no persons, whose names have several parts."""
    authors = [v for node in nodes for v in jsonld.items(node, "author") if isinstance(v, dict)]
    names = (jsonld.text(v, "name") for v in authors if "person" not in jsonld.types(v))
    return {name for name in names if is_group(name)}


def _candidates(
    page: Page, nodes: Sequence[jsonld.Node], near: Sequence[Piece], page_type: str | None
) -> Iterator[tuple[list[str], str, float]]:
    """The places where authors are named, the most trusted first."""
    yield (
        [name for key in _OF_PAPERS for name in page.metas.get(key, []) if _is_full(name)],
        "meta",
        0.95,
    )
    bylines = list(find_bylines(near, page.primary_language or "und"))
    close = [
        text
        for text, piece in bylines
        if -15 <= piece.distance <= 40 and not aside(piece.element, page.around)
    ]
    if len(set(close)) <= _MOST_BYLINES:
        yield close[:1], "byline", 0.9
    yield from ((_node_authors(node), "json-ld", 0.95) for node in filter(jsonld.is_work, nodes))
    yield _hinted(page.rel_authors, page), "rel-author", 0.9
    yield _microdata(page), "microdata", 0.85
    pages = list(filter(jsonld.is_page, nodes))
    yield from ((_node_authors(node), "json-ld", 0.85) for node in pages if _people([node]))
    for values, source, trust in all_told("authors", page):
        yield [value for value in values if not ADDRESS.match(value)], source, trust
    films = (node for node in nodes if "videoobject" in jsonld.types(node))
    shown = (node for node in films if jsonld.is_subject(node, page.title))
    yield from ((_node_authors(node), "json-ld", 0.8) for node in shown)
    yield _labelled(page), "twitter", 0.8
    posted = (_HANDLE.match(title) for title in (page.meta("og:title"), page.title))
    yield [found[1] for found in posted if found], "title", 0.7
    yield from _marked(page, page_type)
    yield from ((_node_authors(node), "json-ld", 0.6) for node in pages)
    if len(bylines) == 1 and not _is_of_others(bylines[0][1].element, page):
        yield [bylines[0][0]], "byline", 0.5
    yield of_reporter(near), "text", 0.6
    if page_type == "article":
        yield of_agency(near), "text", 0.5
    yield beside_address(near), "text", 0.6
    yield beside_date(near, page), "text", 0.4
    if page_type == "article":
        yield _hinted(list(marked(page, "author")), page, least=2, anywhere=True), "class", 0.4
        yield _hinted(author_links(page), page, least=2, anywhere=True), "link", 0.4


def _is_of_others(element: _Element, page: Page) -> bool:
    """Whether an element stands in navigation, or among comments below the title."""
    around = takewhile(lambda outer: outer not in page.around, element.iterancestors())
    return any(e.tag == "nav" or "comment" in e.get("class", "").lower() for e in around)


def _marked(page: Page, page_type: str | None) -> Iterator[tuple[list[str], str, float]]:
    """Names in elements that class, id or address say to hold one."""
    close = list(marked(page, "author", *_CLOSE))
    yield _hinted(close, page, least=1 if page_type == "forum" else 2), "class", 0.7
    named = [hint for hint in close if _AUTHOR_CLASS.search(hint.name.lower())]
    yield _hinted(named, page), "class", 0.6
    if page_type is not None:
        links = author_links(page)
        yield _hinted(links, page, least=2), "link", 0.7
        if page_type == "forum":
            yield _first_poster(page, links), "class", 0.5


def _node_authors(node: jsonld.Node) -> list[str]:
    found = []
    for key in ("author", "creator"):
        for value in jsonld.items(node, key):
            name = jsonld.text({"name": value}, "name")
            if name:
                found.append(name)
        if found:
            return found
    return found


def _microdata(page: Page) -> list[str]:
    """The first author property outside comments, and those beside it."""
    hints = [hint for hint in page.props if is_named(hint, ("author", "creator"))]
    for index, hint in enumerate(hints):
        if not aside(hint.element, page.around):
            return [_item_name(h.element) for h in (hint, *_with(hint, hints[index + 1 :]))]
    return []


def _item_name(element: _Element) -> str:
    """What an author property says: its own name property when it has one."""
    for inner in element.iter("*"):
        if inner.get("itemprop") == "name" or inner.get("property") == "name":
            return inner.get("content") or short_text(inner, 120)
    link = next(element.iter("a"), None)
    return element.get("content") or short_text(link if link is not None else element, 120)


def _labelled(page: Page) -> list[str]:
    """Twitter's labelled data whose label says "written by"."""
    labels = page.metas.get("twitter:label1", [])[:1] + page.metas.get("twitter:label2", [])[:1]
    data = page.metas.get("twitter:data1", [])[:1] + page.metas.get("twitter:data2", [])[:1]
    return [
        value for label, value in zip(labels, data, strict=False) if label.lower() in words().labels
    ]


def _hinted(
    hints: Sequence[Hint], page: Page, *, least: int = 1, anywhere: bool = False
) -> list[str]:
    """The names in the first element near the title that has names of at least so many words.

    Those of its like beside it are given too. What holds the title is the page.
    """
    near = (
        hints
        if anywhere
        else [h for h in hints if -_CLOSE[0] <= h.place - page.anchor <= _CLOSE[1]]
    )
    near = [hint for hint in near if hint.element not in page.around]
    for index, hint in enumerate(near[:20]):
        if hint.name == "rel-author" or not aside(hint.element, page.around):
            names = _names_inside(hint, least=least)
            if names:
                others = _with(hint, near[index + 1 :])
                return [*names, *(n for other in others for n in _names_inside(other, least=least))]
    return []


def _with(hint: Hint, others: Sequence[Hint]) -> list[Hint]:
    """Those that share the author's place: the elements of one mark in it, else those beside it."""
    others = others[:10]
    inside = [other for other in others if hint.element in other.element.iterancestors()]
    alike = [other for other in inside if other.name == inside[0].name]
    if len(alike) > 1 and short_text(hint.element, 200):
        return alike
    return _beside(hint, [o for o in others if o.name == hint.name and o not in inside])


def _beside(hint: Hint, alike: Sequence[Hint]) -> list[Hint]:
    """The elements of its mark that follow it one by one, or stand in a small box with it."""
    boxes = set(filter(_is_small, islice(hint.element.iterancestors(), 2)))
    found = [hint]
    for other in alike:
        last = found[-1].element
        follows = last.getnext() is other.element and len((last.tail or "").strip()) < 10
        if not follows and boxes.isdisjoint(islice(other.element.iterancestors(), 6)):
            break
        found.append(other)
    return found[1:]


def _is_small(box: _Element) -> bool:
    """Whether an element has little text and no heading."""
    return bool(short_text(box, 200)) and next(box.iter("h1", "h2", "h3"), None) is None


def _names_inside(hint: Hint, *, least: int) -> list[str]:
    """The names in an element: those of its links, its first run of text, or all of its text."""
    whole = short_text(hint.element, 200)
    first = next((str(t).strip() for t in hint.element.itertext() if t.strip()), "")
    for text in (_linked(hint.element, most=8 if whole else 1), first[:120], whole):
        names = _names_after_day(text)
        found = [name for name in names if is_person(name) and length(name) >= least]
        alone = names[:1] if least == 1 and text.strip(" @:") in names else []
        found = found or [name for name in alone if _is_account(name, hint)]
        if found and not day(found[0]) and not found[0].lower().startswith(words().published):
            return found
    return []


def _linked(element: _Element, *, most: int) -> str:
    """The texts of the first link in an element and of those to the same folder."""
    links = list(islice(element.iter("a"), most))
    folders = [(link.get("href") or "").rstrip("/").rpartition("/")[0] for link in links]
    alike = [link for link, at in zip(links, folders, strict=True) if at and at == folders[0]]
    return "; ".join(short_text(link, 120) for link in alike or links[:1])


def _names_after_day(text: str) -> list[str]:
    """The names in a text that may begin with a day."""
    begun, *rest = _MARK.split(text, maxsplit=1)
    dated = bool(rest) and bool(_DIGITS.search(begun)) and is_day(begun)
    return list(split_names(rest[0] if dated else text))


def _first_poster(page: Page, links: Sequence[Hint]) -> list[str]:
    """The account that opened a thread: the first that is named after the title."""
    named = [h for h in marked(page, "author", 0) if _ACCOUNT_CLASS.search(h.name.lower())]
    named += [h for h in page.props if h.name == "author"] + list(links)
    for hint in sorted((h for h in named if h.place > page.anchor), key=lambda h: h.place)[:10]:
        names = _names_inside(Hint(hint.place, hint.element, "username"), least=1)
        if names:
            return names
    return []


def _is_account(name: str, hint: Hint) -> bool:
    """Whether a text can be the name of a forum's account."""
    return (
        3 <= len(name) <= 30 and " " not in name and bool(_ACCOUNT_CLASS.search(hint.name.lower()))
    )

"""What a page tells of a field, read place by place in the order of conventions.toml."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from cleaner.metadata import _jsonld as jsonld
from cleaner.metadata._collect import Hint, Page, _Element, aside, clean, day_text, short_text
from cleaner.metadata._data import rows

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    _Reader = Callable[[Sequence[str], Page, Sequence[jsonld.Node]], Iterable[list[str]]]

Found = tuple[str, str, float]

_INSIDE = {"image": ("url", "contentUrl"), "publisher": ("name",)}
"""Property → the properties that tell it where it is an item of its own."""


def told(field: str, page: Page, nodes: Sequence[jsonld.Node] = ()) -> Iterator[Found]:
    """The first filled value of each name or node, with its source and its confidence.

    >>> page = Page(metas={"og:description": [""], "description": ["Ferries to the islands."]})
    >>> next(told("description", page))
    ('Ferries to the islands.', 'meta', 0.9)
    """
    for values, source, confidence in all_told(field, page, nodes):
        value = next(filter(None, values), "")
        if value:
            yield value, source, confidence


def all_told(
    field: str, page: Page, nodes: Sequence[jsonld.Node] = ()
) -> Iterator[tuple[list[str], str, float]]:
    """All values of each name or node, with their source and their confidence."""
    for row in rows(field):
        read, source = _PLACES[row.place]
        for values in read(row.names, page, nodes):
            yield values, row.source or source, row.confidence


def _of_another(element: _Element) -> bool:
    """Whether a property stands in an item that is a property itself, or in side matter."""
    ancestors = islice(element.iterancestors(), 40)
    inner = any(a.get("itemprop") and a.get("itemscope") is not None for a in ancestors)
    return inner or aside(element)


def _listed(gathered: Callable[[Page], Mapping[str, list[str]]]) -> _Reader:
    """The reader of what was gathered of a page by name."""
    return lambda names, page, _: (gathered(page).get(name, []) for name in names)


def _properties(names: Sequence[str], page: Page, _: Sequence[jsonld.Node]) -> Iterator[list[str]]:
    """What the page's own items tell, not those of its parts."""
    for hint in _hints(names, page):
        if not _of_another(hint.element) and (value := _value(hint)):
            yield [clean(value[:10_000])]
            return


def _value(hint: Hint) -> str:
    """What a property says, or the item that is its value: an address, else a text."""
    element = hint.element
    inner: list[_Element] = []
    if element.get("itemscope") is not None or element.get("typeof"):
        wanted = {name for outer in _bare(hint.name) for name in _INSIDE.get(outer, ())}
        parts = islice(element.iter("*"), 1, 40)
        inner = [p for p in parts if wanted & _bare(p.get("itemprop") or p.get("property") or "")]
    for part in (*inner, element):
        given = (part.get(name) or "" for name in ("content", "href", "src", "data-src"))
        value = next((value for value in given if value and not value.startswith("data:")), "")
        value = value or short_text(part, 1_000)
        if value:
            return value
    return ""


def _bare(properties: str) -> set[str]:
    """The names of properties without their vocabularies."""
    return {name.rpartition(":")[2] for name in properties.split()}


def is_named(hint: Hint, names: Container[str]) -> bool:
    """Whether an element bears one of the properties, whatever its vocabulary."""
    return any(name in names for name in _bare(hint.name))


def _days(names: Sequence[str], page: Page, _: Sequence[jsonld.Node]) -> Iterator[list[str]]:
    for hint in _hints(names, page):
        if not aside(hint.element, page.around):
            yield [day_text(hint.element)]


def _changes(names: Sequence[str], page: Page, _: Sequence[jsonld.Node]) -> Iterator[list[str]]:
    return ([day_text(hint.element)] for hint in _hints(names, page))


def _hints(names: Sequence[str], page: Page) -> Iterator[Hint]:
    """The elements that bear one of the properties."""
    return (hint for hint in page.props if is_named(hint, names))


def _nodes(
    is_meant: Callable[[jsonld.Node, str], bool], tell: Callable[..., str] = jsonld.text
) -> _Reader:
    """The reader of what each JSON-LD node tells that is meant by a page of its title."""

    def read(names: Sequence[str], page: Page, nodes: Sequence[jsonld.Node]) -> Iterator[list[str]]:
        return ([tell(node, *names)] for node in nodes if is_meant(node, page.title))

    return read


def _works(names: Sequence[str], _: Page, nodes: Sequence[jsonld.Node]) -> Iterator[list[str]]:
    works = filter(jsonld.is_work, nodes)
    values = (v for node in works for name in names for v in jsonld.items(node, name))
    yield [jsonld.text({"value": value}, "value") for value in values]


_PLACES: dict[str, tuple[_Reader, str]] = {
    "meta": (_listed(lambda page: page.metas), "meta"),
    "link": (_listed(lambda page: page.links), "link"),
    "work": (_nodes(lambda node, _: jsonld.is_work(node)), "json-ld"),
    "website": (_nodes(lambda node, _: "website" in jsonld.types(node)), "json-ld"),
    "webpage": (_nodes(lambda node, _: jsonld.is_page(node)), "json-ld"),
    "node": (_nodes(lambda *_: True), "json-ld"),
    "works": (_works, "json-ld"),
    "picture": (_nodes(lambda node, _: jsonld.is_work(node), jsonld.address), "json-ld"),
    "thing": (_nodes(jsonld.is_subject, jsonld.address), "json-ld"),
    "property": (_properties, "microdata"),
    "day": (_days, "microdata"),
    "change": (_changes, "microdata"),
}

"""Pages as older or plainer sites write them, to learn from and to measure with.

Labelled pages are of today: sections, roles and telling names everywhere, and more boilerplate
than text. A model that sees the same text in tables, in bare boxes or between line breaks as well
leans on them less; one that sees it by itself keeps short pages that have no boilerplate at all.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING
from zlib import crc32

from lxml import etree

from cleaner.document import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml.etree import _Element

    from cleaner.learn.datasets import LabelledPage

_SECTIONS = frozenset(
    "main article section nav header footer aside figure figcaption details summary hgroup".split()
)
_SUBHEADINGS = ("h2", "h3", "h4", "h5", "h6")
_BLOCKS = _SECTIONS | frozenset(
    ("div", "p", "table", "ul", "ol", "dl", "form", "blockquote", "pre", "h1", *_SUBHEADINGS)
)
_NAMES = ("class", "id")
_ROLES = frozenset(("role", "itemprop", "itemtype", "itemscope", "property", "typeof"))
_LEAST_MENU = 3
_CUT_SHORT, _BARE, _STAYS = 0.6, 0.5, 0.1
"""How often a part is cut short, to 2 to 15 blocks; how often it loses all names; and how often
what is not wanted stays beside it."""
_GONE = "x-gone"


def read_rewritten(page: LabelledPage) -> bytes:
    """Return a page in other markup, in ASCII with character references.

    Raises `DatasetError` if it cannot be read.
    """
    root = page.tree()
    if root is None:
        return b""
    rewrite(root, page.id)
    return etree.tostring(root, method="html", encoding="us-ascii", doctype="<!DOCTYPE html>")


def rewrite(root: _Element, name: str) -> None:
    """Change the markup of a page, in place and by chance; one name draws one lot. Text stays."""
    rng = Random(crc32(name.encode()))
    body = next(root.iter("body"), root)
    for change, chance in _CHANGES:
        if rng.random() < chance:
            change(body, rng)


def alone(layout: Layout, wanted: Sequence[int], name: str) -> Layout:
    """Return the part of a page with its `wanted` blocks, of which there is one at least.

    The first `h1` stays, wanted or not, and by chance a little else. By chance, too, the part is
    cut short, and bare of names; one page name draws one lot.
    """
    rng = Random(crc32(f"alone {name}".encode()))
    if rng.random() < _CUT_SHORT:
        count = min(int(2 ** rng.uniform(1, 4)), len(wanted))
        first = rng.choice((0, rng.randrange(len(wanted) - count + 1)))
        wanted = wanted[first : first + count]
    titles = [block for block, node in enumerate(layout.block_nodes) if layout.tags[node] == "h1"]
    others = _outside(layout, [*wanted, *titles[:1]])
    part = _without(layout, {node for node in sorted(others) if rng.random() >= _STAYS})
    if rng.random() < _BARE:
        part.attributes = [
            {name: value for name, value in attributes.items() if name not in _NAMES}
            for attributes in part.attributes
        ]
    return part


def _outside(layout: Layout, blocks: Sequence[int]) -> set[int]:
    """Return the highest nodes that hold blocks, but none of these."""
    around = {node for block in blocks for node in layout.ancestors(layout.block_nodes[block])}
    return {
        [node for node in layout.ancestors(inner) if node not in around][-1]
        for inner in layout.block_nodes
        if inner not in around
    }


def _without(layout: Layout, tops: set[int]) -> Layout:
    """Return a page without some nodes and all that is in them."""
    numbers: list[int] = []  # each node's in what is left, -1 if it is gone
    part = Layout(title=layout.title, base=layout.base, address=layout.address, image=layout.image)
    for node, parent in enumerate(layout.parents):
        gone = node in tops or (parent >= 0 and numbers[parent] < 0)
        numbers.append(-1 if gone else len(part.tags))
        if not gone:
            part.tags.append(layout.tags[node])
            part.parents.append(numbers[parent] if parent >= 0 else parent)
            part.attributes.append(layout.attributes[node])
            part.flags.append(layout.flags[node])
    for block, node in enumerate(layout.block_nodes):
        if numbers[node] >= 0:
            pieces = slice(layout.starts[block], layout.ends[block])
            part.block_nodes.append(numbers[node])
            part.starts.append(len(part.pieces))
            part.pieces += layout.pieces[pieces]
            part.piece_nodes += [numbers[inner] for inner in layout.piece_nodes[pieces]]
            part.ends.append(len(part.pieces))
            part.texts.append(layout.texts[block])
            part.words.append(layout.words[block])
            part.links.append(layout.links[block])
    return part


def _to_boxes(*tags: str) -> Callable[[_Element, Random], None]:
    def change(body: _Element, _: Random) -> None:
        for element in body.iter(*tags):
            element.tag = "div"

    return change


def _drop_roles(body: _Element, _: Random) -> None:
    for element in body.iter("*"):
        for name in list(element.attrib):
            if name in _ROLES or str(name).startswith(("aria-", "data-")):
                del element.attrib[name]


def _drop_names(body: _Element, _: Random) -> None:
    for element in body.iter("*"):
        for name in _NAMES:
            element.attrib.pop(name, "")


def _drop_some_names(body: _Element, rng: Random) -> None:
    """Drop every other name, each wherever it stands."""
    stays: dict[str, bool] = {}
    for element in body.iter("*"):
        for name in _NAMES:
            tokens = element.get(name, "").split()
            for token in tokens:
                stays.setdefault(token, rng.random() < 0.5)
            if tokens:
                element.set(name, " ".join(token for token in tokens if stays[token]))


def _headings_to_bold(*tags: str) -> Callable[[_Element, Random], None]:
    def change(body: _Element, _: Random) -> None:
        for element in list(body.iter(*tags)):
            bold = _filled("b", element)
            element.tag = "p"
            element.append(bold)

    return change


def _menus_to_lines(body: _Element, _: Random) -> None:
    """Write lists of links as one line, with bars between them."""
    for menu in list(body.iter("ul")):
        items = list(menu)
        if len(items) >= _LEAST_MENU and all(map(_is_link, items)):
            menu.tag = "div"
            for item in items:
                item.tag, item.tail = "span", " | "
            items[-1].tail = None


def _is_link(item: _Element) -> bool:
    return (
        item.tag == "li"
        and len(item) == 1
        and item[0].tag == "a"
        and not len(item[0])
        and not f"{item.text or ''}{item[0].tail or ''}".strip()
    )


def _paragraphs_to_breaks(body: _Element, _: Random) -> None:
    for element in list(body.iter("p")):
        if element is not body and not _holds_blocks(element):
            last = etree.Element("br")
            last.tail, element.tail = element.tail, None
            element.addnext(last)
            element.addnext(etree.Element("br"))
            element.tag = _GONE
    etree.strip_tags(body, _GONE)


def _boxes_to_tables(body: _Element, rng: Random) -> None:
    """Write every other box of blocks as a table of one cell."""
    for box in list(body.iter("div")):
        if any(child.tag in _BLOCKS for child in box) and rng.random() < 0.5:
            cell = _filled("td", box)
            box.tag = "table"
            etree.SubElement(box, "tr").append(cell)


def _filled(tag: str, element: _Element) -> _Element:
    """Return a new element with all that stood in `element`, which is left empty."""
    new = etree.Element(tag)
    new.text, element.text = element.text, None
    new.extend(list(element))
    return new


def _holds_blocks(element: _Element) -> bool:
    return any(inner is not element for inner in element.iter(*_BLOCKS))


# Later changes see what earlier ones made.
_CHANGES: tuple[tuple[Callable[[_Element, Random], None], float], ...] = (
    (_to_boxes(*_SECTIONS), 0.7),
    (_drop_roles, 0.7),
    (_drop_names, 0.2),
    (_drop_some_names, 0.25),
    (_headings_to_bold(*_SUBHEADINGS), 0.2),
    (_headings_to_bold("h1"), 0.15),
    (_to_boxes("p"), 0.1),
    (_menus_to_lines, 0.2),
    (_paragraphs_to_breaks, 0.2),
    (_boxes_to_tables, 0.35),
)

"""The kept blocks as a tree of boxes and runs: what of the page's tree the kept text stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.document import NOSCRIPT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.document import Layout

DEPTH = 60
"""Boxes and elements nest at most this deep; what lies deeper stands in the last of them."""

_INLINE_DEPTH = DEPTH + 60

# Elements that mean nothing to a reader unless an attribute says otherwise.
_BARE = frozenset(
    "div span section article main body html header footer nav aside center font form fieldset"
    " hgroup address tbody thead tfoot small big u search label noscript p".split()
)


class Element:
    """An element of the page: a box around blocks, or inline markup inside a block."""

    __slots__ = ("attributes", "children", "depth", "node", "tag")

    def __init__(self, tag: str, attributes: Mapping[str, str], node: int, depth: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.node = node
        self.depth = depth
        self.children: list[Element | Run | str] = []

    def text(self) -> str:
        """Return the text inside, to the letter."""
        parts: list[str] = []
        stack: list[Element | Run | str] = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                parts.append(item)
            else:
                stack.extend(reversed(item.children))
        return "".join(parts)


class Run:
    """The content of one block: text and inline elements. `node` is its block-level node."""

    __slots__ = ("block", "children", "depth", "node")

    def __init__(self, block: int, node: int, depth: int) -> None:
        self.block = block
        self.node = node
        self.depth = depth
        self.children: list[Element | Run | str] = []


def grow(layout: Layout, kept: Sequence[bool]) -> tuple[Element, dict[int, Element]]:
    """Return the root of the tree of the kept blocks, and the boxes by their node."""
    root = Element("#root", {}, -1, 0)
    boxes: dict[int, Element] = {-1: root}
    pieces, piece_nodes = layout.pieces, layout.piece_nodes
    starts, ends = layout.starts, layout.ends
    covered = 0
    for block, node in enumerate(layout.block_nodes):
        if starts[block] > covered:
            _add_hidden_images(layout, boxes, covered, block, kept)
        covered = ends[block]
        if not kept[block]:
            continue
        box = boxes.get(node) or _box(layout, boxes, node)
        run = Run(block, node, box.depth)
        box.children.append(run)
        inner: dict[int, Element | Run] = {node: run}
        for piece in range(starts[block], ends[block]):
            place = inner.get(piece_nodes[piece]) or _inline(layout, inner, piece_nodes[piece])
            if pieces[piece]:
                place.children.append(pieces[piece])
    return root, boxes


def _add_hidden_images(
    layout: Layout, boxes: dict[int, Element], first: int, block: int, kept: Sequence[bool]
) -> None:
    """Add the images that a page shows only without scripts, between two kept blocks.

    They stand in no block: the text of `<noscript>` doubles that of the page.
    """
    before = block > 0 and kept[block - 1]
    if not (kept[block] or before):
        return
    for piece in range(first, layout.starts[block]):
        node = layout.piece_nodes[piece]
        if layout.tags[node] != "img" or not layout.flags[node] & NOSCRIPT:
            continue
        figure = _figure(layout, node)
        if kept[block] and (before or figure == _figure(layout, layout.block_nodes[block]) >= 0):
            box = _box_of(layout, boxes, node)
            run = Run(-1, box.node, box.depth)
            run.children.append(Element("img", layout.attributes[node], node, box.depth + 1))
            box.children.append(run)


def _figure(layout: Layout, node: int) -> int:
    return next((outer for outer in layout.ancestors(node) if layout.tags[outer] == "figure"), -1)


def _box_of(layout: Layout, boxes: dict[int, Element], node: int) -> Element:
    """Return the box that an image in a `<noscript>` stands in."""
    while layout.flags[node] & NOSCRIPT:
        node = layout.parents[node]
    return boxes.get(node) or _box(layout, boxes, node)


def _box(layout: Layout, boxes: dict[int, Element], node: int) -> Element:
    """Return the box of a node, made with those around it."""
    path = []
    while node not in boxes:
        path.append(node)
        node = layout.parents[node]
    box = boxes[node]
    tags, attributes = layout.tags, layout.attributes
    for step in reversed(path):
        if box.depth < DEPTH and (attributes[step] or tags[step] not in _BARE):
            inner = Element(tags[step], attributes[step], step, box.depth + 1)
            box.children.append(inner)
            box = inner
        boxes[step] = box
    return box


def _inline(layout: Layout, inner: dict[int, Element | Run], node: int) -> Element | Run:
    """Return the element of an inline node, made with those around it."""
    path = []
    while node not in inner:
        path.append(node)
        node = layout.parents[node]
    place = inner[node]
    tags, attributes = layout.tags, layout.attributes
    for step in reversed(path):
        if place.depth < _INLINE_DEPTH and (attributes[step] or tags[step] not in _BARE):
            element = Element(tags[step], attributes[step], step, place.depth + 1)
            place.children.append(element)
            place = element
        inner[step] = place
    return place

# cython: language_level=3, boundscheck=False, initializedcheck=False, annotation_typing=False
"""The tree of kept blocks: the elements and runs of text that it is made of, and how it grows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.document import NOSCRIPT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.document import Layout

DEPTH = 60
"""Boxes and elements nest at most this deep; what lies deeper stands in the last of them."""
INLINE_DEPTH = DEPTH + 60
"""The same for what stands inside a block."""

BARE = frozenset(
    "div span section article main body html header footer nav aside center font form fieldset"
    " hgroup address tbody thead tfoot small big u search label noscript p".split()
)
"""Elements that mean nothing to a reader unless an attribute says otherwise."""

# Dropped captions in a row, from which on nothing beside them counts.
_MOST_CAPTIONS = 8


class _Holder:
    """What elements and runs have in common: the node, how deep it lies, and what is inside."""

    __slots__ = ("children", "depth", "node")
    node: int
    depth: int
    children: list[Element | Run | str]

    def text(self) -> str:
        """Return the text inside, to the letter."""
        parts: list[str] = []
        stack: list[_Holder | str] = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                parts.append(item)
            else:
                stack.extend(item.children[::-1])
        return "".join(parts)


class Element(_Holder):
    """An element of the page: a box around blocks, or inline markup inside a block."""

    __slots__ = ("attributes", "tag")

    def __init__(self, tag: str, attributes: Mapping[str, str], node: int, depth: int) -> None:
        self.tag, self.attributes, self.node, self.depth = tag, attributes, node, depth
        self.children = []


class Run(_Holder):
    """The content of one block: text and inline elements. `node` is its block-level node."""

    __slots__ = ("block",)

    def __init__(self, block: int, node: int, depth: int) -> None:
        self.block, self.node, self.depth = block, node, depth
        self.children = []

    def part(self, children: list[Element | Run | str]) -> Run:
        """Return a run of the same block that holds some of what stands in it."""
        part = Run(self.block, self.node, self.depth)
        part.children = children
        return part


class Tree:
    """The kept blocks of a layout as a tree.

    `boxes` are its block-level elements by their node (that of a collapsed element is the one
    around it), `elements` all of its elements, inline ones too, in the order of the page.
    """

    __slots__ = ("boxes", "elements", "flat", "layout", "opened", "root")

    def __init__(
        self, layout: Layout, kept: Sequence[bool], flat: Sequence[int] | None = None
    ) -> None:
        self.layout = layout
        # The pieces that stand in their block without the elements around them.
        self.flat = flat or bytes(len(layout.pieces))
        self.root = Element("#root", {}, -1, 0)
        self.boxes: dict[int, Element] = {-1: self.root}
        # The boxes that may still take a block, each after those around it.
        self.opened: dict[int, Element] = {-1: self.root}
        if layout.is_cleaned():  # what we put around all of our own HTML is no box of the page
            self.boxes[2] = self.opened[2] = self.root
        self.elements: list[Element] = []
        self._grow(kept)

    def _grow(self, kept: Sequence[bool]) -> None:
        """Add the kept blocks."""
        layout = self.layout
        starts, ends = layout.starts, layout.ends
        pieces, piece_nodes = layout.pieces, layout.piece_nodes
        covered = 0
        for block, node in enumerate(layout.block_nodes):
            start, end = starts[block], ends[block]
            if start > covered:
                self._add_hidden_images(covered, block, kept)
            covered = end
            if not kept[block]:
                continue
            box = self._lay(self.opened, node, DEPTH)
            run = Run(block, node, box.depth)
            if box.children and isinstance(last := box.children[-1], Element):
                self.close(last)
            box.children.append(run)
            if end - start == 1 and piece_nodes[start] == node:
                run.children.append(pieces[start])
            else:
                self._fill(run, start, end)

    def _fill(self, run: Run, start: int, end: int) -> None:
        """Add pieces to a run, with the elements around them."""
        pieces, piece_nodes = self.layout.pieces, self.layout.piece_nodes
        inner: dict[int, Element | Run] = {run.node: run}
        parts: list[str] = []
        for piece in range(start, end):
            if self.flat[piece]:
                parts.append(pieces[piece])
                continue
            if parts:
                # What is around both goes on after them.
                run.children.append("".join(parts))
                inner, parts = {run.node: run}, []
            place = self._lay(inner, piece_nodes[piece], INLINE_DEPTH)
            if pieces[piece]:
                place.children.append(pieces[piece])
        if parts:
            run.children.append("".join(parts))

    def _lay(self, known: dict[int, Any], node: int, deepest: int) -> Any:
        """Return the element of a node, made with those around it."""
        if (place := known.get(node)) is not None:
            return place
        layout = self.layout
        parents, tags, all_attributes = layout.parents, layout.tags, layout.attributes
        path = []
        while place is None:
            path.append(node)
            node = parents[node]
            place = known.get(node)
        while path:
            node = path.pop()
            tag, attributes = tags[node], all_attributes[node]
            if (attributes or tag not in BARE) and place.depth < deepest:
                inner = Element.__new__(Element)  # compiled, twice as quick as a call
                inner.tag, inner.attributes, inner.children = tag, attributes, []
                inner.node, inner.depth = node, place.depth + 1
                place.children.append(inner)
                self.elements.append(inner)
                place = inner
            known[node] = place
            if known is self.opened:
                self.boxes[node] = place
        return place

    def own_box(self, node: int) -> Element | None:
        """Return the box of a node, None if it has none or shares that around it."""
        box = self.boxes.get(node)
        return box if box is not None and box.node == node else None

    def close(self, box: Element) -> None:
        """Close a box: what stands in it from now on comes after it.

        An inline element around blocks ends with each run of text beside them.
        """
        if box.node in self.opened:
            while self.opened.popitem()[0] != box.node:
                pass

    def _add_hidden_images(self, first: int, block: int, kept: Sequence[bool]) -> None:
        """Add the images that a page shows only without scripts, between two kept blocks.

        They stand in no block: the text of `<noscript>` doubles that of the page.
        """
        layout = self.layout
        if not self._is_kept_from(block, 1, kept):
            return
        before = self._is_kept_from(block - 1, -1, kept)
        for piece in range(first, layout.starts[block]):
            node = layout.piece_nodes[piece]
            if layout.tags[node] != "img" or not layout.flags[node] & NOSCRIPT:
                continue
            figure = layout.nearest(node, ("figure",))
            own = layout.nearest(layout.block_nodes[block], ("figure",)) if kept[block] else -1
            if before or own == figure >= 0:
                outer = node
                while layout.flags[outer] & NOSCRIPT:
                    outer = layout.parents[outer]
                box = self.boxes.get(outer) or self._lay(self.opened, outer, DEPTH)
                run = Run(-1, box.node, box.depth)
                image = Element("img", layout.attributes[node], node, box.depth + 1)
                run.children.append(image)
                box.children.append(run)

    def _is_kept_from(self, block: int, step: int, kept: Sequence[bool]) -> bool:
        """Return whether a block, or the first beside it that is no dropped caption, is kept."""
        layout = self.layout
        end = min(max(block + step * _MOST_CAPTIONS, -1), len(layout))
        for other in range(block, end, step):
            if kept[other] or layout.tags[layout.block_nodes[other]] != "figcaption":
                return kept[other]
        return False

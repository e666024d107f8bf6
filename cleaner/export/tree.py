"""The kept blocks as a tree of boxes and runs: what of the page's tree the kept text stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.document import NOSCRIPT
from cleaner.export import boxes
from cleaner.export.boxes import BARE, DEPTH, INLINE_DEPTH
from cleaner.twins import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cleaner.document import Layout
    from cleaner.export.boxes import Element, Run
else:
    Element, Run = (
        compiled("cleaner.export._boxes", kind.__name__, kind)
        for kind in (boxes.Element, boxes.Run)
    )

__all__ = [
    "CODE", "DEPTH", "HEADINGS", "LISTS", "Element", "Run", "Tree", "elements_in", "folded",
    "leading", "parts_in", "shown", "text_of",
]  # fmt: skip

HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
LISTS = frozenset(("ul", "ol", "menu", "dir"))
CODE = frozenset(("code", "tt", "samp", "d-code"))

# Dropped captions in a row, from which on nothing beside them counts.
_MOST_CAPTIONS = 8


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
        grow(self, kept)

    def grow(self, kept: Sequence[bool]) -> None:
        """Add the kept blocks to an empty tree."""
        layout, opened = self.layout, self.opened
        pieces, piece_nodes = layout.pieces, layout.piece_nodes
        starts, ends = layout.starts, layout.ends
        covered = 0
        for block, node in enumerate(layout.block_nodes):
            start, end = starts[block], ends[block]
            if start > covered:
                self.add_hidden_images(covered, block, kept)
            covered = end
            if not kept[block]:
                continue
            box = opened.get(node) or self._lay(opened, node, DEPTH)
            run = Run(block, node, box.depth)
            if box.children and isinstance(last := box.children[-1], Element):
                self.close(last)
            box.children.append(run)
            if end - start == 1 and piece_nodes[start] == node:
                run.children.append(pieces[start])
                continue
            self._fill(run, start, end)

    def _fill(self, run: Run, start: int, end: int) -> None:
        """Add pieces to a run, with the elements around them."""
        pieces, flat = self.layout.pieces, self.flat
        inner: dict[int, Element | Run] = {run.node: run}
        parts: list[str] = []
        for piece in range(start, end):
            if flat[piece]:
                parts.append(pieces[piece])
                continue
            if parts:
                # What is around both goes on after them.
                run.children.append("".join(parts))
                inner, parts = {run.node: run}, []
            node = self.layout.piece_nodes[piece]
            place = inner.get(node) or self._lay(inner, node, INLINE_DEPTH)
            if pieces[piece]:
                place.children.append(pieces[piece])
        if parts:
            run.children.append("".join(parts))

    def _lay(self, known: dict[int, Any], node: int, deepest: int) -> Any:
        """Return the element of a node, made with those around it."""
        tags, attributes = self.layout.tags, self.layout.attributes
        for step in self.layout.unknown(node, known):
            place = known[self.layout.parents[step]]
            if (attributes[step] or tags[step] not in BARE) and place.depth < deepest:
                inner = Element(tags[step], attributes[step], step, place.depth + 1)
                place.children.append(inner)
                self.elements.append(inner)
                place = inner
            known[step] = place
            if known is self.opened:
                self.boxes[step] = place
        return known[node]

    def own_box(self, node: int) -> Element | None:
        """Return the box of a node, None if it has none or shares that around it."""
        box = self.boxes.get(node)
        return box if box is not None and box.node == node else None

    def close(self, box: Element) -> None:
        """Let what stands in a box from now on come after it.

        An inline element around blocks ends with each run of text beside them.
        """
        if box.node in self.opened:
            while self.opened.popitem()[0] != box.node:
                pass

    def add_hidden_images(self, first: int, block: int, kept: Sequence[bool]) -> None:
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
        """Tell whether a block, or the first beside it that is no dropped caption, is kept."""
        layout = self.layout
        end = min(max(block + step * _MOST_CAPTIONS, -1), len(layout))
        for other in range(block, end, step):
            if kept[other] or layout.tags[layout.block_nodes[other]] != "figcaption":
                return kept[other]
        return False


def parts_in(
    part: Element | Run, closed: Callable[[Element | Run], bool] | None = None
) -> Iterator[Element | Run | str]:
    """Yield a part and what is in it, in document order, but nothing inside `closed` ones."""
    stack: list[Element | Run | str] = [part]
    while stack:
        item = stack.pop()
        yield item
        if not isinstance(item, str) and not (closed and closed(item)):
            stack.extend(reversed(item.children))


def elements_in(part: Element | Run) -> Iterator[Element]:
    """Yield the elements from `part` on down, in document order."""
    return (item for item in parts_in(part) if isinstance(item, Element))


def shown(part: Element | Run) -> list[Element | Run | str]:
    """Return the children of a part without white space alone."""
    return [child for child in part.children if not isinstance(child, str) or child.strip()]


def leading(part: Element | Run | str) -> Iterator[Element | Run | str]:
    """Yield a part, what it begins with, what that begins with, and so on down to a text."""
    yield part
    while not isinstance(part, str):
        part = next((c for c in part.children if not isinstance(c, str) or c.strip()), "")
        yield part


def text_of(part: Element | Run | str) -> str:
    """Return the text of a part, to the letter."""
    return part if isinstance(part, str) else part.text()


grow = compiled("cleaner.export._boxes", "grow", Tree.grow)
folded = compiled("cleaner.export._boxes", "folded", boxes.folded_in_python)

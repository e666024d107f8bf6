"""Plain text: paragraphs parted by blank lines, lists with bullets, tables parted by tabs.

The plain blocks of a page are written one after the other, which is fast; its tables, its code and
the like, and a page with formulas or notes, are read as for the other forms. Both give the same
where both serve.
"""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from cleaner.export.plain import parts
from cleaner.export.prose import render as render_nodes
from cleaner.export.prose import render_parts, wrapped
from cleaner.export.tree import LISTS

if TYPE_CHECKING:
    from cleaner.document import Document, Layout
    from cleaner.export.options import Options

SUFFIX = ".txt"

_STRUCTURE = LISTS | {"li"}


class _Place(NamedTuple):
    """Where a block stands: its outermost list, its item, and how many items are around it."""

    unit: int = -1
    item: int = -1
    lists: int = 0


_PLAIN = _Place()


def render(document: Document, options: Options) -> str:
    """Return the kept blocks as plain text with one final newline; "" if there are none."""
    layout = document.layout
    if document.page.media == "text":
        return raw_text(document)
    part_of = None if options.headings else parts(layout, document.kept)
    found = render_parts(document, options, part_of) if part_of else ({}, set())
    if part_of is None or found is None:
        return render_nodes(document, options)
    told, labels = found
    writer = _Writer(layout, options)
    texts = layout.texts
    for block in compress(range(len(texts)), document.kept):
        if part_of and part_of[block] >= 0:
            writer.add_part(told.pop(part_of[block], ""))
        elif texts[block] and block not in labels:
            writer.add(block)
    text = "".join(writer.parts)
    return text + "\n" if text else ""


def raw_text(document: Document) -> str:
    """Return the kept lines of a plain-text page to the letter."""
    return "".join(compress(document.layout.pieces, document.kept))


class _Writer:
    """Appends block after block, with what parts each from the one before."""

    def __init__(self, layout: Layout, options: Options) -> None:
        self.layout = layout
        self.width = options.wrap
        self.parts: list[str] = []
        self.places: dict[int, _Place] = {-1: _PLAIN}
        self.numbers: dict[int, int] = {}
        self.unit = -1
        self.begun: set[int] = set()

    def add(self, block: int) -> None:
        """Append one kept block."""
        node = self.layout.block_nodes[block]
        place = self.places.get(node) or self._find_place(node)
        text = self.layout.texts[block]
        if self.parts:
            self.parts.append("\n" if place.unit == self.unit >= 0 else "\n\n")
        self.unit = place.unit
        if place is _PLAIN:
            self.parts.append(self._running(text))
            return
        margin = "  " * place.lists
        first = margin
        if place.item >= 0 and place.item not in self.begun:
            self.begun.add(place.item)
            first = margin[:-2] + self._bullet(place.item)
        lines = self._running(text, len(margin), len(first) - len(margin)).split("\n")
        self.parts.append("\n".join((first + lines[0], *(margin + line for line in lines[1:]))))

    def add_part(self, text: str) -> None:
        """Append what was read of a part of the page."""
        if text:
            self.parts.extend(("\n\n" if self.parts else "", text))
            self.unit = -1

    def _running(self, text: str, margin: int = 0, lead: int = 0) -> str:
        if not self.width:
            return text
        return wrapped(text, self.width - margin, lead)

    def _bullet(self, item: int) -> str:
        layout = self.layout
        parent = layout.parents[item]
        if parent < 0 or layout.tags[parent] != "ol":
            return "- "
        # A list that counts otherwise than from one is not written here.
        self.numbers[parent] = number = self.numbers.get(parent, 0) + 1
        return f"{number}. "

    def _find_place(self, node: int) -> _Place:
        """Return the place of a node, and note those of the nodes around it."""
        places, layout = self.places, self.layout
        for step in layout.unknown(node, places):
            place = places[layout.parents[step]]
            places[step] = self._inside(step, place) if layout.tags[step] in _STRUCTURE else place
        return places[node]

    def _inside(self, node: int, place: _Place) -> _Place:
        """Return the place of what stands directly in a list or item."""
        unit = place.unit if place.unit >= 0 else node
        if self.layout.tags[node] == "li":
            return _Place(unit, node, place.lists + 1)
        return place._replace(unit=unit)

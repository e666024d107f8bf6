"""Plain text: paragraphs parted by blank lines, lists with bullets, tables parted by tabs."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from cleaner.export.grid import Grid, grids

if TYPE_CHECKING:
    from cleaner.document import Document, Layout
    from cleaner.export.options import Options

SUFFIX = ".txt"

_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_STRUCTURE = frozenset(("li", "table", "dl", "dt", "dd", "pre")) | _LISTS
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}


class _Place(NamedTuple):
    """Where a block stands: its outermost structure, its item, table and cell, its margin."""

    unit: int = -1
    item: int = -1
    lists: int = 0
    table: int = -1
    pre: int = -1
    definition: bool = False


_PLAIN = _Place()


def render(document: Document, options: Options) -> str:
    """Return the kept blocks as plain text with one final newline; "" if there are none."""
    layout = document.layout
    if document.page.media == "text":
        return raw_text(document)
    writer = _Writer(layout, options)
    texts = layout.texts
    for block, kept in enumerate(document.kept):
        if kept and texts[block]:
            writer.add(block)
    writer.end_table()
    text = "".join(writer.parts)
    return text + "\n" if text else ""


def raw_text(document: Document) -> str:
    """Return the kept lines of a plain-text page to the letter."""
    layout = document.layout
    return "".join(
        "".join(layout.pieces[layout.starts[block] : layout.ends[block]])
        for block, kept in enumerate(document.kept)
        if kept
    )


class _Writer:
    """Appends block after block, with what parts each from the one before."""

    def __init__(self, layout: Layout, options: Options) -> None:
        self.layout = layout
        self.options = options
        self.parts: list[str] = []
        self.places: dict[int, _Place] = {-1: _PLAIN}
        self.numbers: dict[int, int] = {}
        self.unit = -1
        self.item = -1
        self.pre = -1
        self.table = -1
        self.cells: dict[int, list[str]] = {}
        self.margin = ""
        self._grids: dict[int, Grid] | None = None

    def add(self, block: int) -> None:
        """Append one kept block."""
        node = self.layout.block_nodes[block]
        place = self.places.get(node) or self._find_place(node)
        text = self.layout.texts[block]
        if place is _PLAIN:
            if self.table >= 0:
                self.end_table()
            self.unit = -1
            self._append(self._running(text, node), "\n\n")
        else:
            self._add_structured(node, place, text)

    def _append(self, text: str, gap: str) -> None:
        if self.parts:
            self.parts.append(gap)
        self.parts.append(text)

    def _add_structured(self, node: int, place: _Place, text: str) -> None:
        if self.table >= 0 and place.table != self.table:
            self.end_table()
        if place.table >= 0:
            if not self.options.tables:
                return
            if self.table < 0:
                self.table, self.margin = place.table, "  " * place.lists
                self._gap(place)
            self.cells.setdefault(self._cell(node), []).append(" ".join(text.split()))
            return
        self._gap(place)
        if place.pre >= 0:
            self.parts.append(text)
            return
        margin = "  " * place.lists
        lines = self._running(text, node, len(margin)).split("\n")
        if place.definition:
            margin += "  "
        first = margin
        if place.item >= 0 and place.item != self.item:
            self.item = place.item
            first = margin[:-2] + self._bullet(place.item)
        self.parts.append("\n".join((first + lines[0], *(margin + line for line in lines[1:]))))

    def _gap(self, place: _Place) -> None:
        """Append what parts a block of a list, table or code from the one before."""
        if self.parts:
            self.parts.append("\n" if place.unit == self.unit else "\n\n")
        self.unit = place.unit

    def _running(self, text: str, node: int, margin: int = 0) -> str:
        marks = _HEADINGS.get(self.layout.tags[node]) if self.options.headings else None
        if marks:
            text = f"{marks} {text}"
        width = self.options.wrap
        if not width:
            return text
        return "\n".join(
            textwrap.fill(line, max(width - margin, 20), break_long_words=False,
                          break_on_hyphens=False)
            for line in text.split("\n")
        )  # fmt: skip

    def _bullet(self, item: int) -> str:
        layout = self.layout
        parent = layout.parents[item]
        if parent < 0 or layout.tags[parent] != "ol":
            return "- "
        number = item_number(layout, item, self.numbers.get(parent))
        self.numbers[parent] = number + 1
        return f"{number}. "

    def _cell(self, node: int) -> int:
        """Return the cell of the running table that `node` stands in."""
        layout, cell = self.layout, -1
        for ancestor in layout.ancestors(node):
            if ancestor == self.table:
                break
            if layout.tags[ancestor] in ("td", "th", "caption"):
                cell = ancestor
        return cell

    def end_table(self) -> None:
        """Append the rows of the running table."""
        if self.table < 0:
            return
        grid = self._tables()[self.table]
        lines = [
            " ".join(texts) for cell, texts in self.cells.items() if cell in (-1, grid.caption)
        ]
        for _, cells in grid.rows:
            if any(cell in self.cells for cell in cells):
                lines.append("\t".join(" ".join(self.cells.get(cell, ())) for cell in cells))
        self.parts.append("\n".join(self.margin + line for line in lines))
        self.table, self.cells = -1, {}

    def _tables(self) -> dict[int, Grid]:
        if self._grids is None:
            self._grids = grids(self.layout)
        return self._grids

    def _find_place(self, node: int) -> _Place:
        """Return the place of a node, and note those of the nodes around it."""
        places, parents = self.places, self.layout.parents
        path = []
        while node not in places:
            path.append(node)
            node = parents[node]
        place = places[node]
        for node in reversed(path):
            if self.layout.tags[node] in _STRUCTURE:
                place = self._inside(node, place)
            places[node] = place
        return place

    def _inside(self, node: int, place: _Place) -> _Place:
        """Return the place of what stands directly in a list, item, table, cell or code."""
        tag = self.layout.tags[node]
        if place.table >= 0 or (tag == "table" and self._tables()[node].is_layout):
            return place
        place = place if place.unit >= 0 else place._replace(unit=node)
        if tag == "table":
            place = place._replace(table=node)
        elif tag == "li":
            place = place._replace(item=node, lists=place.lists + 1)
        elif tag == "pre":
            place = place._replace(pre=node)
        elif tag in ("dt", "dd"):
            place = place._replace(definition=tag == "dd")
        return place


def item_number(layout: Layout, item: int, following: int | None) -> int:
    """Return the number of an item of an ordered list; `following` is that after the last one."""
    value = layout.attributes[item].get("value", "")
    if following is None and not value:
        value = layout.attributes[layout.parents[item]].get("start", "")
    return int(value) if value.isdecimal() and len(value) < 10 else following or 1

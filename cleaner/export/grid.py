"""Tables of a layout as rows of cells, and whether a table only lays out the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.document import CELLS

if TYPE_CHECKING:
    from cleaner.document import Layout

# A cell lies at most this many elements below its table: row, row group, and odd wrappers.
_REACH = 5
# A cell with more text than this, or more blocks, is a part of the page, not a value.
_LONG_CELL, _BLOCKS_IN_CELL = 1000, 6
_TABLE = ("table",)
_PARTING = ("table", "hr")
_DATA = "CALSTABLE"
"""The class of the tables of a DocBook page that hold data."""
_DATA_ROLES = frozenset(("table", "grid", "treegrid"))


@dataclass(slots=True)
class Grid:
    """The rows of one table: the node of each row and those of its cells.

    `spacers` counts the rows without a cell, which only keep others apart; `is_nest` and `is_ruled`
    say that a cell holds a table, or a line between two of its parts.
    """

    table: int
    rows: list[tuple[int, list[int]]] = field(default_factory=list)
    caption: int = -1
    spacers: int = 0
    is_nest: bool = False
    is_ruled: bool = False
    is_layout: bool = False


def grids(layout: Layout) -> dict[int, Grid]:
    """Return the table nodes of a page with their grids, found in one pass."""
    tags, parents = layout.tags, layout.parents
    found: dict[int, Grid] = {}
    row_of: dict[int, list[int]] = {}
    for node, tag in enumerate(tags):
        if found and tag in _PARTING:
            _note_parts(layout, node, found)
        if tag == "table":
            found[node] = Grid(node)
        elif tag in CELLS and found:
            parent = parents[node]
            table = layout.nearest(parent, _TABLE, _REACH)
            if table < 0:
                continue
            cells = row_of.get(parent)
            if cells is None:
                cells = row_of[parent] = []
                found[table].rows.append((parent, cells))
            cells.append(node)
        elif tag == "caption" and parents[node] in found:
            found[parents[node]].caption = node
    if found and not layout.is_cleaned():
        _move_feet(layout, found)
        _count_spacers(layout, found)
        contents = _contents(layout, found)
        for grid in found.values():
            grid.is_layout = _is_layout(layout, grid, contents)
    return found


def _move_feet(layout: Layout, found: dict[int, Grid]) -> None:
    """Put the rows of each `<tfoot>` last, where browsers show them."""
    tags, parents = layout.tags, layout.parents
    for grid in found.values() if "tfoot" in tags else ():
        grid.rows.sort(key=lambda row: tags[parents[row[0]]] == "tfoot")


def _note_parts(layout: Layout, node: int, found: dict[int, Grid]) -> None:
    """Note in the table around a table or a line that one of its cells has parts."""
    outer = layout.nearest(layout.parents[node], CELLS, _REACH)
    around = found.get(layout.nearest(outer, _TABLE, _REACH)) if outer >= 0 else None
    if around:
        around.is_nest |= layout.tags[node] == "table"
        around.is_ruled |= layout.tags[node] == "hr"


def _count_spacers(layout: Layout, found: dict[int, Grid]) -> None:
    tags = layout.tags
    for node, tag in enumerate(tags):
        if tag == "tr" and (node + 1 == len(tags) or tags[node + 1] not in CELLS):
            table = layout.nearest(layout.parents[node], _TABLE, _REACH)
            if table >= 0:
                found[table].spacers += 1


def _contents(layout: Layout, found: dict[int, Grid]) -> dict[int, tuple[int, int]]:
    """Return the number of blocks and characters of each cell, nested cells left aside."""
    cells = {cell for grid in found.values() for _, row in grid.rows for cell in row}
    counts: dict[int, tuple[int, int]] = {}
    tags, parents = layout.tags, layout.parents
    memo: dict[int, int] = {-1: -1}
    for block, own in enumerate(layout.block_nodes):
        for step in layout.unknown(own, memo):
            memo[step] = step if step in cells else memo[parents[step]]
        cell = memo[own]
        if cell >= 0:
            blocks, size = counts.get(cell, (0, 0))
            # Headings belong to pages, not to values.
            weight = _BLOCKS_IN_CELL if tags[own] in _HEADINGS else 1
            counts[cell] = (blocks + weight, size + len(layout.texts[block]))
    return counts


def _has_head(layout: Layout, grid: Grid) -> bool:
    """Return whether a table has a header cell in a `<thead>`, above more rows."""
    if len(grid.rows) < 2:
        return False
    row, cells = grid.rows[0]
    return layout.tags[layout.parents[row]] == "thead" and layout.tags[cells[0]] == "th"


_HEADINGS = frozenset(("h1", "h2", "h3"))


def _is_layout(layout: Layout, grid: Grid, contents: dict[int, tuple[int, int]]) -> bool:
    """Return whether a table only places things on the page."""
    role = layout.attributes[grid.table].get("role", "")
    if role in _DATA_ROLES:
        return False
    if role in ("presentation", "none") or grid.is_nest:
        return True
    if max((len(cells) for _, cells in grid.rows), default=0) < 2:
        # A column of values has a header.
        return not _has_head(layout, grid)
    cells = [cell for _, row in grid.rows for cell in row]
    if any(layout.tags[cell] == "th" for cell in cells) or grid.caption >= 0:
        return False
    if grid.is_ruled or 2 * grid.spacers >= len(grid.rows) > 2:
        return True

    def is_filled(cell: int) -> bool:
        holds = cell + 1 < len(layout.tags) and layout.parents[cell + 1] == cell  # as an icon
        return cell in contents or holds

    sizes = [contents.get(cell, (0, 0)) for cell in cells]
    attributes = layout.attributes[grid.table]
    is_bare = attributes.get("border") == "0" and attributes.get("cellspacing") == "0"
    return (
        (is_bare and _DATA not in attributes.get("class", "").split())
        or any(blocks > _BLOCKS_IN_CELL or size > _LONG_CELL for blocks, size in sizes)
        or sum(1 for _, size in sizes if size) < 2
        or all(sum(map(is_filled, row)) < 2 for _, row in grid.rows)
    )

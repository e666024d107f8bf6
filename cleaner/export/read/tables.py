"""Tables: rows, header rows, alignment, spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.export.nodes import Cell, Code, Details, Equation, Heading, Paragraph, Table, unbolded
from cleaner.export.read import blocks, code, math, terms
from cleaner.export.read.inline import inline
from cleaner.export.read.vocabulary import roles, roles_of
from cleaner.export.tree import Element

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cleaner.export.grid import Grid
    from cleaner.export.nodes import Node
    from cleaner.export.read.reader import Reader

# A broken `colspan` must not make a table of a million cells.
MOST_COLUMNS = 60
_MOST_ROWS_SPANNED = 200
# Of each cell so many may be filled in for it, for spans and to make the rows equally long.
_FILLED = 20
_DASHES = ("—", "–", "•")
_SIGNS = {"yes": "✓", "no": "✗"}
_ICONS = frozenset(("i", "span", "svg"))
_ALIGNS = frozenset(("left", "center", "right"))


def read(reader: Reader, element: Element) -> Table | Code | Equation | None:
    """Return a table, or the code or formula that a table displays; None for a layout table."""
    found = roles_of(element.attributes)
    is_code = "code_table" in found or (not reader.is_own and code.is_numbered(reader, element))
    if is_code and (block := code.block(reader, element)):
        return block
    if "signature" in found and not reader.is_own and (block := _signature(reader, element)):
        return block
    if "equation" in found and (equation := math.equation(element)):
        return equation
    grid = reader.grids[element.node]
    if grid.is_layout or (not reader.is_own and _is_lone(reader, grid)):
        return None
    caption = reader.boxes.get(grid.caption) if grid.caption >= 0 else None
    rows: list[list[Cell]] = []
    lines: list[int] = []
    hanging: dict[int, int] = {}
    room = _FILLED * sum(len(cells) for _, cells in grid.rows)
    for line, cells in grid.rows:
        if line in reader.notes.boxes:
            continue
        row = _row(reader, cells, hanging if room > 0 else {})
        room -= sum(cell.filled for cell in row)
        if any(cell.blocks for cell in row):
            rows.append(row)
            lines.append(line)
    if not rows or (not reader.is_own and _folds_out(rows)):
        return None
    width = max(map(len, rows))
    most = max(room, 0) // len(rows)
    for index, row in enumerate(rows):
        missing = width - len(row)
        row.extend(Cell(filled=True) for _ in range(min(missing, most) if index else missing))
    head = _head(reader, lines[0], rows)
    return Table(rows, head, inline(reader, blocks.runs(caption), []) if caption else [])


def parted(table: Table) -> list[Node]:
    """Return a table in parts, if rows of it are headings of those below and none is a header."""
    heads = [_heading(row) for row in table.rows]
    if not heads[0]:
        return [table]
    nodes: list[Node] = []
    part = Table([], 0, table.caption)
    for row, head in zip(table.rows, heads, strict=True):
        if head:
            nodes.append(head)
            part = Table([]) if part.rows else part
            continue
        if not part.rows:
            nodes.append(part)
        part.rows.append(row)
        missing = len(row) - len(part.rows[0])
        part.rows[0].extend(Cell(filled=True) for _ in range(missing))
    return nodes


def _heading(row: list[Cell]) -> Heading | None:
    """Return the heading that is all of a row."""
    told = _nodes(row)
    return told[0] if len(told) == 1 and isinstance(told[0], Heading) else None


def _signature(reader: Reader, element: Element) -> Code | None:
    """Return how a function or a command is called, as code: one line a row."""
    rows = (_kept(reader, cells) for _, cells in reader.grids[element.node].rows)
    lines = (" ".join(map(Element.text, row)).split() for row in rows)
    text = "\n".join(" ".join(line) for line in lines if line)
    return Code(text) if text else None


def counted(reader: Reader, element: Element) -> list[Node]:
    """Return paragraphs with the labels that stand in cells before them, [] if not all have one."""
    pairs: list[tuple[str, Element]] = []
    for line, cells in reader.grids[element.node].rows:
        if line in reader.notes.boxes:
            continue
        pair = _kept(reader, cells) if len(cells) == 2 else []
        if len(pair) < 2 or pair[0].tag == "th":
            return []
        label = pair[0].text().strip()
        if label not in _DASHES and not terms.COUNT.fullmatch(label):
            return []
        pairs.append((label, pair[1]))
    nodes: list[Node] = []
    for label, cell in pairs:
        found = blocks.read(reader, cell.children)
        terms.label_with(label, found)
        nodes += found
    return nodes


def _kept(reader: Reader, cells: Iterable[int]) -> list[Element]:
    """Return the boxes of those cells that are kept."""
    return list(filter(None, map(reader.tree.own_box, cells)))


def _is_lone(reader: Reader, grid: Grid) -> bool:
    """Return whether a table has no header and no more than one kept cell."""
    cells = [cell for _, row in grid.rows for cell in row]
    tags = reader.layout.tags
    return (
        len(_kept(reader, cells)) < 2 and grid.caption < 0 and all(tags[c] == "td" for c in cells)
    )


def _folds_out(rows: list[list[Cell]]) -> bool:
    """Return whether rows without a header fold out texts: they only place these."""
    cells = [cell for row in rows for cell in row]
    return not any(cell.header for cell in cells) and any(
        isinstance(block, Details) for cell in cells for block in cell.blocks
    )


def _row(reader: Reader, cells: list[int], hanging: dict[int, int]) -> list[Cell]:
    """Return the cells of a row; `hanging` tells for how many more rows a column is covered."""
    row: list[Cell] = []
    layout = reader.layout

    def cover() -> None:
        while hanging.get(len(row), 0):
            hanging[len(row)] -= 1
            row.append(Cell(filled=True))

    for node in cells:
        cover()
        attributes = layout.attributes[node]
        box = reader.tree.own_box(node)
        content = blocks.read(reader, box.children) if box else []
        down = min(_span(attributes, "rowspan"), _MOST_ROWS_SPANNED) - 1
        if not content and not reader.is_own and any(cell in reader.boxes for cell in cells):
            content = _icon(reader, node, box.text().strip() if box else "")
        header = layout.tags[node] == "th"
        for offset in range(min(_span(attributes, "colspan"), MOST_COLUMNS)):
            if down:
                hanging[len(row)] = down
            if offset:
                row.append(Cell(header=header, filled=True))
            else:
                row.append(Cell(content, _align(attributes), header))
    cover()
    return row


def _icon(reader: Reader, cell: int, name: str) -> list[Node]:
    """Return what the icon in a cell without text says: yes or no, or what is read out of it."""
    layout = reader.layout
    for node in range(cell + 1, min(cell + 4, len(layout.tags))):
        if layout.parents[node] < cell:
            break
        attributes = layout.attributes[node]
        found = roles(f"{attributes.get('class', '')} fa-{name}")
        said = next((sign for role, sign in _SIGNS.items() if role in found), "")
        if not said and layout.tags[node] in _ICONS:
            said = " ".join(attributes.get("aria-label", "").split())
        if said:
            return [Paragraph([said])]
    return []


def _span(attributes: Mapping[str, str], name: str) -> int:
    value = attributes.get(name, "").strip()
    return max(int(value), 1) if value.isascii() and value.isdecimal() and len(value) < 7 else 1


def _align(attributes: Mapping[str, str]) -> str:
    value = attributes.get("align", "").strip().lower()
    style = attributes.get("style")
    if not value and style and "text-align" in style:
        _, _, rest = style.replace(" ", "").lower().partition("text-align:")
        value = rest.split(";", 1)[0].removesuffix("!important")
    return {"start": "left", "end": "right"}.get(value, value if value in _ALIGNS else "")


def _head(reader: Reader, line: int, rows: list[list[Cell]]) -> int:
    """Return 1 if the first row is a header: it stands in `<thead>`, or is made of `<th>`.

    So is one of bold text alone above another, where a page has no other header.
    """
    layout, row = reader.layout, rows[0]
    parent = layout.parents[line]
    cells = [cell for cell in row if not cell.filled]
    if not (parent >= 0 and layout.tags[parent] == "thead"):
        if any(cell.header for cell in cells):
            if not all(cell.header or not cell.blocks for cell in cells):
                return 0
        elif (
            reader.is_own or not len(rows) > 1 < len(row) or not _is_bold(row) or _is_bold(rows[1])
        ):
            return 0
        for cell in row:
            cell.header = True
    for node in _nodes(row) if not reader.is_own else ():
        if isinstance(node, Paragraph):
            node.inline = unbolded(node.inline)
    return 1


def _nodes(row: list[Cell]) -> list[Node]:
    return [node for cell in row for node in cell.blocks]


def _is_bold(row: list[Cell]) -> bool:
    """Return whether a row holds nothing but bold text."""
    nodes = _nodes(row)
    return bool(nodes) and all(
        isinstance(node, Paragraph) and unbolded(node.inline) is not node.inline for node in nodes
    )

"""Tables as Markdown: GFM where it can hold them, HTML where it cannot.

GFM holds cells of one line. Paragraphs of a cell are parted by `<br>`; a cell with a list, a
table, a quote or code of several lines makes the whole table HTML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.export.markdown.escape import code_span
from cleaner.export.markdown.inline import inline
from cleaner.export.nodes import Code, Equation, Figure, Formula, Heading, Paragraph

if TYPE_CHECKING:
    from cleaner.export.nodes import Cell, Node, Table

_RULES = {"": "---", "left": ":---", "center": ":---:", "right": "---:"}


def table(node: Table) -> str:
    """Return a table with its caption."""
    if not all(_is_simple(block) for row in node.rows for cell in row for block in cell.blocks):
        from cleaner.export.html import table as html_table

        return html_table(node)
    caption = inline(node.caption) + "\n\n" if node.caption else ""
    rows = [[_cell(cell) for cell in row] for row in node.rows]
    head = rows[0] if node.head else [""] * len(rows[0])
    body = rows[1:] if node.head else rows
    aligns = [_RULES[align] for align in _aligns(node)]
    return caption + "\n".join(_line(row) for row in (head, aligns, *body))


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _is_simple(block: Node) -> bool:
    if isinstance(block, Code):
        return "\n" not in block.text
    if isinstance(block, Figure):
        return all(map(_is_simple, block.blocks)) and all(map(_is_simple, block.caption))
    return isinstance(block, Paragraph | Equation | Heading)


def _cell(cell: Cell) -> str:
    return "<br>".join(filter(None, (_block(block) for block in cell.blocks)))


def _block(block: Node) -> str:
    if isinstance(block, Code):
        return code_span(block.text, in_table=True)
    if isinstance(block, Equation):
        return inline([Formula(block.latex)], in_table=True)
    if isinstance(block, Figure):
        return "<br>".join(map(_block, (*block.blocks, *block.caption)))
    return inline(block.inline, in_table=True) if isinstance(block, Paragraph | Heading) else ""


def _aligns(node: Table) -> list[str]:
    """Return the alignment of each column: that of its cells if they agree, else of its head."""
    first = node.rows[0]
    found: list[set[str]] = [set() for _ in first]
    for row in node.rows[node.head :]:
        for aligns, cell in zip(found, row, strict=False):
            if cell.blocks:
                aligns.add(cell.align)
    agreed = (aligns.pop() if len(aligns) == 1 else "" for aligns in found)
    return [
        align or (cell.align if node.head else "")
        for align, cell in zip(agreed, first, strict=True)
    ]

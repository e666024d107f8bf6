"""boxed: code and tables that generators write as boxes alone, written as what they are.

Doxygen makes a box of each line of code, and of each part of a call; Javadoc one of each cell of a
table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml.etree import SubElement

if TYPE_CHECKING:
    from lxml.etree import _Element

_LISTING: Final = "fragment"
_LINE: Final = "line"
_FOLDS: Final = ("foldopen", "foldclosed")
"""Boxes around lines that a click folds."""
_HINT: Final = "ttc"
"""What is shown where a name in code is pointed at."""
_CALL: Final = "memname"
_POINTER = re.compile(r"([*&]) (?=\w)")
_GRID: Final = "summary-table"
_CELL, _LAST, _HEADER = "col-", "col-last", "table-header"


def write_out(root: _Element) -> None:
    """Make a `<pre>` of each box of lines of code and each call, a `<table>` of each grid of cells.

    Hints to the names in code go.

    >>> from lxml import etree
    >>> line = '<div class="line">  a;</div>'
    >>> root = etree.fromstring(f'<div><div class="fragment">{line}{line}</div></div>')
    >>> write_out(root)
    >>> etree.tostring(root[0]).decode().replace("\\n", "|")
    '<pre class="fragment"><span class="line">  a;</span>|<span class="line">  a;</span>|</pre>'
    """
    boxes = [box for box in root.iter("div") if "class" in box.attrib]
    listings = [(box, _lines_in(box)) for box in boxes if box.get("class") == _LISTING]
    for box, lines in listings:
        if lines:
            box.tag, box.text, box[:] = "pre", None, lines
        for line in lines:
            line.tag, line.tail = "span", "\n"
    for box in boxes:
        name = box.get("class", "")
        if name == _HINT and listings:
            box.text, box[:] = None, []
        elif name.startswith(_GRID):
            _set_rows(box)
    for table in list(root.iter("table")):
        if table.get("class") == _CALL and (text := _call(table)):
            table.tag, table.text, table[:] = "pre", text, []


def _call(table: _Element) -> str:
    """Return how something is called, of which each part has a cell: a row for each parameter."""
    rows = (
        " ".join("".join(map(str, cell.itertext())) for cell in row) for row in table.iter("tr")
    )
    lines = [line for row in rows if (line := " ".join(row.split()))]
    text = "\n    ".join(lines).replace("\n    )", "\n)")
    before, opened, after = text.partition(" ( ")
    if not opened:
        return text
    after = _POINTER.sub(r"\1", after).replace(" )", ")")
    return f"{before}(\n    {after}" if "\n" in after else f"{before}({after}"


def _set_rows(grid: _Element) -> None:
    """Make a table of a box if the boxes in it, and nothing else, are its cells, row by row."""
    rows: list[list[_Element]] = [[]]
    for cell in grid:
        names = cell.get("class", "")
        if _CELL not in names:
            return
        rows[-1].append(cell)
        if _LAST in names:
            rows.append([])
    if len(rows) == 1 or rows.pop():
        return
    grid.tag = "table"
    for row in rows:
        line = SubElement(grid, "tr")
        for cell in row:
            cell.tag = "th" if _HEADER in cell.get("class", "") else "td"
            line.append(cell)


def _lines_in(box: _Element) -> list[_Element]:
    """Return the lines of a box, none if it holds anything else."""
    lines: list[_Element] = []
    stack = [box]
    while stack:
        item = stack.pop()
        name = item.get("class", "")
        if name == _LINE:
            lines.append(item)
        elif item is box or name.startswith(_FOLDS):
            if (item.text or "").strip() or any((inner.tail or "").strip() for inner in item):
                return []
            stack.extend(reversed(item))
        elif name != _HINT:
            return []
    return lines

"""Threads: comments inside those that they answer, or rows of a table that are set in by depth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.export.nodes import Quote
from cleaner.export.read import blocks
from cleaner.export.read.vocabulary import roles_of
from cleaner.export.tree import Element

if TYPE_CHECKING:
    from cleaner.export.nodes import Node
    from cleaner.export.read.reader import Reader

_DEEPEST = 30
# What sets a row in lies among its first nodes: a cell that tells its depth, or an image so wide.
_NEAR, _STEP = 6, 40


def is_comment(element: Element) -> bool:
    """Tell a comment by its class, or by the name of its component, as `shreddit-comment`."""
    return element.tag.endswith("-comment") or "comment" in roles_of(element.attributes)


def read(reader: Reader, table: Element) -> list[Node]:
    """Read each row of a thread as a quote inside that of the row that it answers."""
    nodes: list[Node] = []
    around: list[tuple[int, Quote]] = []
    rows = [e for e in table.children if isinstance(e, Element)]
    if len(rows) == 1 and rows[0].tag == "tbody":
        rows = [e for e in rows[0].children if isinstance(e, Element)]
    for row in rows:
        depth, quote = _depth(reader, row.node), Quote(blocks.read(reader, row.children))
        while around and around[-1][0] >= depth:
            around.pop()
        if quote.blocks:
            (around[-1][1].blocks if around else nodes).append(quote)
            around.append((min(depth, _DEEPEST), quote))
    return nodes


def _depth(reader: Reader, row: int) -> int:
    attributes = reader.layout.attributes[row + 1 : row + 1 + _NEAR]
    said = next((a["indent"] for a in attributes if "indent" in a), "")
    width = next((a["width"] for a in attributes if "src" in a and "width" in a), "")
    if said.isdecimal():
        return int(said[:4])
    return int(width[:6]) // _STEP if width.isdecimal() else 0

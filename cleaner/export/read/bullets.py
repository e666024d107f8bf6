"""Bullets and numbers that a page writes itself: paragraphs and lines that are items of lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.export.nodes import (
    Break,
    Callout,
    Definitions,
    Details,
    Item,
    List,
    Paragraph,
    Quote,
    begun,
    plain,
)
from cleaner.export.read.numbering import FEWEST, SIGNS

if TYPE_CHECKING:
    from cleaner.export.nodes import Inline, Node

_FIRST = re.compile(rf"[{SIGNS}](?![{SIGNS}])\s*")
_NUMBER = re.compile(r"([0-9]{1,3})(?:[.)]\s+|[、．]\s*)")
# Two that count up may do so by chance.
_FEWEST_NUMBERS = FEWEST + 1


def listed(nodes: list[Node]) -> list[Node]:
    """Return nodes with lists in place of paragraphs and lines that begin with bullets or count on.

    One by itself stays, and two numbers, and so do those of cells, for which Markdown has no lists.
    """
    result: list[Node] = []
    said: list[Node] = []
    parts: list[Node] = []  # of the paragraphs `said`
    for node in (*nodes, None):
        found = _parts(node.inline) if isinstance(node, Paragraph) else []
        if node and found and parts and _joins(found[0], parts[-1]):
            said.append(node)
            parts += found[1:]
            continue
        result += parts if _are_enough(parts) else said
        said, parts = [node] if node and found else [], found
        if node and not found:
            _inside(node)
            result.append(node)
    return result


def _inside(node: Node) -> None:
    if isinstance(node, Quote | Callout | Details):
        node.blocks = listed(node.blocks)
    elif isinstance(node, List):
        for item in node.items:
            first = item.blocks[0]
            if isinstance(first, Paragraph) and not node.ordered and Break() not in first.inline:
                found = begun(first.inline, _FIRST)
                first.inline = (found and found[1]) or first.inline
            item.blocks = listed(item.blocks)
    elif isinstance(node, Definitions):
        for entry in node.entries:
            entry.definitions = [listed(found) for found in entry.definitions]


def _parts(content: Inline) -> list[Node]:
    """Return the lines after labels as lists, with those between as paragraphs; [] without any.

    A line that begins with a small letter goes on with the one before.
    """
    parts: list[Node] = []
    line: Inline = []
    before = None
    for node in (*content, Break()):
        if not isinstance(node, Break):
            line.append(node)
        elif line:
            found, number = begun(line, _FIRST), begun(line, _NUMBER)
            if (label := found or number) and label[1]:
                before = Paragraph(label[1])
                start = int(number[0][1]) if number else 1
                more = List([Item([before])], number is not None, start)
                if not (parts and _joins(more, parts[-1])):
                    parts.append(more)
            elif before and (isinstance(parts[-1], Paragraph) or plain(line)[:1].islower()):
                before.inline += [node, *line]
            else:
                before = Paragraph(line)
                parts.append(before)
            line = []
    return parts if any(isinstance(part, List) for part in parts) else []


def _joins(more: Node, last: Node) -> bool:
    """Put the items of a list behind those of the list that it goes on with; tell whether it does.

    One with bullets goes on with another, one of numbers with that which ends with the last number.
    """
    if not isinstance(more, List) or not isinstance(last, List) or more.ordered != last.ordered:
        return False
    if more.ordered and more.start != last.start + len(last.items):
        return False
    last.items += more.items
    return True


def _are_enough(parts: list[Node]) -> bool:
    lists = [part for part in parts if isinstance(part, List)]
    return sum(len(part.items) for part in lists) >= FEWEST and all(
        len(part.items) >= _FEWEST_NUMBERS for part in lists if part.ordered
    )

"""Bullets and numbers that a page writes itself: paragraphs and lines that are items of lists."""

from __future__ import annotations

import re

from cleaner.export import nodes as n
from cleaner.export.read.numbering import FEWEST, SIGNS

_FIRST = re.compile(rf"[{SIGNS}](?![{SIGNS}])\s*")
_NUMBER = re.compile(r"([0-9]{1,3})(?:[.)]\s+|[、．]\s*)")
# Two that count up may do so by chance.
_FEWEST_NUMBERS = FEWEST + 1


def listed(nodes: list[n.Node]) -> list[n.Node]:
    """Return nodes with lists in place of paragraphs and lines that begin with bullets or numbers.

    One by itself stays, and two numbers, and so do those of cells, for which Markdown has no lists.
    """
    result: list[n.Node] = []
    said: list[n.Node] = []
    parts: list[n.Node] = []  # of the paragraphs `said`
    for node in (*nodes, None):
        found = _parts(node.inline) if isinstance(node, n.Paragraph) else []
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


def _inside(node: n.Node) -> None:
    if isinstance(node, n.Quote | n.Callout | n.Details):
        node.blocks = listed(node.blocks)
    elif isinstance(node, n.List):
        for item in node.items:
            first = item.blocks[0]
            if isinstance(first, n.Paragraph) and not node.ordered:
                found = n.begun(first.inline, _FIRST) if n.Break() not in first.inline else None
                first.inline = (found and found[1]) or first.inline
            item.blocks = listed(item.blocks)
    elif isinstance(node, n.Definitions):
        for entry in node.entries:
            entry.definitions = [listed(found) for found in entry.definitions]


def _parts(content: n.Inline) -> list[n.Node]:
    """Return the lines after labels as lists, with those between as paragraphs; [] without any.

    A line that begins with a small letter goes on with the one before.
    """
    parts: list[n.Node] = []
    line: n.Inline = []
    before = None
    for node in (*content, n.Break()):
        if not isinstance(node, n.Break):
            line.append(node)
        elif line:
            found, number = n.begun(line, _FIRST), n.begun(line, _NUMBER)
            if (label := found or number) and label[1]:
                before = n.Paragraph(label[1])
                start = int(number[0][1]) if number else 1
                more = n.List([n.Item([before])], number is not None, start)
                if not (parts and _joins(more, parts[-1])):
                    parts.append(more)
            elif before and (isinstance(parts[-1], n.Paragraph) or n.plain(line)[:1].islower()):
                before.inline += [node, *line]
            else:
                before = n.Paragraph(line)
                parts.append(before)
            line = []
    return parts if any(isinstance(part, n.List) for part in parts) else []


def _joins(more: n.Node, last: n.Node) -> bool:
    """Put the items of a list behind those of the list it goes on with; return whether it does.

    One with bullets goes on with another, one of numbers with that which ends with the last number.
    """
    if not isinstance(more, n.List) or not isinstance(last, n.List) or more.ordered != last.ordered:
        return False
    if more.ordered and more.start != last.start + len(last.items):
        return False
    last.items += more.items
    return True


def _are_enough(parts: list[n.Node]) -> bool:
    lists = [part for part in parts if isinstance(part, n.List)]
    return sum(len(part.items) for part in lists) >= FEWEST and all(
        len(part.items) >= _FEWEST_NUMBERS for part in lists if part.ordered
    )

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

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.export.nodes import Inline, Node

_SIGNS = "•●▪◦‣■○►➢➤"
_FIRST = re.compile(rf"[{_SIGNS}](?![{_SIGNS}])\s*")
_NUMBER = re.compile(r"([0-9]{1,3})(?:[.)]\s+|[、．]\s*)")
# Two that count up may do so by chance.
_FEWEST, _FEWEST_NUMBERS = 2, 3
_LINE = re.compile(rf"^(?:[{_SIGNS}]|[0-9]{{1,3}}(?:[.)]\s|[、．]))", re.MULTILINE)
STARTS = f"{_SIGNS}0123456789"
"""What such a line begins with."""


def has_items(text: str) -> bool:
    """Tell a text of which a line begins with a bullet or a number.

    >>> has_items("Bring:\\n• rope"), has_items("2) rope"), has_items("9 • 10"), has_items("2.5 m")
    (True, True, False, False)
    """
    return (text[:1] in STARTS or "\n" in text) and _LINE.search(text) is not None


def listed(nodes: list[Node]) -> list[Node]:
    """Return nodes with lists in place of paragraphs and lines that begin with bullets or count on.

    One by itself stays, and two numbers, and so do those of cells, for which Markdown has no lists.
    """
    result: list[Node] = []
    waiting: list[tuple[Node, list[Node]]] = []
    for node in nodes:
        parts = _parts(node.inline) if isinstance(node, Paragraph) else []
        if not (parts and waiting and _go_on(waiting[-1][1], parts)):
            result += _together(waiting)
            waiting = []
        if parts:
            waiting.append((node, parts))
        else:
            _inside(node)
            result.append(node)
    return result + _together(waiting)


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
            last = parts[-1] if parts else None
            found, number = begun(line, _FIRST), begun(line, _NUMBER)
            if (label := found or number) and label[1]:
                before = Paragraph(label[1])
                start = int(number[0][1]) if number else 1
                _add([List([Item([before])], number is not None, start)], parts)
            elif before and (isinstance(last, Paragraph) or plain(line)[:1].islower()):
                before.inline += [node, *line]
            else:
                before = Paragraph(line)
                parts.append(before)
            line = []
    return parts if any(isinstance(part, List) for part in parts) else []


def _go_on(before: list[Node], parts: list[Node]) -> bool:
    """Tell parts of bullets alone, or those of which the first counts on."""
    if not any(isinstance(part, List) and part.ordered for part in (*before, *parts)):
        return True
    last, first = before[-1], parts[0]
    return isinstance(first, List) and isinstance(last, List) and _follows(first, last)


def _follows(part: List, last: List) -> bool:
    return part.ordered == last.ordered and (
        not part.ordered or part.start == last.start + len(last.items)
    )


def _together(waiting: list[tuple[Node, list[Node]]]) -> list[Node]:
    """Return paragraphs side by side with their items in lists, unless they are too few."""
    result: list[Node] = []
    for _, parts in waiting:
        _add(parts, result)
    lists = [part for part in result if isinstance(part, List)]
    if sum(len(part.items) for part in lists) < _FEWEST or any(
        part.ordered and len(part.items) < _FEWEST_NUMBERS for part in lists
    ):
        return [node for node, _ in waiting]
    return result


def _add(parts: Iterable[Node], nodes: list[Node]) -> None:
    """Put parts behind nodes, the items of a list behind those of the list that it goes on with."""
    for part in parts:
        last = nodes[-1] if nodes else None
        if isinstance(part, List) and isinstance(last, List) and _follows(part, last):
            last.items += part.items
        else:
            nodes.append(part)

"""Bullets that a page writes itself: the paragraphs and lines after them are items of a list."""

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
_LINE = re.compile(f"^[{_SIGNS}]", re.MULTILINE)


def has_bullet(text: str) -> bool:
    """Tell a text of which a line begins with a bullet.

    >>> has_bullet("Bring:\\n• rope"), has_bullet("9 • 10")
    (True, False)
    """
    return not text.isascii() and _LINE.search(text) is not None


def listed(nodes: list[Node]) -> list[Node]:
    """Return nodes with lists in place of the paragraphs and lines that begin with bullets.

    One by itself stays, and so do those of cells, for which Markdown has no lists.
    """
    result: list[Node] = []
    waiting: list[tuple[Node, list[Node]]] = []
    for node in nodes:
        if isinstance(node, Paragraph) and (parts := _parts(node.inline)):
            waiting.append((node, parts))
            continue
        result += _together(waiting)
        waiting = []
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
    """Return the lines after bullets as lists, with those between as paragraphs; [] without any.

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
            found = begun(line, _FIRST)
            if found and found[1]:
                before = Paragraph(found[1])
                _add([List([Item([before])])], parts)
            elif before and (isinstance(last, Paragraph) or plain(line)[:1].islower()):
                before.inline += [node, *line]
            else:
                before = Paragraph(line)
                parts.append(before)
            line = []
    return parts if any(isinstance(part, List) for part in parts) else []


def _together(waiting: list[tuple[Node, list[Node]]]) -> list[Node]:
    """Return paragraphs side by side with their items in one list, unless that has but one."""
    lists = [part for _, parts in waiting for part in parts if isinstance(part, List)]
    if sum(len(part.items) for part in lists) < 2:
        return [node for node, _ in waiting]
    result: list[Node] = []
    for _, parts in waiting:
        _add(parts, result)
    return result


def _add(parts: Iterable[Node], nodes: list[Node]) -> None:
    """Put parts behind nodes, the items of a list behind those of the list before."""
    for part in parts:
        if isinstance(part, List) and nodes and isinstance(last := nodes[-1], List):
            last.items += part.items
        else:
            nodes.append(part)

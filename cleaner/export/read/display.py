"""Formulas on display: each parts the paragraph that it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.export.nodes import Break, Equation, Formula, Link, Paragraph, Span
from cleaner.export.read.tex import tag_of

if TYPE_CHECKING:
    from cleaner.export.nodes import Inline, Node


def split(content: Inline) -> list[Node]:
    """Return inline content as paragraphs, with the formulas on display between them."""
    if Formula not in map(type, content):
        return [] if _is_blank(content) else [Paragraph(content)]
    nodes: list[Node] = []
    rest: Inline = []
    for node in content:
        if isinstance(node, Formula) and node.display:
            tag = tag_of(_alone(rest), node.latex)
            if not tag and not _is_blank(rest):
                nodes.append(Paragraph(_stripped(rest)))
            nodes.append(Equation(node.latex + tag))
            rest = []
        else:
            rest.append(node)
    if not _is_blank(rest):
        nodes.append(Paragraph(_stripped(rest) if nodes else rest))
    return nodes


def numbered(nodes: list[Node]) -> list[Node]:
    """Return nodes in which a number alone before or after a formula on display is its tag."""
    result: list[Node] = []
    for node in nodes:
        last = result[-1] if result else None
        above, below = (n.inline if isinstance(n, Paragraph) else [] for n in (last, node))
        if isinstance(node, Equation) and (tag := tag_of(_alone(above), node.latex)):
            node.latex += tag
            result[-1] = node
        elif isinstance(last, Equation) and (tag := tag_of(_alone(below), last.latex)):
            last.latex += tag
        else:
            result.append(node)
    return result


def _alone(content: Inline) -> str:
    """Return the text of content that is nothing but text, else nothing."""
    return content[0] if len(content) == 1 and isinstance(content[0], str) else ""


def _is_blank(content: Inline) -> bool:
    return all(
        isinstance(node, Break) or (isinstance(node, str) and not node.strip()) for node in content
    )


def _unbroken(content: Inline) -> Inline:
    """Return inline content without the line breaks that begin it."""
    while content:
        first = content[0]
        if isinstance(first, Span | Link):
            first.inline = _unbroken(first.inline)
            if first.inline:
                break
        elif not isinstance(first, Break):
            break
        content = content[1:]
    return content


def _stripped(content: Inline) -> Inline:
    content = _unbroken(content)
    while content and isinstance(content[-1], Break):
        content = content[:-1]
    if content and isinstance(content[0], str):
        content[0] = content[0].lstrip()
    if content and isinstance(content[-1], str):
        content[-1] = content[-1].rstrip()
    return [node for node in content if node != ""]

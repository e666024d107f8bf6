"""Boxes by the roles of their class names: quotes, code, formulas, and what says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.export.nodes import Break, Paragraph, Quote
from cleaner.export.read import blocks, code, lists, math, note_titles

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.export.nodes import Node
    from cleaner.export.read import Reader
    from cleaner.export.tree import Element

_LONGEST_PROMPT = 12


def _silent(_: Reader, element: Element) -> list[Node]:  # noqa: ARG001
    return []


def _icon_name(_: Reader, element: Element) -> list[Node] | None:
    return [] if len(element.text().split()) < 2 else None


def _spare_drawing(reader: Reader, element: Element) -> list[Node] | None:
    return [] if math.is_spare(reader, element) else None


def _prompt(_: Reader, element: Element) -> list[Node] | None:
    return [] if len(element.text().strip()) <= _LONGEST_PROMPT else None


def _line_number(_: Reader, element: Element) -> list[Node] | None:
    return [] if code.is_tool(element) else None


def _rubric(reader: Reader, element: Element) -> list[Node] | None:
    return [] if note_titles.is_title(reader, element, blocks.runs(element)) else None


def _aside(reader: Reader, element: Element) -> list[Node] | None:
    return _boxed_quote(reader, element) if element.tag == "aside" else None


def _comment(reader: Reader, element: Element) -> list[Node] | None:
    return blocks.quote(reader, element) if reader.has_threads else None


def _verses(reader: Reader, element: Element) -> list[Node]:
    """Read lines that are boxes of their own as one paragraph."""
    nodes = blocks.read(reader, element.children)
    lines = [node.inline for node in nodes if isinstance(node, Paragraph)]
    if not lines or len(lines) < len(nodes):
        return nodes
    first, *rest = lines
    return [Paragraph([*first, *(part for line in rest for part in (Break(), *line))])]


def _marked_list(reader: Reader, element: Element) -> list[Node]:
    return lists.marked(blocks.read(reader, element.children))


def _code(reader: Reader, element: Element) -> list[Node] | None:
    block = code.block(reader, element)
    return [block] if block else None


def _code_lines(reader: Reader, element: Element) -> list[Node] | None:
    return _code(reader, element) if code.is_listing(element) else None


def _code_of_breaks(reader: Reader, element: Element) -> list[Node] | None:
    return _code(reader, element) if code.has_breaks(element) else None


def _equation(_: Reader, element: Element) -> list[Node] | None:
    block = math.equation(element)
    return [block] if block else None


def _bare_formula(_: Reader, element: Element) -> list[Node] | None:
    block = math.on_display(element) if math.is_bare(element) else None
    return [block] if block else None


def _boxed_quote(reader: Reader, element: Element) -> list[Node]:
    """Read a box that names itself a quote; the quotation inside it begins no inner one."""
    nodes: list[Node] = []
    for node in blocks.read(reader, element.children):
        nodes.extend(node.blocks if isinstance(node, Quote) else [node])
    return [Quote(nodes)] if nodes else []


HANDLERS: dict[str, Callable[[Reader, Element], list[Node] | None]] = {
    "no_text": _silent,
    "icon_name": _icon_name,
    "math_drawing": _spare_drawing,
    "prompt": _prompt,
    "line_number": _line_number,
    "rubric": _rubric,
    "quote": _boxed_quote,
    "quote_aside": _aside,
    "comment": _comment,
    "marked_list": _marked_list,
    "list_paragraph": lists.from_paragraph,
    "code": _code,
    "code_lines": _code_lines,
    "code_of_breaks": _code_of_breaks,
    "verses": _verses,
    "equation": _equation,
    "math_source": _bare_formula,
}
"""Role of a class name → what reads a box of it; the first counts that gives no None."""

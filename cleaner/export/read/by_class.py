"""Boxes by the roles of their class names: quotes, code, formulas, and what says nothing."""

from __future__ import annotations

import re
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Literal

from cleaner.export.nodes import Break, Paragraph, Quote
from cleaner.export.read import blocks, code, lists, math, signatures
from cleaner.export.read.vocabulary import roles_of
from cleaner.export.tree import elements_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.export.nodes import Node
    from cleaner.export.read.reader import Reader
    from cleaner.export.tree import Element

    _Handler = Callable[[Reader, Element], list[Node] | None]

# The lines of code lie among the first elements of a box around them.
_DEEPEST = 12
# What notebooks write before what is typed and what it prints.
_PROMPT = re.compile(r"(?:in|out)?\s*\[[\d\s*]*\]\s?:?", re.IGNORECASE)


def _silent_if(says_nothing: Callable[[Reader, Element], bool]) -> _Handler:
    return lambda reader, element: [] if says_nothing(reader, element) else None


def _one(find: Callable[[Reader, Element], Node | Literal[False] | None]) -> _Handler:
    return lambda reader, element: [block] if (block := find(reader, element)) else None


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


def _boxed_quote(reader: Reader, element: Element) -> list[Node]:
    """Read a box that names itself a quote; the quotation inside it begins no inner one."""
    nodes: list[Node] = []
    for node in blocks.read(reader, element.children):
        nodes.extend(node.blocks if isinstance(node, Quote) else [node])
    return [Quote(nodes)] if nodes else []


def _holds_code(element: Element) -> bool:
    """Tell a box of code around the one that holds its lines."""
    inner = islice(elements_in(element), 1, _DEEPEST)
    return any("code" in roles_of(e.attributes) for e in inner)


HANDLERS: dict[str, _Handler] = {
    "no_text": lambda *_: [],
    "icon_name": _silent_if(lambda _, element: len(element.text().split()) < 2),
    "math_drawing": _silent_if(math.is_spare),
    "prompt": _silent_if(lambda _, element: bool(_PROMPT.fullmatch(element.text().strip()))),
    "line_number": _silent_if(lambda _, element: code.is_tool(element)),
    "rubric": _silent_if(
        lambda reader, element: reader.notes.is_title(element, blocks.runs(element))
    ),
    "quote": _boxed_quote,
    "quote_aside": lambda reader, element: (
        _boxed_quote(reader, element) if element.tag in ("aside", "td") else None
    ),
    "marked_list": _marked_list,
    "list_paragraph": lists.from_paragraph,
    "item": lists.stray,
    "numbered_item": partial(lists.stray, ordered=True),
    "declaration_line": signatures.line,
    "code": _one(lambda reader, element: not _holds_code(element) and code.block(reader, element)),
    "code_lines": _one(
        lambda reader, element: code.is_listing(element) and code.block(reader, element)
    ),
    "code_of_breaks": _one(
        lambda reader, element: code.has_breaks(element) and code.block(reader, element)
    ),
    "verses": _verses,
    "equation": _one(lambda _, element: math.equation(element)),
    "math_source": _one(lambda _, element: math.is_bare(element) and math.on_display(element)),
}
"""Role of a class name → what reads a box of it; the first counts that gives no None."""

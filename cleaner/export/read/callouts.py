"""Callouts: boxed remarks, with the title that their theme or their first words give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.export.nodes import Callout, Paragraph, Span, plain
from cleaner.export.read import blocks
from cleaner.export.read.inline import inline
from cleaner.export.read.vocabulary import roles
from cleaner.export.tree import Element, Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.export.nodes import Inline, Node
    from cleaner.export.read import Reader

_LONGEST_LABEL = 30


def read(reader: Reader, element: Element, kind: str) -> list[Node]:
    """Read a boxed remark; its title is the element that the theme names so."""
    title, rest = take(element, _is_title, 0 if reader.is_own else 3)
    run_in = False
    if title is None and not reader.is_own:
        # AsciiDoc lays its admonitions out as tables: an icon, then the content.
        title, _ = take(element, lambda child: child.attributes.get("class") == "icon")
        content, _ = take(element, lambda child: child.attributes.get("class") == "content")
        rest = content.children if content else element.children
    heading = inline(reader, blocks.runs(title), []) if title else []
    nodes = blocks.read(reader, rest)
    if not nodes:
        nodes = blocks.split(heading)
        heading = []
    elif not heading:
        heading = _label(nodes)
        run_in = bool(heading)
    return [Callout(kind, heading, nodes, run_in)] if nodes else []


def _label(nodes: list[Node]) -> Inline:
    """Take the title out of the first paragraph of a callout: "**Note:** …"."""
    first = nodes[0]
    if not isinstance(first, Paragraph) or len(first.inline) < 2:
        return []
    label, after = first.inline[0], first.inline[1]
    if not isinstance(label, Span) or label.kind != "strong" or not isinstance(after, str):
        return []
    text = plain([label]) + after[:1]
    if not text.rstrip().endswith(":") or len(text) > _LONGEST_LABEL:
        return []
    title, rest = plain([label]).strip(": "), after.lstrip(": ")
    if not title or not (rest or first.inline[2:]):
        return []
    first.inline = [rest, *first.inline[2:]] if rest else first.inline[2:]
    return [title]


def _is_title(element: Element) -> bool:
    classes = element.attributes.get("class")
    return bool(classes) and "callout_title" in roles(str(classes))


def take(
    element: Element, wanted: Callable[[Element], bool], depth: int = 3
) -> tuple[Element | None, list[Element | Run | str]]:
    """Return the first wanted box inside `element`, and the children without it."""
    for index, child in enumerate(element.children):
        if not isinstance(child, Element):
            continue
        if wanted(child):
            return child, element.children[:index] + element.children[index + 1 :]
        if depth and not isinstance(child, Run):
            found, rest = take(child, wanted, depth - 1)
            if found:
                return found, [*element.children[:index], *rest, *element.children[index + 1 :]]
    return None, element.children

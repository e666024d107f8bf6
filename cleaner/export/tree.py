"""The kept blocks as a tree of boxes and runs: what of the page's tree the kept text stands in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cleaner.export import boxes
from cleaner.export.boxes import DEPTH
from cleaner.twins import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.export.boxes import Element, Run, Tree
else:
    Tree = compiled("cleaner.export._boxes", "Tree", boxes.Tree)
    Element, Run = map(vars(sys.modules[Tree.__module__]).get, ("Element", "Run"))


__all__ = [
    "CODE", "DEPTH", "HEADINGS", "LISTS", "Element", "Run", "Tree", "elements_in", "folded",
    "leading", "parts_in", "shown", "text_of",
]  # fmt: skip

HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
LISTS = frozenset(("ul", "ol", "menu", "dir"))
CODE = frozenset(("code", "tt", "samp", "d-code"))


def parts_in(
    part: Element | Run, closed: Callable[[Element | Run], bool] | None = None
) -> Iterator[Element | Run | str]:
    """Yield a part and what is in it, in document order, but nothing inside `closed` ones."""
    stack: list[Element | Run | str] = [part]
    while stack:
        item = stack.pop()
        yield item
        if not isinstance(item, str) and not (closed and closed(item)):
            stack.extend(reversed(item.children))


def elements_in(part: Element | Run) -> Iterator[Element]:
    """Yield the elements from `part` on down, in document order."""
    return (item for item in parts_in(part) if isinstance(item, Element))


def shown(part: Element | Run) -> list[Element | Run | str]:
    """Return the children of a part without white space alone."""
    return [child for child in part.children if not isinstance(child, str) or child.strip()]


def leading(part: Element | Run | str) -> Iterator[Element | Run | str]:
    """Yield a part, what it begins with, what that begins with, and so on down to a text."""
    yield part
    while not isinstance(part, str):
        part = next((c for c in part.children if not isinstance(c, str) or c.strip()), "")
        yield part


def text_of(part: Element | Run | str) -> str:
    """Return the text of a part, to the letter."""
    return part if isinstance(part, str) else part.text()


def folded_in_python(text: str) -> str:
    """Return a text with its white space folded, without any at its ends."""
    return " ".join(text.split())


folded = compiled("cleaner._walk", "folded", folded_in_python)

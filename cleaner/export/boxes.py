"""What the tree of kept blocks is made of: elements, and runs of text inside a block."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DEPTH = 60
"""Boxes and elements nest at most this deep; what lies deeper stands in the last of them."""
INLINE_DEPTH = DEPTH + 60
"""The same for what stands inside a block."""

BARE = frozenset(
    "div span section article main body html header footer nav aside center font form fieldset"
    " hgroup address tbody thead tfoot small big u search label noscript p".split()
)
"""Elements that mean nothing to a reader unless an attribute says otherwise."""


def folded_in_python(text: str) -> str:
    """Return a text with its white space folded, without any at its ends."""
    return " ".join(text.split())


class _Holder:
    """What both have: the node, how deep it lies, and what is inside."""

    __slots__ = ("children", "depth", "node")

    def __init__(self, node: int, depth: int) -> None:
        self.node = node
        self.depth = depth
        self.children: list[Element | Run | str] = []

    def text(self) -> str:
        """Return the text inside, to the letter."""
        parts: list[str] = []
        stack: list[_Holder | str] = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                parts.append(item)
            else:
                stack.extend(reversed(item.children))
        return "".join(parts)


class Element(_Holder):
    """An element of the page: a box around blocks, or inline markup inside a block."""

    __slots__ = ("attributes", "tag")

    def __init__(self, tag: str, attributes: Mapping[str, str], node: int, depth: int) -> None:
        super().__init__(node, depth)
        self.tag = tag
        self.attributes = attributes


class Run(_Holder):
    """The content of one block: text and inline elements. `node` is its block-level node."""

    __slots__ = ("block",)

    def __init__(self, block: int, node: int, depth: int) -> None:
        super().__init__(node, depth)
        self.block = block

    def part(self, children: list[Element | Run | str]) -> Run:
        """Return a run of the same block that holds some of what stands in it."""
        part = Run(self.block, self.node, self.depth)
        part.children = children
        return part

"""Which pieces of text plain text may take as they are, whatever inline elements are around."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.export.plain import LAYING, SPECIAL
from cleaner.export.read.email import ATTRIBUTE
from cleaner.export.read.vocabulary import roles
from cleaner.export.tree import CODE
from cleaner.twins import compiled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.document import Layout

READ = (SPECIAL - LAYING) | {"label", "pre"}
"""Elements whose inner elements are looked at one by one."""
TELLING = READ | CODE | frozenset("b br del kbd mark s strike strong sub sup".split())
"""Elements inside a block that mean something, or hold what does."""
QUOTED = TELLING | {"cite"}
"""The same on a page with quotes, where it may say whom they are of."""
ADDRESSES = frozenset((ATTRIBUTE, "data-media"))
# Roles that mean nothing inside a block; those that mean nothing for what is inside a box.
_HARMLESS = frozenset("callout_title code_block quote quote_aside no_quote comment".split())
_HARMLESS_BOXES = (_HARMLESS - {"callout_title"}) | {
    "backlink", "footnote", "footnotes", "item_list", "spoken", "task_list",
}  # fmt: skip


def flat_in_python(layout: Layout, kept: Sequence[bool]) -> bytearray:
    """Return for each piece whether its text may stand in its block without what is around it."""
    flat = bytearray(len(layout.pieces))
    telling = QUOTED if "blockquote" in layout.tags else TELLING
    inside: dict[int, bool] = {}
    around: dict[int, bool] = {-1: True}
    for block, own in enumerate(layout.block_nodes):
        if not kept[block] or not _is_calm(layout, own, around):
            continue
        for piece in range(layout.starts[block], layout.ends[block]):
            text, node = layout.pieces[piece], layout.piece_nodes[piece]
            if not text or "$" in text or "\\" in text or (node != own and text.isspace()):
                continue
            while node != own:
                if node not in inside:
                    inside[node] = layout.tags[node] not in telling and says_nothing(
                        layout.tags[node], layout.attributes[node]
                    )
                if not inside[node]:
                    break
                node = layout.parents[node]
            flat[piece] = node == own
    return flat


def _is_calm(layout: Layout, node: int, around: dict[int, bool]) -> bool:
    """Return whether nothing that lies around a node asks for the elements inside it."""
    for step in layout.unknown(node, around):
        classes = layout.attributes[step].get("class")
        around[step] = (
            around[layout.parents[step]]
            and layout.tags[step] not in READ
            and not (classes and are_read(classes))
        )
    return around[node]


def says_nothing(tag: str, attributes: Mapping[str, str]) -> bool:
    """Return whether the attributes of an element inside a block leave nothing in plain text.

    >>> says_nothing("a", {"href": "/b"}), says_nothing("a", {"href": "#b"})
    (True, False)
    """
    if not ADDRESSES.isdisjoint(attributes):
        return False
    if tag == "a" and ("id" in attributes or "#" in attributes.get("href", "")):
        return False
    classes = attributes.get("class")
    return not (classes and are_told(classes)) and "font-" not in attributes.get("style", "")


@lru_cache(maxsize=16_384)
def are_read(classes: str) -> bool:
    """Return whether names of a class ask for the elements inside: those of code, of formulas."""
    return not roles(classes) <= _HARMLESS_BOXES


@lru_cache(maxsize=16_384)
def are_told(classes: str) -> bool:
    """Return whether names of a class mean something inside a block."""
    return not roles(classes) <= _HARMLESS


flat = compiled("cleaner.export._flat", "flat", flat_in_python)

__all__ = ["flat", "flat_in_python"]

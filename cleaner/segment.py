"""segment: an lxml tree to the flat arrays of a `Layout`, in one pass and without recursion."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, Any

from cleaner import walk as twin
from cleaner.document import BLOCK_COLUMNS, Layout
from cleaner.twins import compiled

if TYPE_CHECKING:
    from lxml.etree import _Element

walk = compiled("cleaner._walk", "walk", twin.walk)
told_in_head = compiled("cleaner._walk", "told_in_head", twin.told_in_head)


def segment(root: _Element | None) -> Layout:
    """Return the blocks of the tree under `root`: every visible character in exactly one of them.

    Not visible are the contents of `cleaner.walk.SKIPPED_TAGS` and hidden elements; `<noscript>`
    counts only when its text outweighs that of the rest.
    """
    layout = Layout()
    if root is None:
        return layout
    _read_heads(root, layout)
    if in_noscript := walk(root, layout):
        _settle_noscript(layout, in_noscript)
    return layout


def own_address(root: _Element) -> str:
    """Return the absolute address that a page gives itself, "" if it gives none."""
    layout = Layout()
    _read_heads(root, layout)
    return layout.address


def _read_heads(root: _Element, layout: Layout) -> None:
    for head in root.iterchildren("head"):
        _read_head(head, layout)


def _read_head(head: _Element, layout: Layout) -> None:
    """Take the title, base, address and image that a page gives itself, the first of each."""
    shared = ""
    for name, value in told_in_head(head):
        if name == "og:image":
            layout.image = layout.image or value.strip()
        elif name == "og:url":
            shared = shared or _absolute(value)
        elif name == "canonical":
            layout.address = layout.address or _absolute(value)
        elif name == "title":
            layout.title = layout.title or " ".join(value.split())
        else:
            layout.base = layout.base or value
    layout.address = layout.address or shared


def _absolute(address: str) -> str:
    """Return an address without white space around it, "" if it is relative."""
    address = address.strip()
    return address if address.startswith(("https://", "http://")) else ""


def _settle_noscript(layout: Layout, inside: list[int]) -> None:
    """Drop the blocks inside `<noscript>` unless they hold more text than all others."""
    within = sum(len(layout.texts[block]) for block in inside)
    if 2 * within > sum(map(len, layout.texts)):
        return
    kept = [True] * len(layout)
    for block in inside:
        kept[block] = False
    for name in BLOCK_COLUMNS:
        column: list[Any] = getattr(layout, name)
        column[:] = compress(column, kept)

"""segment: an lxml tree to the flat arrays of a `Layout`, in one pass and without recursion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.document import NOSCRIPT, Layout

try:
    from cleaner._walk import walk
except ImportError:  # not compiled here
    from cleaner.walk import walk

if TYPE_CHECKING:
    from lxml.etree import _Element

_ADDRESSES = (
    ("head/link[@rel='canonical'][@href]", "href"),
    ("head/meta[@property='og:url'][@content]", "content"),
)


def segment(root: _Element | None) -> Layout:
    """Return the blocks of the tree under `root`: every visible character in exactly one of them.

    Not visible are the contents of `cleaner.walk.SKIPPED_TAGS` and hidden elements; `<noscript>`
    counts only when its text outweighs that of the rest.
    """
    layout = Layout()
    if root is None:
        return layout
    layout.title = " ".join((root.findtext("head/title") or "").split())
    base = root.find("head/base[@href]")
    if base is not None:
        layout.base = base.get("href", "")
    layout.address = _find_address(root)
    walk(root, layout)
    _settle_noscript(layout)
    return layout


def _find_address(root: _Element) -> str:
    """Return the address that a page gives itself in its head, "" if none."""
    for path, attribute in _ADDRESSES:
        for element in root.iterfind(path):
            address = element.get(attribute, "").strip()
            if address.startswith(("https://", "http://")):
                return address
    return ""


def _settle_noscript(layout: Layout) -> None:
    """Drop the blocks inside `<noscript>` unless they hold more text than all others."""
    inside = [bool(layout.flags[node] & NOSCRIPT) for node in layout.block_nodes]
    if True not in inside:
        return
    lengths = [len(text) for text in layout.texts]
    within = sum(length for length, flag in zip(lengths, inside, strict=True) if flag)
    if within > sum(lengths) - within:
        return
    kept = [block for block, flag in enumerate(inside) if not flag]
    layout.texts[:] = [layout.texts[block] for block in kept]
    for column in (
        layout.block_nodes,
        layout.starts,
        layout.ends,
        layout.words,
        layout.links,
    ):
        column[:] = [column[block] for block in kept]

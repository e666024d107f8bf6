"""Blocks that hold objects only, such as images: kept if the text around them is."""

from __future__ import annotations

import re
from itertools import compress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cleaner.document import Layout

_FAR = 3
"""Levels above an object, or its figure, from which on no text counts as beside it."""
_FIGURE = 6
"""A figure stands at most this many levels above its image."""
_CAPTIONS = ("caption", "lightbox")
"""What the class of a caption says that is no `<figcaption>`, as in `wp-caption-text`."""
_NEAR = 15
"""The lead image stands at most this many blocks before the first kept text."""
_LARGE = 480
"""An image of this width, in pixels, shows more than a face or a logo."""
_SIZE = re.compile(r"[-_.](?:\d{2,4}x\d{2,4}|scaled|e\d+)$")
_SHORTEST_NAME = 8
_WORDED = frozenset(("alt", "title", "class", "id", "aria-label"))
"""Attributes that hold no address."""


def keep_media(layout: Layout, kept: list[bool], scores: list[float]) -> None:
    """Keep the blocks that hold objects only, such as an image, and belong to the kept text.

    They stand beside it, or lead it.
    """
    lead = _lead(layout, kept)
    _keep_beside(layout, kept, scores)
    if lead >= 0:
        kept[lead] = True


def _keep_beside(layout: Layout, kept: list[bool], scores: list[float]) -> None:
    """Keep a block that holds objects only, such as an image, if the text around it is kept.

    Both neighbours decide, or the one that stands in the same container, unless a dropped one
    stands nearer: the portrait beside a byline goes with it. A dropped title is passed over, and
    so is a caption and all that a figure says: the image may belong to the text.
    """
    texts, told = layout.texts, kept.copy()
    # Between a kept text and the next, all objects have these two as neighbours.
    for start, last in _edges(texts, told):
        step = 1 if start < last else -1
        beside = []
        end = start + step
        while end != last and not (texts[end] and not _passed(layout, end)):
            if not texts[end]:
                beside.append(end)
            end += step
        inside = 0 <= end < len(texts)
        for block in beside:
            if inside and told[end]:
                kept[block], scores[block] = True, min(scores[start], scores[end])
            elif _is_nearer(layout, block, start, end if inside else -1):
                kept[block], scores[block] = True, scores[start]


def _edges(texts: list[str], kept: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield each kept block beside a gap with objects, and where the gap ends on its other side."""
    left = -1
    for right in (*compress(range(len(kept)), kept), len(kept)):
        if "" in texts[left + 1 : right]:
            if left >= 0:
                yield left, right
            if right < len(kept):
                yield right, left
        left = right


def _lead(layout: Layout, kept: list[bool]) -> int:
    """Return the image that leads the kept text, or -1: it stands between title and text.

    It is the one that the head of the page names as its own, or a large one.
    """
    texts = (block for block in compress(range(len(kept)), kept) if layout.texts[block])
    first = next((b for b in texts if layout.tags[layout.block_nodes[b]] != "h1"), 0)
    before = range(max(0, first - _NEAR), first)
    media = [block for block in before if not layout.texts[block]]
    name = _name(layout.image) if media else ""
    large = []
    for block in media:
        node = layout.piece_nodes[layout.starts[block]]
        attributes = layout.attributes[node]
        if len(name) >= _SHORTEST_NAME and any(
            name in value for key, value in attributes.items() if key not in _WORDED
        ):
            return block
        if layout.tags[node] == "img" and _width(attributes) >= _LARGE:
            large.append(block)
    if not large:
        return -1
    top = next((block for block in before if layout.kind(block) == "heading"), first)
    return next((block for block in large if block > top), -1)


def _name(address: str) -> str:
    """Return the name of an image file without what tells its size.

    >>> _name("https://example.org/a/harbour-1200x630.jpg?w=2")
    'harbour'
    """
    file = address.partition("?")[0].partition("#")[0].rpartition("/")[2]
    return _SIZE.sub("", file.rpartition(".")[0] or file)


def _width(attributes: Mapping[str, str]) -> int:
    width = attributes.get("width", "").removesuffix("px")
    return int(width) if width.isdecimal() and len(width) < 6 else 0


def _passed(layout: Layout, block: int) -> bool:
    node = layout.block_nodes[block]
    if layout.tags[node] == "h1" or layout.kind(block) == "caption":
        return True
    if layout.nearest(node, ("figure",), _FIGURE) >= 0:
        return True
    outer = layout.parents[node]
    classes = layout.attributes[node].get("class", "")
    if outer >= 0:
        classes += f" {layout.attributes[outer].get('class', '')}"
    return any(name in classes for name in _CAPTIONS)


def _is_nearer(layout: Layout, block: int, wanted: int, other: int) -> bool:
    """Return whether a kept text stands in the container of an object, and no other nearer."""
    nodes = layout.block_nodes
    figure = layout.nearest(nodes[block], ("figure",), _FIGURE)
    own = figure if figure >= 0 else nodes[block]
    steps = _steps(layout, own, nodes[wanted])
    return steps < _FAR and (other < 0 or steps <= _steps(layout, own, nodes[other]))


def _steps(layout: Layout, node: int, other: int) -> int:
    """Return how many levels above `node` the first node stands that holds `other`, or `_FAR`."""
    parents = layout.parents
    for steps in range(_FAR):
        if node < 0 or layout.tags[node] == "body":
            break
        while other > node:  # a node stands before those inside it
            other = parents[other]
        if other == node:
            return steps
        node = parents[node]
    return _FAR

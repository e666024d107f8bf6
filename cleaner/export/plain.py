"""Whether the kept part of a page is plain: its text is that of its blocks, one after the other."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from cleaner.export.read.email import ATTRIBUTE, hidden_address
from cleaner.export.read.math import from_image
from cleaner.export.read.places import MARKER, is_permalink, place_name_of
from cleaner.export.read.tex import formulas_in
from cleaner.export.read.vocabulary import callout, roles
from cleaner.export.tree import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cleaner.document import Layout

# Elements whose text is more, or other, than the text inside.
_SPECIAL = frozenset(
    "annotation annotation-xml button caption cite dd details dl dt label listing math"
    " mjx-container plaintext pre ruby script sup table td th textarea xmp".split()
)
_ITEM_PARENTS = frozenset(("ul", "ol", "menu", "dir"))
_CODE = frozenset(("code", "tt", "samp"))
# Roles that mean something beside others alone.
_HARMLESS = frozenset(("callout_title", "code_block", "spoken", "quote", "quote_aside", "comment"))
# ARIA roles that change the text → the elements that they say nothing new of.
_ROLES = {
    "doc-endnotes": frozenset[str](),
    "heading": HEADINGS,
    "list": _ITEM_PARENTS,
    "listitem": frozenset(("li",)),
}
# Deeper than this, boxes around boxes are no longer told apart.
_DEEPEST = 50
# A link lies at most this many elements above its text.
_REACH = 8


class _Place(NamedTuple):
    """The heading or figure around a node, or -1; its depth; its item, and the item around that."""

    outer: int = -1
    depth: int = 0
    in_caption: bool = False
    item: int = -1
    around: int = -1


def is_plain(layout: Layout, kept: Sequence[bool]) -> bool:
    """Tell whether no kept block holds a table, code, a formula, a note or the like."""
    places: dict[int, _Place] = {-1: _Place()}
    order = _Order(layout)
    for block, keep in enumerate(kept):
        if keep and not (
            _is_plain_block(layout, block, places)
            and (not layout.texts[block] or order.takes(places[layout.block_nodes[block]]))
        ):
            return False
    return True


class _Order:
    """Whether the blocks stand in the order in which they are told."""

    def __init__(self, layout: Layout) -> None:
        self.tags = layout.tags
        self.captions: dict[int, bool] = {}
        self.begun: set[int] = set()
        self.last = -1

    def takes(self, place: _Place) -> bool:
        """Take the next block with text; tell whether it may be told in turn."""
        outer, last, self.last = place.outer, self.last, place.outer
        if place.item >= 0:
            self.begun.add(place.item)
            if place.around >= 0 and place.around not in self.begun:
                # An item that begins with a list.
                return False
        if outer < 0:
            return True
        if self.tags[outer] == "figure":
            # The caption comes after what else a figure says.
            return self.captions.setdefault(outer, place.in_caption) == place.in_caption
        # A heading of several blocks is one heading.
        return outer != last


def _is_plain_block(layout: Layout, block: int, places: dict[int, _Place]) -> bool:
    text, own = layout.texts[block], layout.block_nodes[block]
    start, end = layout.starts[block], layout.ends[block]
    if text and layout.tags[own] in _ITEM_PARENTS:
        return False
    if ("$" in text or "\\" in text) and any(map(_has_formula, layout.pieces[start:end])):
        return False
    nodes = (own, *layout.piece_nodes[start:end])
    if "\n" in text and any(layout.tags[node] in _CODE for node in nodes):
        return False
    return all(node in places or _visit(layout, node, places) for node in nodes) and not _has_mark(
        layout, block
    )


def _has_formula(piece: str) -> bool:
    return any(not isinstance(part, str) for part in formulas_in(" ".join(piece.split())))


def _visit(layout: Layout, node: int, places: dict[int, _Place]) -> bool:
    """Note the places of a node and of those around it; tell whether all of them are plain."""
    path = []
    while node not in places:
        path.append(node)
        node = layout.parents[node]
    place = places[node]
    for step in reversed(path):
        tag, attributes = layout.tags[step], layout.attributes[step]
        if tag in _SPECIAL or place.depth > _DEEPEST:
            return False
        if attributes and not _is_plain(tag, attributes):
            return False
        parent = layout.tags[layout.parents[step]] if layout.parents[step] >= 0 else ""
        if (tag == "li") != (parent in _ITEM_PARENTS) or (tag == "br" and parent in _CODE):
            return False
        outer, depth, in_caption, item, around = place
        if tag == "li":
            if outer >= 0 and layout.tags[outer] in HEADINGS:
                return False
            item, around = step, item
        if tag in HEADINGS or tag == "figure":
            if outer >= 0:
                return False
            outer = step
        place = _Place(outer, depth + 1, in_caption or tag == "figcaption", item, around)
        places[step] = place
    return True


def _is_plain(tag: str, attributes: dict[str, str]) -> bool:
    """Tell whether the attributes of an element give it no meaning of its own."""
    classes = attributes.get("class")
    if classes and not _says_nothing(classes):
        return False
    if not _TELLING.isdisjoint(attributes) and (
        "data-callout" in attributes
        or "data-media" in attributes
        or tag not in _ROLES.get(attributes.get("role", ""), (tag,))
        or hidden_address(attributes)
    ):
        return False
    check = _CHECKS.get(tag)
    return check is None or check(attributes)


@lru_cache(maxsize=16_384)
def _says_nothing(classes: str) -> bool:
    """Tell whether the names in a class attribute stand for nothing that is read."""
    return roles(classes) <= _HARMLESS and not callout(classes)


_TELLING = frozenset(("data-callout", "data-media", "role", ATTRIBUTE))
_CHECKS: dict[str, Callable[[dict[str, str]], bool]] = {
    "a": lambda attributes: not hidden_address(attributes),
    "img": lambda attributes: from_image(attributes) is None,
    "li": lambda attributes: "value" not in attributes,
    **dict.fromkeys(_CODE, lambda _: False),
}
"""Tag → whether an element of it, with these attributes, is plain."""


def _has_mark(layout: Layout, block: int) -> bool:
    """Tell whether a link of a block may lead to a note."""
    if not layout.links[block]:
        return False
    texts: dict[int, str] = {}
    for piece in range(layout.starts[block], layout.ends[block]):
        for node in islice(layout.ancestors(layout.piece_nodes[piece]), _REACH):
            if layout.tags[node] == "a":
                texts[node] = texts.get(node, "") + layout.pieces[piece]
                break
    return any(
        (is_permalink(text) and layout.attributes[node].get("href", "")[:1] == "#")
        or (MARKER.fullmatch(text.strip()) and place_name_of("a", layout.attributes[node]))
        for node, text in texts.items()
    )

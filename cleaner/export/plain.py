"""Whether the kept part of a page is plain: its text is that of its blocks, one after the other."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cleaner.export.read.email import ATTRIBUTE, hidden_address
from cleaner.export.read.images import is_sign
from cleaner.export.read.math import from_image
from cleaner.export.read.numbering import (
    FEWEST,
    FIRST,
    SIGNS,
    has_items,
    is_counted,
    letters_of,
    may_count,
)
from cleaner.export.read.places import MARKER, is_permalink, place_name
from cleaner.export.read.tex import formulas_in, goes_across_breaks
from cleaner.export.read.vocabulary import bare_callout, callout, roles, vocabulary
from cleaner.export.tree import CODE, HEADINGS, LISTS
from cleaner.twins import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cleaner.document import Layout

# Elements whose text is more, or other, than the text inside.
SPECIAL = frozenset(
    "annotation annotation-xml caption d-footnote d-math dd details dl dt label listing math"
    " mjx-container plaintext pre q ruby script table td tex-math th textarea xmp".split()
)
# What their classes say is said of the page, not of a text in it.
PAGE = frozenset(("html", "body"))
# Roles that mean something beside others alone.
_HARMLESS = frozenset(
    "callout_title code_block code_line code_tool quote quote_aside no_quote comment".split()
)
# ARIA roles that change the text → the elements that they say nothing new of.
_ROLES = {
    "doc-endnotes": frozenset[str](),
    "heading": HEADINGS,
    "list": LISTS,
    "listitem": frozenset(("li",)),
    "tab": frozenset(),
}
# Deeper than this, boxes around boxes are no longer told apart.
DEEPEST = 50
# A link lies at most this many elements above its text.
REACH = 8


class _Place(NamedTuple):
    """The heading or figure around a node, or -1; its depth; its item, and the item around that."""

    outer: int = -1
    depth: int = 0
    in_caption: bool = False
    in_button: bool = False
    in_quote: bool = False
    in_code: bool = False
    item: int = -1
    around: int = -1


def is_plain_in_python(layout: Layout, kept: Sequence[bool]) -> bool:
    """Tell whether no kept block holds a table, code, a formula, a note or the like."""
    if layout.turned:
        return False
    places: dict[int, _Place] = {-1: _Place()}
    order = _Order(layout)
    has_number = False
    for block, keep in enumerate(kept):
        if not keep:
            continue
        if not _is_plain_block(layout, block, places):
            return False
        text = layout.texts[block]
        if text and not order.takes(places[layout.block_nodes[block]], block, text):
            return False
        has_number = has_number or begins_with_number(layout, block)
    return not may_have_notes(layout, has_number=has_number) or all(
        layout.tags[node] != "sup" for node in places if node >= 0
    )


def may_have_notes(layout: Layout, *, has_number: bool) -> bool:
    """Tell whether superscripts may mark notes: numbered blocks, or those of our own HTML."""
    return has_number or layout.is_cleaned()


def begins_with_number(layout: Layout, block: int) -> bool:
    """Tell a block that begins with a number in markup of its own."""
    first = layout.texts[block][:1]
    if not first or not (first in "[(" or first.isdecimal()):
        return False
    pieces = range(layout.starts[block], layout.ends[block])
    begin = next(piece for piece in pieces if layout.pieces[piece].strip())
    return layout.piece_nodes[begin] != layout.block_nodes[block]


def counts(layout: Layout, block: int) -> bool:
    """Tell a block that may write the first number of a list itself."""
    pieces = layout.pieces[layout.starts[block] : layout.ends[block]]
    return may_count(layout.texts[block], next(filter(str.strip, pieces), ""))


@lru_cache(maxsize=16_384)
def is_tool(text: str) -> bool:
    """Tell what may be the text of a button that copies code or says no word, or a part of it."""
    labels = vocabulary()["copy"]
    known = (text.lower() in label for label in (*labels["labels"], *labels["buttons"]))
    return not any(map(str.isalnum, text)) or any(known)


class _Order:
    """Whether the blocks stand in the order in which they are told."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.tags = layout, layout.tags
        self.captions: dict[int, bool] = {}
        self.begun: set[int] = set()
        self.items = 0
        self.last = -1

    def takes(self, place: _Place, block: int, text: str) -> bool:
        """Take the next block with text; tell whether it may be told in turn."""
        outer, last, self.last = place.outer, self.last, place.outer
        if (place.in_button and is_tool(text)) or (place.in_quote and text.startswith("[!")):
            return False  # what copies code, or names the kind of a callout
        if place.item >= 0:
            if text[0] in FIRST and place.item not in self.begun and counts(self.layout, block):
                return False
            self.begun.add(place.item)
            if place.around >= 0 and place.around not in self.begun:
                # An item that begins with a list.
                return False
        if outer < 0:
            if has_items(text):
                many = "\n" in text or (place.item >= 0 and text[0] in SIGNS)
                self.items += FEWEST if many else place.item < 0
            return self.items < FEWEST
        if self.tags[outer] == "figure":
            # The caption comes after what else a figure says.
            return self.captions.setdefault(outer, place.in_caption) == place.in_caption
        # A heading of several blocks is one heading.
        return outer != last


def _is_plain_block(layout: Layout, block: int, places: dict[int, _Place]) -> bool:
    text, own = layout.texts[block], layout.block_nodes[block]
    start, end = layout.starts[block], layout.ends[block]
    if text and layout.tags[own] in LISTS:
        return False
    if ("$" in text or "\\" in text) and has_formula(layout.pieces[start:end]):
        return False
    nodes = (own, *layout.piece_nodes[start:end])
    if "\n" in text and any(layout.tags[node] in CODE for node in nodes):
        return False
    return all(node in places or _visit(layout, node, places) for node in nodes) and not has_mark(
        layout, block
    )


def has_formula(pieces: list[str]) -> bool:
    """Tell whether a piece of text holds a formula between delimiters."""
    text = "".join(pieces)
    if "\\" not in text and text.count("$") < 2:
        return False  # a price
    folded = (" ".join(piece.split()) for piece in pieces)
    return ("\n" in text and goes_across_breaks(text)) or any(
        not isinstance(part, str) for text in folded for part in formulas_in(text)
    )


def _visit(layout: Layout, node: int, places: dict[int, _Place]) -> bool:
    """Note the places of a node and of those around it; tell whether all of them are plain."""
    for step in layout.unknown(node, places):
        place = places[layout.parents[step]]
        tag, attributes = layout.tags[step], layout.attributes[step]
        # In a quote, <cite> may say whom it is of.
        if tag in SPECIAL or place.depth > DEEPEST or (tag == "cite" and place.in_quote):
            return False
        if attributes and tag not in PAGE and not is_quiet(tag, attributes):
            return False
        parent = layout.tags[layout.parents[step]] if layout.parents[step] >= 0 else ""
        if (tag == "li") != (parent in LISTS) or (tag == "br" and place.in_code):
            return False
        outer, depth, in_caption, in_button, in_quote, in_code, item, around = place
        if tag == "li":
            if outer >= 0 and layout.tags[outer] in HEADINGS:
                return False
            item, around = step, item
        if tag in HEADINGS or tag == "figure":
            if outer >= 0:
                return False
            outer = step
        in_caption, in_button = in_caption or tag == "figcaption", in_button or tag == "button"
        in_quote, in_code = in_quote or tag == "blockquote", in_code or tag in CODE
        depth += 1
        places[step] = _Place(outer, depth, in_caption, in_button, in_quote, in_code, item, around)
    return True


def is_quiet(tag: str, attributes: dict[str, str]) -> bool:
    """Tell whether the attributes of an element give it no meaning of its own."""
    classes = attributes.get("class")
    if classes and not says_nothing(classes):
        return False
    if not TELLING.isdisjoint(attributes) and (
        "data-callout" in attributes
        or "data-media" in attributes
        or tag not in _ROLES.get(attributes.get("role", ""), (tag,))
        or hidden_address(attributes)
    ):
        return False
    check = CHECKS.get(tag)
    return check is None or check(attributes)


@lru_cache(maxsize=16_384)
def says_nothing(classes: str) -> bool:
    """Tell whether the names in a class attribute stand for nothing that is read."""
    return roles(classes) <= _HARMLESS and not (callout(classes) or bare_callout(classes))


_NUMBERING = frozenset(("value", "data-list"))
_COUNTING = frozenset(("start", "reversed"))
TELLING = frozenset(("data-callout", "data-media", "role", ATTRIBUTE))
CHECKS: dict[str, Callable[[dict[str, str]], bool]] = {
    "a": lambda attributes: not hidden_address(attributes),
    "img": lambda attributes: (
        from_image(attributes) is None and not is_sign(attributes.get("alt", "").strip())
    ),
    "li": lambda attributes: _NUMBERING.isdisjoint(attributes) and not is_counted(attributes),
    **dict.fromkeys(
        LISTS,
        lambda attributes: (
            _COUNTING.isdisjoint(attributes)
            and "lst-" not in attributes.get("class", "")
            and not letters_of(attributes)
        ),
    ),
    **dict.fromkeys(CODE, lambda _: False),
}
"""Tag → whether an element of it, with these attributes, is plain."""


def has_mark(layout: Layout, block: int) -> bool:
    """Tell whether a link of a block may lead to a note, or to its own place."""
    if not layout.links[block]:
        return False
    texts: dict[int, str] = {}
    for piece in range(layout.starts[block], layout.ends[block]):
        link = layout.nearest(layout.piece_nodes[piece], ("a",), REACH)
        if link >= 0:
            texts[link] = texts.get(link, "") + layout.pieces[piece]
    return any(
        (is_permalink(text) and layout.attributes[node].get("href", "")[:1] == "#")
        or (MARKER.fullmatch(text.strip()) and place_name("a", layout.attributes[node]))
        for node, text in texts.items()
    )


is_plain = compiled("cleaner.export._plain", "is_plain", is_plain_in_python)

__all__ = ["is_plain", "is_plain_in_python"]

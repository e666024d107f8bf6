"""What of a page is plain: its text is that of its blocks, one after the other."""

from __future__ import annotations

from functools import lru_cache
from itertools import compress, pairwise
from typing import TYPE_CHECKING, NamedTuple

from cleaner.document import PAGES, PRE
from cleaner.export.needs import ALL, NOTHING, PART, needed_for
from cleaner.export.read.marks import WRITTEN as WRITTEN_MARK
from cleaner.export.read.numbered import WRITTEN
from cleaner.export.read.numbering import FEWEST, FIRST, SIGNS, has_items, may_count
from cleaner.export.read.places import (
    MARKER,
    WORD_NAME,
    all_places,
    is_permalink,
    is_title,
    place_name,
)
from cleaner.export.read.tex import formulas_in, goes_across_breaks
from cleaner.export.read.vocabulary import vocabulary
from cleaner.export.tree import CODE, HEADINGS, LISTS
from cleaner.twins import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.document import Layout

# Elements whose text is more, or other, than the text inside.
SPECIAL = frozenset(
    "annotation annotation-xml caption d-footnote d-math dd details dl dt listing math"
    " mjx-container plaintext pre q ruby script table td tex-math th textarea xmp".split()
)
# Those of them that change nothing of what stands beside them.
LAYING = frozenset("caption dd details dl dt pre table td th".split())
# The outermost of these is read with all that is in it.
PARTS = LAYING | HEADINGS | LISTS | {"blockquote", "figure"}
# Deeper than this, boxes around boxes are no longer told apart.
DEEPEST = 50
# What may lead to a note, at most so many elements above its text.
LINKS = frozenset(("a", "label"))
REACH = 8


class _Place(NamedTuple):
    """The part around a node, or -1, the heading or figure; its depth; its item, the one around."""

    top: int = -1
    outer: int = -1
    depth: int = 0
    in_caption: bool = False
    in_button: bool = False
    in_quote: bool = False
    in_code: bool = False
    in_pre: bool = False
    item: int = -1
    around: int = -1


def parts_in_python(layout: Layout, kept: Sequence[bool]) -> list[int] | None:
    """Return for each block the outermost node with which it must be read, or -1.

    A table must, and code, a callout, and a list, heading, quote or figure that is told otherwise
    than block by block; a block with more to it than text, by itself. [] if no kept block must;
    None if the page must be read as a whole: it may hold formulas, notes or the like.
    """
    if layout.turned:
        return None
    page = _Page(layout)
    has_number = has_title = False
    for block in compress(range(len(layout)), kept):
        if not page.takes(block):
            return None
        has_title = has_title or is_title(layout.texts[block])
        has_number = has_number or begins_with_number(layout, block)
    places = page.places
    has_sup = any(layout.tags[node] == "sup" for node in places if node >= 0)
    has_notes = has_sup and (has_title or may_have_notes(layout, has_number=has_number))
    if (
        has_notes
        or (has_title and has_written_marks(layout, kept))
        or (page.alone and not are_alone(layout, kept, page.alone))
    ):
        return None
    if not page.parts and not page.alone:
        return []
    tops = (
        (node if node in page.alone else places[node].top) if keep else -1
        for node, keep in zip(layout.block_nodes, kept, strict=True)
    )
    return [top if top in page.parts or top in page.alone else -1 for top in tops]


def are_alone(layout: Layout, kept: Sequence[bool], alone: set[int]) -> bool:
    """Tell whether each node of `alone` holds one kept block and no other."""
    nodes = [*compress(layout.block_nodes, kept)]
    return not any(
        (one in alone and _holds(layout, one, other))
        or (other in alone and _holds(layout, other, one))
        for one, other in pairwise(nodes)
    )


def _holds(layout: Layout, outer: int, node: int) -> bool:
    """Tell whether a node is another, or inside it."""
    while node > outer:
        node = layout.parents[node]
    return node == outer


def may_have_notes(layout: Layout, *, has_number: bool) -> bool:
    """Tell whether superscripts may mark notes: numbered blocks, or those of our own HTML."""
    return has_number or layout.is_cleaned()


def has_written_marks(layout: Layout, kept: Sequence[bool]) -> bool:
    """Tell whether a kept text other than code writes the mark of a note."""
    return any(
        "[" in layout.texts[block]
        and not layout.flags[layout.block_nodes[block]] & PRE
        and WRITTEN_MARK.search(layout.texts[block])
        for block in compress(range(len(layout)), kept)
    )


def begins_with_number(layout: Layout, block: int) -> bool:
    """Tell a block that begins with a number: in markup of its own, or as notes are counted."""
    first = layout.texts[block][:1]
    if not first or not (first in "[(" or first.isdecimal()):
        return False
    if WRITTEN.match(layout.texts[block]):
        return True
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


class _Page:
    """A page under way: the places of its nodes, and the parts of it that must be read."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.tags = layout, layout.tags
        self.places: dict[int, _Place] = {-1: _Place()}
        self.parts: set[int] = set()
        self.named: dict[str, int] = {}
        self.has_label = False
        self.alone: set[int] = set()
        self.captions: dict[int, bool] = {}
        self.begun: set[int] = set()
        self.items = 0
        self.last = -1

    def takes(self, block: int) -> bool:
        """Take the next kept block; tell whether the page need not be read as a whole for it."""
        layout = self.layout
        text, own = layout.texts[block], layout.block_nodes[block]
        start, end = layout.starts[block], layout.ends[block]
        nodes = (own, *layout.piece_nodes[start:end])
        if not all(node in self.places or self._visit(node, own) for node in nodes):
            return False
        place = self.places[own]
        if not place.in_pre:
            is_code = "\n" in text and any(self.tags[node] in CODE for node in nodes)
            if is_code and not self._may_be(PART, place.top, own):
                return False
            if ("$" in text or "\\" in text) and has_formula(layout.pieces[start:end]):
                return False
        mark = (
            mark_in(layout, block, self.named) if layout.links[block] or self.has_label else NOTHING
        )
        return self._may_be(mark, place.top, own) and (not text or self._tells(place, block, text))

    def _tells(self, place: _Place, block: int, text: str) -> bool:
        """Take the text of a block; tell whether it may be told by itself, or with its part."""
        if place.in_pre:
            return True
        own = self.layout.block_nodes[block]
        is_item = place.outer < 0 and has_items(text)
        if is_item:
            many = "\n" in text or (place.item >= 0 and text[0] in SIGNS)
            self.items += FEWEST if many else place.item < 0
        if self.items >= FEWEST or (place.in_button and is_tool(text)):
            return False  # lines that are items of a list, what copies code
        if place.top in self.parts:
            return True
        in_turn = self.tags[own] not in LISTS and self._is_in_turn(place, block, text)
        if in_turn and not is_item and own not in self.alone:
            self.items = 0  # items follow each other
        return self._may_be(NOTHING if in_turn else PART, place.top)

    def _may_be(self, needed: int, top: int, own: int = -1) -> bool:
        """Note that a part must be read; tell whether the rest of the page need not be.

        Outside of any part, that may be the block of the node `own` alone.
        """
        if needed in (NOTHING, ALL) or max(top, own) < 0:
            return needed == NOTHING
        if top >= 0:
            self.parts.add(top)
        else:
            self.alone.add(own)
        return True

    def _is_in_turn(self, place: _Place, block: int, text: str) -> bool:
        """Tell whether a text may be told after that of the block before."""
        outer, last, self.last = place.outer, self.last, place.outer
        if place.in_quote and text.startswith("[!"):
            return False  # names the kind of a callout
        if place.item >= 0:
            if text[0] in FIRST and place.item not in self.begun and counts(self.layout, block):
                return False
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

    def _visit(self, node: int, own: int) -> bool:
        """Note the places of a node and of those around it, and the parts that must be read.

        `own` is the node of the block that the node is of.
        """
        layout = self.layout
        for step in layout.unknown(node, self.places):
            place = self.places[layout.parents[step]]
            tag, attributes = layout.tags[step], layout.attributes[step]
            parent = layout.tags[layout.parents[step]] if layout.parents[step] >= 0 else ""
            if place.depth > DEEPEST or (tag in SPECIAL and tag not in LAYING):
                return False
            top, outer, depth, in_caption, in_button, in_quote, in_code, in_pre, *items = place
            item, around = items
            needed = needed_for(tag, attributes) if attributes and tag not in PAGES else NOTHING
            if (tag == "li") != (parent in LISTS):
                needed = max(needed, PART if top >= 0 else ALL)
            is_box = step <= own
            if top < 0 and (tag in PARTS or (needed == PART and is_box)):
                top = step
            # In a quote, <cite> may say whom it is of.
            is_odd = tag in LAYING or (tag == "cite" and in_quote) or (tag == "br" and in_code)
            if tag == "li":
                is_odd |= outer >= 0 and layout.tags[outer] in HEADINGS
                item, around = step, item
            if tag in HEADINGS or tag == "figure":
                is_odd |= outer >= 0
                outer = step
            needed = max(needed, PART if is_odd else NOTHING)
            if not self._may_be(needed, top, -1 if is_box else own):
                return False
            self.has_label = self.has_label or tag == "label"
            in_caption = tag == "figcaption" or (in_caption and tag != "figure")
            in_button = in_button or tag == "button"
            in_quote, in_code = in_quote or tag == "blockquote", in_code or tag in CODE
            in_pre = in_pre or tag == "pre"
            depth += 1
            self.places[step] = _Place(
                top, outer, depth, in_caption, in_button, in_quote, in_code, in_pre, item, around
            )
        return True


def has_formula(pieces: list[str]) -> bool:
    """Tell whether a piece of text holds a formula between delimiters."""
    text = "".join(pieces)
    if "\\" not in text and text.count("$") < 2:
        return False  # a price
    folded = (" ".join(piece.split()) for piece in pieces)
    return ("\n" in text and goes_across_breaks(text)) or any(
        not isinstance(part, str) for text in folded for part in formulas_in(text)
    )


def mark_in(layout: Layout, block: int, named: dict[str, int]) -> int:
    """Return what must be read for links of a block: they may lead to a note, or to themselves.

    `named` are the places of the page by their names, filled in by the first link that asks.
    """
    texts: dict[int, str] = {}
    for piece in range(layout.starts[block], layout.ends[block]):
        link = layout.nearest(layout.piece_nodes[piece], LINKS, REACH)
        if link >= 0:
            texts[link] = texts.get(link, "") + layout.pieces[piece]
    needed = (_needed_for_link(layout, node, text, named) for node, text in texts.items())
    return max(needed, default=NOTHING)


def _needed_for_link(layout: Layout, node: int, text: str, named: dict[str, int]) -> int:
    attributes = layout.attributes[node]
    name = place_name(layout.tags[node], attributes) if MARKER.fullmatch(text.strip()) else ""
    if name and not named:
        named.update({"": -1}, **all_places(layout))  # not empty: asked for once
    # A note comes after its mark; word processors give its place another name.
    if name and (named.get(name, -1) > node or WORD_NAME.fullmatch(name)):
        return ALL
    return PART if is_permalink(text) and "#" in attributes.get("href", "") else NOTHING


parts = compiled("cleaner.export._plain", "parts", parts_in_python)

__all__ = ["parts", "parts_in_python"]

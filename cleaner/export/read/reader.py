"""The reader of one document: what its kept blocks are read with, and the notes among them."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property, partial
from itertools import compress, groupby, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from cleaner.document import CELLS, NOSCRIPT, RULE
from cleaner.export.grid import Grid, grids
from cleaner.export.nodes import List, Paragraph
from cleaner.export.options import Options
from cleaner.export.read import blocks
from cleaner.export.read.bullets import listed
from cleaner.export.read.images import stem
from cleaner.export.read.labels import labels_in
from cleaner.export.read.notes import Notes
from cleaner.export.read.numbering import has_items
from cleaner.export.read.places import is_title
from cleaner.export.read.referenced import with_notes
from cleaner.export.read.tabs import move_names, name_by_labels
from cleaner.export.read.threads import is_comment
from cleaner.export.read.urls import Urls
from cleaner.export.read.vocabulary import roles_of
from cleaner.export.tree import HEADINGS, LISTS, Element, Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cleaner.document import Document, Layout
    from cleaner.export.nodes import Image, Node

    Flat = Callable[[Layout, Sequence[bool]], Sequence[int]]

# A comment lies at most this many elements below the one that it answers, text below its link.
_REACH = 8
# Images of one source whose nodes are at most this far apart are the same image shown twice.
_TWINS = 8
# What stands in these is beside nothing outside of them.
_OWN_FLOW = HEADINGS | LISTS | {"blockquote", "figure"}
_LEAST_INDENTED, _INDENTED = 100, 0.9
"""Words, and the share of all that is kept, from which on a quote is a page set in."""


class Reader:
    """What reading one document needs to know."""

    def __init__(
        self,
        document: Document,
        options: Options,
        flat: Flat | None = None,
        parts: Sequence[int] | None = None,
    ) -> None:
        """Begin to read a document, or the `parts` of one that has no notes, see `read_parts`."""
        self.layout = document.layout.with_turned()
        # Our own HTML says what it means: no guess about it is right.
        self.is_own = document.layout.is_cleaned()
        self.kept = [part >= 0 for part in parts] if parts else document.kept
        self._named = document.named
        self.tags = frozenset(self.layout.tags)
        self.options = options
        self.urls = Urls(document, strip_tracking=options.strip_tracking)
        self._flat = None if self.is_own else flat
        self.tree = self._grown()
        self.notes: Notes = Notes(self, are_none=parts is not None)
        self.wraps: list[Element] = []
        # Set by the first code or formula: labels and numbers stand beside it.
        self.has_labels = False
        # Scripts in a layout are formulas; MathJax 2 draws them in elements before them.
        self.has_math_scripts = "script" in self.tags
        # Elements that are known to hold no formula.
        self.bare: set[Element] = set()
        self._images: dict[str, int] = {}
        self.last_image, self._last_name = -1, ""

    def close(self) -> None:
        """Let go of the notes, which hold the reader: else the page stays in memory with both."""
        del self.notes

    @cached_property
    def ruled(self) -> set[int]:
        """The kept paragraphs that a line parts from the one before."""
        layout, rules = self.layout, self.rules
        tags, parents, nodes = layout.tags, layout.parents, layout.block_nodes
        found = set()
        kept = compress(range(len(layout)), self.kept if rules else ())
        for block, following in pairwise(block for block in kept if tags[nodes[block]] == "p"):
            before, after = nodes[block], nodes[following]
            between, outer = bisect_left(rules, before), parents[after]
            line = rules[between] if between < len(rules) else after
            around = parents[line]
            if around != outer and tags[around] == "div":
                around = parents[around]  # as editors write a line
            is_between = line < after and around == parents[before] == outer
            if following == block + 1 and is_between and tags[outer] not in CELLS:
                found.add(following)
        return found

    @cached_property
    def rules(self) -> list[int]:
        """The nodes of the lines across the page."""
        tags = self.layout.tags if "hr" in self.tags else []
        return [node for node, tag in enumerate(tags) if tag == "hr"]

    @property
    def boxes(self) -> dict[int, Element]:
        """The block-level elements of that tree by their node."""
        return self.tree.boxes

    def keep_notes(self, targets: Iterable[int]) -> bool:
        """Keep the notes at the nodes `targets` too; return whether any was not kept before."""
        if not (wanted := set(targets)):
            return False
        ruled_out = {block for block, why in self._named.items() if why.startswith(RULE)}
        kept = with_notes(self.layout, self.kept, ruled_out, wanted)
        if kept is None:
            return False
        self.kept = kept
        self.tree = self._grown()
        return True

    def has_titled_notes(self) -> bool:
        """Return whether a kept text is a title of notes."""
        return any(map(is_title, compress(self.layout.texts, self.kept)))

    def grow_links(self) -> None:
        """Grow the tree with the links that plain text does without."""
        if self._flat:
            self._flat = None
            self.tree = self._grown()

    def _grown(self) -> Tree:
        return Tree(self.layout, self.kept, self._flat and self._flat(self.layout, self.kept))

    @cached_property
    def grids(self) -> dict[int, Grid]:
        """The tables of the page by their node."""
        return grids(self.layout)

    @cached_property
    def has_threads(self) -> bool:
        """Return whether comments stand inside those that they answer."""
        elements = self.tree.elements
        comments = {element.node for element in elements if is_comment(element)}
        parents = self.layout.parents
        return any(
            not comments.isdisjoint(islice(self.layout.ancestors(parents[node]), _REACH))
            for node in comments
            if parents[node] >= 0
        )

    @cached_property
    def indented(self) -> set[int]:
        """The quotes that hold nearly all that is kept: a page that is set in from the margin."""
        layout = self.layout
        words = [0] * len(layout.tags)
        for block in compress(range(len(layout)), self.kept):
            words[layout.block_nodes[block]] += layout.words[block]
        least = max(_LEAST_INDENTED, _INDENTED * sum(words))
        for node in range(len(words) - 1, 0, -1):
            if (parent := layout.parents[node]) >= 0:
                words[parent] += words[node]
        quotes = (node for node, tag in enumerate(layout.tags) if tag == "blockquote")
        return {node for node in quotes if words[node] >= least}

    def is_beside_link_text(self, node: int) -> bool:
        """Return whether only a screen reader says a node, in a link that shows a text too."""
        return self.layout.nearest(node, ("a",), _REACH) in self._links_with_text

    @cached_property
    def _links_with_text(self) -> set[int]:
        layout, found = self.layout, set()
        for piece, node in zip(layout.pieces, layout.piece_nodes, strict=True):
            for outer in islice(layout.ancestors(node), _REACH) if piece.strip() else ():
                if "spoken" in roles_of(layout.attributes[outer]):
                    break
                if layout.tags[outer] == "a":
                    found.add(outer)
                    break
        return found

    def is_new(self, image: Image, node: int) -> bool:
        """Return whether an image is no copy of one just before: for `<noscript>`, a lightbox."""
        if self.is_own:
            return True
        name = stem(image.url)
        figure_of = partial(self.layout.nearest, tags=("figure",))
        before, last = self._images.get(name, -1), self.last_image
        self._images[name] = self.last_image = node
        bare = name.rpartition(".")[0]
        last_bare, self._last_name = self._last_name, bare
        if 0 <= before < node <= before + _TWINS and figure_of(before) == figure_of(node):
            # The same image in two paragraphs is meant: a formula, an icon.
            paragraph_of = partial(self.layout.nearest, tags=("p", "li", "td", "dd"))
            return paragraph_of(before) != paragraph_of(node) >= 0
        if last < 0 or not last < node <= last + _TWINS:
            return True
        flags = self.layout.flags
        if flags[node] & NOSCRIPT and not flags[last] & NOSCRIPT:
            # Not told, so none that comes after is its twin.
            self._images[name], self.last_image, self._last_name = before, last, last_bare
            return False
        if not -1 < figure_of(node) == figure_of(last):
            return True
        # Two images of one figure show the same by their texts, else by their names.
        first, second = (self.layout.attributes[n].get("alt", "") for n in (last, node))
        return first != second or not (first or bare == last_bare)


def kept_with_notes(document: Document) -> Sequence[bool]:
    """Return which blocks are kept: those of the document, and the notes that they refer to."""
    from cleaner.export.plain import parts

    if document.page.media == "text" or parts(document.layout, document.kept) is not None:
        return document.kept
    reader = Reader(document, Options())
    reader.close()
    return reader.kept


def read(document: Document, options: Options, flat: Flat | None = None) -> list[Node]:
    """Return the kept part of a page as nodes, its footnotes last.

    `flat`, for plain text, tells which pieces need nothing of the elements around them.
    """
    reader = Reader(document, options, flat)
    if not reader.is_own:
        move_names(reader.tree, reader.kept)
        if not reader.tags.isdisjoint(("label", "button")):
            name_by_labels(reader.tree)
    nodes = blocks.read(reader, reader.tree.root.children)
    if _has_items(reader):
        nodes = listed(nodes)
    nodes.extend(reader.notes.read())
    reader.close()
    return nodes


class Parts(NamedTuple):
    """The nodes of each part of a page, and the blocks outside of them that say nothing more."""

    nodes: dict[int, list[Node]]
    labels: set[int]


def read_parts(
    document: Document, options: Options, flat: Flat, parts: Sequence[int]
) -> Parts | None:
    """Return what is read of parts of a page; `parts` has that of each block, or -1.

    None if the page must be read as a whole: beside one stands what may belong to its code or
    formula, or one is a list that may go on with the one before.
    """
    reader = Reader(document, options, flat, parts)
    boxes = {part: reader.tree.own_box(part) for part in parts if part >= 0}
    found = {part: blocks.read(reader, [box]) for part, box in boxes.items() if box}
    firsts = [nodes[0] for nodes in found.values() if nodes]
    is_whole = len(found) < len(boxes) or any(
        isinstance(first, List) and first.start > 1 for first in firsts
    )
    labels = _labels(document, parts, found) if reader.has_labels and not is_whole else set()
    reader.close()
    if is_whole or labels is None:
        return None
    if _has_items(reader):
        found = {part: listed(nodes) for part, nodes in found.items()}
    return Parts(found, labels)


def _labels(
    document: Document, parts: Sequence[int], found: Mapping[int, list[Node]]
) -> set[int] | None:
    """Return the blocks that are labels of code in parts beside them; None if more may belong."""
    layout = document.layout
    shown = (block for block in compress(range(len(layout)), document.kept) if layout.texts[block])
    told: list[tuple[int, Node]] = []
    for part, group in groupby(shown, parts.__getitem__):
        if part >= 0:
            told += ((-1, node) for node in found[part])
        else:
            told += ((block, Paragraph([layout.texts[block]])) for block in group)
    numbers = labels_in([node for _, node in told])
    if numbers is None:
        return None
    labels = {told[number][0] for number in numbers}
    is_certain = min(labels, default=0) >= 0 and all(
        layout.nearest(layout.block_nodes[block], _OWN_FLOW) < 0 for block in labels
    )
    return labels if is_certain else None


def _has_items(reader: Reader) -> bool:
    """Return whether a kept text has lines that are items of a list."""
    return not reader.is_own and any(map(has_items, compress(reader.layout.texts, reader.kept)))


__all__ = ["Reader", "kept_with_notes", "read", "read_parts"]

"""Whether a link is the mark of a note, or a number that leads elsewhere: "step 2", a verse."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING

from cleaner.export.read.vocabulary import roles_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cleaner.document import Layout

_DEPTH = 6
_NEAR = 8  # characters between two marks that stand beside each other
_NOTES = frozenset(("footnote", "footnotes", "sidenote_mark"))
_NOTE_NAME = re.compile(
    r"footn|(?<![a-z])(?:note|endn|fn|ftn|edn|sdendn|ref|cit|bib)|(?<![a-z])(?:b|f|n|r|cr)\d+\Z",
    re.IGNORECASE,
)
# A mark clings to what it follows, or has brackets around it; one beside it does the same.
_CLINGS = re.compile(r"""(?:(?<![.…])[.,;:!?)\]"'”’»]|\w|[\[(])\Z""")
_SIGNS = tuple("[(（［〔【*※†‡§¶")
_BESIDE = re.compile(r"[\s,;–-]*\Z")


def in_place(layout: Layout, links: Sequence[int], end: Callable[[int], int]) -> set[int]:
    """Return those of the links, in order, that stand where the mark of a note does."""
    tags, parents = layout.tags, layout.parents
    inside = {node: link for link in links for node in range(link, end(link))}
    told: set[int] = set()
    seen = -1
    for piece, node in enumerate(layout.piece_nodes):
        link = inside.get(node, -1)
        if link < 0 or link == seen:
            continue
        seen = link
        last, before = _before(layout, piece, inside)
        if (
            layout.pieces[piece].lstrip().startswith(_SIGNS)
            or "sup" in (tags[parents[link]], *tags[link + 1 : link + 2])
            or _CLINGS.search(before)
            or (last in told and _BESIDE.match(before))
        ):
            told.add(link)
    return told


def _before(layout: Layout, piece: int, inside: Mapping[int, int]) -> tuple[int, str]:
    """Return the link before a piece, -1 if none is near, and the text between, in one block."""
    begin = layout.starts[bisect_right(layout.starts, piece) - 1]
    before = ""
    while piece > begin and len(before) < _NEAR:
        piece -= 1
        if (link := inside.get(layout.piece_nodes[piece])) is not None:
            return link, before
        before = layout.pieces[piece] + before
    return -1, before


def is_named(layout: Layout, name: str, links: Sequence[int], target: int) -> bool:
    """Return whether the name of a place, the links to it or what is around it speak of notes."""
    if _NOTE_NAME.search(name):
        return True
    attributes = layout.attributes
    around = [*links, *islice(layout.ancestors(target), _DEPTH)]
    return any(
        attributes[node].get("role", "")[:4] == "doc-"
        or "epub:type" in attributes[node]
        or not _NOTES.isdisjoint(roles_of(attributes[node]))
        for node in around
    )


def is_list_of_notes(layout: Layout, node: int) -> bool:
    """Return whether the page names a list notes, or the element directly around it."""
    return any(
        step >= 0 and "footnotes" in roles_of(layout.attributes[step])
        for step in (node, layout.parents[node])
    )

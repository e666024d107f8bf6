"""Items of lists that numbers lead to: notes, or steps such as that in "see step 2"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.export.read.vocabulary import roles
from cleaner.export.tree import Element

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cleaner.document import Layout
    from cleaner.export.read.definition import Definition
    from cleaner.export.read.notes import Notes


def sort_out(
    notes: Notes,
    noted: dict[int, Definition],
    marks: Mapping[int, Sequence[int]],
    leads_back: Callable[[int], bool],
) -> list[tuple[int, Element]]:
    """Drop from `noted` the items of lists that are no notes.

    The links in `marks` lead to them, both by the node of the place. Returns the numbered items
    of the lists that the page names notes and of which most are.
    """
    layout, boxes = notes.layout, notes.reader.boxes
    lists: dict[int, list[int]] = {}
    for target, definition in noted.items():
        part = definition.parts[0]
        parent = layout.parents[part.node]
        if isinstance(part, Element) and part.tag == "li" and parent in boxes:
            lists.setdefault(parent, []).append(target)
    named: list[tuple[int, Element]] = []
    for parent, targets in lists.items():
        items = [c for c in boxes[parent].children if isinstance(c, Element) and c.tag == "li"]
        are_most = 2 * len(targets) > len(items)
        if _is_named(layout, parent):
            named += enumerate(items, 1) if are_most else ()
        elif not are_most:
            for target in targets:
                item = noted[target].parts[0].node
                if not (_is_raised(layout, marks[target]) or leads_back(item)):
                    del noted[target]
    return named


def _is_named(layout: Layout, node: int) -> bool:
    return any(
        step >= 0 and "footnotes" in roles(layout.attributes[step].get("class", ""))
        for step in (node, layout.parents[node])
    )


def _is_raised(layout: Layout, links: Sequence[int]) -> bool:
    """Tell whether one of the links stands above the line."""
    tags, parents = layout.tags, layout.parents
    return any("sup" in (tags[parents[link]], *tags[link + 1 : link + 2]) for link in links)

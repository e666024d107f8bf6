"""Titles of nothing but footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.export.read.vocabulary import roles_of, vocabulary
from cleaner.export.tree import HEADINGS

if TYPE_CHECKING:
    from cleaner.export.read.reader import Reader
    from cleaner.export.tree import Element, Run


def is_title(reader: Reader, element: Element, parts: list[Run]) -> bool:
    """Tell the title of nothing but footnotes, which move to the end without it."""
    if not reader.notes.definitions or reader.is_own or not parts:
        return False
    # One that only a screen reader hears is never of anything else.
    if "spoken" in roles_of(element.attributes):
        return True
    title = element.text().strip(" \n:.").lower()
    is_known = title in vocabulary()["footnotes"]["titles"]
    return is_known and _stands_above_notes(reader, parts[-1].block)


def _stands_above_notes(reader: Reader, block: int) -> bool:
    """Tell whether a heading stands above notes alone, up to the next one or the end of its box."""
    layout, notes = reader.layout, reader.notes
    around = layout.parents[layout.block_nodes[block]]
    found = False
    for below in range(block + 1, len(layout)):
        if not reader.kept[below] or not layout.texts[below]:
            continue
        path = list(layout.ancestors(layout.block_nodes[below]))
        if not notes.is_definition_run(below) and not any(map(notes.is_definition, path)):
            return found and (layout.tags[path[0]] in HEADINGS or around not in path)
        found = True
    return found

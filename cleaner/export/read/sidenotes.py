"""Sidenotes: notes that stand inside the text they belong to."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from cleaner.export.read import marks
from cleaner.export.read.definition import Definition, text_of
from cleaner.export.tree import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.export.read.notes import Notes
    from cleaner.export.tree import Element

# So many notes before a list of notes tell whether it repeats them.
_NEAR = 3


def find(notes: Notes, named: Mapping[str, Sequence[Element]]) -> None:
    """Find the notes among the elements that the page names part of one, by their roles."""
    for element in named["sidenote_mark"]:
        notes.marks.setdefault(element.node, None)
    ends = {marks.end_of(text_of(d.parts)) for d in notes.definitions if named["sidenote"]} - {""}
    for element in named["sidenote"]:
        if notes.reader.tree.own_box(element.node) is None:
            _add(notes, element, named["sidenote_number"])
        elif marks.end_of(element.text()) in ends and element.node not in notes.boxes:
            notes.boxes.add(element.node)
    told = sorted((d.node, text_of(d.parts)) for d in notes.definitions if d.in_text)
    for element in named["note_list"]:
        said = element.text()
        after = bisect_left(told, (element.node,))
        near = told[max(after - _NEAR, 0) : after]
        if near and (element.tag in HEADINGS or any(marks.is_copy(text, said) for _, text in near)):
            notes.boxes.add(element.node)


def _add(notes: Notes, element: Element, numbers: Sequence[Element]) -> None:
    node = element.node
    begun = notes.marks.get(node)
    if begun and begun.node == node:  # line breaks part it
        begun.parts.append(element)
        return
    near = filter(None, map(notes.marks.get, range(node - 8, node)))
    text = element.text()
    said = any(not d.in_text and marks.is_copy(text, text_of(d.parts)) for d in near)
    if said or not marks.says_more(element):
        notes.marks[node] = None
        return
    definition = Definition(node, [element], {"*"}, in_text=True)
    notes.definitions.append(definition)
    notes.marks[node] = definition
    end = notes.end(node)
    first, last = (
        bisect_left(numbers, at, key=lambda number: number.node) for at in (node - 3, end)
    )
    for number in numbers[first:last]:
        if not number.node < node < notes.end(number.node):
            notes.marks[number.node] = None

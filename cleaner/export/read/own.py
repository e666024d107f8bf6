"""Footnotes in the HTML of this package: items of a section of endnotes, and links to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.export.read.definition import Definition
from cleaner.export.tree import Element

if TYPE_CHECKING:
    from cleaner.export.read.notes import Notes

PREFIX = "fn-"


def find(notes: Notes) -> None:
    """Find the notes and their marks by the names that the exporter gave them."""
    found: dict[str, Definition] = {}
    for element in notes.reader.tree.elements:
        name = element.attributes.get("id", "")
        label = name.removeprefix(PREFIX)
        if element.tag == "li" and label != name and label not in found:
            parts = [child for child in element.children if not isinstance(child, str)]
            found[label] = Definition(element.node, parts, label=label)
    for definition in found.values():
        notes.define(definition)
    for element in notes.reader.tree.elements:
        marked = _marked(element, found) if element.tag == "sup" else None
        if marked:
            notes.marks[element.node] = marked


def _marked(element: Element, found: dict[str, Definition]) -> Definition | None:
    """Return the note that a superscript marks."""
    child = element.children[0] if element.children else ""
    if not isinstance(child, Element) or child.tag != "a":
        return None
    return found.get(child.attributes.get("href", "").removeprefix(f"#{PREFIX}"))

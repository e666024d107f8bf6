"""Definition lists: terms and what is said of each, and terms that only count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.export.nodes import Definitions, Entry, Item, List, Paragraph, plain
from cleaner.export.read import blocks, labels, signatures
from cleaner.export.read.inline import inline
from cleaner.export.read.numbering import number_of
from cleaner.export.tree import Element

if TYPE_CHECKING:
    from cleaner.export.nodes import Inline, Node
    from cleaner.export.read.reader import Reader
    from cleaner.export.tree import Run

COUNT = re.compile(r"\(?(?:\d{1,4}|[a-zα-ωа-я]{1,2}|[ivx]{1,5})[.)]")
"""A term that only counts: "1.", "a)", "(ii)"."""
BULLETS = frozenset("·•o§ØüvqàèÞ-–—*●○■▪◦➢✓\uf0b7\uf0a7\uf0d8\uf0fc")
"""Terms, or labels, that are bullets: some by what the fonts of word processors draw for them."""
_LONGEST_COUNT = 3


def read(reader: Reader, element: Element) -> list[Node]:
    """Read a definition list."""
    entries: list[Entry] = []
    nodes: list[Node] = []
    for child in _groups(element):
        if isinstance(child, Element) and child.node in reader.notes.boxes:
            continue
        if isinstance(child, Element) and child.tag == "dt":
            term = _term(reader, child)
            if term:
                entries.append(Entry(term))
        elif isinstance(child, Element) and child.tag == "dd":
            found = blocks.read(reader, child.children)
            if found and entries:
                entries[-1].definitions.append(found)
            else:
                nodes.extend(found)
        elif not (entries and signatures.goes_on(entries[-1].term, child)):
            nodes.extend(blocks.read(reader, [child]))
    return [*nodes, *_listed(reader, entries)]


def _term(reader: Reader, element: Element) -> Inline:
    code = None if reader.is_own else signatures.of_term(element)
    return code or inline(reader, blocks.runs(element), reader.wraps)


def _listed(reader: Reader, entries: list[Entry]) -> list[Node]:
    """Return entries as what they are: terms with definitions, terms alone, what else they list."""
    if not any(entry.definitions for entry in entries):
        return [Paragraph(entry.term) for entry in entries]
    if not reader.is_own and all(labels.offers_copy(plain(entry.term)) for entry in entries):
        # Images with what is said of each, or code below what offers to copy it.
        return [node for entry in entries for node in _shown(entry)]
    if not reader.is_own and _only_count(entries):
        return [counted(entries)]
    if not reader.is_own and all(plain(entry.term) in BULLETS for entry in entries):
        return [List([Item([n for found in e.definitions for n in found]) for e in entries])]
    return [Definitions(entries)]


def _only_count(entries: list[Entry]) -> bool:
    """Return whether terms only count: "a)", "b)", or numbers in a row that are no years."""
    terms = [plain(entry.term) for entry in entries]
    first = number_of(terms[0][:_LONGEST_COUNT])
    return all(entry.definitions for entry in entries) and (
        all(map(COUNT.fullmatch, terms))
        or (first > 0 and terms == [str(first + place) for place in range(len(terms))])
    )


def counted(entries: list[Entry]) -> List:
    """Return entries whose terms only count them as a list; Markdown counts in numbers alone."""
    items: list[Item] = []
    said = [plain(entry.term) for entry in entries]
    numbers = [number_of(label.strip("().")) for label in said]
    ordered = all(numbers)
    for entry, label, number in zip(entries, said, numbers, strict=True):
        due = items and number != numbers[len(items) - 1] + 1
        found = [node for body in entry.definitions for node in body]
        if not ordered:
            label_with(label, found)
        items.append(Item(found, value=number if due and ordered else 0))
    return List(items, ordered, numbers[0] if ordered else 1)


def label_with(label: str, found: list[Node]) -> None:
    """Put a label in front of the first of some nodes."""
    if found and isinstance(first := found[0], Paragraph):
        first.inline = [f"{label} ", *first.inline]
    else:
        found.insert(0, Paragraph([label]))


def _shown(entry: Entry) -> list[Node]:
    return [Paragraph(entry.term), *(node for found in entry.definitions for node in found)]


def _groups(element: Element) -> list[Element | Run | str]:
    """Return the children of a definition list, those of `<div>` groups among them."""
    found: list[Element | Run | str] = []
    stack = list(reversed(element.children))
    while stack:
        child = stack.pop()
        if isinstance(child, Element) and child.tag == "div":
            stack.extend(reversed(child.children))
            continue
        found.append(child)
        if isinstance(child, Element) and child.tag in ("dt", "dd"):
            # The parser lets an entry that is not closed hold those after it.
            for index, inner in enumerate(child.children):
                if isinstance(inner, Element) and inner.tag in ("dt", "dd"):
                    stack.extend(reversed(child.children[index:]))
                    del child.children[index:]
                    break
    return found

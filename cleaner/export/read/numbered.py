"""Footnotes without links: what a number begins, and the same number raised or in brackets."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from cleaner.document import PRE
from cleaner.export.read import marks, note_lines
from cleaner.export.read.definition import Definition
from cleaner.export.read.places import is_title
from cleaner.export.read.vocabulary import roles_of
from cleaner.export.tree import CODE, HEADINGS, Element, Run, leading, parts_in

if TYPE_CHECKING:
    from cleaner.export.read.notes import Notes

_NUMBER = re.compile(r"\s*[\[(]?(\d{1,3})[\])]?[.:]?\s*")
WRITTEN = re.compile(r"\s*(?:\[(\d{1,3})\]|(\d{1,3})[.)])[.:]?\s")
"""A number that begins a note in its text."""
# What is raised to a power, at the end of so long a text: a letter, ten, a unit.
_UNIT = 8
_RAISED = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]|(?<!\d)10|[kcdmnµ]m|ft|yd|\d\s?(?:in|mi))\Z")
_NOTES = frozenset(("footnote", "footnotes"))
# What names a note lies at most this many elements around its number.
_DEPTH = 7
_LIST_DEPTH = 2


class _Start(NamedTuple):
    """What begins a note, whether the page names it one, and its item below a title of notes."""

    run: Run
    named: bool
    titled: bool
    item: Element | None = None


def find(notes: Notes) -> None:
    """Find the notes that no link leads to: numbered paragraphs and marks of the same numbers."""
    if "sup" not in notes.reader.tags and not notes.may_be_written:
        return
    runs = [part for run in notes.free_runs() for part in note_lines.parted(run, _begins)]
    starts = _starts(notes, runs)
    firsts = {id(start.run): number for number, start in starts.items()}
    titled = any(start.titled for start in starts.values())
    marked = _marked(notes, runs, firsts, titled=titled) if starts else {}
    if not starts or not starts.keys() <= marked.keys():
        return
    numbers = {str(number) for number in range(1, len(starts) + 1)}
    if starts.keys() != numbers and not all(start.named for start in starts.values()):
        return
    for number, start in starts.items():
        definition = Definition(start.run.node, _extent(notes, start, firsts), {number})
        notes.define(definition)
        for node in marked[number]:
            if node < 0:
                notes.written[number] = definition
            else:
                notes.marks[node] = definition


def _starts(notes: Notes, runs: list[Run]) -> dict[str, _Start]:
    """Return what begins each note, by its number.

    The page names it a footnote, or it stands below a title of notes or the last rule of the page.
    """
    rule = max(notes.reader.rules, default=len(notes.layout.tags))
    starts: dict[str, _Start] = {}
    items: dict[int, int] = {}
    titled = False
    for run in runs:
        if notes.may_be_written and is_title(notes.layout.texts[run.block]):
            titled = True
            continue
        titled = titled and notes.layout.tags[run.node] not in HEADINGS
        item = _item(notes, run, items) if titled else None
        number = str(items[item.node]) if item else _begins(run)
        if not number or number in starts:
            continue
        named = item is None and _is_named(notes, run)
        if named or titled or run.node > rule:
            starts[number] = _Start(run, named, titled, item)
    return starts


def _item(notes: Notes, run: Run, items: dict[int, int]) -> Element | None:
    """Return the item of a counting list that a run begins, and put its number into `items`."""
    layout = notes.layout
    node = layout.nearest(run.node, ("li",), _LIST_DEPTH)
    if node < 0 or node in items or layout.tags[layout.parents[node]] != "ol":
        return None
    around = layout.parents[node]
    items[around] = items[node] = items.get(around, 0) + 1
    return notes.reader.boxes.get(node)


def _begins(run: Run) -> str:
    return _number(run) or _written_number(run)


def _number(run: Run) -> str:
    """Return the number in an element of its own that begins a run, "" if none does."""
    first = _first(run)
    is_set_off = first is not None and first.tag in ("sup", "strong", "b")
    number = _NUMBER.fullmatch(first.text()) if first and is_set_off else None
    return number[1] if number else ""


def _written_number(run: Run) -> str:
    """Return the number that the text of a run begins with, "" if it does not."""
    number = WRITTEN.match(next((part for part in leading(run) if isinstance(part, str)), ""))
    return (number[1] or number[2]) if number else ""


def _marked(
    notes: Notes, runs: list[Run], firsts: dict[int, str], *, titled: bool
) -> dict[str, list[int]]:
    """Return the superscripts inside the text, by the number that they show; -1 is a written mark.

    `firsts` has the numbers of the runs that begin notes, which do not mark themselves.
    One that may be a power counts only where no other shows its number, and not below a title of
    notes; a written mark only on pages with one.
    """
    marked: dict[str, list[int]] = {}
    powers: dict[str, list[int]] = {}
    written: set[str] = set()
    for run in runs:
        first, own = _first(run), firsts.get(id(run))
        for element, before in _superscripts(run, notes):
            number = _NUMBER.fullmatch(element.text())
            if number and element is not first and number[1] != own:
                found = powers if _RAISED.search(before) else marked
                found.setdefault(number[1], []).append(element.node)
        if titled and not notes.layout.flags[run.node] & PRE:
            texts = (part for part in parts_in(run, _is_closed) if isinstance(part, str))
            for match in (m for text in texts for m in marks.WRITTEN.finditer(text)):
                written |= {*match[1].replace(" ", "").split(",")} - {own}
    found = marked if titled else powers | marked
    return found | {number: [*found.get(number, ()), -1] for number in sorted(written)}


def _is_closed(part: Element | Run) -> bool:
    return isinstance(part, Element) and (part.tag in CODE or part.tag in ("a", "sup"))


def _first(run: Run) -> Element | None:
    """Return the element that begins a run, None if text does."""
    elements = (item for item in leading(run) if isinstance(item, Element))
    return next((element for element in elements if element.tag != "small"), None)


def _superscripts(run: Run, notes: Notes) -> list[tuple[Element, str]]:
    """Return the superscripts in a run that mark no note yet, and what stands before each."""
    found: list[tuple[Element, str]] = []
    before = ""
    for part in parts_in(run, lambda part: isinstance(part, Element) and part.tag == "sup"):
        if isinstance(part, str):
            before = part
        elif isinstance(part, Element) and part.tag == "sup" and not _is_taken(part, notes):
            found.append((part, before[-_UNIT:]))
    return found


def _is_taken(element: Element, notes: Notes) -> bool:
    return element.node in notes.marks or any(
        isinstance(child, Element) and child.node in notes.marks for child in element.children
    )


def _is_named(notes: Notes, run: Run) -> bool:
    """Tell whether a run stands in small print, or in what the page names a footnote."""
    layout = notes.layout
    around = layout.ancestors(layout.piece_nodes[layout.starts[run.block]])
    return any(
        layout.tags[node] == "small" or not _NOTES.isdisjoint(roles_of(layout.attributes[node]))
        for node in islice(around, _DEPTH)
    )


def _extent(notes: Notes, start: _Start, starts: dict[int, str]) -> list[Element | Run]:
    """Return the parts of a note: its first run, and what follows up to the next note."""
    if start.item:
        return [start.item]
    run = start.run
    box = notes.reader.boxes[run.node]
    is_whole = any(child is run for child in box.children)  # no line of a block
    if box.node == run.node and is_whole:
        parent = notes.reader.boxes[notes.layout.parents[run.node]]
        own: Element | Run = box
    else:
        parent, own = box, run
    if start.named or not is_whole:
        return [own]
    parts: list[Element | Run] = []
    for child in parent.children:
        if isinstance(child, str):
            continue
        if parts and _starts_note(child, starts):
            break
        if parts or child is own:
            parts.append(child)
    return parts


def _starts_note(child: Element | Run, starts: dict[int, str]) -> bool:
    if id(child) in starts:
        return True
    return isinstance(child, Element) and (
        child.tag[0] == "h" or any(id(inner) in starts for inner in child.children)
    )

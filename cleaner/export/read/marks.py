"""Footnotes without links: `<sup>1</sup>` in the text and before a paragraph. Marks made tidy."""

from __future__ import annotations

import re
from itertools import dropwhile, islice
from typing import TYPE_CHECKING

from cleaner.export.nodes import Break, Link, List, NoteMark, Paragraph, Quote, Span, plain
from cleaner.export.read import note_lines
from cleaner.export.read.definition import Definition
from cleaner.export.read.vocabulary import roles_of
from cleaner.export.tree import Element, Run, leading, parts_in

if TYPE_CHECKING:
    from cleaner.export.nodes import Inline, Node
    from cleaner.export.read.notes import Notes

_NUMBER = re.compile(r"\s*[\[(]?(\d{1,3})[\])]?[.:]?\s*")
_OPEN, _CLOSE = re.compile(r"[\[(]\s*\Z"), re.compile(r"\A\s*[\])]")
_BETWEEN = re.compile(r"\A\s*[,;–-]?\s*\Z")
_RANGE = re.compile(r"\A\s*[–-]\s*\Z")
_LEADING = re.compile(r"\A\s*[\[({]?\s*([\w*†‡§¶#^]{1,6})\s*[\])}]?\s*[.:)]?\s+")
_REST = re.compile(r"\A\s*[.:)\]↩]\s+|\A\s+")
# Brackets around a link back that is left out.
_EMPTY = re.compile(r"\A\s*(?:\[\s*\]|\(\s*\))\s*")
# Numbers that only a style parts from what follows.
_GLUED = re.compile(r"\A\s*(?:\[\w{1,6}\](?=\w)|\d{1,3}\.(?=[^\W\d_]))")
# What is raised to a power, at the end of so long a text: a letter, ten, a unit.
_UNIT = 8
_RAISED = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]|(?<!\d)10|[kcdmnµ]m|ft|yd|\d\s?(?:in|mi))\Z")
# A capital by itself is a word: "A wheel of oak".
_CAPITAL = re.compile(r"\s*[A-Z]\s+")
# So many letters at the end of two notes tell whether they are the same.
_ENOUGH = 40
_SIGNS = re.compile(r"[\[\](){}.:,;^↩↑\s]+")
_NOTES = frozenset(("footnote", "footnotes"))
# What names a note lies at most this many elements around its number.
_DEPTH = 7


def find(notes: Notes) -> None:
    """Find the notes that no link leads to: numbered paragraphs and marks of the same numbers."""
    if "sup" not in notes.reader.tags:
        return
    runs = [part for run in notes.free_runs() for part in note_lines.parted(run, _number)]
    starts = _starts(notes, runs)
    marked = _marked(notes, runs) if starts else {}
    if not starts or not starts.keys() <= marked.keys():
        return
    numbers = {str(number) for number in range(1, len(starts) + 1)}
    if starts.keys() != numbers and not all(named for _, named in starts.values()):
        return
    firsts = {id(run) for run, _ in starts.values()}
    for number, (run, named) in starts.items():
        definition = Definition(run.node, _extent(notes, run, firsts, alone=named), {number})
        notes.define(definition)
        for node in marked[number]:
            notes.marks[node] = definition


def _starts(notes: Notes, runs: list[Run]) -> dict[str, tuple[Run, bool]]:
    """Return the runs that a number begins, and whether the page tells that each is a footnote.

    Without such a name they must stand below the last rule of the page.
    """
    rule = max(notes.reader.rules, default=len(notes.layout.tags))
    starts: dict[str, tuple[Run, bool]] = {}
    for run in runs:
        number = _number(run)
        if number and number not in starts:
            named = _is_named(notes, run)
            if named or run.node > rule:
                starts[number] = (run, named)
    return starts


def _number(run: Run) -> str:
    """Return the number that begins a run, "" if none does."""
    first = _first(run)
    is_set_off = first is not None and first.tag in ("sup", "strong", "b")
    number = _NUMBER.fullmatch(first.text()) if first and is_set_off else None
    return number[1] if number else ""


def _marked(notes: Notes, runs: list[Run]) -> dict[str, list[int]]:
    """Return the superscripts inside the text, by the number that they show.

    One that may be a power counts only where no other shows its number.
    """
    marked: dict[str, list[int]] = {}
    powers: dict[str, list[int]] = {}
    for run in runs:
        first = _first(run)
        for element, before in _superscripts(run, notes):
            number = _NUMBER.fullmatch(element.text())
            if number and element is not first:
                found = powers if _RAISED.search(before) else marked
                found.setdefault(number[1], []).append(element.node)
    return powers | marked


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
    """Return whether a run stands in small print, or in what the page names a footnote."""
    layout = notes.layout
    around = layout.ancestors(layout.piece_nodes[layout.starts[run.block]])
    return any(
        layout.tags[node] == "small" or not _NOTES.isdisjoint(roles_of(layout.attributes[node]))
        for node in islice(around, _DEPTH)
    )


def _extent(notes: Notes, run: Run, starts: set[int], *, alone: bool) -> list[Element | Run]:
    """Return the parts of a note: its first run, and what follows up to the next note."""
    box = notes.reader.boxes[run.node]
    is_whole = any(child is run for child in box.children)  # no line of a block
    if box.node == run.node and is_whole:
        parent = notes.reader.boxes[notes.layout.parents[run.node]]
        own: Element | Run = box
    else:
        parent, own = box, run
    if alone or not is_whole:
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


def _starts_note(child: Element | Run, starts: set[int]) -> bool:
    if id(child) in starts:
        return True
    return isinstance(child, Element) and (
        child.tag[0] == "h" or any(id(inner) in starts for inner in child.children)
    )


def tidy(inline: Inline) -> Inline:
    """Return inline content whose marks stand free of `<sup>` and of brackets around them."""
    flat: Inline = []
    for node in inline:
        if isinstance(node, Span | Link):
            node.inline = tidy(node.inline)
            if (isinstance(node, Link) or node.kind in ("sup", "strong", "em")) and _only_marks(
                node.inline
            ):
                flat.extend(
                    part
                    for part in node.inline
                    if isinstance(part, NoteMark) or _RANGE.match(str(part))
                )
                continue
            if isinstance(node, Span) and node.kind == "sup":
                flat.extend(_split(node))
                continue
        flat.append(node)
    index = 0
    while index < len(flat):
        if isinstance(flat[index], NoteMark):
            index = _unbracket(flat, index)
        index += 1
    return [node for node in flat if node != ""]


def _split(raised: Span) -> Inline:
    """Return a superscript without the marks at its ends, and those beside it."""
    content = raised.inline
    start, end = 0, len(content)
    while start < end and isinstance(content[start], NoteMark):
        start += 1
    while end > start and isinstance(content[end - 1], NoteMark):
        end -= 1
    return [*content[:start], Span("sup", content[start:end]), *content[end:]]


def _only_marks(inline: Inline) -> bool:
    return any(isinstance(node, NoteMark) for node in inline) and all(
        isinstance(node, NoteMark) or (isinstance(node, str) and not node.strip("[](),;–- "))
        for node in inline
    )


def _unbracket(flat: Inline, start: int) -> int:
    """Take the brackets from around a row of marks; return the index of the last of them."""
    last = start
    while (
        last + 2 < len(flat)
        and isinstance(flat[last + 2], NoteMark)
        and isinstance(gap := flat[last + 1], str)
        and _BETWEEN.match(gap)
    ):
        last += 2
    before = flat[start - 1] if start else ""
    after = flat[last + 1] if last + 1 < len(flat) else ""
    if not (isinstance(before, str) and isinstance(after, str)):
        return last
    if _OPEN.search(before) and _CLOSE.match(after):
        flat[start - 1] = _OPEN.sub("", before)
        flat[last + 1] = _CLOSE.sub("", after)
        for index in range(start + 1, last, 2):
            if not _RANGE.match(str(flat[index])):
                flat[index] = " "
    return last


def without_marker(nodes: list[Node], markers: set[str]) -> list[Node]:
    """Return the blocks of a note without the number that begins them."""
    if not nodes:
        return nodes
    first = nodes[0]
    if isinstance(first, List) and len(nodes) == 1 and len(first.items) == 1:
        return without_marker(first.items[0].blocks, markers)
    if isinstance(first, Quote) and len(nodes) == 1:
        return without_marker(first.blocks, markers)
    if not isinstance(first, Paragraph):
        heading = getattr(first, "inline", None)
        return nodes[1:] if heading and _is_marker(plain(heading), markers) else nodes
    inline = first.inline
    if not (nodes[1:] and _is_number_of(plain(inline), markers)):
        inline = _without_marker(inline, markers)
        if inline:
            return [Paragraph(inline), *nodes[1:]]
    return nodes[1:]


def _without_marker(inline: Inline, markers: set[str]) -> Inline:
    """Return the inline content of a note without the number that begins it."""
    if inline and not isinstance(inline[0], str) and _is_marker(plain([inline[0]]), markers):
        inline = inline[1:]
        if inline and isinstance(inline[0], str):
            inline[0] = _REST.sub("", inline[0])
    elif inline and isinstance(inline[0], str):
        inline[0] = _REST.sub("", _EMPTY.sub("", inline[0]))
        end = "" if inline[1:] and not plain(inline[1:2]) else " "  # an image ends no text
        match = _GLUED.match(inline[0]) or _LEADING.match(inline[0] + end)
        if match and not _CAPITAL.fullmatch(match[0]) and _is_marker(match[0], markers):
            inline[0] = inline[0][match.end() :].lstrip()
    rest = dropwhile(lambda node: node == "" or isinstance(node, Break), inline)
    return [node for node in rest if node != ""]


def _is_number_of(text: str, markers: set[str]) -> bool:
    """Return whether a text is a note's number: with brackets, and what links back left in them."""
    return bool(text.strip()) and all(
        part.lower() in markers for part in _SIGNS.split(text) if part
    )


def _is_marker(text: str, markers: set[str]) -> bool:
    text = text.strip(" \n[](){}.:↩↑")
    return text.lower() in markers or text in ("^", "*")


def says_more(element: Element) -> bool:
    """Return whether a sidenote says more than its number."""
    parts = parts_in(
        element,
        lambda part: isinstance(part, Element) and "sidenote_number" in roles_of(part.attributes),
    )
    return any(isinstance(part, str) and part.strip() for part in parts)


def is_copy(shown: str, said: str) -> bool:
    """Return whether a sidenote shows what a note at the end of the page says.

    >>> is_copy("1Of brass.", "Of brass. ↩"), is_copy("1Of brass.", "Ada Holm.")
    (True, False)
    """
    shown, said = ("".join(filter(str.isalnum, text)) for text in (shown, said))
    return shown[-_ENOUGH:] in said or said[-_ENOUGH:] in shown


def end_of(note: str) -> str:
    """Return the end of what a note says, without its number.

    >>> end_of("1 Of brass. ↩")
    'Ofbrass'
    """
    return "".join(filter(str.isalnum, note)).lstrip("0123456789")[-_ENOUGH:]

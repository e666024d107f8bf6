"""Footnotes and sidenotes: which elements mark them, and what they say."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

from cleaner.export.nodes import Note, Paragraph
from cleaner.export.read import blocks, linked, marks, numbered, own, sidenotes
from cleaner.export.read.builder import Builder
from cleaner.export.read.definition import text_of
from cleaner.export.read.display import split
from cleaner.export.read.inline import children as read_inline
from cleaner.export.read.places import OF_NOTES, is_title
from cleaner.export.read.vocabulary import roles_of
from cleaner.export.tree import HEADINGS, Run, parts_in
from cleaner.walk import OBJECT_TAGS

if TYPE_CHECKING:
    from cleaner.export.nodes import Node
    from cleaner.export.read.definition import Definition
    from cleaner.export.read.reader import Reader
    from cleaner.export.tree import Element


class Notes:
    """The footnotes of one document."""

    def __init__(self, reader: Reader, *, are_none: bool = False) -> None:
        """Find the notes of what a reader reads, unless it is known that there are none."""
        self.reader = reader
        self.layout = reader.layout
        self.definitions: list[Definition] = []
        # What inline elements stand for: a note, or, as a link back, nothing.
        self.marks: dict[int, Definition | None] = {}
        # What numbers in brackets stand for.
        self.written: dict[str, Definition] = {}
        # The boxes, by their node, and the runs, by their block, that are out of the flow.
        self.boxes: set[int] = set()
        self.runs: set[int] = set()
        self._ends: dict[int, int] = {}
        if are_none:
            return
        if reader.is_own:
            own.find(self)
            return
        around = linked.find(self)
        sidenotes.find(self, around.named)
        # Below a title of notes that no link leads to, numbers in brackets may be marks, but for
        # those that are links.
        self.may_be_written = not self.definitions and reader.has_titled_notes()
        if self.may_be_written:
            reader.grow_links()
        numbered.find(self)
        self.definitions.sort(key=lambda definition: definition.node)
        for number, definition in enumerate(self.definitions, 1):
            definition.label = str(number)
        self._take_titles()

    def define(self, definition: Definition) -> None:
        """Take the parts of a note out of the flow."""
        self.definitions.append(definition)
        for part in definition.parts:
            if isinstance(part, Run):
                self.runs.add(part.block)
            else:
                self.boxes.add(part.node)

    def end(self, node: int) -> int:
        """Return the number after the last node inside `node`."""
        if node not in self._ends:
            self._ends[node] = self.layout.end(node)
        return self._ends[node]

    def free_runs(self) -> list[Run]:
        """Return the runs that belong to no note yet."""
        parts = parts_in(
            self.reader.tree.root, lambda part: isinstance(part, Run) or part.node in self.boxes
        )
        return [part for part in parts if isinstance(part, Run) and part.block not in self.runs]

    def is_title(self, element: Element, parts: list[Run]) -> bool:
        """Return whether an element heads footnotes only: they move to the end without it."""
        if not self.definitions or self.reader.is_own or not parts:
            return False
        # One that only a screen reader hears is never of anything else.
        return parts[-1].block in self.runs or "spoken" in roles_of(element.attributes)

    def _take_titles(self) -> None:
        """Take the titles of nothing but notes out of the flow."""
        kept = compress(range(len(self.layout)), self.reader.kept if self.definitions else ())
        for block in kept:
            if is_title(self.layout.texts[block], OF_NOTES) and self._stands_above_notes(block):
                self.runs.add(block)

    def _stands_above_notes(self, block: int) -> bool:
        """Return whether a heading has only notes below, up to the next or the end of its box."""
        layout = self.layout
        around = layout.parents[layout.block_nodes[block]]
        found = False
        for below in range(block + 1, len(layout)):
            if not self.reader.kept[below] or not layout.texts[below]:
                continue
            path = list(layout.ancestors(layout.block_nodes[below]))
            if below not in self.runs and self.boxes.isdisjoint(path):
                return found and (layout.tags[path[0]] in HEADINGS or around not in path)
            found = True
        return found

    def read(self) -> list[Note]:
        """Return the notes, in the order of the page."""
        self.boxes, self.runs, self.written = set(), set(), {}
        notes = []
        for definition in self.definitions:
            if definition.in_text:
                notes.append(self._read_side_note(definition))
                continue
            nodes = blocks.read(self.reader, definition.parts)
            if not self.reader.is_own:
                nodes = marks.without_marker(nodes, definition.markers)
            notes.append(Note(definition.label, nodes or self._bare(definition)))
        return [note for note in notes if note.blocks]

    def _bare(self, definition: Definition) -> list[Node]:
        """Return the text of a note of which reading leaves nothing: a mark needs its note.

        What a note shows is not read for a text, and does not become its number there.
        """
        shows = (
            self.layout.tags[node] in OBJECT_TAGS
            for part in definition.parts
            for node in range(part.node, self.end(part.node))
        )
        text = " ".join(text_of(definition.parts).split())
        return [Paragraph([text])] if text and not any(shows) else []

    def _read_side_note(self, definition: Definition) -> Note:
        builder = Builder()
        for part in definition.parts:
            builder.space()
            read_inline(self.reader, part, builder)
        nodes = split(builder.finish())
        return Note(definition.label, marks.without_marker(nodes, definition.markers))

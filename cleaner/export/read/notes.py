"""Footnotes and sidenotes: which elements mark them, and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.export.nodes import Note, NoteMark, Paragraph
from cleaner.export.read import blocks, linked, marks, own, sidenotes
from cleaner.export.read.builder import Builder
from cleaner.export.read.definition import text_of
from cleaner.export.read.display import split
from cleaner.export.read.inline import children as read_inline
from cleaner.export.tree import Run, parts_in
from cleaner.walk import OBJECT_TAGS

if TYPE_CHECKING:
    from cleaner.export.nodes import Node
    from cleaner.export.read.definition import Definition
    from cleaner.export.read.reader import Reader


class Notes:
    """The footnotes of one document."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.layout = reader.layout
        self.definitions: list[Definition] = []
        self._marks: dict[int, Definition | None] = {}
        self._boxes: set[int] = set()
        self._runs: set[int] = set()
        self._ends: dict[int, int] = {}
        if reader.is_own:
            own.find(self)
            return
        around = linked.find(self)
        sidenotes.find(self, around.named)
        marks.find(self)
        self.definitions.sort(key=lambda definition: definition.node)
        for number, definition in enumerate(self.definitions, 1):
            definition.label = str(number)

    def is_part(self, node: int) -> bool:
        """Tell whether an inline element is a mark, a sidenote or a link back."""
        return node in self._marks

    def add(self, node: int, builder: Builder) -> None:
        """Add what stands for such an element: the mark of a note, or nothing."""
        definition = self._marks[node]
        if definition:
            builder.node(NoteMark(definition.label))

    def is_definition(self, node: int) -> bool:
        """Tell whether a box belongs to a note."""
        return node in self._boxes

    def is_definition_run(self, block: int) -> bool:
        """Tell whether a block belongs to a note."""
        return block in self._runs

    def define(self, definition: Definition) -> None:
        """Take the parts of a note out of the flow."""
        self.definitions.append(definition)
        for part in definition.parts:
            if isinstance(part, Run):
                self._runs.add(part.block)
            else:
                self._boxes.add(part.node)

    def leave_out(self, node: int) -> None:
        """Take a box that only repeats notes out of the flow."""
        self._boxes.add(node)

    def mark(self, node: int, definition: Definition | None) -> None:
        """Let an inline element stand for a note, or for nothing."""
        self._marks[node] = definition

    def marked(self, node: int) -> Definition | None:
        """Return the note that an inline element stands for."""
        return self._marks.get(node)

    def end(self, node: int) -> int:
        """Return the number after the last node inside `node`."""
        if node not in self._ends:
            self._ends[node] = self.layout.end(node)
        return self._ends[node]

    def free_runs(self) -> list[Run]:
        """Return the runs that belong to no note yet."""
        parts = parts_in(
            self.reader.tree.root, lambda part: isinstance(part, Run) or part.node in self._boxes
        )
        return [part for part in parts if isinstance(part, Run) and part.block not in self._runs]

    def read(self) -> list[Note]:
        """Return the notes, in the order of the page."""
        self._boxes, self._runs = set(), set()
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

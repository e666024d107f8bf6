"""Footnotes and sidenotes: which links mark them, which blocks define them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from cleaner.export.nodes import Note, NoteMark
from cleaner.export.read import blocks, marks
from cleaner.export.read.inline import children as read_inline
from cleaner.export.read.builder import Builder
from cleaner.export.read.vocabulary import roles
from cleaner.export.tree import Element, Run

if TYPE_CHECKING:
    from cleaner.export.read import Reader

MARKER = re.compile(
    r"[\[({]?\s*(?:(?:note|n|fn|nb|ref|a)\.?\s*)?(\d{1,4}|[a-z]|[ivxlc]{1,6}|[*†‡§¶#]{1,4})\s*[\])}]?[.:]?",
    re.IGNORECASE,
)
# What a link back from a note to its mark shows.
_BACK = re.compile(r"[\s^\[\]()↩↑⤴⏎↵⇧⬆⬏⮐🔙\ufe0e\ufe0f]*(?:\d{1,4}|[a-z]{1,2}|jump up|back|return|ref)?"
                   r"[\s^\[\]()↩↑⤴⏎↵\ufe0e\ufe0f.:]*", re.IGNORECASE)  # fmt: skip
_WORD_NAME = re.compile(r"(_?(?:ftn|edn|sdfootnote|sdendnote))(ref|anc|sym)?(\d{1,4})(anc|sym)?")
_MARK_NAME = re.compile(r"((?:foot|end|side)?(?:note|fn|ftn))-?ref([-_:.]?\d{1,4})")
_LONGEST = 6000
_BLOCKS = frozenset("li dd dt tr td p div aside section blockquote pre table".split())
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


@dataclass(slots=True)
class Definition:
    """The tree parts that define a note, and the texts of the marks that refer to it."""

    node: int
    parts: list[Element | Run]
    markers: set[str] = field(default_factory=set)
    label: str = ""


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
        self._find_linked()
        self._find_side_notes()
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

    def mark(self, node: int, definition: Definition | None) -> None:
        """Let an inline element stand for a note, or for nothing."""
        self._marks[node] = definition

    def read(self) -> list[Note]:
        """Return the notes, in the order of the page."""
        self._boxes, self._runs = set(), set()
        notes = []
        for definition in self.definitions:
            if definition.node in self._marks:
                notes.append(self._read_side_note(definition))
                continue
            nodes = blocks.read(self.reader, definition.parts)
            notes.append(Note(definition.label, marks.without_marker(nodes, definition.markers)))
        return [note for note in notes if note.blocks]

    def _read_side_note(self, definition: Definition) -> Note:
        builder = Builder()
        for part in definition.parts:
            read_inline(self.reader, part, builder)
        nodes = blocks.split(builder.finish())
        return Note(definition.label, marks.without_marker(nodes, definition.markers))

    def _find_linked(self) -> None:
        """Find the links whose text is a marker and whose target is a note after them."""
        links = self._links()
        if not links:
            return
        texts = self._texts(links)
        targets = self._targets(links)
        found: dict[int, Definition | None] = {}
        refused: set[int] = set()
        for link, fragment in links.items():
            match = MARKER.fullmatch(texts.get(link, "").strip())
            target = targets.get(fragment, -1)
            if not match or target <= link or target in refused:
                continue
            if target not in found:
                found[target] = self._definition(target, set(targets.values()))
            definition = found[target]
            if definition is None:
                refused.add(target)
                continue
            definition.markers.add(match[1].lower())
            self._marks[link] = definition
        kept = {id(d): d for d in found.values() if d}
        for definition in kept.values():
            self.define(definition)
        if kept:
            self._drop_links_back(links, texts, targets)

    def _links(self) -> dict[int, str]:
        """Return the links to places on a page, with the names of those places."""
        links = {}
        attributes = self.layout.attributes
        for node, tag in enumerate(self.layout.tags):
            if tag == "a" and "#" in (href := attributes[node].get("href", "")):
                fragment = href.rpartition("#")[2]
                if fragment:
                    links[node] = unquote(fragment)
            elif tag == "label" and "for" in attributes[node]:
                links[node] = attributes[node]["for"]
            elif tag == "a" and (match := _MARK_NAME.fullmatch(attributes[node].get("id", ""))):
                # A script leads from the mark to the note; their names are of one pattern.
                links[node] = match[1] + match[2]
        return links

    def _texts(self, links: dict[int, str]) -> dict[int, str]:
        """Return the kept text inside each of `links`."""
        layout, texts = self.layout, dict[int, str]()
        parents = layout.parents
        for block, kept in enumerate(self.reader.kept):
            if not kept:
                continue
            for piece in range(layout.starts[block], layout.ends[block]):
                node = layout.piece_nodes[piece]
                for _ in range(5):
                    if node in links:
                        texts[node] = texts.get(node, "") + layout.pieces[piece]
                        break
                    node = parents[node]
                    if node < 0:
                        break
        return texts

    def _targets(self, links: dict[int, str]) -> dict[str, int]:
        """Return the node that each name of a place stands for."""
        wanted = set(links.values())
        targets: dict[str, int] = {}
        for node, attributes in enumerate(self.layout.attributes):
            if attributes:
                for key in ("id", "name"):
                    name = attributes.get(key)
                    if name in wanted:
                        targets[str(name)] = node
        # Word processors name no place: a note and its mark name each other.
        for node, fragment in links.items():
            match = _WORD_NAME.fullmatch(fragment)
            if match:
                twin = match[1] + ("" if match[2] else "ref") + match[3]
                if twin in wanted and twin not in targets:
                    targets[twin] = node
        return targets

    def _definition(self, target: int, targets: set[int]) -> Definition | None:
        """Return the note that begins at a node, None if it is something else."""
        layout = self.layout
        block = target
        for _ in range(6):
            if block < 0 or layout.tags[block] in _BLOCKS or layout.tags[block] in _HEADINGS:
                break
            block = layout.parents[block]
        if block < 0:
            return None
        parent = layout.parents[block]
        for outer in (parent, layout.parents[parent] if parent >= 0 else -1):
            if outer >= 0 and self._is_note_box(outer) and not self._holds_other(
                outer, target, targets
            ):
                block = outer
        if layout.tags[block] in ("td", "p") and layout.tags[parent] in ("tr", "li", "dd"):
            if not self._holds_other(parent, target, targets):
                block = parent
        parts: list[Element | Run]
        if self._holds_other(block, target, targets):
            parts = self._run_at(target)
        else:
            parts = self.parts(block)
        text = self.text(parts)
        if MARKER.fullmatch(text.strip()) and parts:
            parts = [*parts, *self._following(parts[-1], targets)]
            text = self.text(parts)
        elif layout.tags[block] in _HEADINGS or any(self._has_heading(part) for part in parts):
            return None
        if not parts or not text.strip() or len(text) > _LONGEST:
            return None
        return Definition(target, parts)

    def _is_note_box(self, node: int) -> bool:
        attributes = self.layout.attributes[node]
        return "footnote" in roles(attributes.get("class", "")) or attributes.get("role") in (
            "doc-footnote",
            "doc-endnote",
        )

    def end(self, node: int) -> int:
        """Return the number after the last node inside `node`."""
        if node not in self._ends:
            parents = self.layout.parents
            last = node + 1
            while last < len(parents) and parents[last] >= node:
                last += 1
            self._ends[node] = last
        return self._ends[node]

    def _holds_other(self, node: int, target: int, targets: set[int]) -> bool:
        """Tell whether the places of other notes lie in `node` as well."""
        end = self.end(node)
        return end - node > 4000 or any(
            node <= other < end and other != target and self._is_start(other) for other in targets
        )

    def _is_start(self, node: int) -> bool:
        """Tell whether a place is more than one inside a note: its mark's own, say."""
        return self.layout.tags[node] not in ("sup", "label", "input")

    def parts(self, node: int) -> list[Element | Run]:
        """Return the parts of the tree that make up a node."""
        box = self.reader.boxes.get(node)
        if box is None:
            return []
        if box.node == node:
            return [box]
        end = self.end(node)
        return [c for c in box.children if not isinstance(c, str) and node <= c.node < end]

    def _run_at(self, node: int) -> list[Element | Run]:
        """Return the run that a place lies in, or that follows it directly."""
        layout = self.layout
        for block, kept in enumerate(self.reader.kept):
            if kept and any(
                layout.piece_nodes[piece] >= node
                for piece in range(layout.starts[block], layout.ends[block])
            ):
                box = self.reader.boxes[layout.block_nodes[block]]
                return [c for c in box.children if isinstance(c, Run) and c.block == block]
        return []

    def _following(self, part: Element | Run, targets: set[int]) -> list[Element | Run]:
        """Return the siblings after a part, up to the next one that a place lies in."""
        parent = self.layout.parents[part.node]
        siblings = self.reader.boxes[parent].children if parent in self.reader.boxes else []
        found: list[Element | Run] = []
        after = False
        for sibling in siblings:
            if isinstance(sibling, str):
                continue
            if after:
                end = self.end(sibling.node)
                if any(sibling.node <= target < end for target in targets):
                    break
                found.append(sibling)
            after = after or sibling is part
        return found

    @staticmethod
    def text(parts: list[Element | Run]) -> str:
        """Return the text of parts of the tree."""
        return " ".join(
            part.text() if isinstance(part, Element) else Element.text(part)  # type: ignore[arg-type]
            for part in parts
        )

    @staticmethod
    def _has_heading(part: Element | Run) -> bool:
        return isinstance(part, Element) and (
            part.tag in _HEADINGS
            or any(isinstance(c, Element) and c.tag in _HEADINGS for c in part.children)
        )

    def _drop_links_back(
        self, links: dict[int, str], texts: dict[int, str], targets: dict[str, int]
    ) -> None:
        """Leave out the links from notes to their marks, and what is named a link back."""
        inside: list[tuple[int, int]] = []
        for definition in self.definitions:
            for part in definition.parts:
                inside.append((part.node, self.end(part.node)))
        for link, fragment in links.items():
            if link in self._marks or not any(start <= link < end for start, end in inside):
                continue
            target = targets.get(fragment, -1)
            if (0 <= target <= link or _WORD_NAME.fullmatch(fragment)) and _BACK.fullmatch(
                texts.get(link, "").strip()
            ):
                self._marks[link] = None
        for node, attributes in enumerate(self.layout.attributes):
            classes = attributes.get("class")
            if classes and "backlink" in roles(classes):
                self._marks[node] = None

    def _find_side_notes(self) -> None:
        """Find the notes that stand inside the text they belong to."""
        for node, attributes in enumerate(self.layout.attributes):
            classes = attributes.get("class")
            if not classes:
                continue
            found = roles(classes)
            if "sidenote_mark" in found and node not in self._marks:
                self._marks[node] = None
            elif "sidenote" in found and not self._is_block(node):
                self._add_side_note(node)

    def _is_block(self, node: int) -> bool:
        box = self.reader.boxes.get(node)
        return box is not None and box.node == node

    def _add_side_note(self, node: int) -> None:
        marked = [m for m, definition in self._marks.items() if definition and node - 12 < m < node]
        if marked:
            self._marks[node] = None
            return
        element = marks.element_at(self, node)
        if element is not None:
            definition = Definition(node, [element], {"*"})
            self.definitions.append(definition)
            self._marks[node] = definition
            for inner in range(node + 1, self.end(node)):
                classes = self.layout.attributes[inner].get("class")
                if classes and "sidenote_number" in roles(classes):
                    self._marks[inner] = None

"""Footnotes and sidenotes: which links mark them, which blocks define them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from cleaner.export.nodes import Note, NoteMark, Paragraph
from cleaner.export.read import blocks, marks, own
from cleaner.export.read.builder import Builder
from cleaner.export.read.inline import children as read_inline
from cleaner.export.read.places import BACK, MARKER, WORD_NAME, place_name, place_name_of
from cleaner.export.read.vocabulary import roles
from cleaner.export.tree import HEADINGS, Element, Run

if TYPE_CHECKING:
    from cleaner.export.nodes import Node
    from cleaner.export.read import Reader

_LONGEST = 6000
_ROLES = frozenset(("backlink", "sidenote", "sidenote_mark", "sidenote_number"))
_BLOCKS = frozenset("li dd dt tr td p div aside section blockquote pre table".split())


@dataclass(slots=True)
class Definition:
    """The tree parts that define a note, and the texts of the marks that refer to it."""

    node: int
    parts: list[Element | Run]
    markers: set[str] = field(default_factory=set)
    label: str = ""
    in_text: bool = False


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
        self._places: list[int] = []
        self._siblings: dict[int, dict[int, int]] = {}
        self._named: dict[str, list[Element]] = {role: [] for role in _ROLES}
        if reader.is_own:
            own.find(self)
            return
        links, texts = self._look_around()
        markers = {
            link: match[1].lower()
            for link, text in texts.items()
            if (match := MARKER.fullmatch(text.strip()))
        }
        if markers:
            targets = self._targets(links)
            if reader.keep_notes(targets.get(links[link], -1) for link in markers):
                self._named = {role: [] for role in _ROLES}
                links, texts = self._look_around()
                targets = self._targets(links)
            self._find_linked(links, texts, markers, targets)
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

    def free_runs(self) -> list[Run]:
        """Return the runs that belong to no note yet."""
        found: list[Run] = []
        stack: list[Element | Run | str] = [self.reader.root]
        while stack:
            item = stack.pop()
            if isinstance(item, Run) and item.block not in self._runs:
                found.append(item)
            elif isinstance(item, Element) and item.node not in self._boxes:
                stack.extend(reversed(item.children))
        return found

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
        """Return the text of a note of which reading leaves nothing: a mark needs its note."""
        text = " ".join(self.text(definition.parts).split())
        return [Paragraph([text])] if text else []

    def _read_side_note(self, definition: Definition) -> Note:
        builder = Builder()
        for part in definition.parts:
            read_inline(self.reader, part, builder)
        nodes = blocks.split(builder.finish())
        return Note(definition.label, marks.without_marker(nodes, definition.markers))

    def _find_linked(
        self,
        links: dict[int, str],
        texts: dict[int, str],
        markers: dict[int, str],
        targets: dict[str, int],
    ) -> None:
        """Find the links whose text is a marker and whose target is a note after them."""
        self._places = sorted(set(targets.values()))
        found: dict[int, Definition | None] = {}
        for link, marker in markers.items():
            target = targets.get(links[link], -1)
            if target <= link:
                continue
            if target not in found:
                found[target] = self._definition(target)
            definition = found[target]
            if definition:
                definition.markers.add(marker)
                self._marks[link] = definition
        kept = [definition for definition in found.values() if definition]
        for definition in kept:
            self.define(definition)
        self._define_siblings(kept)
        if kept:
            self._drop_links_back(links, texts, targets)

    def _define_siblings(self, definitions: list[Definition]) -> None:
        """Let the other items of a list of notes be notes too, where the page names it so."""
        lists: dict[int, list[Element]] = {}
        for definition in definitions:
            part = definition.parts[0]
            parent = self.layout.parents[part.node]
            if isinstance(part, Element) and part.tag == "li" and parent in self.reader.boxes:
                lists.setdefault(parent, []).append(part)
        for parent, items in lists.items():
            siblings = [
                child
                for child in self.reader.boxes[parent].children
                if isinstance(child, Element) and child.tag == "li"
            ]
            if 2 * len(items) > len(siblings) and self._is_list_of_notes(parent):
                for sibling in siblings:
                    if sibling.node not in self._boxes:
                        self.define(Definition(sibling.node, [sibling], set()))

    def _is_list_of_notes(self, node: int) -> bool:
        attributes = self.layout.attributes
        return any(
            step >= 0 and "footnotes" in roles(attributes[step].get("class", ""))
            for step in (node, self.layout.parents[node])
        )

    def _look_around(self) -> tuple[dict[int, str], dict[int, str]]:
        """Return the links to places on a page: the names of those, and the links' texts.

        The elements that the page names part of a sidenote are noted on the way.
        """
        links: dict[int, str] = {}
        texts: dict[int, str] = {}
        for element in self.reader.tree.elements:
            attributes = element.attributes
            if not attributes:
                continue
            if element.tag in ("a", "label") and (name := place_name(element)):
                links[element.node] = name
                texts[element.node] = texts.get(element.node, "") + element.text()
            classes = attributes.get("class")
            if classes and (found := roles(classes)):
                for role in found & _ROLES:
                    self._named[role].append(element)
        return links, texts

    def _targets(self, links: dict[int, str]) -> dict[str, int]:
        """Return the node that each name of a place stands for."""
        wanted, places = set(links.values()), self._all_places
        targets = {name: places[name] for name in wanted if name in places}
        # Word processors name no place: a note and its mark name each other.
        if any(map(WORD_NAME.fullmatch, wanted)):
            for node, tag in enumerate(self.layout.tags):
                name = place_name_of(tag, self.layout.attributes[node]) if tag == "a" else ""
                if match := WORD_NAME.fullmatch(name):
                    twin = match[1] + ("" if match[2] else "ref") + match[3]
                    if twin in wanted and twin not in targets:
                        targets[twin] = node
        return targets

    @cached_property
    def _all_places(self) -> dict[str, int]:
        """The last node of each name that the page gives a place."""
        return {
            attributes[key]: node
            for node, attributes in enumerate(self.layout.attributes)
            for key in ("id", "name")
            if key in attributes
        }

    def _definition(self, target: int) -> Definition | None:
        """Return the note that begins at a node, None if it is something else."""
        block = self._block_of(target)
        if block < 0:
            return None
        alone = not self._holds_other(block, target)
        parts = self.parts(block) if alone else self._run_at(target)
        text = self.text(parts)
        if MARKER.fullmatch(text.strip()) and parts:
            parts = [*parts, *self._following(parts[-1])]
            text = self.text(parts)
        elif self.layout.tags[block] in HEADINGS or any(map(self._has_heading, parts)):
            return None
        if not parts or not text.strip() or len(text) > _LONGEST:
            return None
        return Definition(target, parts)

    def _block_of(self, target: int) -> int:
        """Return the block-level node that a place stands for, or -1."""
        tags, parents = self.layout.tags, self.layout.parents
        block = target
        for _ in range(6):
            if block < 0 or tags[block] in _BLOCKS or tags[block] in HEADINGS:
                break
            block = parents[block]
        if block < 0:
            return -1
        parent = parents[block]
        for outer in (parent, parents[parent] if parent >= 0 else -1):
            if outer >= 0 and self._is_note_box(outer) and not self._holds_other(outer, target):
                block = outer
        inner = tags[block] in ("td", "p") and tags[parent] in ("tr", "li", "dd")
        return parent if inner and not self._holds_other(parent, target) else block

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

    def _holds_other(self, node: int, target: int) -> bool:
        """Tell whether the places of other notes lie in `node` as well."""
        first = bisect_left(self._places, node)
        inside = self._places[first : bisect_left(self._places, self.end(node))]
        return len(inside) > 8 or any(p != target and self._is_start(p) for p in inside)

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
        runs, last = self._all_runs
        index = bisect_left(last, node)
        return [runs[index]] if index < len(runs) else []

    @cached_property
    def _all_runs(self) -> tuple[list[Run], list[int]]:
        """All runs, and the highest node up to each of them."""
        runs = blocks.runs(self.reader.root)
        layout = self.layout
        highest = (
            max(layout.piece_nodes[layout.starts[run.block] : layout.ends[run.block]])
            for run in runs
        )
        return runs, list(accumulate(highest, max))

    def _following(self, part: Element | Run) -> list[Element | Run]:
        """Return the siblings after a part, up to the next one that a place lies in."""
        box = self.reader.boxes.get(self.layout.parents[part.node])
        if box is None:
            return []
        if box.node not in self._siblings:
            self._siblings[box.node] = {id(child): i for i, child in enumerate(box.children)}
        found: list[Element | Run] = []
        index = self._siblings[box.node].get(id(part), len(box.children))
        for sibling in box.children[index + 1 : index + 40]:
            if isinstance(sibling, str):
                continue
            place = bisect_left(self._places, sibling.node)
            if place < len(self._places) and self._places[place] < self.end(sibling.node):
                break
            found.append(sibling)
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
            part.tag in HEADINGS
            or any(isinstance(c, Element) and c.tag in HEADINGS for c in part.children)
        )

    def _drop_links_back(
        self, links: dict[int, str], texts: dict[int, str], targets: dict[str, int]
    ) -> None:
        """Leave out the links from notes to their marks, and what is named a link back."""
        parts = [part.node for definition in self.definitions for part in definition.parts]
        inside = sorted((node, self.end(node)) for node in parts)
        for link, fragment in links.items():
            place = bisect_right(inside, (link, len(self.layout.tags))) - 1
            if link in self._marks or place < 0 or link >= inside[place][1]:
                continue
            target = targets.get(fragment, -1)
            if (0 <= target <= link or WORD_NAME.fullmatch(fragment)) and BACK.fullmatch(
                texts.get(link, "").strip()
            ):
                self._marks[link] = None
        for element in self._named["backlink"]:
            self._marks[element.node] = None

    def _find_side_notes(self) -> None:
        """Find the notes that stand inside the text they belong to."""
        for element in self._named["sidenote_mark"]:
            self._marks.setdefault(element.node, None)
        for element in self._named["sidenote"]:
            box = self.reader.boxes.get(element.node)
            if box is None or box.node != element.node:
                self._add_side_note(element)

    def _add_side_note(self, element: Element) -> None:
        node = element.node
        near = filter(None, map(self._marks.get, range(node - 8, node)))
        text = element.text()
        said = any(not d.in_text and marks.is_copy(text, self.text(d.parts)) for d in near)
        if said or not marks.says_more(element):
            self._marks[node] = None
            return
        definition = Definition(node, [element], {"*"}, in_text=True)
        self.definitions.append(definition)
        self._marks[node] = definition
        end = self.end(node)
        for number in self._named["sidenote_number"]:
            if node - 3 <= number.node < end:
                self._marks[number.node] = None

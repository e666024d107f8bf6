"""Notes that links lead to: found by their marks, and by where those lead."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from cleaner.export.read import blocks, note_lines, told
from cleaner.export.read.definition import Definition, text_of
from cleaner.export.read.places import BACK, MARKER, WORD_NAME, all_places, place_name
from cleaner.export.read.vocabulary import roles_of
from cleaner.export.tree import HEADINGS, Element, Run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.export.read.notes import Notes
    from cleaner.export.read.reader import Reader

_LONGEST = 6000
# What a formula on display begins with.
_SHOWN = ("$$", "\\[")
# A mark or a place in code, a formula or a theorem lies at most this many elements below it.
_DEPTH = 6
# What stands around the number that a mark shows.
_AROUND = " \n[](){}.:"
_ROLES = frozenset(("backlink", "note_list", "sidenote", "sidenote_mark", "sidenote_number"))
_NUMBERED = frozenset(("equation", "math", "math_source", "no_note"))
# What a note does not hold.
_MORE = HEADINGS | {"figure", "table"}
_BLOCKS = frozenset("li dd dt tr td p div aside section blockquote pre table".split())


@dataclass(slots=True)
class Around:
    """What may mark a note or be one.

    `links` are the names of the places that links lead to, `texts` the texts of those links, both
    by their nodes; `named` are the elements that the page names part of a note, by their roles.
    """

    links: dict[int, str] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    named: dict[str, list[Element]] = field(default_factory=lambda: {role: [] for role in _ROLES})


def find(notes: Notes) -> Around:
    """Find the notes that a link whose text is a marker leads to, and the links back from them.

    Notes that the document does not keep are kept with their marks.
    """
    around = _look_around(notes.reader)
    back = {element.node for element in around.named["backlink"]}
    markers = {
        link: {match[1].lower(), text.strip(_AROUND).lower()}
        for link, text in around.texts.items()
        if (match := MARKER.fullmatch(text.strip()))
        and link not in back
        and not _is_in_code(notes.reader, link)
    }
    if markers:
        linked = _Linked(notes, around)
        targets = ((link, linked.targets.get(around.links[link], -1)) for link in markers)
        # What leads to the heading that it stands in, or back, refers to no note.
        if notes.reader.keep_notes(target for link, target in targets if target > link):
            around = _look_around(notes.reader)
            linked.see(around)
        linked.find(markers)
    return around


def _is_in_code(reader: Reader, node: int) -> bool:
    """Return whether a node is inside a block of code: the number of a line, or the line itself."""
    return "pre" in reader.tags and reader.layout.nearest(node, ("pre",), _DEPTH) >= 0


def _is_numbered(reader: Reader, node: int) -> bool:
    """Return whether a node is in code, a formula, a theorem: links cite those by number."""
    layout = reader.layout
    for outer in islice(layout.ancestors(node), _DEPTH):
        if not _NUMBERED.isdisjoint(roles_of(layout.attributes[outer])):
            return True
        if layout.tags[outer] in _BLOCKS:
            break
    return _is_in_code(reader, node)


def _look_around(reader: Reader) -> Around:
    """Return the links to places on a page, and the elements that the page names part of a note."""
    around = Around()
    for element in reader.tree.elements:
        attributes = element.attributes
        if not attributes:
            continue
        if element.tag in ("a", "label") and (name := place_name(element.tag, attributes)):
            around.links[element.node] = name
            around.texts[element.node] = around.texts.get(element.node, "") + element.text()
        found = roles_of(attributes)
        for role in found & _ROLES if found else ():
            around.named[role].append(element)
    if "d-footnote" in reader.tags:
        known = around.named["sidenote"]
        told = {element.node for element in known}
        known += [e for e in reader.tree.elements if e.tag == "d-footnote" and e.node not in told]
    return around


class _Linked:
    """The notes of one document that links lead to."""

    def __init__(self, notes: Notes, around: Around) -> None:
        self.notes = notes
        self.reader = notes.reader
        self.layout = notes.layout
        self._siblings: dict[int, dict[int, int]] = {}
        self._lines: dict[int, Run] = {}
        self.see(around)

    def see(self, around: Around) -> None:
        """Take what stands in the tree, which may have grown."""
        self.around = around
        self.targets = self._targets(set(around.links.values()))
        self._places = sorted(set(self.targets.values()))
        self._links = sorted(around.links)

    def find(self, markers: Mapping[int, set[str]]) -> None:
        """Find the links whose text is a marker and whose target is a note after them."""
        found: dict[int, Definition | None] = {}
        marks: dict[int, list[int]] = {}
        wanted = {link: self.targets.get(self.around.links[link], -1) for link in markers}
        self._part_lines(sorted({target for link, target in wanted.items() if target > link}))
        for link, shown in markers.items():
            target = wanted[link]
            if target <= link:
                continue
            if target not in found:
                found[target] = self._definition(target)
            if definition := found[target]:
                definition.markers |= shown
                marks.setdefault(target, []).append(link)
        in_place = told.in_place(self.layout, sorted(markers), self.notes.end)
        kept = []
        for target, links in marks.items():
            definition = found[target]
            if definition and (
                not in_place.isdisjoint(links)
                or told.is_named(self.layout, self.around.links[links[0]], links, target)
                or self._leads_back(definition.parts[0].node)
            ):
                kept.append(definition)
                self.notes.define(definition)
                for link in links:
                    self.notes.marks[link] = definition
        self._define_siblings(kept)
        if kept:
            self._drop_links_back()

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
            if 2 * len(items) > len(siblings) and told.is_list_of_notes(self.layout, parent):
                for number, sibling in enumerate(siblings, 1):
                    if sibling.node not in self.notes.boxes:
                        self.notes.define(Definition(sibling.node, [sibling], {str(number)}))

    def _leads_back(self, node: int) -> bool:
        """Return whether a link back inside a node leads to a place before it."""
        first, last = (bisect_left(self._links, at) for at in (node, self.notes.end(node)))
        return any(
            -1 < self.targets.get(self.around.links[link], -1) < node
            and BACK.fullmatch(self.around.texts.get(link, "").strip())
            for link in self._links[first:last]
        )

    def _targets(self, wanted: set[str]) -> dict[str, int]:
        """Return the node that each name of a place stands for."""
        places = self._all_places
        targets = {
            name: places[name]
            for name in wanted
            if name in places and not _is_numbered(self.reader, places[name])
        }
        # Word processors name no place: a note and its mark name each other.
        if any(map(WORD_NAME.fullmatch, wanted)):
            for node, tag in enumerate(self.layout.tags):
                name = place_name(tag, self.layout.attributes[node]) if tag == "a" else ""
                if match := WORD_NAME.fullmatch(name):
                    twin = match[1] + ("" if match[2] else "ref") + match[3]
                    if twin in wanted and twin not in targets:
                        targets[twin] = node
        return targets

    @cached_property
    def _all_places(self) -> dict[str, int]:
        return all_places(self.layout)

    def _definition(self, target: int) -> Definition | None:
        """Return the note that begins at a node, None if it is something else."""
        block = self._block_of(target)
        if block < 0:
            return None
        parts: list[Element | Run]
        if target in self._lines:
            parts = [self._lines[target]]
        else:
            alone = not self._holds_other(block, target)
            parts = self._parts(block) if alone else self._run_at(target, block)
        text = text_of(parts)
        if MARKER.fullmatch(text.strip()) and parts:
            parts = [*parts, *self._following(parts[-1])]
            text = text_of(parts)
        elif self.layout.tags[block] in HEADINGS or any(map(self._has_more, parts)):
            return None
        if not parts or not text.strip() or len(text) > _LONGEST or text.lstrip()[:2] in _SHOWN:
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
        if tags[block] == "table":  # a note that is set as a table of one row
            rows = [node for node in range(block, self.notes.end(block)) if tags[node] == "tr"]
            return rows[0] if len(rows) == 1 else block
        inner = tags[block] in ("td", "p", "div") and (
            tags[parent] in ("tr", "li", "dd")
            or self.layout.attributes[parent].get("role") == "listitem"
        )
        return parent if inner and not self._holds_other(parent, target) else block

    def _is_note_box(self, node: int) -> bool:
        attributes = self.layout.attributes[node]
        return "footnote" in roles_of(attributes) or attributes.get("role") in (
            "doc-footnote",
            "doc-endnote",
        )

    def _holds_other(self, node: int, target: int) -> bool:
        """Return whether the places of other notes lie in `node` as well."""
        first = bisect_left(self._places, node)
        inside = self._places[first : bisect_left(self._places, self.notes.end(node))]
        # More than one may lie inside a note: that of its mark, say.
        ends = (p for p in inside if self.layout.tags[p] not in ("sup", "label", "input"))
        return len(inside) > 8 or any(place != target for place in ends)

    def _parts(self, node: int) -> list[Element | Run]:
        """Return the parts of the tree that make up a node."""
        box = self.reader.boxes.get(node)
        if box is None:
            return []
        if box.node == node:
            return [box]
        end = self.notes.end(node)
        return [c for c in box.children if not isinstance(c, str) and node <= c.node < end]

    def _run_at(self, node: int, block: int) -> list[Element | Run]:
        """Return the run of a block that a place lies in, or that follows it directly."""
        runs, last = self._all_runs
        index = bisect_left(last, node)
        if index and (index == len(runs) or runs[index].node >= self.notes.end(block)):
            index -= runs[index - 1].node == block  # nothing but text follows the place
        return [runs[index]] if index < len(runs) else []

    def _part_lines(self, targets: list[int]) -> None:
        """Part the runs in which several of the targets lie."""
        runs, last = self._all_runs
        inside: dict[int, list[int]] = {}
        for target in targets:
            around = set(islice(self.layout.ancestors(target), _DEPTH))
            index = bisect_left(last, target)  # one too far if nothing but text follows
            for run in (index, index - 1):
                if 0 <= run < len(runs) and runs[run].node in around:
                    inside.setdefault(run, []).append(target)
                    break
        for run, places in inside.items():
            if len(places) > 1:
                self._lines |= note_lines.by_place(runs[run], places)

    @cached_property
    def _all_runs(self) -> tuple[list[Run], list[int]]:
        """All runs, and the highest node up to each of them."""
        runs = blocks.runs(self.reader.tree.root)
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
            if place < len(self._places) and self._places[place] < self.notes.end(sibling.node):
                break
            found.append(sibling)
        return found

    def _has_more(self, part: Element | Run) -> bool:
        """Return whether a part is or holds more than a note: a heading, a table, a figure."""
        return self.layout.tags[part.node] in HEADINGS or any(
            isinstance(child, Element) and child.tag in _MORE for child in part.children
        )

    def _drop_links_back(self) -> None:
        """Leave out the links from notes to their marks, and what is named a link back."""
        parts = [part.node for definition in self.notes.definitions for part in definition.parts]
        inside = sorted((node, self.notes.end(node)) for node in parts)
        for link, fragment in self.around.links.items():
            place = bisect_right(inside, (link, len(self.layout.tags))) - 1
            if link in self.notes.marks or place < 0 or link >= inside[place][1]:
                continue
            target = self.targets.get(fragment, -1)
            if (0 <= target <= link or WORD_NAME.fullmatch(fragment)) and BACK.fullmatch(
                self.around.texts.get(link, "").strip()
            ):
                self.notes.marks[link] = None
        for element in self.around.named["backlink"]:
            self.notes.marks[element.node] = None

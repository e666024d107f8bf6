"""Lists: bullets, numbers, tasks, and definitions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard

from cleaner.export.nodes import Definitions, Entry, Item, List, Paragraph, Table, plain
from cleaner.export.read import blocks, code
from cleaner.export.read.inline import inline
from cleaner.export.read.vocabulary import roles
from cleaner.export.tree import Element, Run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.document import Layout
    from cleaner.export.nodes import Cell, Node
    from cleaner.export.read import Reader

_NONE = frozenset[str]()
LISTS = frozenset(("ul", "ol", "menu", "dir"))
# Word processors write each level as a list of its own: name and level of the whole.
_LEVEL = re.compile(r"(?:^|\s)lst-(\S+)-(\d)(?:$|\s)")
_LEVEL_IN_STYLE = re.compile(r"mso-list:\s*l\d+\s+level(\d)")
# What the fonts of word processors draw as bullets.
_BULLETS = frozenset("·•o§ØüvqàèÞ-–—*●○■▪◦➢✓\uf0b7\uf0a7\uf0d8\uf0fc")

# A term that only counts: "1.", "a)", "(ii)".
COUNT = re.compile(r"\(?(?:\d{1,4}|[a-z]{1,2}|[ivx]{1,5})[.)]")


def read(reader: Reader, element: Element) -> list[Node]:
    """Read a list; what stands in it outside of items goes to the item before, or before it."""
    before: list[Node] = []
    items: list[Item] = []
    start = 0
    if element.attributes and not reader.is_own and code.is_tool(element):
        return []
    children = _spread(element)
    ordered = element.tag == "ol" or (not reader.is_own and _is_numbered(children))
    for child in children:
        if _is_item(child):
            if reader.notes.is_definition(child.node):
                continue
            item = _item(reader, child, ordered=ordered)
            if item.blocks:
                if not items:
                    start, item.value = item.value, 0
                items.append(item)
            continue
        nodes = blocks.read(reader, [child])
        (items[-1].blocks if items else before).extend(nodes)
    if not items:
        return before
    start = start or _number(element.attributes.get("start", ""))
    if ordered and "reversed" in element.attributes:
        start = start or len(items)
        for number, item in zip(range(start - 1, 0, -1), items[1:], strict=False):
            item.value = item.value or number
    return [*before, List(items, ordered, (ordered and start) or 1)]


def join(
    reader: Reader, nodes: list[Node], first: Element, element: Element, found: list[Node]
) -> bool:
    """Put the items of a list that only goes on into the one before it; tell whether it does.

    `nodes` end with what was read of the list `first` and those joined to it, `found` was read
    of `element`.
    """
    last = nodes[-1] if nodes else None
    if reader.is_own or len(found) != 1:
        return False
    more = found[0]
    if not isinstance(last, List) or not isinstance(more, List):
        return False
    level = _levels_below(first, element)
    for _ in range(max(level, 0)):
        inner = last.items[-1].blocks
        if not isinstance(inner[-1], List):
            inner.append(more)
            return True
        last = inner[-1]
    counts_on = more.ordered and more.start == last.start + len(last.items)
    if last.ordered != more.ordered or not (level >= 0 or (counts_on and more.start > 1)):
        return False
    last.items.extend(more.items)
    return True


def written(element: Element) -> tuple[str, Run] | None:
    """Return the label of a paragraph that is an item of a list, and the text after it."""
    style = element.attributes.get("style", "")
    run = element.children[0] if len(element.children) == 1 else None
    if not isinstance(run, Run) or not (
        "mso-list" in style or "MsoList" in element.attributes["class"]
    ):
        return None
    first = run.children[0] if run.children else None
    label = first.text().strip() if isinstance(first, Element) and first.tag == "span" else ""
    return (label, run.cut(1)[1]) if label in _BULLETS or COUNT.fullmatch(label) else None


def from_paragraph(reader: Reader, label: str, run: Run) -> list[Node]:
    """Return an item that a word processor wrote as a paragraph, as a list of its own."""
    found = blocks.read(reader, [run])
    if not found:
        return []
    return [_counted([Entry([label], [found])]) if label not in _BULLETS else List([Item(found)])]


def _levels_below(first: Element, element: Element) -> int:
    """Return how many levels below `first` a list that its class tells to go on stands, or -1."""
    before, here = (e.attributes.get("class", "") for e in (first, element))
    if first.tag == element.tag == "p":
        return _level_in_style(element) - _level_in_style(first)
    if before == here and "item_list" in roles(here):
        return 0
    start, level = _LEVEL.search(before), _LEVEL.search(here)
    if not start or not level or start[1] != level[1]:
        return -1
    return int(level[2]) - int(start[2])


def _level_in_style(element: Element) -> int:
    level = _LEVEL_IN_STYLE.search(element.attributes.get("style", ""))
    return int(level[1]) if level else 1


def _spread(element: Element) -> list[Element | Run | str]:
    """Return the children of a list, those of odd wrappers around items among them."""
    found: list[Element | Run | str] = []
    for child in element.children:
        if (
            isinstance(child, Element)
            and child.tag not in LISTS
            and not _is_item(child)
            and any(map(_is_item, child.children))
        ):
            found.extend(child.children)
        else:
            found.append(child)
    return found


def _is_item(child: Element | Run | str) -> TypeGuard[Element]:
    return isinstance(child, Element) and (
        child.tag == "li" or child.attributes.get("role") == "listitem"
    )


def _is_numbered(children: list[Element | Run | str]) -> bool:
    """Tell the children of a list of which each item has a number by its style."""
    items = list(filter(_is_item, children))
    return bool(items) and all(is_counted(item.attributes) for item in items)


def is_counted(attributes: Mapping[str, str]) -> bool:
    """Tell an item that its style gives a number: `list-style-type: decimal`."""
    style = attributes.get("style", "")
    return "list-style" in style and "decimal" in style


def marked(nodes: list[Node]) -> list[Node]:
    """Return tables of numbers and what they mark as lists."""
    return [
        List([Item(row[1].blocks) for row in node.rows if row[1].blocks], ordered=True)
        if isinstance(node, Table) and all(map(_is_marked, node.rows))
        else node
        for node in nodes
    ]


def _is_marked(row: list[Cell]) -> bool:
    """Tell a row of a number, or of nothing, and what it marks."""
    return len(row) == 2 and all(
        isinstance(node, Paragraph) and plain(node.inline).strip().isdecimal()
        for node in row[0].blocks
    )


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 9 else 0


def stray(reader: Reader, element: Element) -> list[Node]:
    """Read an item that stands in no list."""
    item = _item(reader, element)
    return [List([item])] if item.blocks else []


def _item(reader: Reader, element: Element, *, ordered: bool = False) -> Item:
    value = _number(element.attributes.get("value", "")) if ordered else 0
    return Item(blocks.read(reader, element.children), _checked(reader, element), value)


def _checked(reader: Reader, element: Element) -> bool | None:
    """Return the state of the checkbox that begins an item, None if there is none."""
    state = None if reader.is_own else _drawn(reader.layout, element.node)
    if state is None and "input" in reader.tags:
        state = _typed(element)
    # The box of a thread opens and closes it.
    return None if state is None or any(map(_is_comment, element.children)) else state


def _is_comment(child: Element | Run | str) -> bool:
    return isinstance(child, Element) and "comment" in roles(child.attributes.get("class", ""))


def _drawn(layout: Layout, node: int) -> bool | None:
    """Return the state of a checkbox that is an icon, or a class of the item."""
    attributes, parents = layout.attributes, layout.parents
    if "task_list" in roles(attributes[parents[node]].get("class", "")):
        return "checked" in attributes[node].get("class", "").split()
    for inner in range(node + 1, min(node + 4, len(parents))):
        if parents[inner] < node or layout.tags[inner] in LISTS:
            break
        classes = attributes[inner].get("class")
        found = roles(classes) if classes else _NONE
        if "checked" in found or "unchecked" in found:
            return "checked" in found
    return None


def _typed(element: Element) -> bool | None:
    """Return the state of the `<input>` that begins an item."""
    item: Element | Run | str = element
    for _ in range(5):
        if isinstance(item, str):
            return None
        if isinstance(item, Element) and item.tag in LISTS:
            # The box belongs to the item of an inner list.
            return None
        if isinstance(item, Element) and item.tag == "input":
            return "checked" in item.attributes
        item = next((c for c in item.children if not isinstance(c, str) or c.strip()), "")
    return None


def definitions(reader: Reader, element: Element) -> list[Node]:
    """Read a definition list."""
    entries: list[Entry] = []
    nodes: list[Node] = []
    for child in _groups(element):
        if isinstance(child, Element) and reader.notes.is_definition(child.node):
            continue
        if isinstance(child, Element) and child.tag == "dt":
            term = inline(reader, blocks.runs(child), reader.wraps)
            if term:
                entries.append(Entry(term))
        elif isinstance(child, Element) and child.tag == "dd":
            found = blocks.read(reader, child.children)
            if found and entries:
                entries[-1].definitions.append(found)
            else:
                nodes.extend(found)
        else:
            nodes.extend(blocks.read(reader, [child]))
    if not any(entry.definitions for entry in entries):
        return [*nodes, *(Paragraph(entry.term) for entry in entries)]
    if not reader.is_own and not any(plain(entry.term).strip() for entry in entries):
        # Images with what is said of each.
        return [*nodes, *(node for entry in entries for node in _shown(entry))]
    if not reader.is_own and _only_count(entries):
        return [*nodes, _counted(entries)]
    return [*nodes, Definitions(entries)]


def _only_count(entries: list[Entry]) -> bool:
    """Tell entries whose terms only count: "a)", "b)", or numbers from one on."""
    terms = [plain(entry.term) for entry in entries]
    return all(entry.definitions for entry in entries) and (
        all(map(COUNT.fullmatch, terms))
        or terms == [str(number) for number in range(1, len(terms) + 1)]
    )


def _counted(entries: list[Entry]) -> List:
    """Return entries whose terms only count them as a list; Markdown counts in numbers alone."""
    items: list[Item] = []
    labels = [plain(entry.term) for entry in entries]
    numbers = [_number(label.strip("().")) for label in labels]
    ordered = all(numbers)
    for entry, label, number in zip(entries, labels, numbers, strict=True):
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

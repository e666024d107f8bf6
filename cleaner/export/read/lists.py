"""Lists: bullets, numbers and tasks."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, TypeGuard

from cleaner.export.nodes import Entry, Item, List, Paragraph, Table, begun, plain
from cleaner.export.read import blocks, code, signatures, terms
from cleaner.export.read.numbering import is_counted, lettered, letters_of, number_of
from cleaner.export.read.vocabulary import roles, roles_of
from cleaner.export.tree import LISTS, Element, Run, leading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cleaner.document import Layout
    from cleaner.export.nodes import Cell, Inline, Node
    from cleaner.export.read.reader import Reader

# Word processors write each level as a list of its own: name and level of the whole.
_LEVEL = re.compile(r"(?:^|\s)lst-(\S+)-(\d)(?:$|\s)")
_INDENT = re.compile(r"\bql-indent-(\d)")
_LEVEL_IN_STYLE = re.compile(r"mso-list:\s*l\d+\s+level(\d)")
# What editors write of an item: its state, its kind.
_STATE_NAMES = ("aria-checked", "data-checked", "data-list")
_STATES = {"true": True, "false": False, "checked": True, "unchecked": False}
_BULLETED = frozenset(("bullet", "checked", "unchecked"))
# The number that begins an item, with a mark or by itself.
_OWN = re.compile(r"\[?0?([0-9]{1,3})(?:[.)](?:\s+|\Z)|[]、．]\s*|\Z)")


def read(reader: Reader, element: Element) -> list[Node]:
    """Read a list; what stands in it outside of items goes to the item before, or before it."""
    before: list[Node] = []
    items: list[Item] = []
    start = 0
    children = _spread(element)
    if not reader.is_own and (found := _lines(reader, element, children)) is not None:
        return found
    ordered = element.tag == "ol" and not _are_all(children, _is_bulleted)
    ordered = ordered or (not reader.is_own and _are_all(children, is_counted))
    for child in children:
        if _is_item(child):
            if child.node in reader.notes.boxes:
                continue
            item = _item(reader, child, ordered=ordered)
            if item.blocks:
                if not items:
                    start, item.value = item.value, 0
                inner = None if reader.is_own or _is_comment(child) else _only_list(item)
                _add(items, item, inner, child, ordered=ordered)
            continue
        nodes = blocks.read(reader, [child])
        (items[-1].blocks if items else before).extend(nodes)
    if not items:
        return before
    start = start or number_of(element.attributes.get("start", ""))
    if not reader.is_own:
        if (len(items) == 1 and _only_list(items[0])) or _lays_out(element):
            return [*before, *(node for item in items for node in item.blocks)]
        ordered |= _count_themselves(items, (ordered and start) or 1)
    return [*before, _numbered(items, element, ordered=ordered, start=start)]


def _lays_out(element: Element) -> bool:
    """Return whether the items of a list are known as sections of the page."""
    return bool(element.attributes) and "section_list" in roles_of(element.attributes)


def _numbered(items: list[Item], element: Element, *, ordered: bool, start: int) -> List:
    """Return items as a list, numbered as its attributes tell."""
    if ordered and "reversed" in element.attributes:
        start = start or sum(map(_is_item, _spread(element)))
        for number, item in zip(range(start - 1, 0, -1), items[1:], strict=False):
            item.value = item.value or number
    start = (ordered and start) or 1
    if ordered and (letters := letters_of(element.attributes)):
        # Markdown counts in numbers alone.
        for item in items:
            start, item.value = item.value or start, 0
            terms.label_with(f"{lettered(start, letters)}.", item.blocks)
            start += 1
        return List(items, ordered=False)
    return List(items, ordered, start)


def _count_themselves(items: list[Item], number: int) -> bool:
    """Take the numbers that a page writes itself off items; return whether all of them have one."""
    found: list[tuple[Item, Paragraph, Inline]] = []
    for due, item in enumerate(items, number):
        first = item.blocks[0]
        if not isinstance(first, Paragraph) or item.value or item.checked is not None:
            return False
        text = _uncounted(first.inline, due)
        if text is None or not (text or item.blocks[1:]):
            return False
        found.append((item, first, text))
    for item, first, text in found if len(items) > 1 else ():
        first.inline = text
        item.blocks = item.blocks[not text :]
    return len(items) > 1


def _uncounted(content: Inline, number: int) -> Inline | None:
    """Return content without the number that it begins with, None if it has no such number.

    A number without a mark must stand alone: "2 eggs" may come after "1 cup".
    """
    match, rest = begun(content, _OWN) or (None, content)
    if not match or int(match[1]) != number or (match.end(1) == len(match.string) and rest):
        return None
    return rest


def _lines(
    reader: Reader, element: Element, children: list[Element | Run | str]
) -> list[Node] | None:
    """Return the code of a list of which each item is a line, nothing for one of line numbers."""
    if element.attributes and code.is_tool(element):
        return []
    lines = (
        child.children[0] if isinstance(child, Element) and child.children else child
        for child in children
    )
    are_code = all(
        isinstance(line, Element) and "code_item" in roles_of(line.attributes) for line in lines
    )
    block = code.block(reader, element) if are_code else None
    return [block] if block else None


def join(
    reader: Reader, nodes: list[Node], first: Element, element: Element, found: list[Node]
) -> bool:
    """Put the items of a list that only goes on into the one before it; return whether it does.

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
    if (last := _hang(last, more, level)) is None:
        return True
    counts_on = more.ordered and more.start == last.start + len(last.items)
    stray = first.tag == element.tag == "li"
    if last.ordered != more.ordered or not (stray or level >= 0 or (counts_on and more.start > 1)):
        return False
    last.items.extend(more.items)
    return True


def _hang(last: List, more: List, level: int) -> List | None:
    """Return the list that stands `level` levels below the end of another.

    Where there is none, `more` becomes it, and None is returned.
    """
    for _ in range(level):
        inner = last.items[-1].blocks
        if not isinstance(inner[-1], List):
            inner.append(more)
            return None
        last = inner[-1]
    return last


def _is_comment(element: Element) -> bool:
    return "comment" in roles_of(element.attributes)


def _add(
    items: list[Item], item: Item, inner: List | None, element: Element, *, ordered: bool
) -> None:
    """Put an item at the end of a list, or of the one inside that its class tells the level of.

    One that holds nothing but `inner` goes on with the item before: editors write a lower level so.
    The answers to a comment that is gone do not.
    """
    level = _INDENT.search(element.attributes.get("class", ""))
    kind = element.attributes.get("data-list", "ordered" if ordered else "")
    more = List([item], kind == "ordered")
    if not items:
        items.append(item)
    elif inner:
        last = items[-1].blocks[-1]
        if isinstance(last, List) and not last.ordered and not inner.ordered:
            last.items += inner.items
        else:
            items[-1].blocks.append(inner)
    elif under := _hang(List(items), more, int(level[1]) if level else 0):
        under.items.append(item)


def _only_list(item: Item) -> List | None:
    """Return the list that is all of an item."""
    only = item.blocks[0] if len(item.blocks) == 1 and item.checked is None else None
    return only if isinstance(only, List) else None


def from_paragraph(reader: Reader, element: Element) -> list[Node] | None:
    """Return an item that a word processor wrote as a paragraph, as a list of its own."""
    label, run = _label(element)
    if run is None:
        return None
    found = blocks.read(reader, [run])
    if not found:
        return []
    return [
        List([Item(found)]) if label in terms.BULLETS else terms.counted([Entry([label], [found])])
    ]


def _label(element: Element) -> tuple[str, Run | None]:
    """Return the label of a paragraph that is an item of a list, and the text after it."""
    style = element.attributes.get("style", "")
    run = element.children[0] if len(element.children) == 1 else None
    if not isinstance(run, Run) or not (
        "mso-list" in style or "MsoList" in element.attributes["class"]
    ):
        return "", None
    first = run.children[0] if run.children else None
    label = first.text().strip() if isinstance(first, Element) and first.tag == "span" else ""
    is_item = label in terms.BULLETS or terms.COUNT.fullmatch(label)
    return label, run.part(run.children[1:]) if is_item else None


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


def _are_all(
    children: list[Element | Run | str], tells: Callable[[Mapping[str, str]], bool]
) -> bool:
    """Return whether `tells` holds for the attributes of each item of a list."""
    items = list(filter(_is_item, children))
    return bool(items) and all(tells(item.attributes) for item in items)


def _is_bulleted(attributes: Mapping[str, str]) -> bool:
    """Return whether an item of an ordered list says that it has a bullet or a box."""
    return attributes.get("data-list") in _BULLETED


def marked(nodes: list[Node]) -> list[Node]:
    """Return tables of numbers and what they mark as lists."""
    return [
        List([Item(row[1].blocks) for row in node.rows if row[1].blocks], ordered=True)
        if isinstance(node, Table) and all(map(_is_marked, node.rows))
        else node
        for node in nodes
    ]


def _is_marked(row: list[Cell]) -> bool:
    """Return whether a row is a number, or nothing, and what it marks."""
    return len(row) == 2 and all(
        isinstance(node, Paragraph) and plain(node.inline).strip().isdecimal()
        for node in row[0].blocks
    )


def stray(reader: Reader, element: Element, *, ordered: bool = False) -> list[Node]:
    """Read an item that stands in no list."""
    item = _item(reader, element, ordered=ordered)
    return [List([item], ordered)] if item.blocks else []


def _item(reader: Reader, element: Element, *, ordered: bool = False) -> Item:
    value = number_of(element.attributes.get("value", "")) if ordered else 0
    told = signatures.line(reader, element) if element.attributes else None
    found = told or blocks.read(reader, element.children)
    return Item(found, _checked(reader, element), value)


def _checked(reader: Reader, element: Element) -> bool | None:
    """Return the state of the checkbox that begins an item, None if there is none."""
    state = None if reader.is_own else _drawn(reader.layout, element.node)
    if state is None and "input" in reader.tags:
        state = _typed(element)
    boxes = (child for child in element.children if isinstance(child, Element))
    # The box of a thread opens and closes it.
    is_thread = state is not None and any("comment" in roles_of(b.attributes) for b in boxes)
    return None if is_thread else state


def _drawn(layout: Layout, node: int) -> bool | None:
    """Return the state of a checkbox that is an icon, or a class of the item."""
    attributes, parents = layout.attributes, layout.parents
    for name in _STATE_NAMES:
        if (said := attributes[node].get(name)) in _STATES:
            return _STATES[said]
    if "task_list" in roles_of(attributes[parents[node]]):
        return "checked" in attributes[node].get("class", "").split()
    for inner in range(node + 1, min(node + 4, len(parents))):
        if parents[inner] < node or layout.tags[inner] in LISTS:
            break
        found = roles_of(attributes[inner])
        if "checked" in found or "unchecked" in found:
            return "checked" in found
    return None


def _typed(element: Element) -> bool | None:
    """Return the state of the `<input>` that begins an item."""
    for item in islice(leading(element), 5):
        if isinstance(item, Element) and item.tag in LISTS:
            # The box belongs to the item of an inner list.
            return None
        if isinstance(item, Element) and item.tag == "input":
            return "checked" in item.attributes
    return None

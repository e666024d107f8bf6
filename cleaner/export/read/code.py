"""Code blocks: the text to the letter, the language, without line numbers and buttons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.export.nodes import Code, Paragraph, plain
from cleaner.export.read.languages import by_class, by_name
from cleaner.export.read.vocabulary import roles, vocabulary
from cleaner.export.tree import Element, Run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.export.nodes import Node
    from cleaner.export.read import Reader

_NUMBER = re.compile(r"\s*\d{1,6}\s*\Z")
_LANGUAGE_ATTRIBUTES = (
    "data-lang",
    "data-language",
    "data-code-language",
    "data-enlighter-language",
    "data-mode",
    "language",
    "syntax",
)
_PARAMETERS = "data-syntaxhighlighter-params"
# How many elements above the code may name its language.
_REACH = 4
_LINE_MARKS = ("data-line", "data-line-number", "data-selectable-paragraph")
_BLOCK = re.compile(r"display:\s?(?:block|flex|grid)")
_LINES = frozenset("div li p tr".split())


def block(reader: Reader, element: Element) -> Code | None:
    """Return the code inside a box."""
    text = _text(reader, element)
    if not text.strip():
        return None
    return Code(text, _language(reader, element))


def lone(reader: Reader, run: Run) -> Code | None:
    """Return the code block that is a run's only content: `<code>` that keeps its line breaks."""
    if len(run.children) > 3:
        return None
    children = [c for c in run.children if not isinstance(c, str) or c.strip()]
    if len(children) != 1:
        return None
    child = children[0]
    if not isinstance(child, Element) or child.tag != "code":
        return None
    style = child.attributes.get("style", "").replace(" ", "")
    classes = child.attributes.get("class", "")
    is_block = (
        "white-space:pre" in style
        or "display:block" in style
        or ("block" in classes.split() and "code_block" in roles(classes))
        or any(isinstance(c, Element) and c.tag == "br" for c in child.children)
    )
    if not is_block:
        return None
    text = _trimmed("".join(_parts(child)))
    return Code(text, _language(reader, child)) if text.strip() else None


def without_labels(nodes: list[Node]) -> list[Node]:
    """Return nodes without the labels that only repeat the language of the code below them."""
    if Code not in set(map(type, nodes)):
        return nodes
    kept = []
    for index, node in enumerate(nodes):
        below = nodes[index + 1] if index + 1 < len(nodes) else None
        if isinstance(below, Code) and below.language and isinstance(node, Paragraph):
            label = plain(node.inline).strip().lower()
            named = by_name(label)
            if label == below.language or (named and named == by_name(below.language)):
                continue
        kept.append(node)
    return kept


def is_tool(element: Element) -> bool:
    """Tell a button that copies code, and a gutter of line numbers beside an editor's lines."""
    if element.tag == "button":
        return element.text().strip().lower() in vocabulary()["copy"]["labels"]
    classes = element.attributes.get("class")
    return bool(classes and "line_number" in roles(classes) and _is_number(element))


def _text(reader: Reader, element: Element) -> str:
    """Return the text of a code box: one line for each block in it."""
    lines: list[str] = []
    last = -1
    for run, gutter in _runs(element):
        if gutter:
            continue
        if last >= 0:
            lines.extend([""] * _blank_lines(reader, last, run.node))
        text = "".join(_parts(run))
        lines.append(text if run.node == element.node else text.rstrip("\n"))
        last = run.node
    return _trimmed("\n".join(lines))


def _trimmed(text: str) -> str:
    """Return code without empty lines at its ends and white space at its line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    lines = text.split("\n")
    start, end = 0, len(lines)
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return "\n".join(lines[start:end]).rstrip()


def _runs(element: Element) -> list[tuple[Run, bool]]:
    """Return the runs inside a code box, and whether each lies in a gutter of line numbers."""
    found: list[tuple[Run, bool]] = []
    stack: list[tuple[Element | Run | str, bool]] = [(element, False)]
    while stack:
        item, gutter = stack.pop()
        if isinstance(item, Run):
            found.append((item, gutter or _is_gutter(item)))
        elif isinstance(item, Element):
            gutter = gutter or (item is not element and _is_dropped(item))
            numbers = _numbers(item)
            stack.extend((c, gutter or c is numbers) for c in reversed(item.children))
    return found


def is_numbered(table: Element) -> bool:
    """Tell a table of one row that holds line numbers and the code beside them."""
    rows = [row for row in _rows(table) if row.children]
    if len(rows) != 1 or not (numbers := _numbers(rows[0])) or len(rows[0].children) != 2:
        return False
    return all(
        any(isinstance(inner, Element) and inner.tag == "pre" for inner in _within(cell))
        for cell in (numbers, rows[0].children[1])
    )


def _rows(table: Element) -> list[Element]:
    return [e for e in _within(table) if isinstance(e, Element) and e.tag == "tr"]


def _within(parent: Element | Run | str) -> list[Element | Run | str]:
    """Return what lies up to three levels below an element."""
    found: list[Element | Run | str] = []
    level = [parent]
    for _ in range(3):
        level = [c for e in level if isinstance(e, Element) for c in e.children]
        found.extend(level)
    return found


def _numbers(row: Element) -> Element | None:
    """Return the first cell of a row of code if it holds nothing but line numbers."""
    cells = row.children
    if row.tag != "tr" or len(cells) < 2:
        return None
    first = cells[0]
    is_cell = isinstance(first, Element) and first.tag in ("td", "th")
    return first if is_cell and _is_number(first) else None  # type: ignore[arg-type,return-value]


def _is_gutter(run: Run) -> bool:
    """Tell whether a run holds nothing but line numbers in spans of their own."""
    found = run.children
    if len(found) == 1 and isinstance(code := found[0], Element) and code.tag == "code":
        found = code.children
    if any(isinstance(c, str) and c.strip() for c in found):
        return False
    spans = [c for c in found if isinstance(c, Element)]
    return bool(spans) and all(_is_dropped(span) for span in spans)


def _blank_lines(reader: Reader, before: int, node: int) -> int:
    """Return the number of empty lines, elements without text, between two lines of code."""
    layout = reader.layout
    tag, parent = layout.tags[node], layout.parents[node]
    if tag not in _LINES or layout.tags[before] != tag:
        return 0
    return sum(
        1
        for between in range(before + 1, node)
        if layout.parents[between] == parent and layout.tags[between] == tag
    )


def _parts(parent: Element | Run) -> list[str]:
    """Return the text inside, without what highlighters put beside the code."""
    parts: list[str] = []
    stack: list[Element | Run | str] = list(reversed(parent.children))
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
        elif isinstance(item, Run) or not _is_dropped(item):
            if stack and _is_line(item) and _is_line(stack[-1]) and item.text()[-1:] != "\n":  # type: ignore[union-attr]
                stack.append("\n")
            stack.extend(reversed(item.children))
    return parts


def _is_line(item: Element | Run | str) -> bool:
    """Tell an inline element that a style or a highlighter puts on a line of its own."""
    if not isinstance(item, Element):
        return False
    attributes = item.attributes
    classes, style = attributes.get("class"), attributes.get("style")
    return (
        any(mark in attributes for mark in _LINE_MARKS)
        or bool(classes and "code_line" in roles(classes))
        or bool(style and _BLOCK.search(style))
    )


def _is_dropped(element: Element) -> bool:
    """Tell line numbers, copy buttons and hover boxes."""
    if element.tag == "button":
        return True
    attributes = element.attributes
    classes = attributes.get("class")
    if classes:
        found = roles(classes)
        if found and ("line_number" in found or "code_tool" in found):
            return "line_number" not in found or _is_number(element)
    style = attributes.get("style")
    return bool(style and "user-select" in style and _NUMBER.match(element.text()))


def _is_number(element: Element) -> bool:
    return not element.text().translate(_DIGITS).strip()


_DIGITS = {ord(digit): None for digit in "0123456789.:|"}


def _language(reader: Reader, element: Element) -> str:
    """Return the language that the code, what is in it or what is around it names."""
    layout = reader.layout
    inner: list[Mapping[str, str]] = [element.attributes]
    stack: list[Element | Run | str] = list(reversed(element.children))
    for _ in range(12):
        if not stack:
            break
        item = stack.pop()
        if isinstance(item, Element):
            inner.append(item.attributes)
            if numbers := _numbers(item):
                stack.extend(reversed([c for c in item.children if c is not numbers]))
                continue
        if not isinstance(item, str) and not (isinstance(item, Run) and _is_gutter(item)):
            stack.extend(reversed(item.children[:4]))
    outer, node = [], layout.parents[element.node]
    for _ in range(_REACH):
        if node < 0 or layout.tags[node] in ("article", "body", "main"):
            break
        outer.append(layout.attributes[node])
        node = layout.parents[node]
    return next((found for a in (*inner, *outer) if (found := _named(a))), "")


def _named(attributes: Mapping[str, str]) -> str:
    """Return the language that attributes name."""
    classes = attributes.get("class")
    if classes and (found := by_class(classes)):
        return found
    for name in _LANGUAGE_ATTRIBUTES:
        value = attributes.get(name)
        if value and (found := by_name(value)):
            return found
    if found := by_class(attributes.get(_PARAMETERS, "")):
        return found
    # Two letters in `lang` are a human language.
    value = attributes.get("lang", "")
    return by_name(value) if len(value) > 2 else ""

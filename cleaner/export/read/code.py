"""Code blocks: what is one, and what is a tool beside one."""

from __future__ import annotations

from itertools import pairwise
from textwrap import dedent
from typing import TYPE_CHECKING

from cleaner.export.nodes import Code
from cleaner.export.read import code_language, code_lines
from cleaner.export.read.code_lines import is_line, is_number, numbers_in, within
from cleaner.export.read.languages import by_class, by_label, is_label
from cleaner.export.read.vocabulary import roles, roles_of, vocabulary
from cleaner.export.tree import Element, Run, elements_in, shown, text_of

if TYPE_CHECKING:
    from cleaner.export.read.reader import Reader

INLINE = frozenset(("code", "d-code"))
"""Elements of code in a run; `<d-code>` is that of Distill."""
# A line that is a block lies at most this many elements below its `<code>`.
_DEPTH = 3
_TRIMMED = "data-trim"
"""The attribute by which reveal.js takes the indentation of the page off code."""


def block(reader: Reader, element: Element) -> Code | None:
    """Return the code inside a box."""
    label = _take_label(reader, element)
    text = code_lines.text_in(reader, element)
    if not text.strip():
        return None
    if any(_TRIMMED in inner.attributes for inner in (element, *elements_in(element))):
        text = dedent(text)
    reader.has_labels = True
    language = code_language.find(reader, element) or by_label(label)
    return Code(text, language or code_language.by_text(text))


def lone(reader: Reader, run: Run) -> Code | None:
    """Return the code block that is a run's only content: `<code>` that keeps its line breaks."""
    children = shown(run)
    child = children[0] if children else ""
    while isinstance(child, Element) and child.tag == "span" and len(child.children) == 1:
        child = child.children[0]
    if not isinstance(child, Element) or child.tag not in INLINE:
        return None
    if not (_are_lines(children) if len(children) > 1 else _keeps_lines(child)):
        return None
    text = code_lines.trimmed("".join(code_lines.text_parts(run, is_flowing=True)))
    if not text.strip():
        return None
    reader.has_labels = True
    return Code(text, code_language.find(reader, child), lone=child.node)


def _keeps_lines(child: Element) -> bool:
    """Return whether a `<code>` that stands alone is a block, by its style, class or lines."""
    style = child.attributes.get("style", "").replace(" ", "")
    classes = child.attributes.get("class", "")
    return (
        (child.tag == "d-code" and "block" in child.attributes)
        or "white-space:pre" in style
        or "display:block" in style
        or ("block" in classes.split() and "code_block" in roles(classes))
        or any(isinstance(c, Element) and c.tag == "br" for c in within(child))
        or bool(classes and by_class(classes) and "\n" in child.text().strip())
    )


def _are_lines(children: list[Element | Run | str]) -> bool:
    """Return whether a run is code line by line: each is a `<code>`, with breaks between."""
    tags = [child.tag if isinstance(child, Element) else "" for child in children]
    return set(tags) == {"code", "br"} and ("code", "code") not in set(pairwise(tags))


def _take_label(reader: Reader, element: Element) -> str:
    """Take the bar above the `<code>` of a `<pre>` out of it; return the language it names."""
    if element.tag != "pre":
        return ""
    language = ""
    bar: list[tuple[Run, Element | Run | str]] = []
    for run, gutter, _ in code_lines.runs(reader, element):
        in_code = reader.layout.nearest(run.node, ("code",), _DEPTH) > element.node
        for child in () if gutter else run.children:
            if in_code or (isinstance(child, Element) and child.tag == "code"):
                for place, part in bar:
                    place.children.remove(part)
                return language
            label = text_of(child).strip().lower()
            if label and label not in vocabulary()["copy"]["labels"]:
                if language or not is_label(label):
                    return ""
                language = by_label(label) or "plain"
            bar.append((run, child))
    return ""


def is_tool(element: Element) -> bool:
    """Return whether an element is a line gutter, or a button beside code or without a word."""
    if element.tag == "button":
        said, labels = element.text().strip().lower(), vocabulary()["copy"]
        is_sign = said != "" and not any(map(str.isalnum, said))
        is_known = said in labels["labels"] or said in labels["buttons"]
        return is_sign or is_known or "row_filter" in roles_of(element.attributes)
    is_counted = "line_number" in roles_of(element.attributes) and is_number(element)
    return is_counted and element.text().strip() != ""  # "ln" may name the box of an image


def is_numbered(reader: Reader, table: Element) -> bool:
    """Return whether a table is line numbers and code beside them: in one row, or line by line."""
    rows = [e for e in within(table) if isinstance(e, Element) and e.tag == "tr" and e.children]
    if len(rows) > 1 and all(
        len(row.children) == 1 and _is_all_code(row.children[0]) for row in rows
    ):
        return True  # a style counts the lines
    if not rows or any(len(row.children) > 2 or not numbers_in(reader, row) for row in rows):
        return False
    if len(rows) == 1:
        return len(rows[0].children) == 2 and all(map(_has_pre, rows[0].children))
    counted = [text_of(row.children[0]).strip() for row in rows]
    first = int(counted[0]) if counted[0].isdecimal() and len(counted[0]) < 7 else -1
    return counted == [str(first + line) for line in range(len(rows))] and all(
        _has_pre(code) or _is_all_code(code) for row in rows for code in row.children[1:]
    )


def _has_pre(cell: Element | Run | str) -> bool:
    return any(isinstance(inner, Element) and inner.tag == "pre" for inner in within(cell))


def _is_all_code(cell: Element | Run | str) -> bool:
    """Return whether a cell holds a run of `<code>` and nothing else."""
    run = cell.children[0] if isinstance(cell, Element) and len(cell.children) == 1 else ""
    return isinstance(run, Run) and all(
        child.tag == "code" if isinstance(child, Element) else not text_of(child).strip()
        for child in run.children
    )


def is_listing(element: Element) -> bool:
    """Return whether a box holds nothing but lines of code."""
    return bool(element.children) and all(
        isinstance(child, Element) and is_line(child) for child in element.children
    )


def has_breaks(element: Element) -> bool:
    """Return whether a box holds nothing but text with line breaks."""
    return all(isinstance(child, Run) for child in element.children) and any(
        inner.tag == "br" for inner in elements_in(element)
    )

"""Code blocks: the text to the letter, the language, without line numbers and buttons."""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from cleaner.document import PRE
from cleaner.export.nodes import Code
from cleaner.export.read.languages import by_class, by_label, by_name, is_label
from cleaner.export.read.vocabulary import roles, vocabulary
from cleaner.export.tree import Element, Run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.export.read import Reader

_NUMBER = re.compile(r"\s*\d{1,6}\s*\Z")
_NUMBERS = re.compile(r"[0-9.:|\s]*")
_LANGUAGE_ATTRIBUTES = tuple(vocabulary()["code"]["language_attributes"])
_PARAMETERS = "data-syntaxhighlighter-params"
# How many elements above the code may name its language.
_REACH = 4
# Lines of code lie at most this many elements below what holds them.
_LINE_DEPTH = 8
_LINE_MARKS = ("data-line", "data-line-number", "data-selectable-paragraph")
# The place of a line of code.
_LINE = re.compile(r"#(?:l|n|line-?)?(\d{1,6})", re.IGNORECASE)
_SPACE_BEFORE = re.compile(r"^ ", re.MULTILINE)
# The sign of a line of a difference that a style shows.
_SIGN = "data-code-marker"
_BLOCK = re.compile(r"display:\s?(?:block|flex|grid)")
_LINES = frozenset("div li p tr".split())
_CELLS = frozenset(("td", "th"))
# Elements of code in a run; `<d-code>` is that of Distill.
INLINE = frozenset(("code", "d-code"))


def block(reader: Reader, element: Element) -> Code | None:
    """Return the code inside a box."""
    label = _take_label(reader, element)
    text = _text(reader, element)
    if not text.strip():
        return None
    reader.has_code = True
    return Code(text, _language(reader, element) or by_label(label))


def lone(reader: Reader, run: Run) -> Code | None:
    """Return the code block that is a run's only content: `<code>` that keeps its line breaks."""
    child = next((c for c in run.children if not isinstance(c, str) or c.strip()), None)
    if not isinstance(child, Element) or child.tag not in INLINE:
        return None
    children = [c for c in run.children if not isinstance(c, str) or c.strip()]
    if len(children) == 1 and not _keeps_lines(child):
        return None
    if len(children) > 1 and not _are_lines(children):
        return None
    text = _trimmed("".join(_parts(run, is_flowing=True)))
    if not text.strip():
        return None
    reader.has_code = True
    return Code(text, _language(reader, child), lone=child.node)


def _keeps_lines(child: Element) -> bool:
    """Tell whether a `<code>` that stands alone is a block: by its style, its class, its lines."""
    style = child.attributes.get("style", "").replace(" ", "")
    classes = child.attributes.get("class", "")
    return (
        (child.tag == "d-code" and "block" in child.attributes)
        or "white-space:pre" in style
        or "display:block" in style
        or ("block" in classes.split() and "code_block" in roles(classes))
        or any(isinstance(c, Element) and c.tag == "br" for c in _within(child))
        or bool(classes and by_class(classes) and "\n" in child.text().strip())
    )


def _are_lines(children: list[Element | Run | str]) -> bool:
    """Tell whether a run is code line by line: each is a `<code>`, with breaks between."""
    tags = [child.tag if isinstance(child, Element) else "" for child in children]
    return set(tags) == {"code", "br"} and ("code", "code") not in set(pairwise(tags))


def _take_label(reader: Reader, element: Element) -> str:
    """Take the bar above the `<code>` of a `<pre>` out of it; return the language it names."""
    if element.tag != "pre":
        return ""
    language = ""
    bar: list[tuple[Run, Element | Run | str]] = []
    for run, gutter in _runs(reader, element):
        for child in () if gutter else run.children:
            if isinstance(child, Element) and child.tag == "code":
                for place, part in bar:
                    place.children.remove(part)
                return language
            label = _text_of(child).strip().lower()
            if label and label not in vocabulary()["copy"]["labels"]:
                if language or not is_label(label):
                    return ""
                language = by_label(label) or "plain"
            bar.append((run, child))
    return ""


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
    for run, gutter in _runs(reader, element):
        if gutter:
            continue
        if last >= 0:
            lines.extend([""] * _blank_lines(reader, last, run.node))
        of_lines = reader.layout.tags[run.node] == "pre"
        is_flowing = not reader.layout.flags[run.node] & PRE
        text = "".join(_parts(run, of_lines=of_lines, is_flowing=is_flowing))
        if is_flowing:
            lines += [""] * (last == run.node) + [text.strip("\n")]
        else:
            lines.append(text if run.node == element.node else text.rstrip("\n"))
        last = run.node
    code = _trimmed("\n".join(lines))
    return _SPACE_BEFORE.sub("", code) if _is_set_off(element, code) else code


def _is_set_off(element: Element, code: str) -> bool:
    """Tell code of which each line begins with the space after its number."""
    indents = {len(line) - len(line.lstrip(" ")) for line in code.split("\n") if line}
    return min(indents, default=0) == 1 and _holds_number(element)


def _holds_number(element: Element) -> bool:
    stack: list[Element | Run | str] = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            continue
        if isinstance(item, Element):
            found = roles(item.attributes.get("class", ""))
            if "line_number" in found and _is_number(item):
                return True
        stack.extend(item.children)
    return False


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


def _runs(reader: Reader, element: Element) -> list[tuple[Run, bool]]:
    """Return the runs inside a code box, and whether each lies in a gutter of line numbers."""
    found: list[tuple[Run, bool]] = []
    stack: list[tuple[Element | Run | str, bool]] = [(element, False)]
    while stack:
        item, gutter = stack.pop()
        if isinstance(item, Run):
            found.append((item, gutter or _is_gutter(item)))
        elif isinstance(item, Element):
            gutter = gutter or (item is not element and (_is_dropped(item) or _is_name(item)))
            numbers = _numbers(reader, item)
            stack.extend((c, gutter or c is numbers) for c in reversed(item.children))
    return found


def is_numbered(reader: Reader, table: Element) -> bool:
    """Tell a table of line numbers and the code beside them: in one row, or line by line."""
    rows = [row for row in _rows(table) if row.children]
    if len(rows) > 1 and all(
        len(row.children) == 1 and _is_all_code(row.children[0]) for row in rows
    ):
        return True  # a style counts the lines
    if not rows or any(len(row.children) > 2 or not _numbers(reader, row) for row in rows):
        return False
    if len(rows) == 1:
        return len(rows[0].children) == 2 and all(map(_has_pre, rows[0].children))
    counted = [_text_of(row.children[0]).strip() for row in rows]
    first = int(counted[0]) if counted[0].isdecimal() and len(counted[0]) < 7 else -1
    return counted == [str(first + line) for line in range(len(rows))] and all(
        _has_pre(code) or _is_all_code(code) for row in rows for code in row.children[1:]
    )


def _has_pre(cell: Element | Run | str) -> bool:
    return any(isinstance(inner, Element) and inner.tag == "pre" for inner in _within(cell))


def _is_all_code(cell: Element | Run | str) -> bool:
    """Tell whether a cell holds a run of `<code>` and nothing else."""
    runs = [] if isinstance(cell, str) else cell.children
    return (
        len(runs) == 1
        and isinstance(runs[0], Run)
        and all(
            child.tag == "code" if isinstance(child, Element) else not _text_of(child).strip()
            for child in runs[0].children
        )
    )


def _text_of(item: Element | Run | str) -> str:
    if isinstance(item, str):
        return item
    return "".join(map(_text_of, item.children)) if isinstance(item, Run) else item.text()


def is_listing(element: Element) -> bool:
    """Tell a box of nothing but lines of code."""
    return bool(element.children) and all(
        isinstance(child, Element) and _is_line(child) for child in element.children
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


def _numbers(reader: Reader, row: Element) -> Element | None:
    """Return the first cell of a row of code if it holds nothing but line numbers."""
    if row.tag != "tr" or not row.children:
        return None
    first = row.children[0]
    if not isinstance(first, Element) or first.tag not in _CELLS or not _is_number(first):
        return None
    if len(row.children) > 1:
        return first
    # The cell beside the number of an empty line holds no text.
    layout = reader.layout
    beside = range(first.node + 1, min(first.node + _LINE_DEPTH, len(layout.tags)))
    is_lone = all(layout.parents[node] != row.node for node in beside)
    return None if is_lone or layout.parents[first.node] != row.node else first


def _is_gutter(run: Run) -> bool:
    """Tell whether a run holds nothing but line numbers in spans of their own."""
    found = run.children
    if len(found) == 1 and isinstance(code := found[0], Element) and code.tag == "code":
        found = code.children
    if any(isinstance(c, str) and c.strip() for c in found):
        return False
    spans = [c for c in found if isinstance(c, Element)]
    return bool(spans) and all(_is_dropped(span) for span in spans)


def _is_name(item: Element) -> bool:
    """Tell the name of a file in a row above its lines."""
    return item.tag == "th" and "file_info" in roles(item.attributes.get("class", ""))


def _blank_lines(reader: Reader, before: int, node: int) -> int:
    """Return the number of empty lines, elements without text, between two lines of code."""
    layout = reader.layout
    parents, tags = layout.parents, layout.tags
    first = {parents[outer]: outer for outer in islice(layout.ancestors(before), _LINE_DEPTH)}
    last = next((o for o in islice(layout.ancestors(node), _LINE_DEPTH) if parents[o] in first), -1)
    if last < 0 or tags[last] not in _LINES or tags[first[parents[last]]] != tags[last]:
        return 0
    parent, tag = parents[last], tags[last]
    return sum(
        1
        for between in range(first[parent] + 1, last)
        if parents[between] == parent and tags[between] == tag
    )


def _parts(parent: Element | Run, *, of_lines: bool = False, is_flowing: bool = False) -> list[str]:
    """Return the text inside, without what highlighters put beside the code.

    `of_lines` tells that each `<code>` inside holds one line, `is_flowing` that a new line of the
    source after a `<br>` says nothing.
    """
    parts: list[str] = []
    stack: list[Element | Run | str] = list(reversed(parent.children))
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
        elif isinstance(item, Run) or not (
            _is_dropped(item) or (_is_place(item) and (not parts or parts[-1].endswith("\n")))
        ):
            if stack and _are_two_lines(item, stack[-1], of_lines) and _text_of(item)[-1:] != "\n":
                stack.append("\n")
            is_break = is_flowing and isinstance(item, Element) and item.tag == "br"
            if is_break and stack and isinstance(after := stack[-1], str):
                stack[-1] = after.lstrip("\r\n")
            if isinstance(item, Element) and _SIGN in item.attributes:
                parts.append(item.attributes[_SIGN])
            stack.extend(reversed(item.children))
    return parts


def _are_two_lines(item: Element | Run, after: Element | Run | str, of_lines: bool) -> bool:  # noqa: FBT001
    """Tell what stands side by side on a line each."""
    if not isinstance(item, Element):
        return False
    if "code_line_block" in roles(item.attributes.get("class", "")):
        return _text_of(after)[:1] not in ("", "\n")
    if not isinstance(after, Element):
        return False
    is_code = of_lines and item.tag == after.tag == "code"
    return is_code or (_is_line(item) and _is_line(after))


def _is_line(item: Element) -> bool:
    """Tell an inline element that a style or a highlighter puts on a line of its own."""
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


def _is_place(element: Element) -> bool:
    """Tell the number of a line that is the place which it leads to."""
    place = _LINE.fullmatch(element.attributes.get("href", "")) if element.tag == "a" else None
    return place is not None and place[1] == element.text().strip()


def _is_number(element: Element) -> bool:
    return bool(_NUMBERS.fullmatch(element.text()))


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
            if numbers := _numbers(reader, item):
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
    named = next((found for a in (*inner, *outer) if (found := _named(a))), "")
    return named or _bare_name(element)


def _bare_name(element: Element) -> str:
    """Return the language that is a class of code itself: of the `<pre>`, of all inside it."""
    found: list[Element] = []
    for item in (element, *_within(element)):
        if isinstance(item, Element) and (item is element or item.tag == "pre"):
            inner = [c for run in item.children if isinstance(run, Run) for c in run.children]
            found += [item, *(c for c in inner[:1] if isinstance(c, Element) and len(inner) == 1)]
    classes = (e.attributes.get("class", "") for e in found if e.tag in ("pre", "code"))
    return next((name for c in classes if (name := by_class(c, of_code=True))), "")


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

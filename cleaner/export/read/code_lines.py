"""The text of code to the letter: its lines, without their numbers and the tools beside them."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from cleaner.document import CELLS, PRE
from cleaner.export.read.vocabulary import roles_of, vocabulary
from cleaner.export.tree import DEPTH, Element, Run, elements_in, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.export.read.reader import Reader

_NUMBER = re.compile(r"\s*\d{1,6}\s*\Z")
_NUMBERS = re.compile(r"[0-9.:|\s]*")
_PADDED = 5
_COUNTED = re.compile(r" *(\d{1,5})(?: |\Z)")
# So many lines that their first words count up tell that these are numbers.
_FEWEST = 3
# Lines of code lie at most this many elements below what holds them.
_LINE_DEPTH = 8
_LINE_MARKS = frozenset(("data-line", "data-line-number", "data-selectable-paragraph"))
# The place of a line of code.
_LINE = re.compile(r"#(?:l|n|line-?)?(\d{1,6})", re.IGNORECASE)
# The sign of a line of a difference that a style shows.
_SIGN = "data-code-marker"
_BLOCK = re.compile(r"display:\s?(?:block|flex|grid)")
_LINES = frozenset("div li p tr".split())
# What only gives an empty line a height.
_FILLERS = frozenset(("\xa0", "\u200b"))
_LISTS = frozenset(("ul", "ol"))


def text_in(reader: Reader, element: Element) -> str:
    """Return the text of a code box: one line for each block in it."""
    parts: list[str] = []
    last, end = -1, ""
    found = [(run, level) for run, gutter, level in runs(reader, element) if not gutter]
    levels = [level for _, level in found]
    # Lists between a first line and a last one are indented.
    outer = levels[0] if found and levels[0] == levels[-1] == min(levels) else DEPTH
    for run, level in found:
        of_lines = reader.layout.tags[run.node] == "pre"
        is_flowing = not reader.layout.flags[run.node] & PRE
        text = whole = "".join(text_parts(run, of_lines=of_lines, is_flowing=is_flowing))
        text = text.strip("\n") if is_flowing else text
        goes_on = last == run.node  # after a tool in the code
        if not goes_on or (is_flowing and _has_break(end, whole)):
            if parts:
                if last != element.node:
                    parts[-1] = parts[-1].rstrip("\n")
                parts.append("\n" * (1 + (goes_on or _blank_lines(reader, last, run.node))))
            parts.append("  " * (level - outer) + _sign_around(reader, run))
        elif not is_flowing and "\n" not in (parts[-1][-1:], text[:1]):
            parts.append("\n")
        parts.append(text)
        last, end = run.node, whole
    code = _uncounted(element, trimmed("".join(parts)))
    return f"\n{code}".replace("\n ", "\n")[1:] if _is_set_off(element, code) else code


def _uncounted(element: Element, code: str) -> str:
    """Return code without the numbers that begin its lines.

    Each stands in an element with a style, or has five digits and is greater than the one before.
    """
    lines = code.split("\n")
    if len(lines) < _FEWEST or not (first := _COUNTED.match(lines[0])):
        return code
    counted = [_COUNTED.match(line) for line in lines]
    numbers = [match[1] for match in counted if match]
    if len(numbers) < len(lines):
        return code
    is_padded = numbers[0].startswith("00") and all(len(n) == _PADDED for n in numbers)
    if not is_padded or numbers != sorted(set(numbers)):
        count = int(first[1])
        for inner in elements_in(element):
            count += "style" in inner.attributes and inner.text().strip() == str(count)
        if list(map(int, numbers)) != list(range(int(first[1]), count)):
            return code
    return "\n".join(
        line[match.end() :] for line, match in zip(lines, counted, strict=True) if match
    )


def _has_break(before: str, after: str) -> bool:
    """Return whether a line ends between two texts."""
    return before.rstrip(" \t\xa0").endswith("\n") or after.lstrip(" \t\xa0").startswith("\n")


def _sign_around(reader: Reader, run: Run) -> str:
    """Return the sign of the line that a run is."""
    layout, node = reader.layout, run.node
    return _sign(layout.attributes[node]) or _sign(layout.attributes[layout.parents[node]])


def _sign(attributes: Mapping[str, str]) -> str:
    """Return the sign that a style puts before a line of a difference, "" if none."""
    return attributes.get(_SIGN, "") or _sign_of(attributes.get("class", ""))


@lru_cache(maxsize=1024)
def _sign_of(classes: str) -> str:
    names = set(classes.split())
    signs = vocabulary()["code"]["signs"].items()
    return next((sign for named, sign in signs if names.issuperset(named.split())), "")


def _is_set_off(element: Element, code: str) -> bool:
    """Return whether each line of code begins with the space after its number."""
    indents = {len(line) - len(line.lstrip(" ")) for line in code.split("\n") if line}
    return min(indents, default=0) == 1 and any(
        is_number(inner) and "line_number" in roles_of(inner.attributes)
        for inner in elements_in(element)
    )


def trimmed(text: str) -> str:
    """Return code without empty lines at its ends and white space at its line ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start, end = 0, len(lines)
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    filled = ("" if line.rstrip(" ") in _FILLERS else line for line in lines[start:end])
    return "\n".join(filled).replace("\xa0", " ").rstrip()


def runs(reader: Reader, element: Element) -> list[tuple[Run, bool, int]]:
    """Return the runs inside a code box.

    Beside each stand whether it lies in a gutter of line numbers, and how many lists it lies in.
    """
    found: list[tuple[Run, bool, int]] = []
    stack: list[tuple[Element | Run | str, bool, int]] = [(element, False, 0)]
    while stack:
        item, gutter, level = stack.pop()
        if isinstance(item, Run):
            found.append((item, gutter or is_gutter(item), level))
        elif isinstance(item, Element):
            gutter = gutter or (item is not element and (_is_dropped(item) or _is_name(item)))
            numbers = numbers_in(reader, item)
            level += item.tag in _LISTS
            stack.extend((c, gutter or c is numbers, level) for c in reversed(item.children))
    return found


def within(parent: Element | Run | str) -> list[Element | Run | str]:
    """Return what lies up to three levels below an element."""
    found: list[Element | Run | str] = []
    level = [parent]
    for _ in range(3):
        level = [c for e in level if isinstance(e, Element) for c in e.children]
        found.extend(level)
    return found


def numbers_in(reader: Reader, row: Element) -> Element | None:
    """Return the first cell of a row of code if it holds nothing but line numbers."""
    if row.tag != "tr" or not row.children:
        return None
    first = row.children[0]
    if not isinstance(first, Element) or first.tag not in CELLS or not is_number(first):
        return None
    if len(row.children) > 1:
        return first
    # The cell beside the number of an empty line holds no text.
    layout = reader.layout
    beside = range(first.node + 1, min(first.node + _LINE_DEPTH, len(layout.tags)))
    is_lone = all(layout.parents[node] != row.node for node in beside)
    return None if is_lone or layout.parents[first.node] != row.node else first


def is_gutter(run: Run) -> bool:
    """Return whether a run holds nothing but line numbers in spans of their own."""
    found = run.children
    if len(found) == 1 and isinstance(code := found[0], Element) and code.tag == "code":
        found = code.children
    if any(isinstance(c, str) and c.strip() for c in found):
        return False
    spans = [c for c in found if isinstance(c, Element)]
    return bool(spans) and all(_is_dropped(span) for span in spans)


def _is_name(item: Element) -> bool:
    """Return whether an item is the name of a file in a row above its lines."""
    return item.tag == "caption" or (item.tag == "th" and "file_info" in roles_of(item.attributes))


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


def text_parts(
    parent: Element | Run, *, of_lines: bool = False, is_flowing: bool = False
) -> list[str]:
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
            if (
                stack
                and _are_two_lines(item, stack[-1], of_lines=of_lines)
                and text_of(item)[-1:] != "\n"
            ):
                stack.append("\n")
            is_break = is_flowing and isinstance(item, Element) and item.tag == "br"
            if is_break and stack and isinstance(after := stack[-1], str):
                stack[-1] = after.lstrip("\r\n")
            if isinstance(item, Element) and (sign := _sign(item.attributes)):
                parts.append(sign)
            stack.extend(reversed(item.children))
    return parts


def _are_two_lines(item: Element | Run, after: Element | Run | str, *, of_lines: bool) -> bool:
    """Return whether two items that follow each other are a line each."""
    if not isinstance(item, Element):
        return False
    is_block = "code_line_block" in roles_of(item.attributes)
    if is_block and text_of(after)[:1] not in ("", "\n"):
        return True
    if not isinstance(after, Element):
        return False
    is_code = of_lines and item.tag == after.tag == "code"
    return is_code or (is_line(item) and is_line(after))


def is_line(item: Element) -> bool:
    """Return whether a style or a highlighter puts an inline element on a line of its own."""
    attributes = item.attributes
    return (
        not _LINE_MARKS.isdisjoint(attributes)
        or "code_line" in roles_of(attributes)
        or ("style" in attributes and _BLOCK.search(attributes["style"]) is not None)
    )


def _is_dropped(element: Element) -> bool:
    """Return whether an element is a line number, a button, or shown only when it is pointed at."""
    if element.tag in ("button", "summary"):
        return True
    found, style = roles_of(element.attributes), element.attributes.get("style", "")
    if "line_number" in found or "code_tool" in found:
        return "line_number" not in found or is_number(element)
    return "user-select" in style and _NUMBER.match(element.text()) is not None


def _is_place(element: Element) -> bool:
    """Return whether an element is the number of a line and a link to itself."""
    place = _LINE.fullmatch(element.attributes.get("href", "")) if element.tag == "a" else None
    return place is not None and place[1] == element.text().strip()


def is_number(element: Element) -> bool:
    """Return whether an element holds nothing but numbers, or nothing at all."""
    return bool(_NUMBERS.fullmatch(element.text()))

"""Marks of notes made tidy, and notes without the numbers that begin them."""

from __future__ import annotations

import re
from itertools import dropwhile
from typing import TYPE_CHECKING

from cleaner.export.nodes import Break, Link, List, NoteMark, Paragraph, Quote, Span, plain
from cleaner.export.read.vocabulary import roles_of
from cleaner.export.tree import Element, parts_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cleaner.export.nodes import Inline, Node
    from cleaner.export.read.definition import Definition

_OPEN, _CLOSE = re.compile(r"[\[(]\s*\Z"), re.compile(r"\A\s*[\])]")
WRITTEN = re.compile(r"\[(\d{1,3}(?:, ?\d{1,3}){0,9})\]")
"""The mark of one note or of several in a text."""
_BETWEEN = re.compile(r"\A\s*[,;–-]?\s*\Z")
_RANGE = re.compile(r"\A\s*[–-]\s*\Z")
_LEADING = re.compile(r"\A\s*[\[({]?\s*([\w*†‡§¶#^]{1,6})\s*[\])}]?\s*[.:)]?\s+")
_REST = re.compile(r"\A\s*[.:)\]↩]\s+|\A\s+")
# Brackets around a link back that is left out.
_EMPTY = re.compile(r"\A\s*(?:\[\s*\]|\(\s*\))\s*")
# Numbers that only a style parts from what follows.
_GLUED = re.compile(r"\A\s*(?:\[\w{1,6}\](?=\w)|\d{1,3}\.(?=[^\W\d_]))")
# A capital by itself is a word: "A wheel of oak".
_CAPITAL = re.compile(r"\s*[A-Z]\s+")
# So many letters at the end of two notes tell whether they are the same.
_ENOUGH = 40
_SIGNS = re.compile(r"[\[\](){}.:,;^↩↑\s]+")


def tidy(inline: Inline, written: Mapping[str, Definition]) -> Inline:
    """Return inline content whose marks stand free of `<sup>` and of brackets around them.

    `written` are the notes that numbers in brackets stand for.
    """
    flat: Inline = []
    for node in inline:
        if written and isinstance(node, str) and "[" in node:
            flat.extend(_with_marks(node, written))
            continue
        if isinstance(node, Span | Link):
            node.inline = tidy(node.inline, {} if isinstance(node, Link) else written)
            if (isinstance(node, Link) or node.kind in ("sup", "strong", "em")) and _only_marks(
                node.inline
            ):
                flat.extend(
                    part
                    for part in node.inline
                    if isinstance(part, NoteMark) or _RANGE.match(str(part))
                )
                continue
            if isinstance(node, Span) and node.kind == "sup":
                flat.extend(_split(node))
                continue
        flat.append(node)
    index = 0
    while index < len(flat):
        if isinstance(flat[index], NoteMark):
            index = _unbracket(flat, index)
        index += 1
    return [node for node in flat if node != ""]


def _with_marks(text: str, written: Mapping[str, Definition]) -> Iterator[str | NoteMark]:
    """Yield a text in parts, and the marks that stand in it."""
    end = 0
    for match in WRITTEN.finditer(text):
        definitions = [written.get(number.strip()) for number in match[1].split(",")]
        if all(definitions):
            yield text[end : match.start()]
            end = match.end()
            for index, definition in enumerate(filter(None, definitions)):
                yield from (" ",) * (index > 0)
                yield NoteMark(definition.label)
    yield text[end:]


def _split(raised: Span) -> Inline:
    """Return a superscript without the marks at its ends, and those beside it."""
    content = raised.inline
    start, end = 0, len(content)
    while start < end and isinstance(content[start], NoteMark):
        start += 1
    while end > start and isinstance(content[end - 1], NoteMark):
        end -= 1
    return [*content[:start], Span("sup", content[start:end]), *content[end:]]


def _only_marks(inline: Inline) -> bool:
    return any(isinstance(node, NoteMark) for node in inline) and all(
        isinstance(node, NoteMark) or (isinstance(node, str) and not node.strip("[](),;–- "))
        for node in inline
    )


def _unbracket(flat: Inline, start: int) -> int:
    """Take the brackets from around a row of marks; return the index of the last of them."""
    last = start
    while (
        last + 2 < len(flat)
        and isinstance(flat[last + 2], NoteMark)
        and isinstance(gap := flat[last + 1], str)
        and _BETWEEN.match(gap)
    ):
        last += 2
    before = flat[start - 1] if start else ""
    after = flat[last + 1] if last + 1 < len(flat) else ""
    if not (isinstance(before, str) and isinstance(after, str)):
        return last
    if _OPEN.search(before) and _CLOSE.match(after):
        flat[start - 1] = _OPEN.sub("", before)
        flat[last + 1] = _CLOSE.sub("", after)
        for index in range(start + 1, last, 2):
            if not _RANGE.match(str(flat[index])):
                flat[index] = " "
    return last


def without_marker(nodes: list[Node], markers: set[str]) -> list[Node]:
    """Return the blocks of a note without the number that begins them."""
    if not nodes:
        return nodes
    first = nodes[0]
    if isinstance(first, List) and len(nodes) == 1 and len(first.items) == 1:
        return without_marker(first.items[0].blocks, markers)
    if isinstance(first, Quote) and len(nodes) == 1:
        return without_marker(first.blocks, markers)
    if not isinstance(first, Paragraph):
        heading = getattr(first, "inline", None)
        return nodes[1:] if heading and _is_marker(plain(heading), markers) else nodes
    inline = first.inline
    if not (nodes[1:] and _is_number_of(plain(inline), markers)):
        inline = _without_marker(inline, markers)
        if inline:
            return [Paragraph(inline), *nodes[1:]]
    return nodes[1:]


def _without_marker(inline: Inline, markers: set[str]) -> Inline:
    """Return the inline content of a note without the number that begins it."""
    if inline and not isinstance(inline[0], str) and _is_marker(plain([inline[0]]), markers):
        inline = inline[1:]
        if inline and isinstance(inline[0], str):
            inline[0] = _REST.sub("", inline[0])
    elif inline and isinstance(inline[0], str):
        inline[0] = _REST.sub("", _EMPTY.sub("", inline[0]))
        end = "" if inline[1:] and not plain(inline[1:2]) else " "  # an image ends no text
        match = _GLUED.match(inline[0]) or _LEADING.match(inline[0] + end)
        if match and not _CAPITAL.fullmatch(match[0]) and _is_marker(match[0], markers):
            inline[0] = inline[0][match.end() :].lstrip()
    rest = dropwhile(lambda node: node == "" or isinstance(node, Break), inline)
    return [node for node in rest if node != ""]


def _is_number_of(text: str, markers: set[str]) -> bool:
    """Return whether a text is a note's number: with brackets, and what links back left in them."""
    return bool(text.strip()) and all(
        part.lower() in markers for part in _SIGNS.split(text) if part
    )


def _is_marker(text: str, markers: set[str]) -> bool:
    text = text.strip(" \n[](){}.:↩↑")
    return text.lower() in markers or text in ("^", "*")


def says_more(element: Element) -> bool:
    """Return whether a sidenote says more than its number."""
    parts = parts_in(
        element,
        lambda part: isinstance(part, Element) and "sidenote_number" in roles_of(part.attributes),
    )
    return any(isinstance(part, str) and part.strip() for part in parts)


def is_copy(shown: str, said: str) -> bool:
    """Return whether a sidenote shows what a note at the end of the page says.

    >>> is_copy("1Of brass.", "Of brass. ↩"), is_copy("1Of brass.", "Ada Holm.")
    (True, False)
    """
    shown, said = ("".join(filter(str.isalnum, text)) for text in (shown, said))
    return shown[-_ENOUGH:] in said or said[-_ENOUGH:] in shown


def end_of(note: str) -> str:
    """Return the end of what a note says, without its number.

    >>> end_of("1 Of brass. ↩")
    'Ofbrass'
    """
    return "".join(filter(str.isalnum, note)).lstrip("0123456789")[-_ENOUGH:]

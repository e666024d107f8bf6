"""Plain text of what a page means: formulas as LaTeX, notes at the end, code without its tools."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from itertools import compress
from typing import TYPE_CHECKING

from cleaner.export import nodes as n
from cleaner.export.flat import flat
from cleaner.export.options import Options
from cleaner.export.read.numbering import has_items
from cleaner.export.read.reader import read, read_parts
from cleaner.export.tree import folded
from cleaner.scripts import KANA_AND_HAN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cleaner.document import Document

_NARROWEST = 20
# Lines may be broken between these signs, but not before what closes or lengthens one.
_SIGN = re.compile(
    rf"[（「『【《〈]*[{KANA_AND_HAN}][、。，．：；！？）」』】》〉”’…々・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ]*"
    rf"|[^{KANA_AND_HAN}（「『【《〈]+|."
)


def render(document: Document, options: Options) -> str:
    """Return the kept part of a page as plain text, its footnotes last."""
    return _Prose(options).document(read(document, _shown(document, options), flat))


def render_parts(
    document: Document, options: Options, parts: Sequence[int]
) -> tuple[dict[int, str], set[int]] | None:
    """Return the text of parts of a page, and the blocks that say nothing, see `read_parts`."""
    found = read_parts(document, _shown(document, options), flat, parts)
    if found is None:
        return None
    texts = {part: _Prose(options).document(nodes)[:-1] for part, nodes in found.nodes.items()}
    return texts, found.labels


def _shown(document: Document, options: Options) -> Options:
    """Return what is read for a text: where links lead is not said in it, nor what images show.

    But images may part items.
    """
    texts = compress(document.layout.texts, document.kept)
    return replace(options, links=False, images=options.images and any(map(has_items, texts)))


def wrapped(text: str, width: int, lead: int = 0) -> str:
    """Return text broken into lines of at most `width`, the first after `lead` characters.

    >>> wrapped("one two three four five six", 20, 4)
    'one two three\\nfour five six'
    """
    lines: list[str] = []
    wrapper = _Wrapper(max(width, _NARROWEST), break_long_words=False, break_on_hyphens=False)
    for line in text.split("\n"):
        indent = wrapper.initial_indent = "" if lines else "x" * lead
        broken = wrapper.wrap(line)
        lines.extend(broken or [indent])
        if indent:
            lines[0] = lines[0][lead:]
    return "\n".join(lines)


class _Wrapper(textwrap.TextWrapper):
    """Breaks lines at spaces, and between signs of scripts that have none."""

    def _split(self, text: str) -> list[str]:
        return [part for chunk in super()._split(text) for part in _SIGN.findall(chunk)]


class _Raw(str):
    """A line of code: nothing is put before it."""

    __slots__ = ()


class _Prose:
    """Writes nodes as units, each a list of lines; a blank line parts units."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.margin = 0
        self.lead = 0
        self.bullets = True

    def document(self, nodes: list[n.Node]) -> str:
        parts: list[str] = []
        last: n.Node | None = None
        for node in nodes:
            if isinstance(node, n.Note):
                units = [self.note(node)]
                gap = "\n" if isinstance(last, n.Note) else "\n\n"
            else:
                units, gap = self.units([node]), "\n\n"
            for unit in units:
                if unit:
                    parts.extend((gap if parts else "", "\n".join(unit)))
                    last = node
        return "".join((*parts, "\n")) if parts else ""

    def units(self, nodes: list[n.Node]) -> list[list[str]]:
        """Return the units of nodes; what only holds other blocks gives theirs."""
        found: list[list[str]] = []
        for node in nodes:
            if write := _UNITS.get(type(node)):
                found.append(write(self, node))
            elif inside := _INSIDE.get(type(node)):
                found.extend(self.units(inside(node)))
        return [unit for unit in found if unit]

    def inside(self, nodes: list[n.Node]) -> list[str]:
        """Return the lines of what stands inside an item or definition."""
        return [line for unit in self.units(nodes) for line in unit]

    def running(self, text: str) -> list[str]:
        """Return the lines of running text."""
        lead, self.lead = self.lead, 0
        if not text:
            return []
        if self.options.wrap:
            text = wrapped(text, self.options.wrap - self.margin, lead)
        return text.split("\n")

    def heading(self, node: n.Heading) -> list[str]:
        text = plain(node.inline)
        return self.running(f"{'#' * node.level} {text}" if self.options.headings else text)

    def listing(self, node: n.List) -> list[str]:
        found: list[str] = []
        number = node.start
        for item in node.items:
            number = item.value or number
            bullet = f"{number}. " if node.ordered else "- "
            if not self.bullets:
                bullet = ""
            self.margin += 2
            self.lead = max(len(bullet) - 2, 0)
            lines = self.inside(item.blocks)
            self.margin -= 2
            self.lead = 0
            if lines:
                number += 1
                if isinstance(lines[0], _Raw):
                    lines.insert(0, "")
                found.append((bullet + lines[0]).rstrip())
                found.extend(_indented(lines[1:]))
        return found

    def table(self, node: n.Table) -> list[str]:
        caption = plain(node.caption)
        found = caption.split("\n") if caption else []
        for row in node.rows:
            cells = [" ".join(" ".join(self.cell(cell.blocks)).split()) for cell in row]
            if any(cells):
                found.append("\t".join(cells))
        return found

    def cell(self, nodes: list[n.Node]) -> list[str]:
        """Return the lines of a cell, never wrapped."""
        prose = _Prose(_CELL)
        prose.bullets = False
        return prose.inside(nodes)

    def definitions(self, node: n.Definitions) -> list[str]:
        found: list[str] = []
        for entry in node.entries:
            found.extend(self.running(plain(entry.term)))
            self.margin += 2
            for blocks in entry.definitions:
                found.extend(_indented(self.inside(blocks)))
            self.margin -= 2
        return found

    def note(self, node: n.Note) -> list[str]:
        mark = f"[{node.label}] "
        self.margin, self.lead = 2, len(mark) - 2
        lines = self.inside(node.blocks)
        self.margin = self.lead = 0
        return [mark + lines[0], *_indented(lines[1:])] if lines else []


def _with_title(node: n.Callout) -> list[n.Node]:
    first = node.blocks[0]
    if node.run_in and isinstance(first, n.Paragraph):
        return [n.Paragraph([*node.title, ": ", *first.inline]), *node.blocks[1:]]
    return [n.Paragraph(node.title), *node.blocks] if node.title else node.blocks


def _indented(lines: list[str]) -> list[str]:
    return [line if isinstance(line, _Raw) or not line else f"  {line}" for line in lines]


def plain(content: n.Inline) -> str:
    """Return inline content as lines of text without markup.

    >>> plain(["2", n.Span("em", [" to "]), n.Formula("x^2"), n.NoteMark("1")])
    '2 to $x^2$[1]'
    """
    text = "".join(map(_word, content))
    if "\n" not in text:
        return folded(text)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _word(node: object) -> str:
    return node if isinstance(node, str) else _WORDS[type(node)](node)


_WORDS: dict[type, Callable[..., str]] = {
    n.Span: lambda node: "".join(map(_word, node.inline)),
    n.Link: lambda node: " " if node.media else "".join(map(_word, node.inline)),
    n.Image: lambda _: "",
    n.CodeSpan: lambda node: str(node.text),
    n.Formula: lambda node: f"${node.latex}$",
    n.NoteMark: lambda node: f"[{node.label}]",
    n.Ruby: lambda node: f"{node.base}({node.reading})" if node.reading else str(node.base),
    n.Break: lambda _: "\n",
}

_CELL = Options()

_INSIDE: dict[type, Callable[..., list[n.Node]]] = {
    n.Quote: lambda node: list(node.blocks),
    n.Figure: lambda node: [*node.blocks, *node.caption],
    n.Callout: _with_title,
    n.Details: lambda node: [n.Paragraph(node.summary), *node.blocks],
}

_UNITS: dict[type, Callable[..., list[str]]] = {
    n.Paragraph: lambda prose, node: prose.running(plain(node.inline)),
    n.Heading: _Prose.heading,
    n.Code: lambda _, node: [_Raw(line) for line in node.text.split("\n")],
    n.Equation: lambda _, node: f"$${node.latex}$$".split("\n"),
    n.List: _Prose.listing,
    n.Table: _Prose.table,
    n.Definitions: _Prose.definitions,
    n.Note: _Prose.note,
}

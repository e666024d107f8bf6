"""Blocks as Markdown."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from cleaner.export import nodes as n
from cleaner.export.markdown.escape import fence, latex, line_start
from cleaner.export.markdown.inline import inline, strong
from cleaner.export.markdown.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.export.options import Options


_CLOSING_MARKS = re.compile(r"(?:^|[ \t])#+\Z")
# A line break inside these would change them.
_UNBROKEN = re.compile(r"(?<![\\`])(`+)(?!`).*?[^`]\1(?!`)|(?<!\\)\$[^$]*\$")
_LAST_BACKSLASH = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")
# After these a term needs no colon.
_ENDS = (":", "：", "?", "？", "!", "！")
# What begins so is no item of a list by itself.
_NO_ITEM = (n.Callout, n.Code, n.Details, n.List, n.Table)
# What begins so is the target of a link where footnotes are unknown, one with a title or without.
_TARGET = re.compile(r"(?!https?:|!?\[)([^\s:]+:)(?=\S+(?:\s+[\"'(]|$))", re.MULTILINE)


class Writer:
    """Writes blocks; nested ones with what stands before each of their lines."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.width = options.wrap
        self.lists = 0  # around what is written

    def document(self, nodes: list[n.Node], *, tight: bool = False) -> str:
        """Return blocks parted by blank lines; in a `tight` item none before an inner list."""
        parts: list[str] = []
        last: n.Node | None = None
        other = False
        for node in nodes:
            if isinstance(node, n.List):
                # Two lists in a row would be one, were it not for their marks.
                other = isinstance(last, n.List) and last.ordered == node.ordered and not other
                text = self.list(node, other=other)
            else:
                text = _WRITERS[type(node)](self, node)
            if not text:
                continue
            if parts:
                close = tight and isinstance(last, n.Paragraph) and _interrupts(node)
                parts.append("\n" if close else "\n\n")
            parts.append(text)
            last = node
        return "".join(parts)

    def heading(self, node: n.Heading) -> str:
        text = inline(node.inline, starts=False).replace("\\\n", " ").replace("\n", " ")
        if _CLOSING_MARKS.search(text):
            text = text[:-1] + "\\#"
        return f"{'#' * node.level} {text}"

    def code(self, node: n.Code) -> str:
        ticks = fence(node.text)
        return f"{ticks}{node.language}\n{node.text}\n{ticks}"

    def callout(self, node: n.Callout) -> str:
        title = inline(node.title).replace("\\\n", " ") if node.title else node.kind.capitalize()
        return f"> [!{node.kind}] {title}\n{_quoted(self.document(node.blocks))}"

    def list(self, node: n.List, *, other: bool = False) -> str:
        """Return a list; `other` takes the other one of Markdown's marks for it."""
        if not self.lists and _lays_out(node):
            return self.document([block for item in node.items for block in item.blocks])
        self.lists += 1
        lines = []
        mark = ")" if other else "."
        number = node.start
        for item in node.items:
            number = item.value or number
            bullet = f"{number}{mark} " if node.ordered else "* " if other else "- "
            text = self.document(item.blocks, tight=True)
            if item.checked is not None:  # after its box, only a paragraph may begin on the line
                gap = " " if isinstance(item.blocks[0], n.Paragraph | n.Figure) else "\n\n"
                text = f"[{'x' if item.checked else ' '}]{gap}{text}"
            lines.append(bullet + indented(text, " " * len(bullet)))
            number += 1
        self.lists -= 1
        return "\n".join(lines)

    def definitions(self, node: n.Definitions) -> str:
        """Return a paragraph for each term in bold: its definition follows, several as a list."""
        return "\n\n".join(map(self._entry, node.entries))

    def _entry(self, entry: n.Entry) -> str:
        bodies = [self.document(blocks) for blocks in entry.definitions]
        if not bodies:
            return strong(entry.term)
        term = strong(entry.term, "" if n.plain(entry.term).endswith(_ENDS) else ":")
        if len(bodies) == 1:
            gap = " " if isinstance(entry.definitions[0][0], n.Paragraph) else "\n\n"
            return term + gap + bodies[0]
        lines = [f"- {indented(body, '  ')}" for body in bodies]
        return f"{term}\n\n" + "\n".join(lines)

    def details(self, node: n.Details) -> str:
        """Return what folds out, under its summary in bold."""
        body = self.document(node.blocks)
        return f"{strong(node.summary)}\n\n{body}" if node.summary else body

    def note(self, node: n.Note) -> str:
        text = self.document(node.blocks)
        if target := _TARGET.match(text):
            text = f"{target[1]} {text[target.end() :]}"
        return f"[^{node.label}]: {indented(text, '    ')}"

    def wrapped(self, text: str) -> str:
        if not self.width or len(text) <= self.width:
            return text
        whole = _UNBROKEN.sub(lambda match: match[0].replace(" ", "\0"), text)
        lines: list[str] = []
        for line in whole.split("\n"):
            broken = textwrap.wrap(
                line, self.width, break_long_words=False, break_on_hyphens=False
            ) or [""]
            # A backslash at the end of a line would be a line break.
            broken[:-1] = [_LAST_BACKSLASH.sub(r"\g<0>\\", line) for line in broken[:-1]]
            lines.extend((broken[0], *map(line_start, broken[1:])))
        return "\n".join(lines).replace("\0", " ")


def _lays_out(node: n.List) -> bool:
    """Return whether the items of a list are sections, or it is a mere box.

    A section stands under its heading, or holds a table. Items inside those of like headings are
    answers to them.
    """
    firsts = [item.blocks[0] for item in node.items]
    if node.ordered or any(item.checked is not None for item in node.items):
        return False
    levels = [first.level for first in firsts if isinstance(first, n.Heading)]
    if all(any(isinstance(block, n.Table) for block in item.blocks) for item in node.items):
        return True
    if len(levels) == len(firsts):
        longest = max(len(item.blocks) for item in node.items)
        return longest > 1 and not _answers(node, min(levels))
    inside = node.items[0].blocks
    return len(firsts) == 1 and (
        isinstance(firsts[0], _NO_ITEM) or any(isinstance(block, n.Heading) for block in inside)
    )


def _answers(node: n.List, level: int) -> bool:
    """Return whether a list holds another whose items have headings of no lower a level."""
    inner = (block for item in node.items for block in item.blocks if isinstance(block, n.List))
    heads = (block.items[0].blocks[0] for block in inner)
    return any(isinstance(head, n.Heading) and head.level <= level for head in heads)


def _interrupts(node: n.Node) -> bool:
    """Return whether a node is a list that may follow a line of text directly."""
    return isinstance(node, n.List) and (not node.ordered or node.start == 1)


def indented(text: str, margin: str) -> str:
    """Return text with a margin before all lines but the first, none before empty ones."""
    if "\n" not in text:
        return text
    first, *rest = text.split("\n")
    return "\n".join((first, *(margin + line if line else "" for line in rest)))


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


_WRITERS: dict[type, Callable[..., str]] = {
    n.Paragraph: lambda writer, node: writer.wrapped(inline(node.inline)),
    n.Heading: Writer.heading,
    n.Code: Writer.code,
    n.Equation: lambda _, node: f"$$\n{latex(node.latex)}\n$$",
    n.Rule: lambda *_: "---",
    n.Quote: lambda writer, node: _quoted(writer.document(node.blocks)),
    n.Callout: Writer.callout,
    n.List: Writer.list,
    n.Table: lambda _, node: table(node),
    n.Definitions: Writer.definitions,
    n.Figure: lambda writer, node: writer.document([*node.blocks, *node.caption]),
    n.Details: Writer.details,
    n.Note: Writer.note,
}

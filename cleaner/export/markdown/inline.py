"""Inline content as Markdown."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from cleaner.export import nodes as n
from cleaner.export.markdown.escape import (
    SUSPECT,
    code_span,
    destination,
    escaped,
    latex,
    line_start,
)

if TYPE_CHECKING:
    from collections.abc import Callable


_DELIMITERS = {"em": "*", "strong": "**", "del": "~~"}
_BAR = "\\vert "
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def inline(content: n.Inline, *, in_table: bool = False, starts: bool = True) -> str:
    """Return inline content as Markdown; `starts` tells that it may stand where a block begins."""
    starts = starts and not in_table
    if len(content) == 1 and isinstance(content[0], str):
        text = escaped(content[0], in_table=in_table)
        return line_start(text) if starts else text
    return _Inline(in_table=in_table).write(content, starts=starts)


class _Inline:
    """Writes inline content; knows whether it stands in a link or in a table."""

    __slots__ = ("in_link", "in_table")

    def __init__(self, *, in_table: bool) -> None:
        self.in_table = in_table
        self.in_link = False

    def write(
        self, content: n.Inline, before: str = "", after: str = "", *, starts: bool = False
    ) -> str:
        """Return inline content as Markdown; `starts` tells that it begins a line."""
        parts: list[str] = []
        last = len(content) - 1
        left = before
        for index, node in enumerate(content):
            right = _first(content[index + 1]) if index < last else after
            if isinstance(node, str):
                text = node
                if SUSPECT.search(text):
                    text = escaped(
                        text, before=left, after=right, in_link=self.in_link, in_table=self.in_table
                    )
                if starts:
                    text = line_start(text, ends=not right or right == "\\")
                    starts = False
            else:
                if isinstance(node, n.Span):
                    text = self.span(node, left, right)
                else:
                    text = _WRITERS[type(node)](self, node)
                starts = isinstance(node, n.Break) and not self.in_table
            parts.append(text)
            left = text[-1] if text else before
        return "".join(parts)

    def span(self, node: n.Span, before: str, after: str) -> str:
        mark = _DELIMITERS.get(node.kind)
        if mark is None:
            return f"<{node.kind}>{self.write(node.inline, '>', '<')}</{node.kind}>"
        only, around = node.inline[0], ""
        if len(node.inline) == 1 and isinstance(only, n.Span) and _joins(node, only):
            mark, around, node = "***", node.kind, only
        # Beside white space the marks of the only span inside may join those of this one.
        inner = [part for part in node.inline if isinstance(part, n.Span)]
        opens, closes = (
            len(inner) == 1 and end is inner[0] and not side.strip()
            for side, end in ((before, node.inline[0]), (after, node.inline[-1]))
        )
        text = self.write(node.inline, before if opens else mark[0], after if closes else mark[0])
        if not text.strip():
            return text
        if (
            _flanks(before, text[0])
            and _flanks(after, text[-1])
            and (opens or text[0] != mark[0])
            and (closes or text[-1] != mark[0])
            and before != mark[0]
            and after != mark[0]
        ):
            return f"{mark}{text}{mark}"
        if mark == "*" and _may_be_underlined(before, text, after):
            return f"_{text}_"
        text = f"<{node.kind}>{text}</{node.kind}>"
        return f"<{around}>{text}</{around}>" if around else text

    def link(self, node: n.Link) -> str:
        was, self.in_link = self.in_link, True
        text = self.write(node.inline, "[", "]")
        self.in_link = was
        return text if was else f"[{text}]({destination(node.url)})"

    def image(self, node: n.Image) -> str:
        alt = escaped(node.alt, before="[", after="]", in_link=True, in_table=self.in_table)
        return f"![{alt}]({destination(node.url)})"

    def formula(self, node: n.Formula) -> str:
        text = latex(node.latex.replace("\n", " "))
        text = re.sub(r"(?<!\\)\$", r"\\$", text)
        return f"${text.replace('|', _BAR) if self.in_table else text}$"


def _joins(outer: n.Span, inner: n.Span) -> bool:
    """Return whether emphasis and strong emphasis of one text are written as `***`."""
    return {outer.kind, inner.kind} == {"em", "strong"} and not (
        isinstance(inner.inline[0], n.Span) or isinstance(inner.inline[-1], n.Span)
    )


def strong(content: n.Inline, *after: str) -> str:
    """Return content in strong emphasis, on one line, with what comes after it."""
    flat: n.Inline = []
    for node in content:
        if isinstance(node, n.Span) and node.kind == "strong":
            flat.extend(node.inline)
        else:
            flat.append(" " if isinstance(node, n.Break) else node)
    return inline([n.Span("strong", merged(flat)), *after])


def merged(content: n.Inline) -> n.Inline:
    """Return content with adjacent texts joined."""
    result: n.Inline = []
    for node in content:
        if result and isinstance(node, str) and isinstance(last := result[-1], str):
            result[-1] = last + node
        else:
            result.append(node)
    return result


def _ruby(node: n.Ruby) -> str:
    base, reading = (_html(text) for text in (node.base, node.reading))
    return f"<ruby>{base}<rp>(</rp><rt>{reading}</rt><rp>)</rp></ruby>" if reading else base


def _html(text: str) -> str:
    return escaped(re.sub("[&<>]", lambda match: _ENTITIES[match[0]], text), before=">", after="<")


def _first(node: object) -> str:
    """Return a character that stands for how a node begins."""
    if isinstance(node, str):
        return node[:1]
    if isinstance(node, n.Span):
        return _DELIMITERS.get(node.kind, "<")[0]
    return _FIRST.get(type(node), "[")


_FIRST = {n.Image: "!", n.CodeSpan: "`", n.Formula: "$", n.Break: "\\", n.Ruby: "<"}


def _flanks(outside: str, inside: str) -> bool:
    """Return whether a delimiter between two characters opens, or closes, towards `inside`."""
    if not inside or inside.isspace():
        return False
    if not outside or outside.isspace():
        return True
    return not _is_punctuation(inside) or _is_punctuation(outside)


def _may_be_underlined(before: str, text: str, after: str) -> bool:
    """Return whether underscores around a text mark it: they touch no word, and no other."""
    return (
        "_" not in f"{before}{text}{after}"
        and all(not side.strip() or _is_punctuation(side) for side in (before, after))
        and _flanks(before, text[0])
        and _flanks(after, text[-1])
    )


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


_WRITERS: dict[type, Callable[..., str]] = {
    n.Link: _Inline.link,
    n.Image: _Inline.image,
    n.CodeSpan: lambda writer, node: code_span(node.text, in_table=writer.in_table),
    n.Formula: _Inline.formula,
    n.NoteMark: lambda _, node: f"[^{node.label}]",
    n.Ruby: lambda _, node: _ruby(node),
    n.Break: lambda writer, _: "<br>" if writer.in_table else "\\\n",
}

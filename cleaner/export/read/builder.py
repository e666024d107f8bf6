# cython: language_level=3, boundscheck=False, initializedcheck=False, annotation_typing=False
"""Builds inline content with white space folded across elements."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from cleaner.export.nodes import Break, CodeSpan, Image, Link, Span
from cleaner.export.read.images import is_same
from cleaner.export.read.tex import formulas_in
from cleaner.export.tree import folded
from cleaner.twins import compiled

if TYPE_CHECKING:
    from cleaner.export.nodes import Inline, InlineNode


class BuilderInPython:
    """Takes text and nodes in order; white space at the edges of markup moves out of it."""

    __slots__ = ("_fresh", "_kinds", "_late", "_levels", "_math", "_space", "_urls")

    def __init__(self, *, math: bool = True) -> None:
        self._math = math
        self._late: list[Link] = []
        self._levels: list[Inline] = [[]]
        self._kinds: list[str] = []
        self._urls: list[str] = []
        self._space = False
        self._fresh = True

    def text(self, text: str) -> None:
        """Add text; its white space folds."""
        words = folded(text)
        if not words:
            self._space = self._space or bool(text)
            return
        self._space = self._space or text[0].isspace()
        if self._math and ("$" in words or "\\" in words):
            for part in formulas_in(words):
                self._add(part)
        else:
            self._add(words)
        self._space = text[-1].isspace()

    def _add(self, part: str | InlineNode) -> None:
        """Add a part to the innermost level; text joins text."""
        self._flush()
        level = self._levels[-1]
        if level and isinstance(part, str) and isinstance(last := level[-1], str):
            level[-1] = last + part
        else:
            level.append(part)

    def node(self, node: InlineNode) -> None:
        """Add a node that stands like a word; a link inside a link comes after it."""
        if isinstance(node, Link) and "a" in self._kinds:
            self._late.append(node)
            return
        self._flush()
        level = self._levels[-1]
        if level and isinstance(node, CodeSpan) and isinstance(last := level[-1], CodeSpan):
            # The fences of two would read as one.
            level[-1] = CodeSpan(last.text + node.text)
        else:
            level.append(node)

    def line_break(self) -> None:
        """Add a line break; those at either end of the content fall away."""
        self._space = False
        if not self._fresh:
            self._levels[-1].append(Break())
            self._fresh = True

    def space(self) -> None:
        """Part what follows from what came."""
        self._space = True

    def open(self, kind: str, url: str = "") -> None:
        """Begin a span of `kind`, or a link to `url`; inside its like it means nothing."""
        if kind in self._kinds:
            kind = url = ""
        self._kinds.append(kind)
        self._urls.append(url)
        self._levels.append([])

    def close(self) -> None:
        """End the innermost span or link; an empty one leaves nothing."""
        inline = self._levels.pop()
        kind, url = self._kinds.pop(), self._urls.pop()
        trailing = 0
        while inline and isinstance(inline[-1], Break):
            inline.pop()
            trailing += 1
        outer = self._levels[-1]
        if inline:
            last = outer[-1] if outer else None
            if url and goes_on(last, url, inline):
                _extend(last.inline, inline)
            elif url and not only_shows(inline, url):
                outer.append(Link(url, inline))
            elif not kind or url:
                _extend(outer, inline)
            elif isinstance(last, Span) and last.kind == kind:
                _extend(last.inline, inline)
            else:
                outer.append(Span(kind, inline))
        if trailing:
            outer.append(Break())
        if self._late and "a" not in self._kinds:
            late, self._late = self._late, []
            for link in late:
                self._space = True
                self.node(link)
                self._space = True

    def finish(self) -> Inline:
        """Return what was built."""
        while self._kinds:
            self.close()
        inline = self._levels[0]
        while inline and isinstance(inline[-1], Break):
            inline.pop()
        return inline

    def _flush(self) -> None:
        """Put a due space before all markup that has just begun."""
        if self._space and not self._fresh:
            levels = self._levels
            index = len(levels) - 1
            while index and not levels[index]:
                index -= 1
            level = levels[index]
            if level and isinstance(level[-1], str):
                level[-1] += " "
            else:
                level.append(" ")
        self._space = self._fresh = False


def goes_on(last: InlineNode | str | None, url: str, inline: Inline) -> TypeGuard[Link]:
    """Return whether the text of a link continues that of one to the same place, as of a word."""
    return (
        isinstance(last, Link)
        and last.url == url
        and not last.media
        and isinstance(last.inline[-1], str)
        and isinstance(inline[0], str)
    )


def only_shows(inline: Inline, url: str) -> bool:
    """Return whether a link leads from an image to nothing but itself."""
    return len(inline) == 1 and isinstance(image := inline[0], Image) and is_same(image.url, url)


def _extend(outer: Inline, inline: Inline) -> None:
    if outer and isinstance(outer[-1], str) and isinstance(inline[0], str):
        outer[-1] += inline.pop(0)  # type: ignore[operator]
    elif (
        outer
        and isinstance(last := outer[-1], Span)
        and isinstance(first := inline[0], Span)
        and last.kind == first.kind
    ):
        _extend(last.inline, first.inline)
        inline.pop(0)
    outer.extend(inline)


if TYPE_CHECKING:
    Builder = BuilderInPython
else:
    Builder = compiled("cleaner.export.read._builder", "Builder", BuilderInPython)

"""Plain text in: lines as blocks, and a way back to the letter."""

from __future__ import annotations

import io
import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

BLANK_REASON = "blank line of a marker"

_WINDOW = 4096  # lines that a stream is judged by at once
_MARGIN = 16  # lines before and after the window that are seen but not judged
_FRONT_MATTER_MOST = 200  # lines

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_KINDS = (
    (re.compile(r"\s{0,3}#{1,6}\s"), "heading"),
    (re.compile(r"\s{0,3}>"), "quote"),
    (re.compile(r"\s*(?:[-*+]\s+(?![-*_\s]*$)(?!.*[-*+]\s*$)|\d{1,3}[.)]\s)"), "list_item"),
    (re.compile(r"\s*\|.*\|\s*$"), "table_cell"),
)
_OPENERS = frozenset("#>-*+|0123456789")


class Judge(Protocol):
    """What tells the markers among lines: `find_markers` with its matcher bound."""

    def __call__(
        self, texts: Sequence[str], kinds: Sequence[str], *, language: str | None
    ) -> Mapping[int, str]:
        """Return the reason for each index that is a marker."""


class Line(NamedTuple):
    r"""One line: `text` without its line `ending` ("\\n", "\\r\\n", "\\r" or "" at the end)."""

    text: str
    ending: str
    kept: bool = True
    reason: str = ""


def split_lines(text: str) -> list[Line]:
    r"""Return the lines of a text; only \n, \r\n and \r end one.

    >>> [(line.text, line.ending) for line in split_lines("a\r\nb")]
    [('a', '\r\n'), ('b', '')]
    """
    return [_line(raw) for raw in io.StringIO(text, newline="")]


def join(lines: Iterable[Line]) -> str:
    r"""Return the kept lines as one text, to the letter.

    >>> join(split_lines("  a\\r\\n\\r\\nb")) == "  a\\r\\n\\r\\nb"
    True
    """
    return "".join(line.text + line.ending for line in lines if line.kept)


def strip_markers(text: str, judge: Judge, language: str | None = None) -> list[Line]:
    """Return every line of `text`, those that are markers not kept.

    With a marker goes one of the blank lines around it, if there is one on either side: a blank
    pair becomes one. Code, tables and front matter of Markdown are not judged.

    Args:
        text: the whole text.
        judge: tells the markers, for example `functools.partial(find_markers, matcher=matcher)`.
        language: BCP 47 tag of the text, if it is known.

    """
    lines = split_lines(text)
    return _judged(lines, line_kinds([line.text for line in lines]), judge, language)


def strip_stream(lines: Iterable[str], judge: Judge, language: str | None = None) -> Iterator[str]:
    """Yield the lines, each with its ending, without the markers; memory is that of a window.

    A text that fits into one window comes out as from `strip_markers`; in a longer one the
    evidence (repetition, language) is that of the window around a line.
    """
    state = _Kinds()
    source = iter(lines)
    before: list[tuple[Line, str]] = []
    ahead: list[tuple[Line, str]] = []
    while True:
        fresh = (_line(raw) for raw in islice(source, _WINDOW + _MARGIN - len(ahead)))
        ahead += [(line, state.of(line.text)) for line in fresh]
        if not ahead:
            return
        last = len(ahead) < _WINDOW + _MARGIN
        size = len(ahead) if last else _WINDOW
        seen = before + ahead
        judged = _judged([line for line, _ in seen], [kind for _, kind in seen], judge, language)
        for line in judged[len(before) : len(before) + size]:
            if line.kept:
                yield line.text + line.ending
        before = ahead[:size][-_MARGIN:]
        ahead = ahead[size:]


def line_kinds(texts: Iterable[str]) -> list[str]:
    """Return the kind of each line: "line", or what Markdown makes of it.

    >>> line_kinds(["# Title", "text", "- item", "| a | b |"])
    ['heading', 'line', 'list_item', 'table_cell']
    """
    state = _Kinds()
    return [state.of(text) for text in texts]


class _Kinds:
    """Tells the kind of one line after the other; knows whether it is inside a fence."""

    def __init__(self) -> None:
        self._fence = ""
        self._count = 0
        self._front = False

    def of(self, text: str) -> str:
        self._count += 1
        if self._count == 1 and text.rstrip() == "---":
            self._front = True
            return "preformatted"
        if self._front:
            ends = text.rstrip() in ("---", "...") or self._count > _FRONT_MATTER_MOST
            self._front = not ends
            return "preformatted"
        if "```" in text or "~~~" in text or self._fence:
            return self._in_fence(text)
        if text.lstrip()[:1] in _OPENERS and text.strip():
            return next((kind for shape, kind in _KINDS if shape.match(text)), "line")
        return "line"

    def _in_fence(self, text: str) -> str:
        fence = _FENCE.match(text)
        if not self._fence:
            self._fence = fence[1] if fence else ""
            return "preformatted" if fence else "line"
        if fence and fence[1].startswith(self._fence) and not text.strip(" `~\t"):
            self._fence = ""
        return "preformatted"


def _line(raw: str) -> Line:
    text = raw.rstrip("\r\n")
    if len(raw) - len(text) > 2:  # not split by us: keep what is inside the line
        text = raw[: -2 if raw.endswith("\r\n") else -1]
    return Line(text, raw[len(text) :])


def _judged(
    lines: list[Line], kinds: Sequence[str], judge: Judge, language: str | None
) -> list[Line]:
    """Return the lines with the judge's verdicts, and without the blank lines that go too."""
    texts = [line.text for line in lines]
    reasons = judge(texts, kinds, language=language)
    for index, reason in reasons.items():
        lines[index] = lines[index]._replace(kept=False, reason=reason)
    for index in reasons:
        blank = _blank_to_drop(lines, index)
        if blank is not None:
            lines[blank] = lines[blank]._replace(kept=False, reason=BLANK_REASON)
    return lines


def _blank_to_drop(lines: list[Line], index: int) -> int | None:
    """Return the blank line after a marker if another, or the text's edge, is on its other side."""
    before = index - 1
    while before >= 0 and not lines[before].kept:
        before -= 1
    after = index + 1
    while after < len(lines) and not lines[after].kept:
        after += 1
    blank_before = before < 0 or not lines[before].text.strip()
    blank_after = after >= len(lines) or not lines[after].text.strip()
    if not (blank_before and blank_after):
        return None
    if after < len(lines):
        return after
    return before if before >= 0 else None

"""Plain text in: lines as blocks, and a way back to the letter."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, islice
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

BLANK_REASON = "blank line of a marker"

_WINDOW = 4096  # lines that a stream is judged by at once
_MARGIN = 16  # lines before and after the window that are seen but not judged
_ROUNDS = 16  # looks at what is left, at the most: two are nearly always enough
_FRONT_MATTER_MOST = 200  # lines
_ENDINGS = "\r\n"

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_KINDS = (
    (re.compile(r"\s{0,3}#{1,6}\s"), "heading"),
    (re.compile(r"\s{0,3}>(?!>)"), "quote"),
    (re.compile(r"\s*(?:[-*+]\s+(?![-*_\s]*$)(?!.*[-*+]\s*$)|\d{1,3}[.)]\s)"), "list_item"),
    (re.compile(r"\s*\|.*\|\s*$"), "table_cell"),
)
_WHOLE = ("preformatted", "table_cell")
_OPENERS = frozenset("#>-*+|0123456789")


class Judge(Protocol):
    """What tells the markers among lines: `find_markers` with its matcher bound."""

    def __call__(
        self, texts: Sequence[str], kinds: Sequence[str], *, language: str | None
    ) -> Mapping[int, str]:
        """Return the reason for each index that is a marker."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text: each with its ending, and without; and why some go, by their index."""

    raw: list[str]
    texts: list[str]
    dropped: dict[int, str]

    @property
    def kept(self) -> list[bool]:
        """Whether each line stays."""
        return [index not in self.dropped for index in range(len(self.raw))]

    @property
    def text(self) -> str:
        """The lines that stay as one text, to the letter."""
        return "".join(compress(self.raw, self.kept))


def split_lines(text: str) -> list[str]:
    r"""Return the lines of a text, each with its ending; only \n, \r\n and \r end one.

    >>> split_lines("a\r\nb")
    ['a\r\n', 'b']
    """
    return list(io.StringIO(text, newline=""))


def cut_lines(raw: Sequence[str]) -> list[str]:
    """Return the lines, each with its ending; long ones in pieces, then their ending.

    Code, tables and front matter of Markdown stay as they are.
    """
    from cleaner.content.line_units import cut

    texts = texts_of(raw)
    kinds = line_kinds(texts)
    out: list[str] = []
    for index, line in enumerate(texts):
        pieces = cut(line)
        if len(pieces) > 1 and kinds[index] not in _WHOLE:
            ending = raw[index][len(line) :]
            out += [*pieces, ending] if ending else pieces
        else:
            out.append(raw[index])
    return out


def texts_of(lines: Iterable[str]) -> list[str]:
    """Return the lines without their endings."""
    return [line.rstrip(_ENDINGS) for line in lines]


def judge_markers(raw: list[str], judge: Judge, language: str | None = None) -> Lines:
    """Return the lines of a text, or pieces of them, and which are markers.

    With a marker goes one of the blank lines around it, if there is one on either side: a blank
    pair becomes one. Code, tables and front matter of Markdown are not judged.

    Args:
        raw: the lines, see `split_lines` and `cut_lines`.
        judge: tells the markers, for example `functools.partial(find_markers, matcher=matcher)`.
        language: BCP 47 tag of the text, if it is known.

    """
    texts = texts_of(raw)
    return Lines(raw, texts, _dropped(texts, line_kinds(texts), judge, language))


def strip_stream(lines: Iterable[str], judge: Judge, language: str | None = None) -> Iterator[str]:
    """Yield the lines, each with its ending, without the markers; memory is that of a window.

    A text that fits into one window comes out as from `judge_markers`; in a longer one the
    evidence (repetition, language) is that of the window around a line.
    """
    source = iter(lines)
    code = _Code()
    seen: list[str] = []  # the margin before the window, the window, and the margin after it
    inside: set[int] = set()
    done = 0  # of those seen, how many have been judged
    while True:
        fresh = list(islice(source, _WINDOW + _MARGIN - (len(seen) - done)))
        inside.update(len(seen) + index for index in code.inside(fresh))
        seen += fresh
        end = done + _WINDOW if len(seen) - done == _WINDOW + _MARGIN else len(seen)
        texts = texts_of(seen)
        dropped = _dropped(texts, _Kinds(texts, inside), judge, language)
        window = range(done, end)
        yield from (seen[index] for index in window if index not in dropped)
        if end == len(seen):
            return
        start = end - _MARGIN
        seen, done = seen[start:], _MARGIN
        inside = {index - start for index in inside if index >= start}


def line_kinds(texts: Sequence[str]) -> _Kinds:
    """Return the kind of each line: "line", or what Markdown makes of it.

    >>> list(line_kinds(["# Title", "text", "- item", "| a |"]))
    ['heading', 'line', 'list_item', 'table_cell']
    """
    return _Kinds(texts, set(_Code().inside(texts)))


class _Kinds(Sequence[str]):
    """The kinds of lines, each told when asked for: few are."""

    def __init__(self, texts: Sequence[str], inside: Set[int]) -> None:
        self._texts = texts
        self._inside = inside

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, index: int) -> str:  # type: ignore[override]
        text = self._texts[index]
        if index in self._inside:
            return "preformatted"
        if text.lstrip()[:1] in _OPENERS and text.strip():
            return next((kind for shape, kind in _KINDS if shape.match(text)), "line")
        return "line"

    def only(self, indices: Sequence[int]) -> _Kinds:
        """Return the kinds of some of the lines, as those of a text of these lines alone."""
        inside = {new for new, index in enumerate(indices) if index in self._inside}
        return _Kinds([self._texts[index] for index in indices], inside)


class _Code:
    """Finds the lines that stand in fenced code or front matter, over the parts of one text."""

    def __init__(self) -> None:
        self._fence = ""
        self._count = 0
        self._front = False

    def inside(self, lines: Sequence[str]) -> Iterator[int]:
        """Yield the indices of those lines of the text's next part; all must be asked for."""
        for start in range(0, len(lines), _WINDOW):
            part = lines[start : start + _WINDOW]
            whole = "".join(part)
            front = not self._count and whole.startswith("---")
            if front or self._front or self._fence or "```" in whole or "~~~" in whole:
                yield from (start + index for index, line in enumerate(part) if self._holds(line))
            else:
                self._count += len(part)

    def _holds(self, line: str) -> bool:
        self._count += 1
        if self._count == 1 and line.rstrip() == "---":
            self._front = True
        elif self._front:
            ends = line.rstrip() in ("---", "...") or self._count > _FRONT_MATTER_MOST
            self._front = not ends
        elif not self._fence:
            fence = _FENCE.match(line)
            self._fence = fence[1] if fence else ""
            return bool(fence)
        else:
            fence = _FENCE.match(line)
            if fence and fence[1].startswith(self._fence) and not line.strip(" `~\t\r\n"):
                self._fence = ""
        return True


def _dropped(
    texts: Sequence[str], kinds: _Kinds, judge: Judge, language: str | None
) -> dict[int, str]:
    """Return the lines that go, each with its reason: markers, and blank lines around them.

    What is left is judged as a text of its own until nothing more goes: a line that has lost its
    neighbours may be a marker, and a second cleaning shall find no other than the first.
    """
    dropped: dict[int, str] = {}
    rest: Sequence[int] = range(len(texts))
    for _ in range(_ROUNDS):
        found = _dropped_at_once(texts, kinds, judge, language)
        if not found:
            break
        dropped |= {rest[index]: why for index, why in found.items()}
        stay = [index for index in range(len(texts)) if index not in found]
        rest = [rest[index] for index in stay]
        texts, kinds = [texts[index] for index in stay], kinds.only(stay)
    return dropped


def _dropped_at_once(
    texts: Sequence[str], kinds: _Kinds, judge: Judge, language: str | None
) -> dict[int, str]:
    """Return the markers of a text and the blank lines around them.

    Of the lines that go together, each marker takes the blank line after them if another, or the
    text's edge, is before them.
    """
    dropped = dict(judge(texts, kinds, language=language))
    before, after = -1, 0  # the next lines that stay
    for index in sorted(dropped):
        if index >= after:
            before, after = index - 1, index + 1
        after = _staying(dropped, after, 1)
        before = _staying(dropped, before, -1)
        if (before < 0 or not texts[before].strip()) and (
            after >= len(texts) or not texts[after].strip()
        ):
            blank = after if after < len(texts) else before
            if blank >= 0:
                dropped[blank] = BLANK_REASON
        after = _staying(dropped, after, 1)
    return dropped


def _staying(dropped: Mapping[int, str], index: int, step: int) -> int:
    while index in dropped:
        index += step
    return index

"""Texts whose line breaks are not those of a page's blocks, and what is judged of them.

A dump of a page breaks its lines where the page has elements: inside a sentence, at every link;
or nowhere, if the page's source has no line breaks. Of such a loose text, a line that goes on in
the next one is judged together with it, and a long line is cut at its seams, where the words of
two elements stand beside each other: "MenuArticle", "end.Next", "Menu   Article".
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Codes = NDArray[np.uint8]
    Bools = NDArray[np.bool_]

_LONG = 300
"""Characters past which a line is looked at for seams."""
_FEW = 3
"""Seams of a kind that a paragraph may have by itself."""
_ENDLESS = 1000
"""Characters past which what has no seams is cut at its sentences."""
_CUT, _FLOWING = 0.2, 0.05
"""Shares of the characters in lines that were cut, of the lines that go on: past either of
them, a text is loose."""
_CASED = 0x2E80
"""Characters past this one have no capitals, or are rare."""
_LOWER, _UPPER, _SPACE, _TAB, _STOP, _QUOTE, _DIGIT, _UNSPACED_STOP = range(1, 9)
_WHITE = np.isin(np.arange(9), (_SPACE, _TAB))
_LISTED = {
    **dict.fromkeys(".!?…؟।۔", _STOP),
    **dict.fromkeys("。！？", _UNSPACED_STOP),
    **dict.fromkeys("\"'”“»’)]", _QUOTE),
    "\t": _TAB,
}
_CATEGORIES = {"Ll": _LOWER, "Lu": _UPPER, "Lt": _UPPER, "Nd": _DIGIT, "Zs": _SPACE, "Cc": _SPACE}
_GLUED = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[.!?…][\"'”“»’)\]]?(?=[^\W\d_])")
_GOES_ON = frozenset(",.;:!?…)]}’”»%，。；：！？、）」』،؛؟")
"""What no line of its own begins with."""
_STAYS_OPEN = frozenset(",;([{“«„，；、（「『،؛")
"""What no line of its own ends with."""
_ENDS = frozenset(".!?…:。！？：؟।۔")


def cut(line: str) -> list[str]:
    """Return the pieces of a line, which make it up to the letter; most lines are one piece.

    A line of more than 300 characters is cut at its seams, gaps or glued words, if there are more
    than three, and a piece of more than 1000 at the ends of its sentences.

    >>> cut("Home   News")
    ['Home   News']
    >>> cut("Home   News   Sport   Contact   Search" + " and more" * 40)[:4]
    ['Home   ', 'News   ', 'Sport   ', 'Contact   ']
    """
    if len(line) <= _LONG:
        return [line]
    kinds = _kinds(line)
    white = _WHITE[kinds]
    inside = _inside(white)
    seams = inside & _seams(line, kinds, white)
    ends = inside & _sentence_ends(kinds, white)
    bounds = [0, *np.flatnonzero(seams).tolist(), len(line)]
    starts = [
        start + int(end)
        for start, after in pairwise(bounds)
        for end in (0, *(np.flatnonzero(ends[start:after]) if after - start > _ENDLESS else ()))
    ]
    return [line[start:end] for start, end in pairwise((*sorted({*starts}), len(line)))]


def is_loose(pieces: Sequence[str]) -> bool:
    r"""Return whether the line breaks of a text are not those of blocks; lines come with endings.

    >>> is_loose(["Home\n", "He came\n", "to town.\n"]), is_loose(["Home\n", "He came.\n"])
    (True, False)
    """
    inside = sum(len(piece) for piece, _ in pairwise(pieces) if piece[-1:] not in ("\n", "\r"))
    lines = [piece.strip() for piece in pieces]
    flowing = sum(bool(a and b and _flows(a, b)) for a, b in pairwise(lines))
    whole, count = sum(map(len, pieces)), sum(map(bool, lines))
    return inside > _CUT * whole or flowing > _FLOWING * count


def units(lines: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return the texts to judge, and for each stripped line the number of its own, -1 if empty.

    A line belongs to the one before it if that one is not blank and goes on: the line begins
    with a small letter or with what closes, or the one before ends with what opens.

    >>> units(["Han kom", "til byen", ", sa hun.", "", "menu"])
    (['Han kom til byen , sa hun.', 'menu'], [0, 0, 0, -1, 1])
    """
    parts: list[list[str]] = []
    numbers = []
    before = ""
    for line in lines:
        if before and line and _flows(before, line):
            parts[-1].append(line)
        elif line:
            parts.append([line])
        numbers.append(len(parts) - 1 if line else -1)
        before = line
    return [" ".join(part) for part in parts], numbers


def _flows(before: str, line: str) -> bool:
    first, last = line[0], before[-1]
    return first in _GOES_ON or last in _STAYS_OPEN or (first.islower() and last not in _ENDS)


@cache
def _table() -> Codes:
    table = np.zeros(0x10000, dtype=np.uint8)
    for code in range(_CASED):
        table[code] = _CATEGORIES.get(unicodedata.category(chr(code)), 0)
    for char, kind in _LISTED.items():
        table[ord(char)] = kind
    return table


def _kinds(line: str) -> Codes:
    codes = np.frombuffer(line.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    kinds: Codes = _table()[np.minimum(codes, 0xFFFF)]
    return kinds


def _moved(values: NDArray[Any], by: int) -> NDArray[Any]:
    """Return for each character the value of the one `by` places before it, 0 past the ends."""
    moved = np.zeros_like(values)
    if by > 0:
        moved[by:] = values[:-by]
    else:
        moved[:by] = values[-by:]
    return moved


def _seams(line: str, kinds: Codes, white: Bools) -> Bools:
    """Return for each character whether two elements meet before it.

    Words are glued if at least one is glued to the end of a sentence: "JavaScript" is a name.
    """
    one = _moved(kinds, 1)
    found = np.zeros(len(line), dtype=bool)
    gap = _moved(white, 1) & (_moved(white, 2) | (one == _TAB)) & ~white
    if np.count_nonzero(gap & (_moved(kinds, 3) != _STOP)) > _FEW:
        found |= gap
    ends = [match.end() for match in _GLUED.finditer(line) if match[1].islower()]
    if ends:
        begins = (kinds == _UPPER) & (_moved(kinds, -1) == _LOWER)
        sentences = np.zeros_like(found)
        sentences[ends] = begins[ends]
        words = sentences | (begins & ((one == _LOWER) | (one == _DIGIT)))
        if sentences.any() and np.count_nonzero(words) > _FEW:
            found |= words
    return found


def _sentence_ends(kinds: Codes, white: Bools) -> Bools:
    """Return for each character whether a sentence begins with it."""
    one, two = _moved(kinds, 1), _moved(kinds, 2)
    ended = (two == _STOP) | ((two == _QUOTE) & (_moved(kinds, 3) == _STOP))
    begins: Bools = (_moved(white, 1) & ~white & ended) | (one == _UNSPACED_STOP)
    return begins


def _inside(white: Bools) -> Bools:
    """Leave out the first characters, which have nothing before them, and the last."""
    inside = np.ones_like(white)
    inside[: int(white.argmin()) + 1] = False
    inside[-1:] = False
    return inside

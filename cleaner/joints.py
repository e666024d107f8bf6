"""joints: where words end inside a block, beyond the white space of its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.scripts import FIRST_UNSPACED

if TYPE_CHECKING:
    from cleaner.document import Layout

# What nothing is seen of, and what only the fonts of icons draw.
_NOT_SEEN = "\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc\ue000-\uf8ff"
_SEEN = re.compile(rf"[^\s{_NOT_SEEN}]")
UNSEEN = re.compile(f"[{_NOT_SEEN}]")
FIRST_WIDE = "\u2e80"
_WIDE = "\u2e80-\u2fff\u3001-\u312f\u31f0-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff"
LINE_END = re.compile(rf"(?<=[{_WIDE}])[ \t\r]*\n\s*(?=[{_WIDE}])")
"""The end of a line of source between two letters of scripts without spaces."""

_LAST_WORD, _FIRST_WORD = re.compile(r"[^\W_]+\Z"), re.compile(r"[^\W_]+")
_PARTS = frozenset(("span", "a", "time"))
_ASIDE = frozenset(("small", "span", "time"))
ENDS = ".!?…”"
"""What a text ends with that may need a space before the next."""
# Of several words: a name in code has dots too.
_SENTENCE = re.compile(rf"\s\S*[^\W\d_]{{2}}[{ENDS}]\Z")
_CODE = frozenset(("code", "kbd", "samp", "tt", "pre"))
_LONGEST_WORD = 20
# A number may go on with an ending or a unit: "22nd", "9kg".
_LONGEST_ENDING = 2


def settled(layout: Layout, start: int) -> str:
    """Return the text of the pieces from `start` on, once their words end where they do."""
    pieces = layout.pieces
    for at in range(start, len(pieces) - 1):
        if meet(pieces[at], pieces[at + 1]):
            part(layout, at)
    raw = "".join(pieces[start:])
    if raw.isascii():
        return raw
    if not shows(raw):
        return without(UNSEEN, pieces, start)
    return without(LINE_END, pieces, start) if "\n" in raw and max(raw) > FIRST_WIDE else raw


def meet(left: str, right: str) -> bool:
    """Tell two pieces of text that may need a space between.

    >>> meet("Oil", "lamp"), meet("Oil.", "lamp"), meet("Oil ", "lamp"), meet("Oil", ", lamp")
    (True, True, False, False)
    """
    return right[:1].isalnum() and left != "" and (left[-1].isalnum() or left[-1] in ENDS)


def shows(text: str) -> bool:
    """Tell a text of which something is seen.

    >>> shows("\u200b\xad"), shows("\u200bo")
    (False, True)
    """
    return _SEEN.search(text) is not None


def without(pattern: re.Pattern[str], pieces: list[str], start: int) -> str:
    """Take what a pattern finds out of the last pieces; return the text that they are then.

    >>> without(LINE_END, ["東\\n京", "de\\nto"], 0)
    '東京de\\nto'
    """
    pieces[start:] = [pattern.sub("", piece) for piece in pieces[start:]]
    return "".join(pieces[start:])


def part(layout: Layout, at: int) -> None:
    """End a piece with a space if it and the next stand in parts of a layout, not of a word."""
    left, right = layout.pieces[at : at + 2]
    if right[0] >= FIRST_UNSPACED or (left[-1] >= FIRST_UNSPACED and left[-1] not in ENDS):
        return
    nodes = layout.piece_nodes[at : at + 2]
    ended = right[0].isupper() and _SENTENCE.search(left[-_LONGEST_WORD:]) is not None
    if _is_source(layout, *nodes) or (
        (ended or _may_end(left, right)) and _are_parts(layout, *nodes, ended=ended)
    ):
        layout.pieces[at] = f"{left} "


def _is_source(layout: Layout, left: int, right: int) -> bool:
    """Tell a text with which an element begins that says whose words the text before is."""
    while right > left:
        if layout.tags[right] == "cite":
            return True
        right = layout.parents[right]
    return False


def _may_end(left: str, right: str) -> bool:
    """Tell a word that is more than a first letter, and a number that does not go on."""
    last, first = _LAST_WORD.search(left[-_LONGEST_WORD:]), _FIRST_WORD.match(right)
    if last is None or first is None:
        return False
    is_short = len(first[0]) <= _LONGEST_ENDING
    if len(last[0]) == 1:  # "1Trim", but no "lamp" after its initial, and "3D"
        return last[0].isdecimal() and first[0].istitle() and not is_short
    return not (is_short and first[0].islower() and last[0].isdecimal())


def _are_parts(layout: Layout, left: int, right: int, *, ended: bool) -> bool:
    """Tell the texts of neighbours: spans or links that their classes tell apart, or times.

    After the end of a sentence, what has a class is one beside the text around it.
    """
    parents, tags, attributes = layout.parents, layout.tags, layout.attributes
    if right < left:
        return False  # the text after an element, in the one around it
    while parents[right] > left:
        right = parents[right]
    around = parents[right]
    if tags[around] in _CODE:
        return False
    if around == left:
        return ended and tags[right] in _ASIDE
    while parents[left] != around:
        left = parents[left]
    kinds = {tags[left], tags[right]}
    if "time" in kinds or not kinds <= _PARTS:
        return kinds <= _PARTS
    before, after = (attributes[node].get("class") for node in (left, right))
    return bool(before and after and (before != after or kinds == {"a"}))

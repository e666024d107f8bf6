"""joints: where words end inside a block, beyond the white space of its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.in_line import is_block
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
IMAGES = frozenset(("img", "amp-img"))
_PARTS = frozenset(("span", "a", "time", "label"))
_ASIDE = frozenset(("small", "span", "time"))
_BESIDE = _PARTS | _ASIDE
_NOTES = ("sidenote", "footnote", "marginnote", "margin-note")
_TOLD_BY_TAG = frozenset(("time", "label"))
_UNSHOWN = "invisible"
"""How Mastodon and what is like it call the ends of a long address."""
_LABELS = frozenset(("classifier", "mlabel"))
"""How docutils calls the type of what a term names, and Doxygen what is said of a member."""
_STOPS, _SIGNS = ".!?…”", "%$£¥€₹₽"
BEGINS = f"#{_SIGNS}"
"""What a word or number may begin with."""
ENDS = f"{_STOPS}:){_SIGNS}"
"""What a text ends with that may need a space before the next."""
# Of several words: a name in code has dots too.
_SENTENCE = re.compile(rf"\s\S*[^\W\d_]{{2}}[{_STOPS}]\Z")
_MARK = re.compile(r"\(?\w{1,4}\)")  # "(a)", "iv)"
_CODE = frozenset(("code", "kbd", "samp", "tt", "pre"))
_LONGEST_WORD = 20
# A number may go on with an ending or a unit: "22nd", "9kg".
_LONGEST_ENDING = 2


def settled(layout: Layout, start: int) -> str:
    """Return the text of the pieces from `start` on, once their words end where they do."""
    pieces = layout.pieces
    last, pictured = start, False
    for at in range(start + 1, len(pieces)):
        if not pieces[at]:
            pictured |= layout.tags[layout.piece_nodes[at]] in IMAGES
            continue
        if meet(pieces[last], pieces[at]) and (pictured or last + 1 == at):
            part(layout, last, at, pictured=pictured)
        last, pictured = at, False
    raw = "".join(pieces[start:])
    if raw.isascii():
        return raw
    if not shows(raw):
        return without(UNSEEN, pieces, start)
    return without(LINE_END, pieces, start) if "\n" in raw and max(raw) > FIRST_WIDE else raw


def meet(left: str, right: str) -> bool:
    """Return whether two pieces of text may need a space between them.

    >>> meet("Oil", "lamp"), meet("Oil.", "lamp"), meet("Oil ", "lamp"), meet("Oil", ", lamp")
    (True, True, False, False)
    >>> meet("Oil", "£9"), meet("C", "#")
    (True, False)
    """
    begins = right[:1].isalnum() or (right[:1] in BEGINS and right[1:2].isalnum())
    return begins and left != "" and (left[-1].isalnum() or left[-1] in ENDS)


def shows(text: str) -> bool:
    """Return whether any character of a text is visible.

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


def part(layout: Layout, at: int, after: int, *, pictured: bool) -> None:
    """End a piece with a space if it and the next stand in parts of a layout, not of a word.

    `pictured` says that an image stands between them.
    """
    if layout.begins_cleaned():
        return  # the HTML of a document: its words end where they do
    left, right = layout.pieces[at], layout.pieces[after]
    if _is_unspaced(right[0]) or (_is_unspaced(left[-1]) and left[-1] not in ENDS):
        return
    nodes = layout.piece_nodes[at], layout.piece_nodes[after]
    # An image dropped into a word has the rest of it right after.
    parted = (pictured and not right[0].islower()) or _is_apart(layout, *nodes)
    if parted or (_are_parts(layout, at, after) and _may_end(left, right)):
        layout.pieces[at] = f"{left} "


def _is_unspaced(character: str) -> bool:
    """Return whether a letter is of a script without spaces: from Thai on, all but Hangul."""
    return character >= FIRST_UNSPACED and not "\uac00" <= character <= "\ud7af"


def _is_apart(layout: Layout, left: int, right: int) -> bool:
    """Return whether a text begins a `<cite>`, a label of `_LABELS`, or a second `<label>`."""
    while right > left:
        tag = layout.tags[right]
        if tag == "cite" or (tag == "label" and layout.nearest(left, ("label",), 3) >= 0):
            return True
        if layout.attributes[right].get("class") in _LABELS:
            return True
        right = layout.parents[right]
    return False


def _may_end(left: str, right: str) -> bool:
    """Return whether a word may end between two texts, judged by their characters.

    It does after more than a first letter, a number that does not go on, a sentence, a label.

    >>> _may_end("Oil", "Lamp"), _may_end("Oil:", "9"), _may_end("It is.", "Lamp")
    (True, True, True)
    >>> _may_end("O", "il"), _may_end("3", "D"), _may_end("oil.", "Lamp"), _may_end("9:", "30")
    (False, False, False, False)
    """
    said = left[-_LONGEST_WORD:].rstrip(f"{ENDS} ")
    last, first = _LAST_WORD.search(said), _FIRST_WORD.match(right.lstrip(BEGINS))
    end = left[-1]
    if first is None or (last is None and end not in _SIGNS):
        return False
    word, counts = first[0], first[0][0].isdecimal()
    is_number = last is not None and last[0].isdecimal()
    if end in _SIGNS:
        return is_number or not counts
    if end == ")":
        return _MARK.fullmatch(left.strip()) is not None
    if end in _STOPS:
        is_name = end == "." and " " not in left.strip() and not is_number
        return not (word[0].islower() or counts or is_name)
    is_long = end == ":" or (last is not None and len(last[0]) > 1)
    if not is_number:
        return is_long or word.istitle()
    goes_on = len(word) <= _LONGEST_ENDING and (word.islower() or not is_long)  # "22nd", "3D"
    return is_long and end != ":" if counts else not goes_on


def _are_parts(layout: Layout, at: int, next_to: int) -> bool:
    """Return whether two texts stand in elements that are parts of a layout, not of one word.

    Parts are spans or links that differ by class or by letters, times, labels, components, and what
    is shown as a block. After the end of a sentence, a span or a link of several words is one
    beside the text around it.
    """
    parents, tags, attributes = layout.parents, layout.tags, layout.attributes
    left, right = layout.piece_nodes[at], layout.piece_nodes[next_to]
    one = other = -1  # what holds each text, where that is not in the element around both
    while left != right:
        if right > left:
            other, right = right, parents[right]
        else:
            one, left = left, parents[left]
    if tags[left] in _CODE:
        return False
    before, after = layout.pieces[at], layout.pieces[next_to]
    nodes = [node for node in (one, other) if node >= 0]
    if any(is_block(attributes[node]) for node in nodes):
        return True
    ended = not after[0].islower() and _SENTENCE.search(before[-_LONGEST_WORD:]) is not None
    if len(nodes) == 2:
        return _tell_apart(layout, one, other, (before, after), ended=ended)
    classes = attributes[nodes[0]].get("class", "") if nodes else ""
    # A note, or its mark, stands at its word.
    notes = after[0].isdecimal() and before[-1] != ":"
    notes = notes or any(name in classes for name in _NOTES)
    # A link of one word may be the last part of a name: "java.util.List".
    asides = _ASIDE if " " not in after.strip() else _ASIDE | {"a"}
    is_aside = ended and other >= 0 and tags[other] in asides
    is_part = all(tags[node] in _BESIDE for node in nodes)
    return is_aside or (is_part and not notes and _is_seam(before, after))


def _tell_apart(
    layout: Layout, one: int, other: int, texts: tuple[str, str], *, ended: bool
) -> bool:
    """Return whether two elements are parts, by their tags, classes, addresses or texts."""
    first, second = layout.attributes[one], layout.attributes[other]
    kinds = {layout.tags[one], layout.tags[other]}
    if kinds & _TOLD_BY_TAG or not kinds <= _PARTS:
        return "time" in kinds or kinds <= _PARTS or all("-" in tag for tag in kinds)
    classes = first.get("class"), second.get("class")
    if _UNSHOWN in classes:
        return False
    links = kinds == {"a"}
    begins = texts[1][0].isupper() or texts[1][0] in BEGINS
    led = links and begins and first.get("href") != second.get("href")
    named = all(classes) and (links or classes[0] != classes[1])
    buttons = first.get("role") == second.get("role") == "button"
    return bool(named or led or ended or buttons or _is_seam(*texts))


def _is_seam(left: str, right: str) -> bool:
    """Return whether two texts are hardly one word.

    A label, a number before a word, or a small letter before what begins anew.

    >>> _is_seam("oil", "Lamp"), _is_seam("oil", "9"), _is_seam("Oil:", "on"), _is_seam("1", "Oil")
    (True, True, True, True)
    >>> _is_seam("oil", "lamp"), _is_seam("OI", "Lamp"), _is_seam(".mp", "4"), _is_seam("3", "D")
    (False, False, False, False)
    """
    if left.rstrip(".")[-1:].isdecimal():
        return right[:1].isupper() and right[1:2].islower()
    begins = right[:2].istitle() or (right[:1].isdecimal() and left[-3:].isalpha())
    return left.endswith(":") or (left[-1:].islower() and begins)

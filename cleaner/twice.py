"""UTF-8 that was read as Latin-1 and written as UTF-8: "blÃ¥bÃ¦r" for "blåbær"."""

from __future__ import annotations

import re
from typing import Final

_BYTES: Final = {
    ord(character): byte
    for byte in range(0x80, 0xA0)
    if (character := bytes([byte]).decode("cp1252", "ignore"))
}
"""The characters that windows-1252 has where Latin-1 has controls, and their bytes."""
_REST = "[\x80-\xbf" + "".join(map(chr, _BYTES)) + "]"
# A set of its own comes first: the search for that is much quicker than for one of several.
_SEQUENCE = re.compile(
    f"[\xc2-\xf4](?:(?<=[\xc2-\xdf]){_REST}|(?<=[\xe0-\xef]){_REST}{{2}}|(?<=[\xf0-\xf4]){_REST}{{3}})"
)
_HINT = re.compile(rb"\xc3[\x82-\xb4](?:\xc2|\xc5|\xc6|\xcb|\xe2[\x80\x82\x84])")
_NEAR = 16_384
"""Bytes from the first letter on in which one that was encoded twice must come."""
_LEAST, _LONGEST = 3, 4
_OWN: Final = b'<article data-cleaned="">'
"""What the HTML of a document begins with: it was read right, whatever it speaks of."""


def read_once_more(source: str | bytes) -> str | None:
    """Return a page as it was before it was encoded twice; None if it seems to be right.

    It was if three of its characters or more make up UTF-8, and at most half as many are others
    outside ASCII: those stay, as a template may be right around text that is not.

    >>> read_once_more("<p>blÃ¥bÃ¦rsyltetÃ¸y")
    '<p>blåbærsyltetøy'
    """
    own = _OWN if isinstance(source, bytes) else _OWN.decode()
    if source.isascii() or source.startswith(own):  # type: ignore[arg-type]
        return None
    data = source.encode("utf-8", "replace") if isinstance(source, str) else source
    first = data.find(b"\xc3")
    if first < 0 or not _HINT.search(data, first, first + _NEAR):
        return None
    hints = len(_HINT.findall(data))
    if hints < _LEAST:
        return None
    text = source if isinstance(source, str) else source.decode()
    count = len(text) - len(text.encode("ascii", "ignore"))
    if 2 * (count - _LONGEST * hints) > hints:
        return None  # before the costly look: each of what is found has its hint
    found = _SEQUENCE.findall(text)
    others = count - sum(map(len, found))
    if len(found) < _LEAST or 2 * others > len(found):
        return None
    return _SEQUENCE.sub(_read, text)


def _read(sequence: re.Match[str]) -> str:
    try:
        return sequence[0].translate(_BYTES).encode("latin-1").decode()
    except UnicodeDecodeError:
        return sequence[0]

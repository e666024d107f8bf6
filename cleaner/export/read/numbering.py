"""What numbers the items of a list, and what begins the lines that are items."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


SIGNS = "•●▪◦‣■○►➢➤"
"""Bullets that a page writes itself."""
FIRST = "01["
"""What the first number of a list begins with."""
STARTS = f"{SIGNS}0123456789"
"""What a line begins with that may be an item."""
FEWEST = 2
"""Lines that are a list at the least: one by itself stays."""
_ONE = re.compile(r"\[?0?1(?:[]).、．]|\Z)")
_LETTERED = re.compile(r"list-style[^;]*:[^;]*\b(lower|upper)-(alpha|latin|roman)\b")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LINE = re.compile(rf"^(?:[{SIGNS}]|[0-9]{{1,3}}(?:[.)]\s|[、．]))", re.MULTILINE)


def has_items(text: str) -> bool:
    """Return whether a line of a text begins with a bullet or a number.

    >>> has_items("Bring:\\n• rope"), has_items("2) rope"), has_items("9 • 10"), has_items("2.5 m")
    (True, True, False, False)
    """
    return (text[:1] in STARTS or "\n" in text) and _LINE.search(text) is not None


def may_count(text: str, begin: str) -> bool:
    """Return whether the text of an item may begin with the first number of a list.

    `begin` is what of it stands in its first element: a number without a mark stands alone.

    >>> may_count("[01] Oil", "[01] Oil"), may_count("1 Oil", "1"), may_count("1 cup", "1 cup")
    (True, True, False)
    """
    return any(_ONE.match(part) for part in (text, begin.strip()))


def number_of(value: str) -> int:
    """Return the number that a text is, 0 if it is none."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 9 else 0


def is_counted(attributes: Mapping[str, str]) -> bool:
    """Return whether the style of an item gives it a number: `list-style-type: decimal`."""
    style = attributes.get("style", "")
    return "list-style" in style and "decimal" in style


def letters_of(attributes: Mapping[str, str]) -> str:
    """Return what a list counts in: "a", "A", "i" or "I", "" for numbers.

    >>> letters_of({"type": "I"}), letters_of({"style": "list-style-type: lower-alpha"})
    ('I', 'a')
    """
    told = attributes.get("type", "")
    if told in ("a", "A", "i", "I"):
        return told
    style = attributes.get("style", "")
    found = _LETTERED.search(style) if "list-style" in style else None
    if found is None:
        return ""
    kind = "i" if found[2] == "roman" else "a"
    return kind.upper() if found[1] == "upper" else kind


def lettered(number: int, letters: str) -> str:
    """Return a number as a list shows it that counts in letters; too large a one stays a number.

    >>> lettered(2, "a"), lettered(28, "A"), lettered(14, "i"), lettered(7, "")
    ('b', 'AB', 'xiv', '7')
    """
    if not letters or not 0 < number < 4000:
        return str(number)
    text = ""
    if letters in "aA":
        while number:
            number, last = divmod(number - 1, 26)
            text = chr(ord("a") + last) + text
    else:
        for value, sign in _ROMAN:
            times, number = divmod(number, value)
            text += sign * times
    return text.upper() if letters.isupper() else text

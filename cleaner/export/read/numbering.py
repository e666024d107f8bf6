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
_LINE = re.compile(rf"^(?:[{SIGNS}]|[0-9]{{1,3}}(?:[.)]\s|[、．]))", re.MULTILINE)


def has_items(text: str) -> bool:
    """Tell a text of which a line begins with a bullet or a number.

    >>> has_items("Bring:\\n• rope"), has_items("2) rope"), has_items("9 • 10"), has_items("2.5 m")
    (True, True, False, False)
    """
    return (text[:1] in STARTS or "\n" in text) and _LINE.search(text) is not None


def may_count(text: str, begin: str) -> bool:
    """Tell the text of an item that may write the first number of a list itself.

    `begin` is what of it stands in its first element: a number without a mark stands alone.

    >>> may_count("[01] Oil", "[01] Oil"), may_count("1 Oil", "1"), may_count("1 cup", "1 cup")
    (True, True, False)
    """
    return any(_ONE.match(part) for part in (text, begin.strip()))


def number_of(value: str) -> int:
    """Return the number that a text is, 0 if it is none."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 9 else 0


def is_counted(attributes: Mapping[str, str]) -> bool:
    """Tell an item that its style gives a number: `list-style-type: decimal`."""
    style = attributes.get("style", "")
    return "list-style" in style and "decimal" in style

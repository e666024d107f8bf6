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
_ONE = re.compile(r"\[?0?1(?!\w)")
_LINE = re.compile(rf"^(?:[{SIGNS}]|[0-9]{{1,3}}(?:[.)]\s|[、．]))", re.MULTILINE)


def has_items(text: str) -> bool:
    """Tell a text of which a line begins with a bullet or a number.

    >>> has_items("Bring:\\n• rope"), has_items("2) rope"), has_items("9 • 10"), has_items("2.5 m")
    (True, True, False, False)
    """
    return (text[:1] in STARTS or "\n" in text) and _LINE.search(text) is not None


def may_count(text: str) -> bool:
    """Tell the text of an item that may write the first number of a list itself.

    >>> may_count("1. Oil"), may_count("[01] Oil"), may_count("100 lamps")
    (True, True, False)
    """
    return _ONE.match(text) is not None


def number_of(value: str) -> int:
    """Return the number that a text is, 0 if it is none."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 9 else 0


def is_counted(attributes: Mapping[str, str]) -> bool:
    """Tell an item that its style gives a number: `list-style-type: decimal`."""
    style = attributes.get("style", "")
    return "list-style" in style and "decimal" in style

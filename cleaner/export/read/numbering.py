"""What numbers the items of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def number_of(value: str) -> int:
    """Return the number that a text is, 0 if it is none."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 9 else 0


def is_counted(attributes: Mapping[str, str]) -> bool:
    """Tell an item that its style gives a number: `list-style-type: decimal`."""
    style = attributes.get("style", "")
    return "list-style" in style and "decimal" in style

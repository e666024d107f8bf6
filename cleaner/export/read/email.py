"""Addresses that a content network hides from robots, and its script shows again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ATTRIBUTE = "data-cfemail"
PATH = "/cdn-cgi/l/email-protection"
_MASK = ["[email", "protected]"]


def is_spelt_out(attributes: Mapping[str, str], text: str) -> bool:
    """Return whether a link to a hidden address has that address as its text, hidden too."""
    return ATTRIBUTE in attributes or text.split() == _MASK


def hidden_address(attributes: Mapping[str, str]) -> str:
    """Return the address that an element hides, "" if none: its bytes, masked by the first.

    >>> hidden_address({"data-cfemail": "0160416e2f6f6e"})
    'a@o.no'
    """
    code = attributes.get(ATTRIBUTE, "")
    if not code:
        href = attributes.get("href", "")
        if PATH not in href:
            return ""
        code = href.partition(PATH + "#")[2]
    try:
        mask, *letters = bytes.fromhex(code)
        address = bytes(letter ^ mask for letter in letters).decode()
    except ValueError:
        return ""
    return address if "@" in address and address.isprintable() and " " not in address else ""

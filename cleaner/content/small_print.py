"""The line in which a site claims its copyright, where what is kept of a page ends with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.content.choice import Choice

_WHY = "copyright of the site"
_NEAR = 3
"""Kept blocks at the end of a page of which each may be the line."""
_LONGEST = 200  # characters
_SURE = 0.9
"""A line that is as probable is one of the text."""
_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_CLAIM = re.compile(
    rf"(?:©|\(c\)|\bcopyright\b).{{0,40}}?{_YEAR}|{_YEAR}\W{{0,5}}©", re.IGNORECASE | re.DOTALL
)


def claims(text: str) -> bool:
    """Return whether a text is a short one that claims the copyright of some year.

    >>> claims("© 2014, Fjellbanken. All rights reserved"), claims("Foto: © Ada Lind")
    (True, False)
    >>> claims("Fjellbanken 2005 - 2015 © Alle rettigheter")
    True
    """
    return len(text) <= _LONGEST and _CLAIM.search(text) is not None


def drop_small_print(choice: Choice) -> dict[int, str]:
    """Return the lines at the end that claim a copyright; a manual may have a chapter of it."""
    if choice.types.best == "documentation":
        return {}
    texts, chances = choice.page.texts, choice.chances
    last = choice.rows[-_NEAR:]
    return {row: _WHY for row in last if chances[row] < _SURE and claims(texts[row])}

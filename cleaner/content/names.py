"""Names that authors give to elements: class, id and role tokens, in a comparable form."""

from __future__ import annotations

import re

__all__ = ["BESIDE_CLASS", "LONGEST", "NAMING", "Names", "NamesInPython", "name_tokens"]

NAMING = ("class", "id", "role", "itemprop", "data-testid", "aria-label", "data-component")
BESIDE_CLASS = frozenset(NAMING) - {"class"}
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_a-zA-Z]+")
_REMEMBERED = 50_000
_DIGITS = re.compile(r"\d+")
LONGEST = 400
"""Characters of an attribute that are read; what is longer is generated style."""


def tokens_of(name: str) -> tuple[str, ...]:
    """Return the tokens of one name: the name whole, and its parts."""
    found = {_DIGITS.sub("0", name.lower()): None}
    parts = _PARTS.findall(name)
    if len(parts) > 1:
        found.update(("-" + part.lower(), None) for part in parts if len(part) > 1)
    elif parts:
        found["-" + parts[0].lower()] = None
    return tuple(found)


def names_of(attributes: dict[str, str]) -> list[str]:
    """Return the names that an element has, from the values of the attributes in `NAMING`."""
    names: list[str] = []
    for key in NAMING:
        value = attributes.get(key)
        if value:
            names += value[:LONGEST].split()
    return names


class NamesInPython:
    """Scores the names of elements by the log-odds of their tokens.

    Args:
        odds: token → its log-odds.
    """

    def __init__(self, odds: dict[str, float]) -> None:
        self._odds = odds
        self._known: dict[str, dict[str, float]] = {}

    def __call__(self, attributes: dict[str, str]) -> tuple[float, float]:
        """Return the strongest and the mean log-odds of an element's name tokens, or zeros."""
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        found: dict[str, float] = {}
        for name in names_of(attributes):
            known = self._known.get(name)
            if known is None:
                tokens = (token for token in tokens_of(name) if token in self._odds)
                known = self._known[name] = {token: self._odds[token] for token in tokens}
            found |= known
        values = found.values()
        return (max(values, key=abs), sum(values) / len(values)) if found else (0.0, 0.0)


try:
    from cleaner.content._names import Names
except ImportError:  # not compiled here
    Names = NamesInPython  # type: ignore[assignment,misc]


def name_tokens(attributes: dict[str, str]) -> tuple[str, ...]:
    """Return the tokens of an element's names: each name whole, and its parts behind a hyphen.

    >>> name_tokens({"class": "entry-content post12"})
    ('entry-content', '-entry', '-content', 'post0', '-post')
    """
    return tuple(dict.fromkeys(token for name in names_of(attributes) for token in tokens_of(name)))

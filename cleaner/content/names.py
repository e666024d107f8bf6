"""Names that authors give to elements: class, id and role tokens, in a comparable form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.twins import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BANDS = (0, 1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 4)
"""Level above a block → the band of levels whose weights count there."""
BAND_COUNT = BANDS[-1] + 1
Scores = tuple[float, float, float, float, float, float, float, float]
"""What is told of the names of an element: the strongest and the mean log-odds of their tokens,
how many tokens have weights, and the sums of these by band (see `cleaner.content.around`)."""
NAMELESS: Scores = (0.0,) * 8  # 3 and `BAND_COUNT`
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
    """Scores the names of elements by what their tokens say.

    Args:
        odds: token → its log-odds.
        weights: token → its weights, one for each band.
    """

    def __init__(self, odds: dict[str, float], weights: dict[str, tuple[float, ...]]) -> None:
        self._odds = odds
        self._weights = weights
        self._known: dict[str, tuple[str, ...]] = {}

    def __call__(self, attributes: dict[str, str]) -> Scores:
        """Return what is told of an element's names, zeros if nothing."""
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        found: dict[str, None] = {}
        for name in names_of(attributes):
            known = self._known.get(name)
            if known is None:
                known = self._known[name] = tuple(
                    token
                    for token in tokens_of(name)
                    if token in self._odds or token in self._weights
                )
            found.update(dict.fromkeys(known))
        return score(found, self._odds, self._weights)


def score(
    tokens: Iterable[str], odds: Mapping[str, float], weights: Mapping[str, tuple[float, ...]]
) -> Scores:
    """Return what is told of tokens, each of which comes once.

    >>> score(["-nav", "top"], {"-nav": -1.5, "top": -0.5}, {"top": (1.0, 0.0, 0.0, 0.0, 2.0)})
    (-1.5, -1.0, 1, 1.0, 0.0, 0.0, 0.0, 2.0)
    """
    values = [odds[token] for token in tokens if token in odds]
    rows = [weights[token] for token in tokens if token in weights]
    strongest, mean = (max(values, key=abs), sum(values) / len(values)) if values else (0.0, 0.0)
    one, two, three, four, five = map(sum, zip(*rows, strict=True)) if rows else NAMELESS[3:]
    return strongest, mean, len(rows), one, two, three, four, five


def nameless(attributes: dict[str, str]) -> Scores:  # noqa: ARG001 - as `Names` are called
    """Return that names say nothing, whatever they are."""
    return NAMELESS


Names = compiled("cleaner.content._names", "Names", NamesInPython)


def name_tokens(attributes: dict[str, str]) -> tuple[str, ...]:
    """Return the tokens of an element's names: each name whole, and its parts behind a hyphen.

    >>> name_tokens({"class": "entry-content post12"})
    ('entry-content', '-entry', '-content', 'post0', '-post')
    """
    return tuple(dict.fromkeys(token for name in names_of(attributes) for token in tokens_of(name)))

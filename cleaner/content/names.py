"""Names that authors give to elements: class, id and role tokens, in a comparable form."""

from __future__ import annotations

import re

__all__ = [
    "BESIDE_CLASS", "LONGEST", "NAMING", "name_tokens", "names_of", "score_in_python",
    "score_names", "tokens_in_python", "tokens_of",
]  # fmt: skip

NAMING = ("class", "id", "role", "itemprop", "data-testid", "aria-label", "data-component")
BESIDE_CLASS = frozenset(NAMING) - {"class"}
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_a-zA-Z]+")
_DIGITS = re.compile(r"\d+")
LONGEST = 400
"""Characters of an attribute that are read; what is longer is generated style."""


def tokens_in_python(name: str) -> tuple[str, ...]:
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


def score_in_python(
    attributes: dict[str, str], odds: dict[str, float], known: dict[str, dict[str, float]]
) -> tuple[float, float]:
    """Return the strongest and the mean log-odds of an element's tokens, zeros if none has any.

    Args:
        attributes: those of the element.
        odds: token → its log-odds.
        known: name → the tokens of it that have odds, with them; new names are added.
    """
    found: dict[str, float] = {}
    for name in names_of(attributes):
        if name not in known:
            known[name] = {token: odds[token] for token in tokens_of(name) if token in odds}
        found |= known[name]
    values = found.values()
    return (max(values, key=abs), sum(values) / len(values)) if found else (0.0, 0.0)


try:
    from cleaner.content._names import score_names, tokens_of
except ImportError:  # not compiled here
    score_names, tokens_of = score_in_python, tokens_in_python


def name_tokens(attributes: dict[str, str]) -> tuple[str, ...]:
    """Return the tokens of an element's names: each name whole, and its parts behind a hyphen.

    >>> name_tokens({"class": "entry-content post12"})
    ('entry-content', '-entry', '-content', 'post0', '-post')
    """
    return tuple(dict.fromkeys(token for name in names_of(attributes) for token in tokens_of(name)))

"""Names that authors give to elements: class, id and role tokens, in a comparable form."""

from __future__ import annotations

import re

__all__ = ["NAMING", "name_tokens", "names_of", "tokens_in_python", "tokens_of"]

NAMING = ("class", "id", "role", "itemprop", "data-testid", "aria-label", "data-component")
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_a-zA-Z]+")
_DIGITS = re.compile(r"\d+")
_LONGEST = 400
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


try:
    from cleaner.content._names import tokens_of
except ImportError:  # not compiled here
    tokens_of = tokens_in_python


def names_of(attributes: dict[str, str]) -> list[str]:
    """Return the names that an element has, from the values of the attributes in `NAMING`."""
    names: list[str] = []
    for key in NAMING:
        value = attributes.get(key)
        if value:
            names += value[:_LONGEST].split()
    return names


def name_tokens(attributes: dict[str, str]) -> tuple[str, ...]:
    """Return the tokens of an element's names: each name whole, and its parts behind a hyphen.

    >>> name_tokens({"class": "entry-content post12"})
    ('entry-content', '-entry', '-content', 'post0', '-post')
    """
    return tuple(dict.fromkeys(token for name in names_of(attributes) for token in tokens_of(name)))

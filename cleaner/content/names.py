"""Names that authors give to elements: class, id and role tokens, in a comparable form."""

from __future__ import annotations

import re
from functools import lru_cache

NAMING = ("class", "id", "role", "itemprop", "data-testid", "aria-label", "data-component")
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_a-zA-Z]+")
_DIGITS = re.compile(r"\d+")
_LONGEST = 400
"""Characters of an attribute that are read; what is longer is generated style."""


@lru_cache(maxsize=20_000)
def _tokens(value: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for word in value[:_LONGEST].split():
        found[_DIGITS.sub("0", word.lower())] = None
        parts = _PARTS.findall(word)
        if len(parts) > 1:
            for part in parts:
                if len(part) > 1:
                    found["-" + part.lower()] = None
        elif parts:
            found["-" + parts[0].lower()] = None
    return tuple(found)


def name_tokens(attributes: dict[str, str]) -> tuple[str, ...]:
    """Return the tokens of an element's names: each name whole, and its parts behind a hyphen.

    >>> name_tokens({"class": "entry-content post12"})
    ('entry-content', '-entry', '-content', 'post0', '-post')
    """
    values = [value for name in NAMING if (value := attributes.get(name))]
    if len(values) == 1:
        return _tokens(values[0])
    return tuple(dict.fromkeys(token for value in values for token in _tokens(value)))

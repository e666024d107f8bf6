"""Is this element an ad slot, by the names its markup gives it?"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cleaner.data import read_table

_TOKEN = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_A-Za-z]+")


@lru_cache(maxsize=65_536)
def is_ad_slot(*values: str) -> bool:
    """Return whether an element is an ad slot, by its `class`, `id` and other telling attributes.

    >>> is_ad_slot("article__ad-slot"), is_ad_slot("adSlot"), is_ad_slot("", "div-gpt-ad-1")
    (True, True, True)
    >>> is_ad_slot("header shadow download adaptive"), is_ad_slot("no-ads"), is_ad_slot("ad-free")
    (False, False, False)
    """
    return any(map(_names_slot, " ".join(values).split()))


@lru_cache(maxsize=65_536)
def _names_slot(name: str) -> bool:
    tokens, pairs, undo_before, undo_after = _tables()
    parts = [part.lower() for part in _TOKEN.findall(name)]
    for index, part in enumerate(parts):
        before = parts[index - 1] if index else ""
        after = parts[index + 1] if index + 1 < len(parts) else ""
        named = part in tokens or f"{before}-{part}" in pairs
        if named and before not in undo_before and after not in undo_after:
            return True
    return False


@cache
def _tables() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    data = read_table("markers/slots.toml")
    names = ("tokens", "pairs", "undo_before", "undo_after")
    tokens, pairs, before, after = (frozenset(data[name].split()) for name in names)
    return tokens, pairs, before, after

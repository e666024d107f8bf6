"""data: the words and patterns that the package brings along, in files beside its modules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_HOME = Path(__file__).parent


def read_text(name: str) -> str:
    """Return what a file of the package holds; `name` is its path inside of it."""
    return (_HOME / name).read_text("utf-8")


def read_table(name: str) -> dict[str, Any]:
    """Return the tables of a TOML file of the package.

    >>> read_table("scrape/blocked.toml")["kinds"][:3]
    ['image', 'media', 'font']
    """
    import tomllib  # on first use

    return tomllib.loads(read_text(name))

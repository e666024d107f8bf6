"""Pages as a list, for commands that need all of them at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.sources import Item, open_items
from cleaner.sources.page import PAGE_SUFFIXES, read

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["PAGE_SUFFIXES", "Found", "find", "read"]


@dataclass(slots=True)
class Found:
    """What the arguments of a command name: pages, and how many files that are none."""

    items: list[Item] = field(default_factory=list)
    skipped: int = 0


def find(arguments: Iterable[str], *, leave_out: str | None = None) -> Found:
    """Return the pages that arguments name; see `cleaner.sources.open_items`."""
    found = Found()
    for item in open_items(arguments, leave_out=leave_out):
        if item.skip:
            found.skipped += 1
        else:
            found.items.append(item)
    return found

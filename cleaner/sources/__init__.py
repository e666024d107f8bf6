"""Sources: where pages come from. One kind a module, one shape.

A source gives `Item`s: pages that are named at once and read only when their turn comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cleaner.document import Page

__all__ = ["Item"]


@dataclass(frozen=True, slots=True)
class Item:
    """A page to come.

    Attributes:
        name: its place in a tree of outputs: the parts of a relative path, joined by "/".
        label: what messages call it: the path or address as given.
        load: reads the page; raises `OSError` or `CleanerError` if that fails. Can be pickled.
        path: the file it stands in, if it stands in one.

    """

    name: str
    label: str
    load: Callable[[], Page]
    path: Path | None = None

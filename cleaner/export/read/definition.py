"""What defines a note: the parts of the tree that say it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.export.tree import Element, Run


@dataclass(slots=True)
class Definition:
    """The tree parts that define a note, and the texts of the marks that refer to it."""

    node: int
    parts: list[Element | Run]
    markers: set[str] = field(default_factory=set)
    label: str = ""
    in_text: bool = False


def text_of(parts: Iterable[Element | Run]) -> str:
    """Return the text of parts of the tree."""
    return " ".join(part.text() for part in parts)

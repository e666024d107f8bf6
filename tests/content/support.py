"""Pages of which some blocks are kept, and what the rules make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.choice import Choice
from cleaner.content.guess import TypeGuess
from cleaner.content.names import nameless
from cleaner.content.page import PageColumns, read_columns
from cleaner.content.structure import keep_structure
from cleaner.document import PAGE_TYPES
from cleaner.parse import parse
from cleaner.segment import segment

if TYPE_CHECKING:
    from numpy.typing import NDArray

PROSE = "The keeper counts the ships that pass at night, and writes them down in a book."
LINE = (
    "The keeper went up at dusk and lit the lamp for them, as he had on every night of that year, "
    "and the boats that were late came in by it, one after the other."
)
UNKNOWN = TypeGuess(np.full(len(PAGE_TYPES), 1 / len(PAGE_TYPES)))


def columns_of(page: str) -> PageColumns:
    """Return a page, which has a block, as columns."""
    columns = read_columns(segment(parse(page).root), nameless)
    assert columns is not None
    return columns


def marked(kept: str) -> NDArray[np.bool_]:
    """Return which blocks are marked x."""
    return np.array([mark == "x" for mark in kept])


def surely(kind: str) -> TypeGuess:
    """Return the guess that a page is of one type."""
    return TypeGuess(np.array([float(name == kind) for name in PAGE_TYPES]))


def choice_of(page: str, kept: str = "", types: TypeGuess = UNKNOWN, chance: float = 1.0) -> Choice:
    """Return the choice of the blocks marked x, or of all, each of them as probable."""
    columns = columns_of(page)
    count = len(columns.texts)
    chosen = marked(kept or "x" * count)
    assert len(chosen) == count
    return Choice.of(columns, chosen, np.full(count, chance), types)


def left(choice: Choice, dropped: dict[int, str]) -> str:
    """Return which blocks of a choice are kept still, each marked x."""
    return "".join(
        "x" if keep and row not in dropped else "." for row, keep in enumerate(choice.kept.tolist())
    )


def brought_back(
    page: str, kept: str, scores: list[float] | None = None, likely: float = 0.5
) -> dict[int, str]:
    """Return what the rules keep beside the blocks marked x in `kept`."""
    columns = columns_of(page)
    assert len(columns.texts) == len(kept)
    chosen = marked(kept)
    named = keep_structure(columns, chosen, np.array(scores or [0.45] * len(kept)), likely)
    assert all(chosen[row] for row in named)
    return named

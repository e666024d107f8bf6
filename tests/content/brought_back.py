"""What the rules of structure keep of a page beside what is kept already."""

from __future__ import annotations

import numpy as np

from cleaner.content.names import nameless
from cleaner.content.page import read_columns
from cleaner.content.structure import keep_structure
from cleaner.parse import parse
from cleaner.segment import segment

PROSE = "The keeper counts the ships that pass at night, and writes them down in a book."


def brought_back(page: str, kept: str, scores: list[float] | None = None) -> dict[int, str]:
    """Return what the rules keep beside the blocks marked x in `kept`."""
    columns = read_columns(segment(parse(page).root), nameless)
    assert columns is not None
    assert len(columns.texts) == len(kept)
    chosen = np.array([mark == "x" for mark in kept])
    named = keep_structure(columns, chosen, np.array(scores or [0.45] * len(kept)))
    assert all(chosen[row] for row in named)
    return named

"""Structure that a reader takes whole: what belongs to kept text is kept with it.

A subheading or a cell of a table is short, and easily doubted by the model. The rules here are
language-neutral and look at elements only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.page import TAGS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.content.page import PageColumns

    Kept = NDArray[np.bool_]
    Scores = NDArray[np.float64]

HEADING, TABLE = "heading of kept text", "part of a kept table"
_LEAST = 0.03
"""A block that the model is surer than this to be boilerplate is never brought back."""
_SUBHEADINGS = [TAGS[f"h{level}"] for level in range(2, 7)]


def keep_structure(page: PageColumns, kept: Kept, scores: Scores) -> dict[int, str]:
    """Keep more blocks where structure asks for it; return the row of each, with the reason."""
    named: dict[int, str] = {}
    around = page.tag[page.above[:3]]
    likely = scores >= _LEAST
    for row in _cells(page, kept).tolist():
        named[row] = TABLE
    kept[list(named)] = True
    headings = np.asarray(np.isin(around, _SUBHEADINGS).any(axis=0))
    for row in range(len(kept) - 2, -1, -1):
        if headings[row] and not kept[row] and likely[row] and kept[row + 1]:
            kept[row] = True
            named[row] = HEADING
    return named


def _cells(page: PageColumns, kept: Kept) -> NDArray[np.int64]:
    """Return the dropped cells of tables most of whose words are kept.

    A table without a header cell is taken for layout.
    """
    around = page.tag[page.above]
    found = around == TAGS["table"]
    table = np.where(found.any(0), page.above[found.argmax(0), np.arange(len(kept))], -1)
    words = np.bincount(table + 1, weights=page.words)
    good = np.bincount(table + 1, weights=page.words * kept)
    share = (good / np.maximum(words, 1))[table + 1]
    data = page.count_tags("th")[0, table] > 0
    return np.flatnonzero(data & (table >= 0) & ~kept & (share > 0.5))

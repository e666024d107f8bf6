"""Structure that a reader takes whole: what belongs to kept text is kept with it.

The model judges blocks by themselves; a caption, a subheading or a cell of a table is short, and
easily doubted. Each rule here is language-neutral and looks at elements only.
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

CAPTION, HEADING, TABLE = (
    "caption of a figure in the kept text",
    "heading of kept text",
    "part of a kept table",
)
_LEAST = 0.03
"""A block that the model is surer than this to be boilerplate is never brought back."""
_SUBHEADINGS = [TAGS[f"h{level}"] for level in range(2, 7)]


def keep_structure(page: PageColumns, kept: Kept, scores: Scores) -> dict[int, str]:
    """Keep more blocks where structure asks for it; return the row of each, with the reason."""
    named: dict[int, str] = {}
    around = page.tag[page.above[:4]]
    likely = scores >= _LEAST
    for row in np.flatnonzero((around == TAGS["figcaption"]).any(0) & ~kept & likely).tolist():
        if _stands_in_text(page, kept, row):
            named[row] = CAPTION
    for row in _cells(page, kept).tolist():
        named[row] = TABLE
    kept[list(named)] = True
    headings = np.isin(around[:3], _SUBHEADINGS).any(0)
    for row in range(len(kept) - 2, -1, -1):
        if headings[row] and not kept[row] and likely[row] and kept[row + 1]:
            kept[row] = True
            named[row] = HEADING
    return named


def _stands_in_text(page: PageColumns, kept: Kept, row: int) -> bool:
    """Tell whether kept text stands on both sides of the figure around a caption."""
    figures = [node for node in page.above[:, row].tolist() if page.tag[node] == TAGS["figure"]]
    if not figures:
        return False
    inside = np.flatnonzero((page.node >= figures[-1]) & (page.node < page.end[figures[-1]]))
    first, last = int(inside[0]), int(inside[-1])
    after = last + 1 < len(kept) and bool(kept[last + 1])
    before = first > 0 and bool(kept[first - 1])
    parent = int(page.parent[figures[-1]])
    near = after and page.node[last + 1] < page.end[parent]
    return (before and after) or bool(near)


def _cells(page: PageColumns, kept: Kept) -> NDArray[np.int64]:
    """Return the dropped cells of tables most of whose words are kept."""
    around = page.tag[page.above]
    found = around == TAGS["table"]
    table = np.where(found.any(0), page.above[found.argmax(0), np.arange(len(kept))], -1)
    words = np.bincount(table + 1, weights=page.words)
    good = np.bincount(table + 1, weights=page.words * kept)
    share = (good / np.maximum(words, 1))[table + 1]
    return np.flatnonzero((table >= 0) & ~kept & (share > 0.5))

"""Posts of a thread: what stands in boxes like those of kept text is text as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.content.telling import tells_time
from cleaner.document import PAGES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.content.guess import TypeGuess
    from cleaner.content.page import PageColumns

POST = "in a box like those of kept text"
_LEAST, _WORDS = 0.02, 3
"""A block that the model gives less, or that has fewer words, stays out."""
_LEVELS = 4
"""Within so many levels a block has the box that a class names."""
_SHARE, _PURE, _PART = 1 / 3, 0.8, 0.25
"""The boxes of a kind that hold kept text, what of their words is kept, and what part of all kept
text that is, at least."""


def keep_posts(
    page: PageColumns, kept: NDArray[np.bool_], chances: NDArray[np.float64], types: TypeGuess
) -> dict[int, str]:
    """Keep more blocks on what is likely a thread; return the row of each, with the reason."""
    if types.best != "forum":
        return {}
    layout = page.layout
    nodes = zip(layout.tags, layout.attributes, strict=True)
    classed = np.array([*("class" in names and tag not in PAGES for tag, names in nodes), False])
    above = page.above[:_LEVELS]
    box = above[classed[above].argmax(axis=0), np.arange(len(kept))]
    prose = classed[box] & (page.links < 0.5 * page.size)
    words = page.words * prose
    holds = np.bincount(box, words * kept, len(page.shape)) > 0

    def by_kind(at: NDArray[np.intp], values: NDArray[Any]) -> NDArray[np.float64]:
        return np.bincount(page.shape[at], values, int(page.shape.max()) + 1).astype(float)

    boxes = np.flatnonzero(np.bincount(box))
    good = by_kind(box, words * kept)
    fits = by_kind(boxes, holds[boxes]) >= _SHARE * by_kind(boxes, np.ones(len(boxes)))
    fits &= good >= np.maximum(_PURE * by_kind(box, words * holds[box]), _PART * good.sum())
    found = prose & ~kept & fits[page.shape[box]] & (chances >= _LEAST) & (page.words >= _WORDS)
    told = {page.texts[row] for row in kept.nonzero()[0].tolist()}
    rows = [
        row
        for row in found.nonzero()[0].tolist()
        if page.texts[row] not in told and not tells_time(page, row)
    ]
    kept[rows] = True
    return dict.fromkeys(rows, POST)

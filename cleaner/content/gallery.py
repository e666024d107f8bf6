"""Captions of a gallery: where they say nearly as much as all other text, they are the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.nodes import TAGS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.content.page import PageColumns

GALLERY = "caption of a gallery"
_CAPTION = TAGS["figcaption"]
_LEVELS = 2
"""Within so many levels a block has its `<figcaption>`."""
_COUNT, _WORDS = 3, 5
"""A gallery has so many captions of so many words, at least."""
_LEAST, _SHARE = 0.1, 0.5
"""A caption that the model gives less stays out; what share of the words kept else they have."""


def keep_captions(
    page: PageColumns, kept: NDArray[np.bool_], chances: NDArray[np.float64]
) -> dict[int, str]:
    """Keep the captions of a page that has little else; return rows and reasons."""
    if page.layout.tags.count("figcaption") < _COUNT:  # as on most pages
        return {}
    caption = (page.around[:_LEVELS] == _CAPTION).any(axis=0)
    found = caption & (page.links < 0.5 * page.size) & (chances >= _LEAST)
    long = found & (page.words >= _WORDS)
    said = page.words[long].sum()
    if long.sum() < _COUNT or said < _SHARE * page.words[kept & ~caption].sum():
        return {}
    found &= ~kept
    kept[found] = True
    return dict.fromkeys(np.flatnonzero(found).tolist(), GALLERY)

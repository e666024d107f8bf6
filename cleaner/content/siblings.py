"""Blocks lean on their siblings, so that a long text stays whole where a part is doubted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.groups import group
from cleaner.twins import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.content.page import PageColumns

    Scores = NDArray[np.float64]

WEIGHT = 0.6
"""How much the siblings count beside the block itself."""
LEAST = 3
"""Siblings, the block among them, from which on they count."""
SURE = 4.0
"""Log-odds beyond which a block is as sure as any."""


def probabilities_in_arrays(page: PageColumns, logits: Scores) -> Scores:
    """Return the probability of each block of being main content.

    Siblings have the same parent, tag and class, and are links or are not. The log-odds of prose
    are drawn towards the mean of its siblings, each of which counts by its words; a short line,
    such as a byline between paragraphs, stands for itself.
    """
    keys = page.parent[page.node] * len(page.parent) + page.shape[page.node]
    siblings, _ = group(2 * keys + (page.links >= 0.5 * page.size))
    weights = page.words + 0.5
    sums = np.bincount(siblings, weights=weights * np.clip(logits, -SURE, SURE))
    mean = sums / np.bincount(siblings, weights=weights)
    drawn = logits + WEIGHT * (mean[siblings] - logits)
    leans = (np.bincount(siblings)[siblings] >= LEAST) & (page.long > 0)
    leaning = np.where(leans, drawn, logits)
    return np.asarray(1 / (1 + np.exp(-np.clip(leaning, -30, 30))))


probabilities = compiled("cleaner.content._chances", "probabilities", probabilities_in_arrays)

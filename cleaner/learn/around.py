"""Fits what the names and tags around a block say together: logistic regression over tokens."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack

from cleaner.content.around import Around, tag_token
from cleaner.content.names import BAND_COUNT, BANDS
from cleaner.content.nodes import TAGS
from cleaner.learn.linear import Linear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleaner.learn.corpus import Example

    Floats = NDArray[np.float32]
    Told = list[tuple[int, tuple[str, ...]]]

_STRENGTH = 0.5  # inverse, of the regularisation
_TOKENS = {number: tag_token(tag) for tag, number in TAGS.items()}


class AroundCount:
    """The tokens of names and tags around the blocks of all pages; what is learnt from some.

    A token has one weight for all levels, and one more for each band, so that a band in which it
    is seldom met leans on the others.

    Args:
        examples: the pages.
        least: registered domains that must use a token before it says anything.
    """

    def __init__(self, examples: Sequence[Example], least: int) -> None:
        used: defaultdict[str, set[str]] = defaultdict(set)
        told = [_tokens(example) for example in examples]
        for example, nodes in zip(examples, told, strict=True):
            for _, tokens in nodes:
                for token in tokens:
                    used[token].add(example.page.group)
        self._tokens = sorted(token for token, groups in used.items() if len(groups) >= least)
        self._linear = Linear(
            _matrix(examples, told, {token: number for number, token in enumerate(self._tokens)}),
            [len(example.columns.node) for example in examples],
            strength=_STRENGTH,
            groups=[example.page.group for example in examples],
            least=least,
        )

    def fit(
        self, pages: Sequence[int], targets: Sequence[Floats], weights: Sequence[Floats]
    ) -> Around:
        """Return what names and tags say, learnt from pages by their numbers; see `Linear.fit`."""
        found, bias = self._linear.fit(pages, targets, weights)
        shared, *bands = found.reshape(1 + BAND_COUNT, len(self._tokens))
        return Around.from_weights(self._tokens, np.stack(bands, axis=1) + shared[:, None], bias)


def _tokens(example: Example) -> Told:
    """Return the nodes around the blocks of a page, with the tokens of names or of the tag."""
    columns = example.columns
    around = np.unique(columns.above)
    tags = [
        (node, (_TOKENS[number],))
        for node, number in zip(around.tolist(), columns.tag[around].tolist(), strict=True)
        if node >= 0 and number
    ]
    return [*example.tokens, *tags]


def _matrix(
    examples: Sequence[Example], told: Sequence[Told], numbers: dict[str, int]
) -> csr_matrix:
    """Return a row for each block: how often each token stands around it, in all and by band.

    Each row is divided by the root of the number of its tokens.
    """
    pairs: list[tuple[int, int]] = []  # node and token
    above, first = [], 0
    for example, own in zip(examples, told, strict=True):
        pairs += [
            (first + node, numbers[token])
            for node, tokens in own
            for token in tokens
            if token in numbers
        ]
        around = example.columns.above
        above.append(np.where(around < 0, -1, around + first))
        first += len(example.columns.parent)
    nodes, tokens = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    named = csr_matrix((np.ones(len(nodes)), (nodes, tokens)), (first, len(numbers)))
    nodes_around = np.concatenate(above, axis=1)
    bands = [
        _incidence(nodes_around[np.array(BANDS) == band], first) @ named
        for band in range(BAND_COUNT)
    ]
    total = sum(bands[1:], start=bands[0])
    count = np.asarray(total.sum(1)).ravel()
    scale = diags(1 / np.sqrt(np.maximum(count, 1)))
    return (scale @ hstack([total, *bands])).tocsr()


def _incidence(above: NDArray[np.int64], nodes: int) -> csr_matrix:
    """Return which nodes stand around each block: (levels, blocks) → (blocks, nodes)."""
    levels, blocks = np.nonzero(above >= 0)
    values = np.ones(len(blocks))
    return csr_matrix((values, (blocks, above[levels, blocks])), (above.shape[1], nodes))

"""What the names and tags around a block say together: a linear model of their tokens.

"Nav" in "main" is not "main" in "nav": a token has a weight for each band of levels above a block.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.content.names import BAND_COUNT, BANDS
from cleaner.content.nodes import TAGS
from cleaner.twins import compiled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from cleaner.content.page import PageColumns

    Floats = NDArray[np.float64]

ARRAYS = ("around", "around_bias", "around_tokens")
"""What weights, bias and tokens are stored as."""
_TAG = "<"
"""What the token of a tag begins with, and no token of a name does."""


@dataclass(frozen=True, slots=True)
class Around:
    """The weights of tokens, one for each band, and the constant that is added to their sum.

    `names` holds those of name tokens; `tags[0]` is 1 for every tag, by its number in `TAGS`, that
    has weights, and `tags[1:]` holds them by band.
    """

    names: dict[str, tuple[float, ...]]
    tags: Floats
    bias: float

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Around:
        """Read what `arrays` gave.

        Raises:
            ValueError: these are no weights of tokens.
        """
        weights, bias, tokens = (arrays[name] for name in ARRAYS)
        text = bytes(tokens).decode()
        known = text.split("\n") if text else []
        if weights.shape != (len(known), BAND_COUNT) or bias.shape:
            raise ValueError("weights of tokens that do not fit")
        return cls.from_weights(known, weights, float(bias))

    @classmethod
    def from_weights(cls, tokens: list[str], weights: NDArray[Any], bias: float) -> Around:
        """Return the model of `weights[token, band]`, the tokens of tags among them."""
        rows = dict(zip(tokens, map(tuple, np.asarray(weights, np.float64).tolist()), strict=True))
        tags = np.zeros((1 + BAND_COUNT, len(TAGS) + 1))
        for tag, number in TAGS.items():
            found = rows.pop(tag_token(tag), None)
            if found is not None:
                tags[:, number] = 1.0, *found
        return cls(rows, tags, bias)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays to store, by name."""
        told = {tag_token(tag): tuple(self.tags[1:, number].tolist())
                for tag, number in TAGS.items() if self.tags[0, number]}  # fmt: skip
        rows = sorted((self.names | told).items())
        values = (
            np.array([weights for _, weights in rows], np.float16).reshape(-1, BAND_COUNT),
            np.array(self.bias, np.float32),
            np.frombuffer("\n".join(token for token, _ in rows).encode(), dtype=np.uint8),
        )
        return dict(zip(ARRAYS, values, strict=True))

    def __call__(self, page: PageColumns) -> Floats:
        """Return the log-odds of each block being main content, by the names and tags around it.

        The weights of all tokens are summed, and divided by the root of their number.
        """
        return weigh(page.names, page.above, page.around, self.tags, self.bias)


def tag_token(tag: str) -> str:
    """Return the token of a tag, which no name has."""
    return _TAG + tag


def weigh_in_arrays(
    names: NDArray[np.float32],
    above: NDArray[np.int64],
    around: NDArray[np.int64],
    tags: Floats,
    bias: float,
) -> Floats:
    """Return the sum of the weights around each block by the root of their number, and bias.

    Args:
        names: those of `PageColumns`, of which the third row counts tokens, and the others after it
            are their weights by band.
        above: the nodes around each block: (levels, blocks).
        around: the tags of these nodes.
        tags: those of `Around`.
        bias: is added.
    """
    bands = np.array(BANDS)[:, None]
    count = names[2][above].sum(0, dtype=np.float64) + tags[0][around].sum(0)
    sums = names[3 + bands, above].sum(0, dtype=np.float64) + tags[1 + bands, around].sum(0)
    return np.asarray(sums / np.sqrt(np.maximum(count, 1)) + bias)


weigh = compiled("cleaner.content._names", "weigh", weigh_in_arrays)

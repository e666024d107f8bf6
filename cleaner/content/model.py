"""The learnt model: arrays in a file, evaluated by numpy for all blocks of a page at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.content.around import ARRAYS as AROUND
from cleaner.content.around import Around
from cleaner.content.features import ROWS
from cleaner.content.names import Names
from cleaner.content.page import read_columns
from cleaner.content.page_types import ARRAYS as PAGE
from cleaner.content.page_types import PageTypes, read_words
from cleaner.content.trees import ARRAYS, Forests
from cleaner.content.words import ARRAYS as WORDS
from cleaner.content.words import Words
from cleaner.document import CleanerError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.content.guess import TypeGuess
    from cleaner.content.nodes import NameScores
    from cleaner.content.page import PageColumns
    from cleaner.document import Layout

    Floats = NDArray[np.float32]

FORMAT = 6
"""The version of the arrays' layout; a file of another version is refused."""
WEIGHTS = Path(__file__).with_name("weights.npz")
FACTORS = {"precision": 0.3, "balance": 1.0, "recall": 3.0}
"""What each value of `favor` multiplies the strength of the selection by."""
_SHAPES = {
    "feature": 2, "threshold": 2, "mask": 2, "leaf": 2, "mean": 1, "odds": 1, "tokens": 1,
    "type_weights": 2, "type_bias": 1, "strengths": 1, "trust_weights": 1,
    "trust_given": 1, "trust_true": 1, "words": 1, "words_bias": 0,
    "around": 2, "around_bias": 0, "around_tokens": 1,
    "page_words": 1, "page_weights": 2, "page_bias": 1,
}  # fmt: skip


class ModelError(CleanerError):
    """A weights file that is damaged, foreign, or of another version."""


@dataclass(frozen=True, slots=True)
class Model:
    """The arrays of a model, and what is told of it in `about`.

    `arrays["mean"]` holds the mean of each feature in training, `arrays["strengths"]` the strength
    of the selection for each page type. `score_names` tells of the names of an element, `around`
    of names and tags around a block together, `words` of the words of a text, `types` of those of
    a whole page.
    """

    arrays: dict[str, NDArray[Any]]
    trees: Forests
    about: dict[str, Any]
    path: Path
    score_names: NameScores
    words: Words
    around: Around
    types: PageTypes

    def __reduce__(self) -> tuple[Any, ...]:
        return load_model, (self.path,)

    def read(self, layout: Layout) -> PageColumns | None:
        """Return the columns of a page, with what its names and words say; None without text."""
        columns = read_columns(layout, self.score_names)
        if columns is not None:
            columns.said, columns.typed = read_words(columns.texts, self.words, self.types)
            columns.named = self.around(columns)
        return columns

    def strength(self, favor: str, types: TypeGuess) -> float:
        """Return the strength of the selection on a page that is guessed to be of these types."""
        return FACTORS[favor] * types.strength(self.arrays["strengths"])

    def logits(self, rows: Floats) -> NDArray[np.float64]:
        """Return the log-odds of being main content: (features, blocks) → (blocks,)."""
        return self.trees(rows)


def load_model(path: Path | None = None) -> Model:
    """Return the model in a weights file; the package's own if `path` is None.

    Raises:
        ModelError: the file is not there, damaged, foreign, or of another version.
    """
    return _load(Path(path) if path else WEIGHTS)


def read_weights(path: Path) -> tuple[dict[str, NDArray[Any]], Any]:
    """Return the arrays of a weights file, and what it tells of itself.

    Raises:
        ModelError: the file is not there, or damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        return arrays, json.loads(bytes(arrays.pop("about")).decode())
    except FileNotFoundError:
        raise ModelError(f"no weights at {path}") from None
    except Exception as error:  # a damaged header can raise anything: numpy parses it as Python
        raise ModelError(f"{path} is not a weights file: {error}") from None


@lru_cache(maxsize=4)
def _load(path: Path) -> Model:
    arrays, about = read_weights(path)
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise ModelError(f"{path} is not of format {FORMAT}")
    if {name: array.ndim for name, array in arrays.items()} != _SHAPES:
        raise ModelError(f"{path} lacks arrays of a model, or holds others")
    if len(arrays["mean"]) != ROWS:
        raise ModelError(
            f"{path} is of another version: {len(arrays['mean'])} features, not {ROWS}"
        )
    try:
        count = int(about.get("settings", {}).get("forests", 1))
        trees = Forests.of({name: arrays.pop(name) for name in ARRAYS}, count)
        tokens = bytes(arrays.pop("tokens")).decode().split("\n")
        odds = dict(zip(tokens, arrays.pop("odds").tolist(), strict=True))
        words = Words.of({name: arrays.pop(name) for name in WORDS})
        around = Around.of({name: arrays.pop(name) for name in AROUND})
        types = PageTypes.of({name: arrays.pop(name) for name in PAGE})
    except (AttributeError, TypeError, ValueError) as error:
        raise ModelError(f"{path} is not a weights file: {error}") from None
    score_names = Names(odds, around.names)
    return Model(arrays, trees, about, path, score_names, words, around, types)

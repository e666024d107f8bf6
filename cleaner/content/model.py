"""The learnt model: arrays in a file, evaluated by numpy for all blocks of a page at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import numpy as np

from cleaner.content.around import ARRAYS as AROUND
from cleaner.content.around import Around
from cleaner.content.dishes import dishes, without_menus
from cleaner.content.features import ROWS
from cleaner.content.guess import trust_vector
from cleaner.content.names import Names
from cleaner.content.page import read_columns
from cleaner.content.page_types import ARRAYS as PAGE
from cleaner.content.page_types import PageTypes, read_words
from cleaner.content.trees import ARRAYS, Forests
from cleaner.content.words import ARRAYS as WORDS
from cleaner.content.words import Words
from cleaner.document import PAGE_TYPES, CleanerError

if TYPE_CHECKING:
    from collections.abc import Mapping

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
KINDS: Mapping[str, tuple[str, int]] = MappingProxyType({
    "feature": ("u2", 2), "threshold": ("f4", 2), "mask": ("u1", 2), "leaf": ("f4", 2),
    "words": ("f2", 1), "words_bias": ("f4", 0),
    "page_words": ("u4", 1), "page_weights": ("i1", 2), "page_bias": ("f4", 1),
    "around": ("f2", 2), "around_bias": ("f4", 0), "around_tokens": ("u1", 1),
    "tokens": ("u1", 1), "odds": ("f4", 1), "mean": ("f4", 1), "strengths": ("f4", 1),
    "type_weights": ("f4", 2), "type_bias": ("f4", 1),
    "trust_weights": ("f4", 1), "trust_given": ("f4", 1), "trust_true": ("f4", 1),
})  # fmt: skip
"""The arrays of a weights file: what their members are, and how many dimensions they have."""
_GUESSES = {
    "strengths": (len(PAGE_TYPES),),
    "type_weights": (len(PAGE_TYPES), 2 * ROWS),
    "type_bias": (len(PAGE_TYPES),),
    "trust_weights": (len(trust_vector(0, [0.0] * len(PAGE_TYPES), 0)),),
}
"""The shapes of the arrays that are looked up as they are."""
_ENDLESS = ("threshold", "second_threshold")
"""The arrays whose floats may be infinite."""
_LARGEST = 64_000_000
"""Bytes that a weights file may unpack to."""
_MOST = np.float32(1e15)
"""What no other float reaches: their sums are numbers too."""


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
    odds: dict[str, float]
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
        if columns is not None and (menus := dishes(columns)):
            columns = read_columns(layout, without_menus(self.score_names, menus))
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


def read_weights(
    path: Path, kinds: Mapping[str, tuple[str, int]], judged: str, version: int
) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Return the arrays of a weights file, and what it tells of itself.

    Raises:
        ModelError: the file is not there, damaged, a model of anything but what is `judged`, of
            another version, or holds other arrays than those of `kinds`.
    """
    try:
        arrays = _unpack(path)
        about = json.loads(bytes(arrays.pop("about")).decode())
    except FileNotFoundError:
        raise ModelError(f"no weights at {path}") from None
    except Exception as error:  # a damaged header can raise anything: numpy parses it as Python
        raise ModelError(f"{path} is not a weights file: {error}") from None
    if not isinstance(about, dict):
        raise ModelError(f"{path} is not a weights file: it tells nothing of itself")
    told = about.get("kind", "blocks"), about.get("format")
    if told != (judged, version):
        was = "a model of {} in format {}".format(*told)
        raise ModelError(f"{path} is {was}; wanted is one of {judged} in format {version}")
    found = {name: (array.dtype.newbyteorder("<").str[1:], array.ndim)
             for name, array in arrays.items()}  # fmt: skip
    if found != kinds:
        raise ModelError(f"{path} lacks arrays of such a model, or holds others")
    for name, array in arrays.items():
        if array.dtype.kind == "f" and name not in _ENDLESS and not (np.abs(array) < _MOST).all():
            raise ModelError(f"{path} is not a weights file: {name} holds what is no number")
    return arrays, about


def _unpack(path: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays of a file, which holds no more than it says, in the order of C."""
    with ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > _LARGEST:
            raise ValueError("it is too large")
        parts = {name.removesuffix(".npy"): archive.read(name) for name in archive.namelist()}
    read = {name: np.load(BytesIO(part), allow_pickle=False) for name, part in parts.items()}
    return {
        name: np.asarray(array, array.dtype.newbyteorder("="), order="C")
        for name, array in read.items()
    }


@lru_cache(maxsize=4)
def _load(path: Path) -> Model:
    arrays, about = read_weights(path, KINDS, "blocks", FORMAT)
    if len(arrays["mean"]) != ROWS:
        raise ModelError(
            f"{path} is of another version: {len(arrays['mean'])} features, not {ROWS}"
        )
    try:
        _check(arrays)
        count = int(about.get("settings", {}).get("forests", 1))
        trees = Forests.of({name: arrays.pop(name) for name in ARRAYS}, count)
        text = bytes(arrays.pop("tokens")).decode()
        tokens = text.split("\n") if text else []
        odds = dict(zip(tokens, arrays.pop("odds").tolist(), strict=True))
        words = Words.of({name: arrays.pop(name) for name in WORDS})
        around = Around.of({name: arrays.pop(name) for name in AROUND})
        types = PageTypes.of({name: arrays.pop(name) for name in PAGE})
    except Exception as error:  # arrays and notes of any kind can be in a foreign file
        raise ModelError(f"{path} is not a weights file: {error}") from None
    score_names = Names(odds, around.names)
    return Model(arrays, trees, odds, about, path, score_names, words, around, types)


def _check(arrays: Mapping[str, NDArray[Any]]) -> None:
    """Raise `ValueError` unless the arrays can be looked up as they are."""
    wrong = [name for name, shape in _GUESSES.items() if arrays[name].shape != shape]
    given, true = arrays["trust_given"], arrays["trust_true"]
    if wrong or not 0 < len(given) == len(true):
        raise ValueError(f"{', '.join(wrong) or 'trust_given'} of another shape")
    if (arrays["strengths"] <= 0).any() or (np.diff(given) < 0).any():
        raise ValueError("strengths that are none, or a table that is not in order")
    if (np.minimum(np.maximum(true, 0), 1) != true).any():
        raise ValueError("a confidence that is no probability")
    if (arrays["feature"] >= ROWS).any():
        raise ValueError("features that are not there")

"""Counts of characters by class, for all blocks of a page at once."""

from __future__ import annotations

import sys
import unicodedata
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np

from cleaner.twins import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

CLASSES = {
    name: row
    for row, name in enumerate(
        ("digit", "upper", "stop", "comma", "currency", "bar", "mark", "symbol", "break")
    )
}
_LISTED = {
    "stop": ".!?…。！？؟।॥։።۔",
    "comma": ",;、，；،؛·",
    "bar": "|•›»→/\\>",
    "mark": ":\"'“”„«‘’—–-",
    "break": "\n",
}
_CATEGORIES = {"Nd": "digit", "Nl": "digit", "Lu": "upper", "Lt": "upper", "Sc": "currency",
               "So": "symbol", "Sm": "symbol"}  # fmt: skip
EDGES = np.array([0, 1, 1 << 21, 1 << 42, *[0] * (len(CLASSES) - 3)])
"""The numbers that stand for the class of a first or last character in the model, by class."""


@cache
def classes() -> NDArray[np.uint8]:
    """Return the class of each code unit of UTF-16, counted from 1; 0 is none."""
    numbers = {kind: CLASSES[name] + 1 for kind, name in _CATEGORIES.items()}
    # Without a loop of Python over all of them, which would take longer than a page.
    kinds = map(unicodedata.category, map(chr, range(0x10000)))
    found = np.fromiter(map(numbers.get, kinds, repeat(0)), np.uint8, 0x10000)
    for name, chars in _LISTED.items():
        found[list(map(ord, chars))] = CLASSES[name] + 1
    return found


def count_in_arrays(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count the classes of characters in texts that are not empty and hold no NUL.

    Returns:
        How often each class of `CLASSES` occurs in each text, (classes, texts), and the `EDGES` of
        the first and last character of each, (2, texts).
    """
    encoding = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"
    codes = np.frombuffer("\0".join((*texts, "")).encode(encoding, "replace"), dtype=np.uint16)
    kinds = classes()[codes]
    ends = np.flatnonzero(codes == 0)
    starts = np.concatenate(([0], ends[:-1] + 1))
    width = len(CLASSES) + 1
    keys = np.repeat(np.arange(len(texts)) * width, ends + 1 - starts) + kinds
    counts = np.bincount(keys, minlength=len(texts) * width).reshape(-1, width)
    return np.ascontiguousarray(counts[:, 1:].T), EDGES[kinds[np.array((starts, ends - 1))]]


count_characters = compiled("cleaner.content._characters", "count_characters", count_in_arrays)

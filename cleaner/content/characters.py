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
# Three counters of 21 bits share one integer; no block that fits in memory overflows them by
# anything but becoming one very long block.
_BITS, _PACKED = 21, 3


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


def _values() -> NDArray[np.int64]:
    """Return what a class, counted from 1, adds to the packed counters: (integers, classes)."""
    row, place = np.divmod(np.arange(len(CLASSES)), _PACKED)
    values = np.zeros((-(-len(CLASSES) // _PACKED), len(CLASSES) + 1), dtype=np.int64)
    values[row, 1 + np.arange(len(CLASSES))] = 1 << (_BITS * place)
    return values


VALUES = _values()


@cache
def _tables() -> NDArray[np.int64]:
    """Return what each code unit adds to the packed counters: (integers, code units)."""
    return np.asarray(VALUES[:, classes()])


def count_in_arrays(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count the classes of characters in texts that are not empty and hold no NUL.

    Returns:
        How often each class of `CLASSES` occurs in each text, (classes, texts), and the packed
        counters of the first class triple for the first and last character of each, (2, texts).
    """
    encoding = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"
    codes = np.frombuffer("\0".join((*texts, "")).encode(encoding, "replace"), dtype=np.uint16)
    gaps = np.flatnonzero(codes == 0)
    starts = np.concatenate(([0], gaps[:-1] + 1))
    tables = _tables()
    packed = np.array([np.add.reduceat(table[codes], starts) for table in tables])
    edges = tables[0][codes[np.array((starts, gaps - 1))]]
    shifts = np.arange(_PACKED, dtype=np.int64)[:, None] * _BITS
    counts = (packed[:, None, :] >> shifts) & ((1 << _BITS) - 1)
    return counts.reshape(-1, len(texts))[: len(CLASSES)], edges


count_characters = compiled("cleaner.content._characters", "count_characters", count_in_arrays)

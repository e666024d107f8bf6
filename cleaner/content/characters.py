"""Counts of characters by class, for all blocks of a page at once."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

CLASSES = {
    name: row
    for row, name in enumerate(
        ("digit", "upper", "stop", "comma", "currency", "bar", "mark", "symbol", "bracket")
    )
}
_LISTED = {
    "stop": ".!?…。！？؟।॥։።۔",
    "comma": ",;、，；،؛·",
    "bar": "|•›»→/\\>",
    "mark": ":\"'“”„«‘’—–-",
    "bracket": "()[]{}（）【】「」",
}
_CATEGORIES = {"Nd": "digit", "Nl": "digit", "Lu": "upper", "Lt": "upper", "Sc": "currency",
               "So": "symbol", "Sm": "symbol"}  # fmt: skip
# Three counters of 21 bits share one integer; no block that fits in memory overflows them by
# anything but becoming one very long block.
_BITS, _PACKED = 21, 3


@cache
def _tables() -> NDArray[np.int64]:
    tables = np.zeros((-(-len(CLASSES) // _PACKED), 0x10000), dtype=np.int64)
    listed = {char: name for name, chars in _LISTED.items() for char in chars}
    for code in range(0x10000):
        char = chr(code)
        name = listed.get(char) or _CATEGORIES.get(unicodedata.category(char))
        if name:
            row, place = divmod(CLASSES[name], _PACKED)
            tables[row, code] = 1 << (_BITS * place)
    return tables


def count_characters(texts: Sequence[str]) -> NDArray[np.int64]:
    """Return how often each class of `CLASSES` occurs in each text: (classes, texts)."""
    encoding = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"
    codes = np.frombuffer("\0".join((*texts, "")).encode(encoding, "replace"), dtype=np.uint16)
    starts = np.concatenate(([0], np.flatnonzero(codes == 0)[:-1] + 1))
    if len(starts) != len(texts):
        raise ValueError("a text holds a NUL character")
    packed = np.add.reduceat(_tables()[:, codes], starts, axis=1)
    mask = (1 << _BITS) - 1
    rows = [(packed[number // _PACKED] >> (_BITS * (number % _PACKED))) & mask
            for number in range(len(CLASSES))]  # fmt: skip
    return np.array(rows, dtype=np.int64)

"""Scripts whose words are not parted by spaces, as ranges for a regular expression's brackets."""

import re
from typing import Final

KANA_AND_HAN: Final = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
HANGUL: Final = "\uac00-\ud7af"
UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff" + KANA_AND_HAN
"""Scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, Han."""
FIRST_UNSPACED: Final = "\u0e00"
"""The first character of these: a text whose greatest character comes before it has none."""
_UNSPACED: Final = f"[{UNSPACED}]"  # compiled where it is needed
COUNTED: Final = UNSPACED + HANGUL
"""Scripts of which one character counts as one word."""


def count_unspaced(text: str) -> int:
    """Return how many letters a text has of the scripts without spaces.

    >>> count_unspaced("to ord"), count_unspaced("東京 2026")
    (0, 2)
    """
    return 0 if text.isascii() else len(re.findall(_UNSPACED, text))

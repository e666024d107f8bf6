"""The language of a document, told by its own stop words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cleaner.markers.normal import words
from cleaner.scripts import FIRST_UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.markers.load import Lexicon

_ENOUGH = 200  # stop words after which more text changes nothing
_LONGEST = 2000  # characters read of one line
_LEAST = 4  # stop words without which no language is named


def detect(texts: Iterable[str], lexicon: Lexicon) -> str | None:
    """Return the code of the lexicon's language that `texts` are written in, or None.

    Counts the words of the texts that are stop words of a language, until there are enough.
    Languages of scripts without spaces list letters instead.

    >>> from cleaner.markers.load import load_lexicon
    >>> detect(["Det er ikke første gang at han har sagt det, og det blir ikke den siste."],
    ...        load_lexicon())
    'no'
    """
    counts: Counter[str] = Counter()
    read = 0
    stop = lexicon.tables.stop
    for text in texts:
        for word, times in Counter(words(text[:_LONGEST])).items():
            parts = word if word[0] >= FIRST_UNSPACED and word not in stop else (word,)
            for languages in filter(None, map(stop.get, parts)):
                read += times
                for language in languages.split():
                    counts[language] += times
        if read > _ENOUGH:
            break
    if not counts:
        return None
    (best, most), *_ = counts.most_common(1)
    return best if most >= _LEAST else None

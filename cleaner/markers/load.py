"""The lexicon, loaded once: every phrase of every language in one table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.markers.compile import COMPILED, KINDS, Row, Tables, loaded, read, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of the lexicon. `where` is "line", "start", "link", "name" or "sentence"."""

    phrase: str
    kind: str
    language: str
    where: str
    ambiguous: bool


class Lexicon:
    """The phrases, the words and the stop words of all languages, looked up by one key each."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def __iter__(self) -> Iterator[Entry]:
        for packed in self.tables.entries.values():
            for kind, language, place, phrase in rows_of(packed):
                where = "line" if place == "ambiguous" else place
                yield Entry(phrase, kind, language, where, place == "ambiguous")

    def __len__(self) -> int:
        return sum(packed.count("\t") + 1 for packed in self.tables.entries.values())

    @property
    def languages(self) -> dict[str, str]:
        """The code of each language and its English name."""
        return {code: told.split("\t")[0] for code, told in self.tables.languages.items()}

    @property
    def unspaced(self) -> frozenset[str]:
        """The codes of the languages that are written without spaces between words."""
        return frozenset(
            code for code, told in self.tables.languages.items() if told.endswith("unspaced")
        )

    def rows(self, key: str) -> list[Row]:
        """Return the entries under a key: kind, language, place and phrase of each."""
        packed = self.tables.entries.get(key)
        return rows_of(packed) if packed else []

    def sets(self, word: str) -> dict[str, str] | None:
        """Return the set that a word is in, by language; None for a word of no set."""
        packed = self.tables.words.get(word)
        return dict(part.split("=") for part in packed.split(" ")) if packed else None

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many phrases of each kind each language has.

        >>> load_lexicon().counts()["no"]["ad"] > 10
        True
        """
        counts = {language: dict.fromkeys(KINDS, 0) for language in self.languages}
        for entry in self:
            counts[entry.language][entry.kind] += 1
        return counts

    def base(self, tag: str | None) -> str | None:
        """Return the code of the file that holds the language `tag` names, or None.

        >>> load_lexicon().base("nb-NO")
        'no'
        """
        code = (tag or "").replace("_", "-").split("-")[0].lower()
        if code in self.tables.languages:
            return code
        for language, told in self.tables.languages.items():
            if code and code in told.split("\t")[1].split():
                return language
        return None


def load_lexicon(extra: Sequence[Path] = ()) -> Lexicon:
    """Return the lexicon, and with it the phrases of the files `extra`.

    An extra file has the layout of those in `markers/lexicon/`; its name is its language, and
    what it holds is added to what is known. Loaded on first use and kept.

    Raises `LexiconError` when an extra file cannot be read or holds an unknown key.

    >>> len(load_lexicon()) > 100
    True
    """
    return _load(tuple(extra))


@lru_cache(maxsize=8)
def _load(extra: tuple[Path, ...]) -> Lexicon:
    tables = loaded(COMPILED.read_text(encoding="utf-8"))
    for path in extra:
        tables.add(path.stem, read(path))
    return Lexicon(tables)

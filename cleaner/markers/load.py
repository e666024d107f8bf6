"""The lexicon, loaded once: every phrase of every language in one table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TYPE_CHECKING

from cleaner.markers.compile import COMPILED, KINDS, tables

if TYPE_CHECKING:
    from pathlib import Path
    from collections.abc import Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of the lexicon. `where` is "line", "start", "link" or "name"."""

    phrase: str
    kind: str
    language: str
    where: str
    ambiguous: bool


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The lexicon as tables, see `cleaner.markers.compile.tables` for their shapes."""

    languages: Mapping[str, Mapping[str, Any]]
    entries: Mapping[str, Sequence[Sequence[str]]]
    words: Mapping[str, Mapping[str, str]]
    stop: Mapping[str, Sequence[str]]

    def __iter__(self) -> Iterator[Entry]:
        for rows in self.entries.values():
            for kind, language, phrase, place in rows:
                where = "line" if place == "ambiguous" else place
                yield Entry(phrase, kind, language, where, place == "ambiguous")

    def __len__(self) -> int:
        return sum(map(len, self.entries.values()))

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
        if code in self.languages:
            return code
        for language, told in self.languages.items():
            if code in told["tags"]:
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
    made = json.loads(COMPILED.read_text(encoding="utf-8"))
    if extra:
        more = tables(extra)
        made["languages"] = more["languages"] | made["languages"]
        for name in ("entries", "stop"):
            for key, rows in more[name].items():
                made[name][key] = [*made[name].get(key, ()), *rows]
        for word, sets in more["words"].items():
            made["words"][word] = made["words"].get(word, {}) | sets
    return Lexicon(**made)

"""The words that markers begin and end with: they rule out most lines without a look-up."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING

from cleaner.markers.normal import FIRST, words
from cleaner.scripts import FIRST_UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.markers.load import Lexicon

LONGEST = 320  # characters of a line that may be a marker
LONGEST_WHOLE = 100  # characters of a line that is a marker from end to end
TRAILING = " \t.:;!…-–—*|\"')]}»›>→↓"
_REMEMBERED = 50_000  # words
_HEAD = 2  # letters by which phrases in scripts without spaces are found


class Edges:
    """The first and the last words of the markers of some kinds.

    `begins` maps a first word to the length of the longest line that is a marker and begins so,
    `ends` holds the last words of lines that are markers from end to end, `vocabulary` all words,
    `ways` those of ways to share.
    """

    def __init__(self, lexicon: Lexicon, included: Iterable[str], kinds: frozenset[str]) -> None:
        tables = lexicon.tables
        self._tables, self.included = tables, frozenset(included)
        phrases = [*tables.entries, *self.included]
        self.begins = self._begins(phrases, kinds)
        self.ends = {phrase.rpartition(" ")[2] for phrase in phrases} | tables.words.keys()
        self.vocabulary = {*" ".join(phrases).split(" "), *tables.words}
        self.entries, self.sets = tables.entries, tables.words
        self.ways = {
            word
            for phrase, rows in tables.entries.items()
            if "share|" in rows
            for word in phrase.split(" ")
        }
        self.unspaced = Segmenter(lexicon)
        self._starts: dict[str, list[str]] = {}
        for phrase, rows in tables.entries.items():
            if phrase >= FIRST_UNSPACED and "|sentence|" in rows and len(phrase) > _HEAD:
                self._starts.setdefault(phrase[:_HEAD], []).append(phrase)
        # Where it is compiled: what may begin a marker, and what may lead in a headline, as bits.
        self.bits: tuple[bytes, bytes] | None = None
        self._heads: dict[str, int] = {}
        self._tails: dict[str, bool] = {}

    def _begins(self, phrases: Iterable[str], kinds: frozenset[str]) -> dict[str, int]:
        tables = self._tables
        firsts = {phrase.partition(" ")[0] for phrase in phrases} | tables.words.keys()
        leads = {
            word for word, found in tables.leads.items() if not kinds.isdisjoint(found.split())
        }
        return dict.fromkeys(firsts, LONGEST_WHOLE) | dict.fromkeys(leads, LONGEST)

    @cached_property
    def of_ads(self) -> Edges:
        """Return these edges without the lines that do not begin as an ad does."""
        edges = copy(self)
        phrases = [phrase for phrase, rows in self.entries.items() if "ad|" in rows]
        edges.begins = self._begins([*phrases, *self.included], frozenset(("ad",)))
        edges._heads, edges.bits = {}, None
        return edges

    def may_be(self, line: str) -> bool:
        """Return whether a line may be a marker by its beginning, its end and its length."""
        length = len(line)
        if length > LONGEST or length > (reach := self.reach(line)):
            return False
        return reach == LONGEST or self._may_end(line)

    def reach(self, line: str) -> int:
        """Return how long the line may be at most to be a marker, by its first word."""
        begin = line.partition(" ")[0]
        reach = self._heads.get(begin)
        if reach is not None:
            return reach
        first = FIRST.match(line)
        if first is None:
            return 0
        reach = self._reach_after(first[1])
        if first.end() <= len(begin):  # the word stands before the first space
            if len(self._heads) > _REMEMBERED:
                self._heads.clear()
            self._heads[begin] = reach
        return reach

    def _reach_after(self, head: str) -> int:
        """Return how long a line may be that begins with this word and is a marker."""
        first = next((word for word in words(head) if not word.isdecimal()), "")
        if self.unspaced_starts(first):
            return LONGEST
        known = self.begins.get(first)
        if known is not None:
            return known
        # Letters may be set apart: "A N N O N S E".
        return LONGEST_WHOLE if len(first) <= 1 or self.unspaced.begins(first) else 0

    def unspaced_starts(self, run: str) -> list[str]:
        """Return the phrases that begin a sentence in a script without spaces, longest first."""
        if run < FIRST_UNSPACED:
            return []
        starts = [start for start in self._starts.get(run[:_HEAD], ()) if run.startswith(start)]
        return sorted(starts, key=len, reverse=True)

    def _may_end(self, line: str) -> bool:
        """Return whether any marker ends with the last word of the line."""
        parts = line.rstrip(TRAILING).rsplit(None, 1)
        if not parts:
            return True
        known = self._tails.get(parts[-1])
        if known is None:
            if len(self._tails) > _REMEMBERED:
                self._tails.clear()
            letters = [word for word in words(parts[-1]) if not word.isdecimal()]
            last = letters[-1] if letters else ""
            known = len(last) <= 1 or last in self.ends or self.unspaced.ends(last)
            self._tails[parts[-1]] = known
        return known


class Segmenter:
    """Splits a run of a script without spaces into the words of the lexicon, longest first."""

    def __init__(self, lexicon: Lexicon) -> None:
        codes = lexicon.unspaced
        self._words = {
            word
            for word, sets in lexicon.tables.words.items()
            if word[0] > "\u0dff" and any(part.split("=")[0] in codes for part in sets.split(" "))
        }
        self._longest = max(map(len, self._words), default=0)

    def begins(self, run: str) -> bool:
        return not run.isascii() and any(
            run[:size] in self._words for size in range(1, self._longest + 1)
        )

    def ends(self, run: str) -> bool:
        return not run.isascii() and any(
            run[-size:] in self._words for size in range(1, self._longest + 1)
        )

    def split(self, runs: list[str]) -> list[str]:
        """Return the runs, those that can be split without a rest in their words."""
        if not self._words or all(run.isascii() for run in runs):
            return runs
        return [word for run in runs for word in self._split(run)]

    def _split(self, run: str) -> list[str]:
        found, at = [], 0
        while at < len(run):
            sizes = range(min(self._longest, len(run) - at), 0, -1)
            size = next((size for size in sizes if run[at : at + size] in self._words), 0)
            if not size:
                return [run]
            found.append(run[at : at + size])
            at += size
        return found

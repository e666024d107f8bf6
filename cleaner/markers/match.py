"""Is this line, by itself, a marker? One look-up, however many languages there are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from cleaner.markers.compile import KINDS
from cleaner.markers.normal import FIRST, WORD, fold, key, normal, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.markers.load import Entry, Lexicon

DEFAULT_KINDS = tuple(kind for kind in KINDS if kind != "credits")
"""The kinds that are removed unless others are asked for: all but photo credits."""

LONGEST = 240  # characters of a line that may be "Read also: " and a headline
LONGEST_WHOLE = 100  # characters of a line that is a marker from end to end
_LONGEST_KEPT = 40  # characters of a line whose match is remembered, since menus repeat
_REMEMBERED = 50_000  # lines or words
_LONGEST_NAMED = 80  # characters of "Presented by " and a name
_MOST_WORDS = 14
_MOST_PARTS = 40  # words, or letters set apart, or words said again and again
TRAILING = " \t.:;!…-–—*|\"')]}»›>→↓"
_MOST_LEADING = 7  # words
_COUNTED = ("comments",)  # kinds that stand beside a number of any size

_MARKDOWN_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\(([^()\s]*)\)")
_PART = re.compile(r"\s*[|/•·‧・]+\s*|\s+[-–—]+\s+")
_DELIMITER = re.compile(r"\s*(?:[:|\]】〉》»>→›▶►]|[-–—]+\s)\s*(?=\S)")
# One of these parts a phrase from the headline after it.
_SIGN = re.compile(r"[:|\]】〉》»>→›▶►]|[-–—]\s|www\.")
_LINK = re.compile(r"\s*[:|»>→›▶►–—-]*\s*(?:https?://|www\.)")
_SENTENCE_END = (".", "!", "?", "…", "。")


@dataclass(frozen=True, slots=True)
class Match:
    """What a line was found to be.

    `where` is the place that the phrase holds: "line" (the whole line), "start", "link", "name",
    or "words" if no phrase of the lexicon but a sentence made of its words.
    """

    kind: str
    language: str
    phrase: str
    where: str
    ambiguous: bool


def _last_part(line: str) -> str:
    """Return what follows the last space of a line, without the signs that end it."""
    parts = line.rstrip(TRAILING).rsplit(None, 1)
    return parts[-1] if parts else ""


def candidates_in_python(
    lines: list[str], heads: dict[str, int], tails: dict[str, bool]
) -> list[int]:
    """Return the indices of the lines that may be markers by their beginning, end and length.

    Args:
        lines: the lines.
        heads: what stands before the first space → how long a marker may be that begins so.
        tails: what follows the last space, see `_last_part` → whether a marker may end so.
    """
    found = []
    for index, line in enumerate(lines):
        reach = heads.get(line.partition(" ")[0], LONGEST)
        if not line or len(line) > reach:
            continue
        if reach != LONGEST_WHOLE or tails.get(_last_part(line), True):
            found.append(index)
    return found


try:
    from cleaner.markers._match import candidates
except ImportError:  # not compiled here
    candidates = candidates_in_python


class Matcher:
    """Tells markers from other lines. Built once, used for any number of lines, in any thread.

    Args:
        lexicon: from `load_lexicon`.
        include: more phrases that are whole-line markers of kind "ad".
        exclude: phrases that are no markers, in whatever form they are written.
        kinds: which kinds to find.

    >>> from cleaner.markers.load import load_lexicon
    >>> Matcher(load_lexicon()).match("— ANNONSE —").language
    'no'

    """

    def __init__(
        self,
        lexicon: Lexicon,
        include: Sequence[str] = (),
        exclude: Sequence[str] = (),
        kinds: Sequence[str] = DEFAULT_KINDS,
    ) -> None:
        self.lexicon = lexicon
        self._kinds = frozenset(kinds)
        self._included = {key(phrase): phrase for phrase in include}
        self._excluded = frozenset(map(key, exclude))
        phrases = [*lexicon.tables.entries, *self._included]
        self._firsts = {phrase.partition(" ")[0] for phrase in phrases}
        self._lasts = {phrase.rpartition(" ")[2] for phrase in phrases}
        self._leads = {
            word
            for word, found in lexicon.tables.leads.items()
            if not self._kinds.isdisjoint(found.split(" "))
        }
        self._unspaced = _Segmenter(lexicon)
        self._heads: dict[str, int] = {}
        self._tails: dict[str, bool] = {}
        self._seen: dict[tuple[str, bool], Match | None] = {}

    def match(self, line: str, *, linked: bool = False) -> Match | None:
        """Return what the line is a marker of, or None. `linked`: its end is a link.

        Only the line itself is looked at; what stands around it is for `find_markers`.
        """
        length = len(line)
        if length > LONGEST or not length:
            return None
        reach = self._heads.get(line.partition(" ")[0])
        if reach is None:
            reach = self._reach_of(line)
        if length > reach or (reach == LONGEST_WHOLE and not self._may_end(line)):
            return None
        leads = reach == LONGEST
        if length > _LONGEST_KEPT:
            return self._look_up(line, linked=linked, leads=leads)
        seen = (line, linked)
        try:
            return self._seen[seen]
        except KeyError:
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            found = self._seen[seen] = self._look_up(line, linked=linked, leads=leads)
            return found

    def matches(self, lines: Sequence[str]) -> dict[int, Match]:
        """Return the match of every line that is a marker by itself, by the line's index."""
        indices = candidates(list(lines), self._heads, self._tails)
        return {index: found for index in indices if (found := self.match(lines[index]))}

    def kind_of(self, line: str) -> str:
        """Return the kind of marker that the line is by itself, "" if it is none."""
        found = self.match(line)
        return found.kind if found else ""

    def _reach_of(self, line: str) -> int:
        """Return how long the line may be at most to be a marker, by its first word."""
        first = FIRST.match(line)
        if first is None:
            return 0
        head = first[1]
        reach = self._heads.get(head)
        if reach is None:
            reach = self._heads[head] = self._reach_after(head)
        begin = line.partition(" ")[0]
        if first.end() <= len(begin):  # the word stands before the first space
            if len(self._heads) > _REMEMBERED:
                self._heads.clear()
            self._heads[begin] = reach
        return reach

    def _reach_after(self, head: str) -> int:
        """Return how long a line may be that begins with this word and is a marker."""
        letters = [word for word in words(head) if not word.isdecimal()]
        first = letters[0] if letters else ""
        if first in self._leads:
            return LONGEST
        known = (
            len(first) <= 1  # letters set apart: "A N N O N S E"
            or first in self._firsts
            or first in self.lexicon.tables.words
            or self._unspaced.begins(first)
        )
        return LONGEST_WHOLE if known else 0

    def _may_end(self, line: str) -> bool:
        """Tell whether any marker ends with the last word of the line."""
        tail = _last_part(line)
        if not tail:
            return True
        known = self._tails.get(tail)
        if known is None:
            if len(self._tails) > _REMEMBERED:
                self._tails.clear()
            letters = [word for word in words(tail) if not word.isdecimal()]
            last = letters[-1] if letters else ""
            known = (
                len(last) <= 1
                or last in self._lasts
                or last in self.lexicon.tables.words
                or self._unspaced.ends(last)
            )
            self._tails[tail] = known
        return known

    def _look_up(self, line: str, *, linked: bool, leads: bool) -> Match | None:
        link = _MARKDOWN_LINK.search(line) if "](" in line else None
        text = normal(_MARKDOWN_LINK.sub(r"\1", line) if link else line)
        if len(text) <= LONGEST_WHOLE:
            found = self._whole(WORD.findall(text)) or self._parts(text)
            if found:
                return found
        linked = linked or link is not None
        if not leads or not (linked or len(text) <= _LONGEST_NAMED or _SIGN.search(text)):
            return None
        return self._lead(line, text, linked=linked)

    def _whole(self, parts: list[str]) -> Match | None:
        """Return the match of a line that is a marker from its first word to its last."""
        if len(parts) > _MOST_PARTS:
            return None
        if len(parts) > 4 and len(parts[0]) == 1 and all(len(part) == 1 for part in parts):
            parts = ["".join(parts)]
        letters = fold([part for part in parts if not part.isdecimal()])
        spelt = " ".join(letters)
        if not spelt or spelt in self._excluded:
            return None
        if spelt in self._included:
            return Match("ad", "und", self._included[spelt], "line", ambiguous=False)
        largest = max((len(part) for part in parts if part.isdecimal()), default=0)
        rows = [row for row in self.lexicon.rows(spelt) if row[0] in self._kinds]
        # What is ambiguous in one language is so until the document's language is known.
        rows.sort(key=lambda row: row[2] != "ambiguous")
        for kind, language, place, phrase in rows:
            if kind in _COUNTED or not largest or (largest <= 2 and place != "ambiguous"):
                return Match(kind, language, phrase, "line", place == "ambiguous")
        return self._by_words(letters) if largest <= 2 and not rows else None

    def _parts(self, text: str) -> Match | None:
        """Return the first match of a line whose parts are markers each: "Anzeige | Reklame"."""
        first = None
        parts = _PART.split(text)
        for part in parts if len(parts) > 1 else ():
            spelt = WORD.findall(part)
            found = self._whole(spelt)
            if found is None and spelt:
                return None
            first = first or found
        return first

    def _by_words(self, letters: list[str]) -> Match | None:
        """Return the match of a phrasing that is not in the lexicon but is made of its words.

        All words are of one language's sets, and among them is a word for an ad, or all of:
        a word for the story, one for going on, one for where.
        """
        if not self._kinds & {"ad", "continue"}:
            return None
        letters = self._unspaced.split(letters)
        if len(letters) > _MOST_WORDS:
            return None
        known = []
        for word in letters:
            found = self.lexicon.sets(word)
            if found is None:
                return None
            known.append(found)
        for language in known[0]:
            names = {found.get(language, "") for found in known}
            if "" in names or not ("ad" in names or {"story", "go", "place"} <= names):
                continue
            kind = "continue" if "go" in names else "ad"
            if kind in self._kinds:
                return Match(kind, language, " ".join(letters), "words", ambiguous=False)
        return None

    def _lead(self, line: str, text: str, *, linked: bool) -> Match | None:
        """Return the match of a line that a phrase leads in, and a headline or name ends."""
        spans = list(islice(WORD.finditer(text), _MOST_LEADING))
        for count in range(len(spans), 0, -1):
            spelt = " ".join(span[0] for span in spans[:count])
            if spelt in self._excluded:
                continue
            rest = text[spans[count - 1].end() :]
            for kind, language, place, phrase in self.lexicon.rows(spelt):
                if kind in self._kinds and _leads(place, rest, line, linked=linked):
                    return Match(kind, language, phrase, place, ambiguous=False)
        return None


def _leads(place: str, rest: str, line: str, *, linked: bool) -> bool:
    """Tell whether what follows the phrase is what its place asks for."""
    if place == "start":
        return _DELIMITER.match(rest) is not None
    if place == "link":
        return linked or _LINK.match(rest) is not None
    if place == "name":
        return len(WORD.findall(rest)) <= 5 and not line.rstrip().endswith(_SENTENCE_END)
    return False


def unmatched(lexicon: Lexicon) -> Iterator[Entry]:
    """Yield the entries that a line of just their phrase does not match: there should be none."""
    matcher = Matcher(lexicon, kinds=KINDS)
    for entry in lexicon:
        if matcher.match(entry.phrase) is None:
            yield entry


class _Segmenter:
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

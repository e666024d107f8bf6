"""Is this line, by itself, a marker? One look-up, however many languages there are."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from cleaner.markers.compile import GAP, KINDS, LEADS
from cleaner.markers.edges import LONGEST, LONGEST_WHOLE, TRAILING, Edges
from cleaner.markers.normal import WORD, fold, key, normal
from cleaner.twins import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.markers.compile import Row
    from cleaner.markers.load import Entry, Lexicon

DEFAULT_KINDS = tuple(kind for kind in KINDS if kind != "credits")
"""The kinds that are removed unless others are asked for: all but photo credits."""

_LONGEST_KEPT = 40  # characters of a line whose match is remembered, since menus repeat
_REMEMBERED = 50_000  # lines or words
_LONGEST_LED = 240  # characters of "Read also: " and a headline
LONGEST_NAMED = 80  # characters of "Presented by " and a name
_MOST_WORDS = 14
_MOST_PARTS = 40  # words, or letters set apart, or words said again and again
MOST_LEADING = 7  # words
LEAST_BAR = 3  # ways to share, one after the other
_LONGEST_WAY = 4  # words
_LEAST_PARTS = 2  # phrases in one line
_WHOLE = ("line", "ambiguous")  # places that are a whole line
_MOSTLY = 0.85  # of what follows is links: "and" may stand between two
_SLACK = 2  # characters of a link that are written in others where they are compared
_COUNTED = ("comments", "login")  # kinds that stand beside a number of any size

# What plugins that copy pages leave around them; the number of an ad that Russian law asks for.
_SHORTCODE = re.compile(r"\s*\[ad_\d\]\s*|.*\b[Ee]rid:? ?\w{5,}[\s.)]*")
_MARKDOWN_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\(([^()\s]*)\)")
_BARS, _DASHES = "|/•·‧・\n", "-–—"
_PART = re.compile(rf"\s*[{_BARS}]+\s*|\s+[{_DASHES}]+\s+")
PARTING = frozenset(_BARS + _DASHES)
"""Every part of a line that `_PART` splits has one of these beside it."""
_ENDS = ":՝|]】〉》»>→›▶►"
_DELIMITER = re.compile(rf"\s*(?:[{re.escape(_ENDS)}]|[-–—]+\s)\s*(?=\S)")
# One of these parts a phrase from the headline after it.
_SIGN = re.compile(rf"[{re.escape(_ENDS)}]|[-–—]\s|www\.")
SIGNS = frozenset(f"{_ENDS}-–—.")  # no text without one of these has _SIGN
_LINK = re.compile(r"\s*[:|»>→›▶►–—-]*\s*(?:https?://|www\.)")
_SENTENCE_END = (".", "!", "?", "…", "。")


@dataclass(frozen=True, slots=True)
class Match:
    """What a line was found to be.

    `where` is the place that the phrase holds: "line" (the whole line), "start", "link", "name",
    "sentence", "words" if no phrase of the lexicon but a sentence made of its words, or "parts" if
    one of several phrases that signs part.
    """

    kind: str
    language: str
    phrase: str
    where: str
    ambiguous: bool


def candidates_in_python(
    lines: Sequence[str],
    edges: Edges,
    kept: Sequence[bool] | None = None,
    links: Sequence[int] | None = None,  # noqa: ARG001 - rules out more where it is compiled
) -> list[int]:
    """Return the indices of the lines that may be markers; a line that is one is among them.

    Of the lines that are not `kept`, only those that may be ads. `links` counts the characters of
    each that are inside links.
    """
    return [
        index
        for index, line in enumerate(lines)
        if line and (edges if kept is None or kept[index] else edges.of_ads).may_be(line)
    ]


candidates = compiled("cleaner.markers._match", "candidates", candidates_in_python)


class Matcher:
    """Finds the lines that are markers. Built once, used for any number of lines, in any thread.

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
        self._edges = Edges(lexicon, self._included, self._kinds)
        self._seen: dict[tuple[str, int], Match | None] = {}

    def match(self, line: str) -> Match | None:
        """Return what the line is a marker of, or None.

        Only the line itself is looked at; what stands around it is for `find_markers`.
        """
        return self._find(line) if line and self._edges.may_be(line) else None

    def _find(self, line: str, inside: int = 0) -> Match | None:
        """Return the match of a line that may be a marker, as remembered if it is short."""
        if len(line) > _LONGEST_KEPT:
            return self._look_up(line, inside)
        seen = (line, inside)
        try:
            return self._seen[seen]
        except KeyError:
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            found = self._seen[seen] = self._look_up(line, inside)
            return found

    def matches(
        self,
        lines: Sequence[str],
        kept: Sequence[bool] | None = None,
        links: Sequence[int] | None = None,
    ) -> dict[int, Match]:
        """Return the match of every line that is a marker by itself, by the line's index.

        Of the lines that are not `kept`, only the ads: nothing else is looked up. `links` counts
        the characters of each line that are inside links.
        """
        found = {}
        for index in candidates(lines, self._edges, kept, links):
            inside = links[index] if links else 0
            # A phrase that is in the link itself leads nothing in.
            inside = inside if inside + _SLACK < len(lines[index]) else 0
            match = self._find(lines[index], inside)
            if match and (kept is None or kept[index] or match.kind == "ad"):
                found[index] = match
        return found

    def kinds_of(self, lines: Sequence[str]) -> list[str]:
        """Return the kind of marker that each line is by itself, "" if it is none."""
        kinds = [""] * len(lines)
        for index, match in self.matches(lines).items():
            kinds[index] = match.kind
        return kinds

    def _look_up(self, line: str, inside: int) -> Match | None:
        if ("[ad_" in line or "rid" in line) and "ad" in self._kinds and _SHORTCODE.fullmatch(line):
            return Match("ad", "und", line.strip(), "line", ambiguous=False)
        link = _MARKDOWN_LINK.search(line) if "](" in line else None
        text = normal(_MARKDOWN_LINK.sub(r"\1", line) if link else line)
        if len(text) <= LONGEST_WHOLE:
            found = self._parts(text) or self._whole(WORD.findall(text))
            if found:
                return found
        if self._edges.reach(line) != LONGEST:
            return None
        linked = link is not None
        short = len(text) <= LONGEST_NAMED
        signed = linked or inside or short or _SIGN.search(text) or line[:2].isupper()
        may_lead = bool(signed) and len(text) <= _LONGEST_LED
        return self._lead(line, text, linked=linked, inside=inside, signed=may_lead)

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
        rows = [
            row for row in self.lexicon.rows(spelt) if row[0] in self._kinds and GAP not in row[3]
        ]
        # What is ambiguous in one language is so until the document's language is known.
        rows.sort(key=lambda row: row[2] != "ambiguous")
        for kind, language, place, phrase in rows:
            if kind in _COUNTED or not largest or (largest <= 2 and place != "ambiguous"):
                where = "sentence" if place == "sentence" else "line"
                return Match(kind, language, phrase, where, place == "ambiguous")
        return None if rows or largest > 2 else self._by_words(letters) or self._bar(letters)

    def _parts(self, text: str) -> Match | None:
        """Return the match of a line whose parts are markers each: "Anzeige | Reklame".

        That is the first that is nothing else, or the first if there is none.
        """
        found: list[Match] = []
        for part in filter(WORD.search, _PART.split(text)):
            match = self._whole(WORD.findall(part))
            if match is None:
                return None
            found.append(match)
        if len(found) < _LEAST_PARTS:
            return None
        return replace(next((m for m in found if not m.ambiguous), found[0]), where="parts")

    def _by_words(self, letters: list[str]) -> Match | None:
        """Return the match of a phrasing that is not in the lexicon but is made of its words.

        All words are of one language's sets, and among them is a word for an ad, or all of:
        a word for the story, one for going on, one for where.
        """
        if not self._kinds & {"ad", "continue"}:
            return None
        letters = self._edges.unspaced.split(letters)
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

    def _bar(self, letters: list[str]) -> Match | None:
        """Return the match of a line that is nothing but several ways to share."""
        found: list[Row] = []
        at = 0
        while at < len(letters):
            for end in range(min(at + _LONGEST_WAY, len(letters)), at, -1):
                rows = self.lexicon.rows(" ".join(letters[at:end]))
                way = next((row for row in rows if row[0] == "share" and row[2] in _WHOLE), None)
                if way:
                    break
            else:
                return None
            found.append(way)
            at = end
        if len(found) < LEAST_BAR or "share" not in self._kinds:
            return None
        return Match("share", found[0][1], " ".join(letters), "line", ambiguous=False)

    def _lead(
        self, line: str, text: str, *, linked: bool, inside: int, signed: bool
    ) -> Match | None:
        """Return the match of a line that a phrase leads in, and a headline or name ends.

        All but sentences need a link or a sign between the two, which short lines may do without.
        """
        for spelt, end in self._beginnings(text):
            if spelt in self._excluded:
                continue
            rest = text[end:]
            size = len(rest.strip(TRAILING))
            is_link = signed and 0 < size * _MOSTLY <= inside + _SLACK
            for kind, language, place, phrase in self.lexicon.rows(spelt):
                if kind not in self._kinds:
                    continue
                if is_link and place == "start":
                    return Match(kind, language, phrase, "link", ambiguous=False)
                may_lead = signed or place == "sentence"
                if may_lead and _leads(place, phrase, rest, line, linked=linked):
                    return Match(kind, language, phrase, place, ambiguous=False)
        return None

    def _beginnings(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield what a line begins with, longest first, each with the place where it ends."""
        spans = list(islice(WORD.finditer(text), MOST_LEADING))
        for count in range(len(spans), 0, -1):
            yield " ".join(span[0] for span in spans[:count]), spans[count - 1].end()
        for run in self._edges.unspaced_starts(spans[0][0]) if spans else ():
            yield run, spans[0].start() + len(run)


def _leads(place: str, phrase: str, rest: str, line: str, *, linked: bool) -> bool:
    """Return whether what follows the phrase is what its place asks for."""
    if place == "start":
        return _DELIMITER.match(rest) is not None or _is_called(line, phrase.count(" ") + 1)
    if place == "link":
        return linked or _LINK.match(rest) is not None
    if place == "name":
        return len(WORD.findall(rest)) <= 5 and not line.rstrip().endswith(_SENTENCE_END)
    if place != "sentence":
        return False
    _, gap, tail = phrase.partition(GAP)
    asks = phrase.endswith("?") and not gap
    return rest.lstrip().startswith("?") if asks else key(tail) in key(rest)


def _is_called(line: str, count: int) -> bool:
    """Return whether words in capitals come before a title that is not: "READ ALSO It sails"."""
    *called, title = line.split(None, count)
    if not 1 < count == len(called) or title.isupper() or title[0].islower():
        return False
    return all(part.isupper() for part in called)


def leads_in(rows: str, *, signed: bool) -> bool:
    """Return whether a phrase of a stored entry leads in what follows, a sign between or not."""
    return "|sentence|" in rows or (signed and any(f"|{place}|" in rows for place in LEADS))


def unmatched(lexicon: Lexicon) -> Iterator[Entry]:
    """Yield the entries that a line of just their phrase does not match: there should be none."""
    matcher = Matcher(lexicon, kinds=KINDS)
    for entry in lexicon:
        if matcher.match(entry.phrase) is None:
            yield entry

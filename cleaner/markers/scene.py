"""A document as the rules for markers see it: what stands where, and what was found in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cleaner.markers.detect import detect
from cleaner.markers.match import LEAST_BAR
from cleaner.markers.normal import key, words
from cleaner.markers.places import beside
from cleaner.scripts import count_unspaced

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cleaner.markers.match import Match, Matcher

SHORT = 60  # characters of a block that may be an item among others
_ITEM = 90  # bytes of such a block; a sentence in Chinese fills them
SENTENCE = 40  # bytes of a text beside which a sentence that begins as a nudge interrupts
_PROSE = 80  # bytes from which a block is read as prose; fewer letters fill them in Chinese
_MOST_LINKS = 8  # links below "Read also" inside a text
_LEAST_TITLE, _MOST_TITLE = 15, 120  # bytes and characters of a title
_MOST_UNSPACED = 60  # characters of a title in a script without spaces: Thai ends no sentence
_ENDS = (".", "!", "?", "…", "”", "»", "“", "。")
_NO_TITLE = (".", "…", ":", ";", ",", "。", "।")
_MARKDOWN_LINK = re.compile(r"[\s*_+-]*\[[^\[\]]+\]\([^()\s]+\)[\s*_]*")
_ITEM_SIGN = re.compile(r"\s*(?:[-*+–—•·‣▪■●◆▶►»›→]|\d{1,2}[.)])\s+")
LIKE = ("list_item", "table_cell")


@dataclass(eq=False)
class Scene:
    """A document as the rules see it; what takes long to find is found on first use."""

    texts: Sequence[str]
    kinds: Sequence[str]
    in_slot: Callable[[int], bool] | None
    links: Callable[[int], bool] | None
    heads: Callable[[int], bool] | None
    matcher: Matcher
    found: dict[int, Match]
    named: str | None
    is_article: bool

    @cached_property
    def repeats(self) -> Counter[str]:
        """How often each marker stands in the document."""
        return Counter(key(self.texts[index]) for index in self.found)

    @cached_property
    def language(self) -> str | None:
        lexicon = self.matcher.lexicon
        return lexicon.base(self.named) or detect(self.texts, lexicon)

    @cached_property
    def has_plain_ad(self) -> bool:
        """Whether a marker of an ad that is nothing else stands in the document.

        So does one that says the story goes on after it.
        """
        return any(self._tells_of_ad(match) for match in self.found.values() if not match.ambiguous)

    def _tells_of_ad(self, match: Match) -> bool:
        if match.kind != "continue":
            return match.kind == "ad"
        sets = (self.matcher.lexicon.sets(word) or {} for word in words(match.phrase))
        return any("ad" in found.values() for found in sets)

    @cached_property
    def bars(self) -> frozenset[int]:
        """The blocks of several ways to share in a row, repeated or in a text."""
        bars: set[int] = set()
        run: list[int] = []
        for index in (*sorted(self.found), -1):
            if run and self.beside(run[-1], 1) != index:
                if len({self.found[way].phrase for way in run}) >= LEAST_BAR and (
                    all(map(self.repeated, run)) or self.interrupts(run)
                ):
                    bars.update(run)
                run = []
            if index >= 0 and self.found[index].kind == "share":
                run.append(index)
        return frozenset(bars)

    def interrupts(self, run: list[int]) -> bool:
        """Return whether a run interrupts running text: the block above does not lead it in."""
        above, below = self.beside(run[0], -1), self.beside(run[-1], 1)
        if not self.is_running_text(above) or self.is_lead(above):
            return False
        if not all(self.found[index].ambiguous for index in run):
            return True
        return self.is_running_text(below) and not any(self.kinds[way] in LIKE for way in run)

    def is_lead(self, index: int | None) -> bool:
        """Return whether a line ends in a colon."""
        return index is not None and self.texts[index].rstrip().endswith((":", "："))

    def beside(self, index: int, step: int) -> int | None:
        """Return the next block with text in the direction of `step`, or None."""
        return beside(self.texts, index, step)

    def is_running_text(self, index: int | None) -> bool:
        """Return whether a block is prose, another marker, or past the end of the document.

        A paragraph of a page that ends as a sentence does may be shorter than a line of a text.
        """
        if index is None or index in self.found:
            return True
        sentence = self.kinds[index] == "paragraph" and self.texts[index].rstrip().endswith(_ENDS)
        return self.kinds[index] not in LIKE and self.is_long(
            index, SENTENCE if sentence else _PROSE
        )

    def is_long(self, index: int | None, least: int) -> bool:
        """Return whether a block has so many bytes, is another marker, or is past the end."""
        if index is None or index in self.found:
            return True
        return len(self.texts[index].strip().encode("utf-8", "replace")) >= least

    def is_item(self, index: int) -> bool:
        """Return whether a block is as short as an item among others."""
        text = self.texts[index]
        return len(text) <= SHORT and len(text.encode("utf-8", "replace")) <= _ITEM

    def leads_in_link(self, match: Match) -> bool:
        """Return whether a link follows a phrase of a page; in Markdown, a list may be meant."""
        return self.links is not None and match.where == "link"

    def announced(self, index: int) -> list[int]:
        """Return the links below a line that announces other articles, if the text goes on there.

        At the end of a page or above a heading they may be what the reader came for, unless an
        article ends with a line that leads in no single link. In a text without links, titles in a
        list are taken for some, and so is one line below a phrase that may lead a title in.
        """
        match = self.found[index]
        if match.kind != "related" or match.where not in ("line", "parts"):
            return []
        places = places_of(self.matcher, match).get(match.language, set())
        found = self._below(index, self.links or self._is_markdown_link, _MOST_LINKS)
        if not found and self.links is None and not match.ambiguous:
            found = self._below(index, self._is_listed_title, _MOST_LINKS)
            found = found or self._below(index, self._may_be_title, int("start" in places))
        after = self.beside(found[-1] if found else index, 1)
        if after is None:
            return found if self.is_article and "link" not in places else []
        return found if self.is_running_text(after) else []

    def _below(self, index: int, is_link: Callable[[int], bool], most: int) -> list[int]:
        """Return the links directly below a block."""
        found: list[int] = []
        after = self.beside(index, 1)
        while after is not None and len(found) < most and is_link(after):
            found.append(after)
            after = self.beside(after, 1)
        return found

    def _is_markdown_link(self, index: int) -> bool:
        """Return whether a line of Markdown is a link from end to end."""
        return _MARKDOWN_LINK.fullmatch(self.texts[index]) is not None

    def lost(self, index: int, match: Match) -> bool:
        """Return whether a line of a page announces what was dropped, and a heading follows."""
        after = self.beside(index, 1)
        if match.kind != "related" or after is None or self.heads is None or self.heads(index):
            return False
        return self.kinds[after] == "heading"

    def _is_listed_title(self, index: int) -> bool:
        """Return whether a line is a title behind the sign or the number of an item."""
        sign = _ITEM_SIGN.match(self.texts[index])
        return sign is not None and _is_title(self.texts[index][sign.end() :])

    def _may_be_title(self, index: int) -> bool:
        """Return whether a line is as long as a title, and ends as one."""
        return self.kinds[index] == "line" and _is_title(self.texts[index])

    def heads_alone(self, heading: int, index: int) -> bool:
        """Return whether a heading has nothing below but a sentence that asks for something.

        A line that asks for the same leads such a sentence in as well.
        """
        if self.found[index].where != "sentence":
            return False
        label = self.found.get(heading)
        if label is not None and label.kind == self.found[index].kind and not label.ambiguous:
            return True
        if self.kinds[heading] != "heading":
            return False
        after = self.beside(index, 1)
        return after is None or self.kinds[after] == "heading"

    def acts(self, index: int) -> bool:
        """Return whether a block is a button, or a link that heads nothing."""
        is_link = self.links is not None and self.links(index)
        return is_link or self.kinds[index] == "button"

    def repeated(self, index: int) -> bool:
        return self.repeats[key(self.texts[index])] > 1


def places_of(matcher: Matcher, match: Match) -> dict[str, set[str]]:
    """Return the places of a phrase by language: what is ambiguous in one is plain in another."""
    places: dict[str, set[str]] = {}
    for _kind, language, place, _phrase in matcher.lexicon.rows(key(match.phrase)):
        places.setdefault(language, set()).add(place)
    return places


def _is_title(text: str) -> bool:
    text = text.strip()
    most = _MOST_UNSPACED if count_unspaced(text) else _MOST_TITLE
    fits = len(text.encode("utf-8", "replace")) >= _LEAST_TITLE and len(text) <= most
    return fits and not text.endswith(_NO_TITLE)

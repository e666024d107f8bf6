"""The data of this package: the words of words.toml, the conventions of conventions.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from cleaner.data import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable


class Phrases:
    """Phrases in lower case that texts begin with.

    >>> Phrases(["by", "posted by"]).opening("posted by Ada Holm".lower())
    'posted by'
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self.all = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
        self.starts = frozenset(phrase[:2] for phrase in self.all)
        letters = {phrase[0] for phrase in self.all}
        self._by_letter = {one: tuple(p for p in self.all if p[0] == one) for one in letters}

    def opening(self, text: str) -> str:
        """The longest that a text in lower case begins with, "" if there is none."""
        phrases = self._by_letter.get(text[:1], ())
        return next(filter(text.startswith, phrases)) if text.startswith(phrases) else ""


class Words:
    """The word lists of words.toml."""

    def __init__(self) -> None:
        data = load("words.toml")
        names, dates = data["names"], data["dates"]
        joined = "|".join(re.escape(word) for word in names["joiners"])
        weak = "|".join(names["weak_joiners"])
        self.by: dict[str, list[str]] = data["by"]
        self.after: dict[str, list[str]] = data["after"]
        self.labels = frozenset(data["labels"]["author"])
        self.kinds = frozenset(data["labels"]["kinds"])
        self.particles = frozenset(names["particles"])
        self.joiners = re.compile(rf"\s(?:{joined})\s", re.IGNORECASE)
        self.joiner_words = frozenset(names["joiners"])
        self.weak_joiners = re.compile(rf"\s(?:{weak})\s")
        self.weak_joiner_words = frozenset(word for word in names["weak_joiners"] if len(word) == 1)
        self.places = re.compile(rf"\s\([^()]{{2,40}}\)(?=,|\s(?:{joined}|{weak})\s)")
        self.agencies = frozenset(names["agencies"])
        self.groups = frozenset((*names["groups"], *names["agencies"]))
        self.titles = tuple(names["titles"])
        self.generic = frozenset(names["generic"])
        self.roles = frozenset(names["roles"])
        self.weekdays = frozenset(names["weekdays"])
        self.stops = frozenset(names["stops"])
        self.changed = tuple(dates["changed"])
        self.last = tuple(dates["last"])
        self.other_days = tuple(dates["other"])
        self.due_days = tuple(dates["due"])
        self.english_hosts = frozenset(dates["english_hosts"])
        self.published = tuple(dates["published"])
        self.publications = Phrases(self.published)
        self.changes = Phrases((*self.changed, *self.last))
        self.no_titles = frozenset(data["titles"]["none"])
        self.placeholders = frozenset(data["titles"]["placeholders"])
        self.sites = tuple(data["titles"]["sites"])
        self.views = frozenset(data["titles"]["views"])


@dataclass(frozen=True, slots=True)
class Row:
    """A place where a field is told, under which names, and how far it is trusted."""

    place: str
    names: list[str]
    confidence: float
    source: str = ""


def load(name: str) -> dict[str, Any]:
    """A data file of this package."""
    return read_table(f"metadata/{name}")


@cache
def words() -> Words:
    """The word lists, read once."""
    return Words()


@cache
def bylines(language: str) -> Phrases:
    """What begins the bylines of a language, those in English, and those of unmistakable words."""
    by = words().by
    return Phrases((*by["everywhere"], *by["en"], *by.get(language, ())))


@cache
def _conventions() -> dict[str, dict[str, Any]]:
    return load("conventions.toml")


@cache
def rows(field: str) -> tuple[Row, ...]:
    """The places where a field is told, the most trusted first."""
    return tuple(Row(**row) for row in _conventions()["fields"][field])


def page_types() -> dict[str, list[str]]:
    """The types of JSON-LD that tell each type of page."""
    return _conventions()["types"]


def works() -> dict[str, list[str]]:
    """The types of JSON-LD that are a written work, and the endings of such types."""
    return _conventions()["works"]


@cache
def scripts(table: str = "scripts") -> dict[str, re.Pattern[str]]:
    """Signs of the scripts that one language is written in, or its own letters, by language."""
    return {code: re.compile(f"[{signs}]") for code, signs in _conventions()[table].items()}


def primary(language: str) -> str:
    """The language of a tag without country and script, in lower case."""
    return language.lower().replace("_", "-").partition("-")[0]


def alternatives(name: str) -> str:
    """A list of patterns as one, for `re.compile`."""
    return "|".join(_conventions()["patterns"][name])

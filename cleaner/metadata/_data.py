"""The data of this package: the words of words.toml, the conventions of conventions.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from cleaner.data import read_table


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of words.toml."""

    by: dict[str, tuple[str, ...]]
    after: dict[str, list[str]]
    labels: frozenset[str]
    kinds: frozenset[str]
    particles: frozenset[str]
    joiners: re.Pattern[str]
    joiner_words: frozenset[str]
    weak_joiners: re.Pattern[str]
    weak_joiner_words: frozenset[str]
    places: re.Pattern[str]
    agencies: frozenset[str]
    groups: frozenset[str]
    titles: tuple[str, ...]
    generic: frozenset[str]
    roles: frozenset[str]
    stops: frozenset[str]
    changed: tuple[str, ...]
    last: tuple[str, ...]
    other_days: tuple[str, ...]
    english_hosts: frozenset[str]
    published: tuple[str, ...]
    no_titles: frozenset[str]
    placeholders: frozenset[str]
    views: frozenset[str]


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
    data = load("words.toml")
    names = data["names"]
    joined = "|".join(re.escape(word) for word in names["joiners"])
    weak = "|".join(names["weak_joiners"])
    return Words(
        by={key: tuple(sorted(value, key=len, reverse=True)) for key, value in data["by"].items()},
        after=data["after"],
        labels=frozenset(data["labels"]["author"]),
        kinds=frozenset(data["labels"]["kinds"]),
        particles=frozenset(names["particles"]),
        joiners=re.compile(rf"\s(?:{joined})\s", re.IGNORECASE),
        joiner_words=frozenset(names["joiners"]),
        weak_joiner_words=frozenset(w for w in names["weak_joiners"] if len(w) == 1),
        weak_joiners=re.compile(rf"\s(?:{weak})\s"),
        places=re.compile(rf"\s\([^()]{{2,40}}\)(?=,|\s(?:{joined}|{weak})\s)"),
        agencies=frozenset(names["agencies"]),
        groups=frozenset((*names["groups"], *names["agencies"])),
        titles=tuple(names["titles"]),
        generic=frozenset(names["generic"]),
        roles=frozenset(names["roles"]),
        stops=frozenset(names["stops"]),
        changed=tuple(data["dates"]["changed"]),
        last=tuple(data["dates"]["last"]),
        other_days=tuple(data["dates"]["other"]),
        english_hosts=frozenset(data["dates"]["english_hosts"]),
        published=tuple(data["dates"]["published"]),
        no_titles=frozenset(data["titles"]["none"]),
        placeholders=frozenset(data["titles"]["placeholders"]),
        views=frozenset(data["titles"]["views"]),
    )


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


def primary(language: str) -> str:
    """The language of a tag without country and script, in lower case."""
    return language.lower().replace("_", "-").partition("-")[0]


def alternatives(name: str) -> str:
    """A list of patterns as one, for `re.compile`."""
    return "|".join(_conventions()["patterns"][name])

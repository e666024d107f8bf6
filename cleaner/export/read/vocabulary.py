"""The class names of `vocabulary.toml`, looked up by the whole class attribute."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from cleaner.data import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping

_NONE: frozenset[str] = frozenset()


@cache
def vocabulary() -> dict[str, Any]:
    """Return the tables of `vocabulary.toml`."""
    return read_table("export/read/vocabulary.toml")


@cache
def _roles_by_name() -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for role, listed in vocabulary()["roles"].items():
        for name in listed:
            names.setdefault(name, set()).add(role)
    for name in vocabulary()["callouts"]["titles"]:
        names.setdefault(name, set()).add("callout_title")
    return {name: frozenset(roles) for name, roles in names.items()}


@lru_cache(maxsize=4096)
def roles(classes: str) -> frozenset[str]:
    """Return the roles that the names in a class attribute stand for.

    >>> sorted(roles("fancy lineno"))
    ['line_number']
    """
    by_name = _roles_by_name()
    names = classes.split()
    found = [by_name[name] for name in names if name in by_name]
    if "_" in classes:
        # Build tools add a hash to a name: `codeBlockTitle_Ktv7`.
        bases = (name.partition("_")[0] for name in names if name not in by_name)
        found += [by_name[base] for base in bases if len(base) > 7 and base in by_name]
    return frozenset().union(*found) if found else _NONE


def roles_of(attributes: Mapping[str, str]) -> frozenset[str]:
    """Return the roles of an element with these attributes."""
    return roles(attributes.get("class", ""))


@cache
def _box() -> re.Pattern[str]:
    """Return the pattern of what the name of a callout holds."""
    table = vocabulary()["callouts"]
    return re.compile("|".join(map(re.escape, (*table["boxes"], *table["bare"]))))


@lru_cache(maxsize=4096)
def callout(classes: str) -> str:
    """Return the kind of callout that a class attribute makes, "" if none.

    >>> callout("alert alert-warning"), callout("admonition tip"), callout("box")
    ('warning', 'tip', '')
    >>> callout("callout callout_warn"), callout("admonition-mind-it admonition")
    ('warning', 'note')
    >>> callout("awsdocs-note awsdocs-tip"), callout("admonition-note alert--secondary")
    ('tip', 'note')
    >>> callout("hint bg-warning"), callout("hint")
    ('warning', 'tip')
    >>> callout("note info"), callout("tip tip-danger"), callout("note")
    ('info', 'danger', '')
    """
    lowered = classes.lower()
    if not _box().search(lowered):
        return ""
    table = vocabulary()["callouts"]
    boxes, kinds = table["boxes"], table["kinds"]
    names = lowered.split()
    own = next((box for box in boxes if box in names), None)
    ends = ((box, name[len(box) :]) for name in names for box in boxes if name.startswith(box))
    found = ((box, end.lstrip("-_")) for box, end in ends if end[:1] in ("-", "_"))
    named = [(box, str(kinds[kind])) for box, kind in found if kind in kinds]
    if named:  # each is a note, some are more
        more = (kind for box, kind in named if box == named[0][0] and kind != "note")
        return named[0][1] if named[0][1] != "note" else next(more, "note")
    if own is None:
        bare = next((name for name in names if name in table["bare"]), "")
        levels = (name.removeprefix(f"{bare}-") for name in names if bare and name != bare)
        return next((str(kinds[name]) for name in levels if name in table["levels"]), "")
    default = "note" if own in table["plain"] else kinds.get(own, "")
    return next((str(kinds[name]) for name in names if name in kinds and name != own), default)


def bare_callout(classes: str) -> str:
    """Return the kind of callout that is all that a class attribute names, "" if none.

    >>> bare_callout("NOTE"), bare_callout("note-taker")
    ('note', '')
    """
    bare = vocabulary()["callouts"]["bare"]
    return next((name for name in classes.lower().split() if name in bare), "")

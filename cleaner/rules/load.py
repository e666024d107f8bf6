"""Rule files: tables of sites in TOML, each with lists of selectors, checked and compiled."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cleaner.document import RULE, CleanerError
from cleaner.rules.select import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from cleaner.rules.select import Find

__all__ = ["RULE", "Rule", "Rules", "RulesError", "load_rules"]

ACTIONS = ("only", "keep", "drop")
"""What a rule can do, in the order in which they count: of two for one element the last."""

EVERY = "*"
"""The name of the site that every page belongs to."""


class RulesError(CleanerError):
    """A file of rules that cannot be used; the message names the file and the place in it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector of one site; `find` returns the elements that it selects below a root."""

    action: str
    selector: str
    site: str
    find: Find

    def __str__(self) -> str:
        return f"{RULE}{self.action} “{self.selector}” ({self.site})"


class Rules:
    """The rules of all sites, looked up by the address of a page."""

    def __init__(self) -> None:
        self._sites: dict[str, dict[str, list[Rule]]] = {}

    def add(self, site: str, rules: list[Rule]) -> None:
        """Add the rules of a site: a host, and what the path of its pages begins with."""
        host, slash, path = site.partition("/")
        self._sites.setdefault(_ascii(host), {}).setdefault(slash + path, []).extend(rules)

    def of(self, url: str | None) -> list[Rule]:
        """Return the rules for the page at `url`, those of the most particular site last."""
        host, path = _parts(url or "")
        labels = host.split(".") if host else []
        hosts = [EVERY, *(".".join(labels[index:]) for index in reversed(range(len(labels))))]
        return [
            rule
            for name in hosts
            for start, rules in sorted(self._sites.get(name, {}).items())
            if path.startswith(start)
            for rule in rules
        ]


def load_rules(paths: Sequence[Path]) -> Rules:
    """Return the rules of all files together.

    Raises `RulesError` for a file that cannot be read, or holds what is no rule.
    """
    rules = Rules()
    for path in paths:
        try:
            data = tomllib.loads(path.read_text("utf-8"))
        except OSError as error:
            raise RulesError(f"{path}: {error.strerror}") from error
        except ValueError as error:
            raise RulesError(f"{path}: {error}") from error
        for site, table in _sites(data):
            try:
                rules.add(_checked(site), list(_rules(site, table)))
            except ValueError as fault:
                raise RulesError(f"{path}: [{site}] {fault}") from fault
    return rules


def _sites(data: Mapping[str, Any], name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each site and its table; without quotes, TOML parts a host at its dots."""
    own = {key: value for key, value in data.items() if not isinstance(value, dict)}
    if own:
        yield name, own
    for key, table in data.items():
        if isinstance(table, dict):
            yield from _sites(table, f"{name}.{key}" if name else key)


def _checked(site: str) -> str:
    """Return the name of a site, lower-cased before the path. Raises `ValueError`."""
    host, slash, path = site.partition("/")
    if not host:
        raise ValueError('rules stand in the table of a site, as in ["example.org"]')
    if host != EVERY and (not host.strip(".") or set(host) & set("*:@?# ")):
        raise ValueError("a site is a host, such as example.org or example.org/blog/, or *")
    return host.lower().rstrip(".") + slash + path


def _rules(site: str, table: Mapping[str, Any]) -> Iterator[Rule]:
    """Yield the rules of a table, by action. Raises `ValueError`."""
    if unknown := table.keys() - set(ACTIONS):
        names = ", ".join(map(repr, sorted(unknown)))
        raise ValueError(f"unknown key {names}, not one of {', '.join(ACTIONS)}")
    for action in ACTIONS:
        selectors = table.get(action, [])
        if not isinstance(selectors, list) or not all(isinstance(one, str) for one in selectors):
            raise ValueError(f"{action}: not a list of selectors")
        for selector in selectors:
            yield Rule(action, selector, site, compiled(selector))


def _parts(url: str) -> tuple[str, str]:
    """Return the host and the path of an address, both "" if it is none."""
    try:
        parts = urlsplit(url)
        return _ascii((parts.hostname or "").rstrip(".")), parts.path or "/"
    except ValueError:
        return "", ""


def _ascii(host: str) -> str:
    """Return a host as the name system knows it: "blåbær.example" is xn--blbr-roah.example."""
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host

"""What a rendered page does not get, by the conventions in `blocked.toml`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from cleaner.data import read_table

_WORD = re.compile(r"[a-z]+")


class _Blocked(NamedTuple):
    kinds: frozenset[str]
    hosts: frozenset[str]
    paths: frozenset[str]


@cache
def _blocked() -> _Blocked:
    data = read_table("scrape/blocked.toml")
    return _Blocked(*(frozenset(data[name]) for name in ("kinds", "host_words", "path_words")))


def is_blocked(url: str, kind: str, page: str) -> bool:
    """Return whether a request that a page makes is left out.

    Args:
        url: the address asked for.
        kind: what for, as browsers name it: "script", "image", "fetch", "document"…
        page: the address of the page. What is of its own site is blocked by its kind only.

    >>> page = "https://www.example.org/story"
    >>> is_blocked("https://ads.example.net/tag.js", "script", page)
    True
    >>> is_blocked("https://www.example.org/api/ads/17.json", "fetch", page)
    False
    """
    blocked = _blocked()
    if kind in blocked.kinds:
        return True
    try:
        asked, own = urlsplit(url.lower()), urlsplit(page.lower())
        host, home = asked.hostname or "", own.hostname or ""
    except ValueError:
        return True
    if host == home:
        return False
    if not blocked.hosts.isdisjoint(re.split(r"[.-]", host)):
        return True
    return _site(host) != _site(home) and not blocked.paths.isdisjoint(_WORD.findall(asked.path))


def _site(host: str) -> str:
    """Return the last two parts of a host name; more than one site may share them."""
    return ".".join(host.split(".")[-2:])

"""The pages that the arguments of a command name."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from cleaner.sources import Item
from cleaner.sources.files import Found, find, standard_input

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.document import Page

_STANDARD_INPUT = "-"


def gather(arguments: Sequence[str], out: str | None = None) -> Found:
    """Return all pages: those in files, then those at addresses, then standard input.

    Files in the folder `out` are left aside: they are what an earlier run wrote.
    """
    addresses = [argument for argument in arguments if _is_address(argument)]
    files = [a for a in arguments if a != _STANDARD_INPUT and a not in addresses]
    found = find(files, leave_out=out)
    found.items += [_at(address) for address in dict.fromkeys(addresses)]
    if _STANDARD_INPUT in arguments:
        found.items.append(standard_input())
    return found


def _is_address(argument: str) -> bool:
    return argument.lower().startswith(("http://", "https://"))


def _at(address: str) -> Item:
    """Return the page at an address, named by its host and path."""
    parts = urlsplit(address)
    name = unquote(f"{parts.hostname or 'page'}{parts.path}")
    if name.endswith("/") or not parts.path:
        name = f"{name.rstrip('/')}/index"
    if parts.query:
        name += "-" + hashlib.sha256(parts.query.encode()).hexdigest()[:8]
    return Item(name, address, partial(_fetch, address))


def _fetch(address: str) -> Page:
    from cleaner.scrape.fetch import fetch

    return fetch(address)

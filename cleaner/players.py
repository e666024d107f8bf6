"""players: elements of which a script makes the player of a video, as `players.toml` names them."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from cleaner.data import read_table

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLAYERS = read_table("players.toml")
_SERVICES = {
    name: (re.compile(service["id"]), re.compile(service.get("setting", "$^")), service["address"])
    for name, service in _PLAYERS["services"].items()
}
PAGES: list[tuple[re.Pattern[str], str]] = [
    (re.compile(page["player"]), page["address"]) for page in _PLAYERS["pages"]
]
"""Patterns of the addresses of players, and of the pages that show what they play."""
PLAYING = frozenset(_PLAYERS["attributes"])
"""Attributes that tell of a video."""
# The poster and the buttons of a player.
_MOST_PARTS, _LONGEST_LABEL = 20, 80


def player(tag: str, attributes: dict[str, str], element: _Element) -> dict[str, str] | None:
    """Return the attributes of the `<iframe>` that a script puts in an element's place, or None.

    >>> from lxml import etree
    >>> about = {"videoid": "abcdefghij1"}
    >>> player("lite-youtube", about, etree.Element("lite-youtube"))
    {'src': 'https://www.youtube.com/embed/abcdefghij1', 'title': ''}
    """
    if tag == "oembed":
        return {"src": attributes.get("url", ""), "title": ""}
    if not (tag == "div" or "-" in tag):
        return None
    said = " ".join((tag, *attributes, attributes.get("class", ""))).lower()
    said += attributes.get("data-plyr-provider", "")
    settings = "".join(attributes.get(name, "") for name in _PLAYERS["settings"])
    for service, (pattern, setting, address) in _SERVICES.items():
        if told := setting.search(settings) if service in settings else None:
            found, longest = told[1], _LONGEST_LABEL
        elif service in said:
            ids = (attributes.get(name, "") for name in _PLAYERS["ids"])
            found, longest = next(filter(pattern.fullmatch, ids), ""), "-" in tag and _LONGEST_LABEL
        else:
            continue
        if found and _holds_little(element, longest):
            names = (attributes.get(name, "") for name in _PLAYERS["titles"])
            title = next(filter(None, names), "").removeprefix("Play: ")
            return {"src": address.format(found), "title": title}
    return None


def _holds_little(element: _Element, longest: int) -> bool:
    """Return whether an element holds few others, no quotation, and up to `longest` characters."""
    return (
        len(list(islice(element.iter(), _MOST_PARTS))) < _MOST_PARTS
        and element.find(".//blockquote") is None
        and len("".join(map(str, element.itertext())).strip()) <= longest
    )

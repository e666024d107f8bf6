"""The passes over a whole tree that metadata needs: which elements matter, which texts begin so.

`cleaner.metadata._scan` is the compiled twin, which takes its place where it could be built.
Elements are counted in document order, the root being number 0; comments do not count, nor does
what stands in a drawing.
"""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from cleaner.twins import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Set

    from lxml.etree import _Element

    Found = tuple[int, _Element]

LEADING = " \t\r\n–—-·•|("
LONGEST = 200  # characters of a text that may be a label


def elements(root: _Element) -> Iterator[_Element]:
    """Yield the elements that count, in document order."""
    drawn = 0
    for element in root.iter("*"):
        if drawn:
            drawn -= 1
            continue
        yield element
        if element.tag.rpartition("}")[2] == "svg":
            drawn = sum(1 for _ in element.iterdescendants("*"))


def scan_in_python(root: _Element, tags: Set[str], attributes: Set[str]) -> list[Found]:
    """Find the elements of some tags and those with some attributes; return number and element."""
    return [
        (place, element)
        for place, element in enumerate(elements(root))
        if element.tag in tags or not attributes.isdisjoint(element.keys())
    ]


def named_in_python(
    root: _Element, says: Callable[[str], object], start: int, stop: int
) -> list[Found]:
    """Find the elements from number `start` up to `stop` whose class or id says something.

    Args:
        root: Where to begin.
        says: Whether a class or an id says so; asked once about each.
        start: The number of the first element that is looked at.
        stop: The number of the first one that is not.

    Returns:
        Number and element.
    """
    ask = cache(says)
    return [
        (place, element)
        for place, element in enumerate(window_in_python(root, start, stop), start)
        if any(names and ask(names) for names in map(element.get, ("class", "id")))
    ]


def window_in_python(root: _Element, start: int, stop: int) -> list[_Element]:
    """Return the elements from number `start` up to, not including, number `stop`."""
    return list(islice(elements(root), start, stop))


def beginnings_in_python(root: _Element, starts: Collection[str]) -> list[tuple[_Element, str]]:
    """Find the short texts whose first two letters in lower case are among `starts`.

    Returns:
        The element that holds the text or that it follows, and the text from its first letter on.
    """
    found = []
    for element in elements(root):
        for text in (element.text, element.tail):
            if text and 2 < len(text) < LONGEST:
                start = text.lstrip(LEADING)
                if start[:2].lower() in starts:
                    found.append((element, start))
    return found


scan = compiled("cleaner.metadata._scan", "scan", scan_in_python)
named = compiled("cleaner.metadata._scan", "named", named_in_python)
window = compiled("cleaner.metadata._scan", "window", window_in_python)
beginnings = compiled("cleaner.metadata._scan", "beginnings", beginnings_in_python)

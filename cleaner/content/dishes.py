"""Menus of dishes: what holds prices and leads nowhere is no navigation, whatever it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.characters import CLASSES

if TYPE_CHECKING:
    from collections.abc import Container

    from numpy.typing import NDArray

    from cleaner.content.names import Scores
    from cleaner.content.nodes import NameScores
    from cleaner.content.page import PageColumns

__all__ = ["dishes", "without_menus"]

_DIGIT = CLASSES["digit"]
_FEWEST = 3  # prices
_NEAR = 6  # elements around a price, of which one says menu
_LONGEST = 12  # characters of a price
_PRICES = 1 / 6  # of the blocks in a menu of dishes, at least
_LINKS = 0.1  # of its characters, at most


def dishes(page: PageColumns) -> frozenset[str]:
    """Return the class attributes by which a page calls its dishes a menu, none on most pages."""
    attributes = page.layout.attributes
    short = np.flatnonzero((page.chars[_DIGIT] > 0) & (page.size <= _LONGEST))
    if len(short) < _FEWEST:
        return frozenset()
    near = page.above[:_NEAR, short]
    around = set(near.ravel().tolist()) - {-1}
    menus = [node for node in around if _says_menu(attributes[node])]
    if not menus:
        return frozenset()
    named = short[_inside(near, menus)].tolist()
    prices = [block for block in named if _is_price(page.texts[block])]
    if len(prices) < _FEWEST:
        return frozenset()
    nodes: dict[str, list[int]] = {}
    for node, own in enumerate(attributes):
        if _says_menu(own):
            nodes.setdefault(own["class"], []).append(node)
    inside = {classes: _inside(page.above, every) for classes, every in nodes.items()}
    found = {
        classes: blocks
        for classes, blocks in inside.items()
        if page.links[blocks].sum() <= _LINKS * page.size[blocks].sum()
    }
    blocks = np.any(list(found.values()), axis=0) if found else np.zeros(len(page.texts), bool)
    priced = int(blocks[prices].sum())
    return frozenset(found if priced >= max(_FEWEST, _PRICES * blocks.sum()) else ())


def _inside(above: NDArray[np.int64], nodes: list[int]) -> NDArray[np.bool_]:
    """Tell which blocks, given by the nodes above each, stand in one of some nodes."""
    is_one = np.zeros(max(int(above.max()), *nodes) + 2, bool)  # the last is that of -1
    is_one[nodes] = True
    return np.asarray(is_one[above].any(0))


def without_menus(score_names: NameScores, classes: Container[str]) -> NameScores:
    """Return what tells of the names of elements, of those with these classes as of dishes."""

    def score(attributes: dict[str, str]) -> Scores:
        own = attributes.get("class", "")
        if own in classes:
            own = own.replace("menu", "dish").replace("Menu", "Dish")
            attributes = {**attributes, "class": own}
        return score_names(attributes)

    return score


def _says_menu(attributes: dict[str, str]) -> bool:
    classes = attributes.get("class", "")
    return "menu" in classes or "Menu" in classes


def _is_price(text: str) -> bool:
    """Tell a number with at most three letters of a currency; times and counts are none."""
    return sum(map(str.isalpha, text)) <= 3 and not any(sign in text for sign in "():/%")

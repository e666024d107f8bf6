"""Menus of dishes: what holds prices and leads nowhere is no navigation, whatever it is called."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Container

    from numpy.typing import NDArray

    from cleaner.content.names import Scores
    from cleaner.content.nodes import NameScores
    from cleaner.content.page import PageColumns
    from cleaner.document import Layout

_FEWEST = 3  # prices
_NEAR = 6  # elements around a price, of which one says menu
_PRICES = 1 / 6  # of the blocks in a menu of dishes, at least
_LINKS = 0.1  # of its characters, at most


def dishes(page: PageColumns) -> frozenset[str]:
    """Return the class attributes by which a page calls its dishes a menu, none on most pages."""
    if len(page.numbers) < _FEWEST:
        return frozenset()
    layout = page.layout
    found = [block for block in page.numbers if _stands_in_menu(layout, layout.block_nodes[block])]
    prices = [block for block in found if _is_price(layout.texts[block])]
    if len(prices) < _FEWEST:
        return frozenset()
    nodes: dict[str, list[int]] = {}
    for node, own in enumerate(layout.attributes):
        if _says_menu(own):
            nodes.setdefault(own["class"], []).append(node)
    inside = {classes: _inside(page, every) for classes, every in nodes.items()}
    menus = {
        classes: blocks
        for classes, blocks in inside.items()
        if page.links[blocks].sum() <= _LINKS * page.size[blocks].sum()
    }
    blocks = np.any(list(menus.values()), axis=0) if menus else np.zeros(len(page.texts), bool)
    priced = int(blocks[np.searchsorted(page.rows, prices)].sum())
    return frozenset(menus if priced >= max(_FEWEST, _PRICES * blocks.sum()) else ())


def _inside(page: PageColumns, nodes: list[int]) -> NDArray[np.bool_]:
    """Return for each block whether it stands in one of some nodes."""
    is_one = np.zeros(len(page.parent), bool)  # the last stands for no node
    is_one[nodes] = True
    return np.asarray(is_one[page.above].any(0))


def without_menus(score_names: NameScores, classes: Container[str]) -> NameScores:
    """Return `score_names` for a page on which elements of these classes hold dishes, not links."""

    def score(attributes: dict[str, str]) -> Scores:
        own = attributes.get("class", "")
        if own in classes:
            own = own.replace("menu", "dish").replace("Menu", "Dish")
            attributes = {**attributes, "class": own}
        return score_names(attributes)

    return score


def _stands_in_menu(layout: Layout, node: int) -> bool:
    """Return whether a node, or one close around it, is called a menu."""
    around = islice(layout.ancestors(node), _NEAR)
    return any(_says_menu(layout.attributes[outer]) for outer in around)


def _says_menu(attributes: dict[str, str]) -> bool:
    classes = attributes.get("class", "")
    return "menu" in classes or "Menu" in classes


def _is_price(text: str) -> bool:
    """Return whether a text is a price: a number with at most three letters, no time or count."""
    return sum(map(str.isalpha, text)) <= 3 and not any(sign in text for sign in "():/%")

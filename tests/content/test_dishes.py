"""A menu of dishes is not taken for one of links."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.content.dishes import dishes
from cleaner.content.names import nameless
from cleaner.content.page import read_columns

DISHES = [
    ("Smoked eel on rye", "Pickled cucumber, horseradish cream and dill", "£11"),
    ("Leek soup", "Brown butter, chives, bread from the bakery next door", "8.50"),
    ("Roast hake", "White beans, mussels and samphire from the shore", "23 EUR"),
    ("Celeriac pie", "Cider gravy, buttered kale and a pickled walnut", "18,-"),
]


def page(item: str, rows: list[tuple[str, ...]]) -> str:
    items = "".join(
        f"<div class='{item}'>" + "".join(f"<div class='{item}-part'>{part}</div>" for part in row)
        + "</div>"
        for row in rows
    )  # fmt: skip
    return (
        "<title>Dinner</title><nav class=top-menu><a href=/>Home</a> <a href=/book>Book</a></nav>"
        f"<main><h1>Dinner</h1><p>Served from five until the last guest leaves.</p>{items}</main>"
        "<footer><p>4 Weir Lane</p></footer>"
    )


@pytest.mark.parametrize("item", ["menu-item", "food-menu__item", "MenuItem"])
def test_dishes_are_kept_whatever_their_list_is_called(item: str) -> None:
    text = cleaner.clean(page(item, DISHES)).text
    assert [part for row in DISHES for part in row if part not in text] == []
    assert "Home" not in text
    assert "Weir Lane" not in text


LINKS = [(f"<a href=/{name}>{name}</a>", price) for _, name, price in DISHES]
COUNTS = [("Red wine", "(12)"), ("White wine", "(9)"), ("Port wine", "(7)")]
TIMES = [("Monday", "11:30"), ("Tuesday", "11:30"), ("Friday", "12:00")]
FEW_PRICES = [*DISHES[:3], *[("A choice", "Another", "A third")] * 6]


ALL = frozenset(("menu-item", "menu-item-part"))


@pytest.mark.parametrize(
    ("rows", "found"),
    [(DISHES, ALL), *((rows, set()) for rows in (LINKS, COUNTS, TIMES, FEW_PRICES))],
)
def test_links_counts_and_times_make_no_dishes(
    rows: list[tuple[str, ...]], found: set[str]
) -> None:
    columns = read_columns(cleaner.clean(page("menu-item", rows)).layout, nameless)
    assert columns is not None
    assert dishes(columns) == found

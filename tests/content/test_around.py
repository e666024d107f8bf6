"""What names and tags around a block say depends on how far above it they stand."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.content.around import Around
from cleaner.content.names import Names
from cleaner.content.page import read_columns
from cleaner.parse import parse
from cleaner.segment import segment

TOKENS = ["-menu", "-story", "<li"]
WEIGHTS = np.array([[-4, -2, -1, -1, -1], [2, 2, 4, 1, 1], [-0.5, 0, 0, 0, 0]])
AROUND = Around.from_weights(TOKENS, WEIGHTS, 0.25)


def said(page: str, around: Around = AROUND) -> list[float]:
    columns = read_columns(segment(parse(page).root), Names({}, around.names))
    assert columns is not None
    return around(columns).tolist()


def test_tokens_that_are_not_known_say_nothing() -> None:
    assert said("<p class=other>One.</p><div id=x><p>Two.</p></div>") == [0.25, 0.25]


def test_a_name_says_by_its_level_what_it_says() -> None:
    story_in_menu = said("<div class=menu><p class=story>One.</p></div>")
    menu_in_story = said("<div class=story><p class=menu>One.</p></div>")
    assert story_in_menu == [pytest.approx((2 - 2) / 2**0.5 + 0.25)]
    assert menu_in_story == [pytest.approx((-4 + 2) / 2**0.5 + 0.25)]


def test_tags_count_beside_names() -> None:
    assert said("<ul class=menu><li>One.</li></ul>") == [pytest.approx(-2.5 / 2**0.5 + 0.25)]


def test_names_beyond_the_levels_say_nothing() -> None:
    assert said("<div class=menu>" + "<div>" * 12 + "<p>One.</p>") == [0.25]


def test_the_weights_come_back_from_their_arrays() -> None:
    again = Around.of(AROUND.arrays())
    assert (again.names, again.bias) == (AROUND.names, AROUND.bias)
    assert np.array_equal(again.tags, AROUND.tags)
    nothing = Around.from_weights([], np.zeros((0, 5)), 0.5)
    assert said("<p class=menu>One.</p>", Around.of(nothing.arrays())) == [0.5]


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("around", np.zeros((9, 5))),
        ("around", np.zeros((3, 4))),
        ("around_bias", np.zeros(2)),
        ("around_tokens", np.frombuffer(b"\xff\n\n", dtype=np.uint8)),
    ],
)
def test_foreign_weights_are_a_clear_error(name: str, array: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"weights of tokens|utf-8"):
        Around.of(AROUND.arrays() | {name: array})

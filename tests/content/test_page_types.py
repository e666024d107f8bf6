"""What the words of a page say of its type: each counts once, and one never met says nothing."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.content.page_types import LEAST, MOST, STEP, PageTypes, read_words
from cleaner.content.words import BUCKETS, Words, buckets
from cleaner.document import PAGE_TYPES


def number(word: str) -> int:
    """Return the number of a word by itself, without the pairs that it is in."""
    (found,) = {*buckets(f"one {word} two")} & {*buckets(f"three {word} four")}
    return found


NUMBERS = np.sort([number("basket"), number("reply")])
SHOP, FORUM = PAGE_TYPES.index("product"), PAGE_TYPES.index("forum")
STEPS = np.zeros((2, len(PAGE_TYPES)), np.int8)
STEPS[np.searchsorted(NUMBERS, number("basket")), SHOP] = 100
STEPS[np.searchsorted(NUMBERS, number("reply")), FORUM] = -50
TYPES = PageTypes.from_steps(NUMBERS, STEPS, np.linspace(0, 0.3, len(PAGE_TYPES)))
NONE = [0] * len(PAGE_TYPES)
WORDS = Words(np.zeros(BUCKETS, np.float32), 0.5)


def odds(*texts: str) -> np.ndarray:
    """Return the log-probability of each type, less that of a page without words."""
    said, told = read_words(texts, WORDS, TYPES)
    assert said.tolist() == [0.5] * len(texts)
    assert np.exp(told).sum() == pytest.approx(1)
    change = told - TYPES(NONE)
    return np.asarray(change - change[0])


def test_the_words_of_all_texts_of_a_page_are_summed() -> None:
    moved = odds("The basket, and", "no reply")
    assert moved[SHOP] == pytest.approx(100 * STEP)
    assert moved[FORUM] == pytest.approx(-50 * STEP)
    assert np.count_nonzero(np.abs(moved) > 1e-9) == 2


def test_a_word_counts_once() -> None:
    assert odds("basket", "a basket", "Basket!") == pytest.approx(odds("a basket"))


def test_words_never_met_say_nothing() -> None:
    assert not odds("Skjær i sjøen", "日本語").any()
    assert not odds().any()


def test_no_type_is_less_likely_than_the_least() -> None:
    types = PageTypes.from_steps(NUMBERS, STEPS, np.arange(len(PAGE_TYPES)) * -50.0)
    assert types(NONE) == pytest.approx([0.0] + [LEAST] * (len(PAGE_TYPES) - 1))


def test_the_weights_come_back_from_their_arrays() -> None:
    again = PageTypes.of(TYPES.arrays())
    assert np.array_equal(again.rows, TYPES.rows)
    assert np.array_equal(again.steps, TYPES.steps)
    assert again.bias == pytest.approx(TYPES.bias)
    nothing = PageTypes.from_steps(NUMBERS[:0], STEPS[:0], np.zeros(len(PAGE_TYPES)))
    assert not PageTypes.of(nothing.arrays()).rows.any()


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("page_words", NUMBERS[:1]),
        ("page_words", NUMBERS + BUCKETS),
        ("page_words", np.array([3, 3])),
        ("page_weights", STEPS[:, 1:]),
        ("page_bias", np.zeros(3)),
    ],
)
def test_foreign_weights_are_a_clear_error(name: str, array: np.ndarray) -> None:
    with pytest.raises(ValueError, match="page types"):
        PageTypes.of(TYPES.arrays() | {name: array})


def test_more_weights_than_rows_can_be_told_apart_are_a_clear_error() -> None:
    count = MOST + 1
    arrays = {
        "page_words": np.arange(count, dtype=np.uint32),
        "page_weights": np.ones((count, len(PAGE_TYPES)), np.int8),
    }
    with pytest.raises(ValueError, match="page types"):
        PageTypes.of(TYPES.arrays() | arrays)

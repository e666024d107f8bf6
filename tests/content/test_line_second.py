from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaner.content.line_columns import LineColumns, read_lines
from cleaner.content.line_second import second_features
from cleaner.content.line_sums import nearest, running, window
from cleaner.content.words import Tokens
from cleaner.document import PAGE_TYPES

logits = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40)
TYPED = np.linspace(-3, 0, len(PAGE_TYPES))


def read(texts: list[str]) -> tuple[LineColumns, Tokens]:
    return read_lines(texts), Tokens.of(texts)


@given(logits)
def test_any_verdicts_give_finite_features_of_one_number(values: list[float]) -> None:
    lines = read(["word " * (1 + at % 7) for at in range(len(values))])
    rows = second_features(*lines, np.array(values), np.array(values[::-1]), TYPED)
    alone = second_features(*read(["word"]), np.zeros(1), np.zeros(1), TYPED)
    assert rows.shape == (len(alone), len(values))
    assert np.isfinite(rows).all()


@given(logits)
def test_the_same_lines_between_other_verdicts_look_different(values: list[float]) -> None:
    lines = read(["word"] * (len(values) + 2))
    said = np.zeros(len(values) + 2)
    low, high = (
        second_features(*lines, np.array([edge, *values, edge]), said, TYPED)
        for edge in (-8.0, 8.0)
    )
    assert (low[:, 1:-1] != high[:, 1:-1]).any(axis=0).all()


@given(logits)
def test_the_same_line_among_other_words_looks_different(values: list[float]) -> None:
    lines = read(["word"] * (len(values) + 2))
    logits = np.zeros(len(values) + 2)
    low, high = (
        second_features(*lines, logits, np.array([edge, *values, edge]), TYPED)
        for edge in (-5.0, 5.0)
    )
    assert (low[:, 1:-1] != high[:, 1:-1]).any(axis=0).all()


def test_the_type_of_the_page_is_told_to_every_line() -> None:
    lines, none = read(["word", "another"]), np.zeros(2)
    one, other = (second_features(*lines, none, none, typed) for typed in (TYPED, TYPED - 1))
    assert np.count_nonzero((one != other).all(axis=1)) == len(PAGE_TYPES)
    assert np.count_nonzero((one != other).any(axis=1)) == len(PAGE_TYPES)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30), st.integers(-1, 9), st.integers(-1, 9))
def test_a_window_sums_the_lines_it_spans(values: list[int], before: int, after: int) -> None:
    (sums,), number = window(running([values]), before, after)
    for at in range(len(values)):
        spanned = values[max(at - before, 0) : max(at + after + 1, 0)]
        assert sums[at] == sum(spanned)
        assert number[at] == max(len(spanned), 1)


@given(st.lists(st.booleans(), min_size=1, max_size=30))
def test_the_nearest_lines_are_flagged_and_nothing_flagged_is_between(flags: list[bool]) -> None:
    after, before = nearest(np.array(flags))
    for at in range(len(flags)):
        assert not any(flags[at + 1 : after[at]])
        assert not any(flags[max(before[at] + 1, 0) : at])
        assert after[at] >= len(flags) or flags[after[at]]
        assert before[at] < 0 or flags[before[at]]

"""The words of a text have the same numbers and weights, compiled or not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.content.page_types import weigh_page_in_arrays
from cleaner.content.words import BUCKETS, LINE_BUCKETS, STEP, count_in_arrays
from tests.twins.support import compiled

# Letters of one to four bytes, digits that are words or parts of words, case that folds to more.
TEXTS = st.text() | st.text(st.sampled_from("aB1๒ก^$ß٣İ_. '日Éñ\ud800Ⅷ²𝔸𐐀ŉ"), max_size=12)
WEIGHTS = np.linspace(-300, 300, BUCKETS).round().astype(np.float32) * STEP
ROWS = (np.arange(BUCKETS) % 41 * (np.arange(BUCKETS) % 3 > 0)).astype(np.uint16)
STEPS = (
    np.vstack((np.zeros((1, 7)), np.arange(280).reshape(40, 7) - 140)).clip(-127).astype(np.int8)
)


def assert_alike(texts):
    twins = compiled("cleaner.content._words")
    counts = (count(texts, LINE_BUCKETS) for count in (count_in_arrays, twins.count))
    for ours, theirs in zip(*counts, strict=True):
        assert ours.dtype == theirs.dtype
        assert np.array_equal(ours, theirs)
    pages = (
        weigh(texts, WEIGHTS, -0.25, ROWS, STEPS)
        for weigh in (weigh_page_in_arrays, twins.weigh_page)
    )
    for mine, its in zip(*pages, strict=True):
        assert mine.dtype == its.dtype
        assert np.array_equal(mine, its)


@given(st.lists(TEXTS, max_size=6))
def test_any_texts_have_the_same_words(texts):
    assert_alike(texts)


@pytest.mark.parametrize("part", ["a", "ß ", "1", "日", "一 two ", "ΐ", "𝔸", "İ"])
@pytest.mark.parametrize("times", [1, 5, 49, 51, 399, 401, 5000])
def test_only_the_beginning_of_a_long_text_is_read(part, times):
    assert_alike([part * times, "x" + part * times])


def test_a_table_of_another_size_is_an_error():
    with pytest.raises(ValueError, match="power of two"):
        compiled("cleaner.content._words").count(["a"], 1000)

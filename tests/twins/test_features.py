"""What the model asks of a page is the same to the last bit, compiled or not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cleaner.content import around, characters, features, groups, names
from cleaner.content.model import load_model
from cleaner.content.page import read_in_arrays
from cleaner.parse import parse
from cleaner.segment import segment
from tests.test_promises import PAGE_SETTINGS, PAGES
from tests.twins.support import columns_of, compiled, each_page


def assert_columns_alike(layout, score):
    ours, twins = (
        read_in_arrays(layout, score),
        compiled("cleaner.content._page").read_columns(layout, score),
    )
    assert (ours is None) == (twins is None)
    for name in ours.__slots__ if ours else ():
        mine, theirs = getattr(ours, name), getattr(twins, name)
        if isinstance(mine, np.ndarray):
            assert mine.dtype == theirs.dtype
            assert theirs.flags.c_contiguous
            assert np.array_equal(mine, theirs), name
        else:
            assert mine == theirs


@PAGE_SETTINGS
@given(PAGES)
def test_the_columns_of_any_page_are_alike(page):
    score = load_model().score_names
    assert_columns_alike(segment(parse(page).root), score)
    assert_columns_alike(
        segment(parse(page).root), names.NamesInPython(ODDS, load_model().around.names)
    )


def test_the_columns_of_a_page_with_the_text_of_its_scripts_are_alike():
    layout, hidden = (segment(parse(page).root) for page in ("<p>a", "<p>b<p class=x>c<p>d"))
    layout.append(hidden)
    assert_columns_alike(layout, load_model().score_names)


@each_page
def test_the_columns_of_a_page_are_alike(markup):
    layout = segment(parse(markup).root)
    assert_columns_alike(layout, load_model().score_names)


@given(st.lists(st.text(st.characters(exclude_characters="\0"), min_size=1), min_size=1))
def test_characters_are_counted_alike(texts):
    twin = compiled("cleaner.content._characters").count_characters
    for ours, twins in zip(characters.count_in_arrays(texts), twin(texts), strict=True):
        assert ours.dtype == twins.dtype
        assert np.array_equal(ours, twins)


def assert_features_alike(columns):
    model = load_model().around
    layout = columns.names, columns.above, columns.around, model.tags, model.bias
    told = compiled("cleaner.content._names").weigh(*layout)
    assert np.array_equal(around.weigh_in_arrays(*layout), told)
    assert np.array_equal(columns.named, told)
    ours = features.features_in_arrays(columns)
    twins = compiled("cleaner.content._features").features(columns)
    assert ours.dtype == twins.dtype
    # Logarithms may differ in the last bit of a double, which hardly ever reaches a float.
    np.testing.assert_array_max_ulp(ours, twins, maxulp=1)


@each_page
def test_a_page_has_the_same_features(markup):
    assert_features_alike(columns_of(markup))


@PAGE_SETTINGS
@given(PAGES)
def test_any_page_has_the_same_features(page):
    columns = columns_of(page)
    if columns is not None:
        assert_features_alike(columns)


@given(arrays(np.int64, st.integers(0, 40), elements=st.integers(-3, 3) | st.integers(-9, 2**40)))
def test_keys_are_grouped_alike(keys):
    ours, count = groups.group_in_arrays(keys)
    twins, found = compiled("cleaner.content._groups").group(keys)
    assert ours.dtype == twins.dtype
    assert count == found == len(set(zip(ours.tolist(), twins.tolist(), strict=True)))


ODDS = {"-nav": -1.5, "nav": -0.5, "-body": 2.0, "post0": 1.0, "-a": 0.25, "-é": 3.0, "-ab": -0.5}
WEIGHTS = {"-nav": (-1.5, 0.5, 0.25, 0.0, 1.0), "-top": (1.0,) * 5, "-ü": (0.5,) * 5}

NAMES = st.sampled_from(["nav", "top-nav", "tüp", "body nav", "post12 post7",
                         " ", "NavBody", "é", "a1",
                         "HTMLBody", "aB", "AB", "ABc", "aBC1", "1a2b", "-", "x" * 600,
                         "0 nav"])  # fmt: skip


@given(
    st.dictionaries(
        st.sampled_from([*names.NAMING, "href"]),
        NAMES | st.text("abNAVv09-_ \x1c\n", max_size=20) | st.text(max_size=9),
    )
)
def test_names_are_scored_alike(attributes):
    ours, twins = (
        kind(ODDS, WEIGHTS)
        for kind in (names.NamesInPython, compiled("cleaner.content._names").Names)
    )
    for _ in range(2):  # with names that are new, then known
        assert twins(attributes) == pytest.approx(ours(attributes))

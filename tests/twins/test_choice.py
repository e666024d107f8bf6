"""Blocks are judged and chosen alike, compiled or not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.content import choice, features, guess, select, siblings, structure
from cleaner.content.model import load_model
from cleaner.content.trees import sum_in_arrays
from cleaner.twins import twin_name
from tests.test_promises import PAGE_SETTINGS, PAGES
from tests.twins.support import columns_of, compiled


@pytest.mark.parametrize("count", [0, 1, 7, 255, 256, 257, 1000])
def test_trees_are_summed_alike(count):
    twin = compiled("cleaner.content._trees").sum_leaves
    trees = load_model().trees.lead
    shape = int(trees.feature.max()) + 1, count
    rows = np.random.default_rng(count).normal(0, 3, shape).astype(np.float32)
    rows[:, ::5] = np.nan
    some = np.flatnonzero(np.arange(count) % 3 == 1)
    for part, items in ((rows, None), (rows[:, ::2], None), (rows, some)):
        sums = sum_in_arrays(trees, part, items)
        assert np.array_equal(twin(trees, part, items), sums)
        assert np.array_equal(twin(trees, part, items, anywhere=True), sums)


def test_trees_that_ask_for_more_features_than_there_are_say_so():
    trees = load_model().trees.lead
    with pytest.raises(IndexError):
        trees(np.zeros((3, 5), np.float32))


@PAGE_SETTINGS
@given(PAGES, st.integers(0, 99), st.sampled_from([0.3, 1.0, 3.0]))
def test_blocks_are_chosen_alike(page, seed, strength):
    columns, twin = columns_of(page), compiled("cleaner.content._chances")
    if columns is None:
        return
    rng = np.random.default_rng(seed)
    logits = rng.normal(0, 3, len(columns.words))
    chances = siblings.probabilities_in_arrays(columns, logits)
    # The exponential may differ in its last bit.
    np.testing.assert_allclose(twin.probabilities(columns, logits), chances, rtol=1e-14)
    ours, theirs = (part(chances, columns.words, strength)
                    for part in (select.select_in_arrays, twin.select))  # fmt: skip
    assert np.array_equal(ours[0], theirs[0])
    assert ours[1] == theirs[1]
    rows = features.features(columns)
    mean = rng.normal(0, 3, len(rows)).astype(np.float32)
    ours, theirs = (
        part(rows, mean, chances) for part in (guess.vector_in_arrays, twin.page_vector)
    )
    assert ours.dtype == theirs.dtype
    np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-4)
    weights, bias = (rng.normal(0, 0.1, size).astype(np.float32) for size in ((7, len(ours)), 7))
    ours, theirs = (
        part(ours, weights, bias) for part in (guess.types_in_arrays, twin.type_probabilities)
    )
    assert ours.dtype == theirs.dtype
    assert theirs.sum() == pytest.approx(1)
    np.testing.assert_allclose(ours, theirs, rtol=1e-4)


BOXES = st.sampled_from([
    "<div class='x comments'>", "<div id=comment-3>", "<table class=infobox>",
    "<ul class=menu>", "</div>", "</ul>", "<div>",
    "<p>A", "<p class=Comment>B", "<li>C", "<h2 id=y>D",
])  # fmt: skip


@given(st.lists(BOXES, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_boxes_with_clues_in_their_names_are_found_alike(parts, random):
    columns = columns_of("".join(parts))
    if columns is None:
        return
    blocks = np.array([random.random() < 0.5 for _ in columns.texts])
    layout = columns.layout
    page = layout.tags, layout.attributes, columns.above, blocks
    twin = compiled("cleaner.content._choice").clues_around
    assert twin(*page) == choice.clues_in_python(*page)


STRUCTURES = st.sampled_from([
    "<h1>A</h1>", "<p>A line of prose, with more than eight words in it.</p>", "<h2>B</h2>",
    "<pre>c</pre>", "<ul><li>d<li>e</ul>", "<blockquote>Said, as it was told.</blockquote>",
    "<p>So:", "<table><tr><th>f<td>g</table>", "<figure><table><tr><td>h<td>i</table></figure>",
    "<p>j",
    "<figcaption>What it shows.</figcaption>", "<figure>", "</figure>",
    "<table><tr><td>k<td>l<tr><td>m<td>n</table>", "<div>", "</div>",
    "<aside>", "</aside>",
    "<p class=o>p", "<a href=q>r</a>", "<summary>s</summary>", "<math><mi>t</mi></math>",
    "<blockquote><p>Said twice, as it was told, and once more for those.<p>u</blockquote>",
])  # fmt: skip


@given(st.lists(STRUCTURES, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_structure_is_kept_alike(parts, random):
    columns = columns_of("".join(parts))
    if columns is None:
        return
    count = len(columns.texts)
    kept = np.array([random.random() < 0.6 for _ in range(count)])
    scores = np.array([random.choice((0.01, 0.2, 0.4, 0.9)) for _ in range(count)])
    ours, twins = kept.copy(), kept.copy()
    likely = random.choice((0.25, 0.5))
    named = structure.keep_structure(columns, ours, scores, likely, structure.IN_PYTHON)
    parts = tuple(compiled(twin_name(part)) for part in structure.IN_PYTHON)
    assert structure.keep_structure(columns, twins, scores, likely, parts) == named
    assert np.array_equal(ours, twins)

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.content.lines import load_lines
from cleaner.content.model import load_model
from cleaner.content.page_types import PageTypes, read_words
from cleaner.content.words import BUCKETS, Words, buckets


def said(lines: list[str], words: Words, types: PageTypes | None = None) -> list[float]:
    return read_words(lines, words, types or load_model().types)[0].tolist()


@given(st.text())
def test_any_line_has_few_numbers_that_stand_in_the_table(line: str) -> None:
    found = buckets(line)
    assert found == sorted(set(found))
    assert all(0 <= number < BUCKETS for number in found)
    assert len(found) <= 102


@given(st.lists(st.text(), max_size=9))
def test_a_line_says_the_same_wherever_it_stands(lines: list[str]) -> None:
    words = Words(np.linspace(-1, 1, BUCKETS, dtype=np.float32), 0.5)
    assert said(lines, words) == [said([line], words)[0] for line in lines]


def test_a_line_without_a_word_says_what_any_line_does() -> None:
    words = Words(np.ones(BUCKETS, np.float32), 0.25)
    assert said(["", "…", "* * *"], words) == [0.25] * 3


def test_menus_speak_against_main_content_and_stories_for_it() -> None:
    model = load_lines()
    labels = ["Privacy policy", "About us", "Log in", "All rights reserved", "Read more"]
    stories = ["She said that they had not seen it for years.", "He was there when it fell."]
    least, most = (said(texts, model.words, model.types) for texts in (stories, labels))
    assert max(most) < min(least)


@pytest.mark.parametrize(("name", "array"), [("words", np.zeros(9)), ("words_bias", np.zeros(2))])
def test_foreign_weights_are_a_clear_error(name: str, array: np.ndarray) -> None:
    arrays = Words(np.linspace(-1, 1, BUCKETS, dtype=np.float32), 0.5).arrays()
    assert Words.of(arrays).bias == 0.5
    with pytest.raises(ValueError, match="do not fit"):
        Words.of(arrays | {name: array})

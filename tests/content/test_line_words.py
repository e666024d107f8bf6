from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaner.content.line_words import BUCKETS, Tokens, Words, buckets
from cleaner.content.lines import load_lines


@given(st.text())
def test_any_line_has_few_numbers_that_stand_in_the_table(line: str) -> None:
    found = buckets(line)
    assert found == sorted(set(found))
    assert all(0 <= number < BUCKETS for number in found)
    assert len(found) <= 102


@given(st.lists(st.text(), max_size=9))
def test_a_line_says_the_same_wherever_it_stands(lines: list[str]) -> None:
    words = Words(np.linspace(-1, 1, BUCKETS, dtype=np.float32), 0.5)
    together = words(Tokens.of(lines)).tolist()
    assert together == [words(Tokens.of([line]))[0] for line in lines]


def test_a_line_without_a_word_says_what_any_line_does() -> None:
    words = Words(np.ones(BUCKETS, np.float32), 0.25)
    assert words(Tokens.of(["", "…", "* * *"])).tolist() == [0.25] * 3


def test_menus_speak_against_main_content_and_stories_for_it() -> None:
    words = load_lines().words
    labels = ["Privacy policy", "About us", "Log in", "All rights reserved", "Read more"]
    stories = ["She said that they had not seen it for years.", "He was there when it fell."]
    assert max(words(Tokens.of(labels))) < min(words(Tokens.of(stories)))

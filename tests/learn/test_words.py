"""What is learnt of words comes from the pages that were asked for, and from no others."""

from __future__ import annotations

import numpy as np

from cleaner.content.model import load_model
from cleaner.content.page_types import read_words
from cleaner.content.words import BUCKETS, Tokens, Words, buckets
from cleaner.learn.words import WordCount

PAGES = [
    ["Subscribe now", "The ferry left at noon.", "Subscribe now"],
    ["Subscribe today", "The ferry was late.", "Skjær i sjøen"],
    ["Meny", "Fergen gikk klokka tolv.", "Meny"],
]
TARGETS = [np.array([0, 1, 0], np.float32) for _ in PAGES]
WEIGHTS = [np.array([1, 1, 1], np.float32), np.array([1, 1, 0], np.float32), np.ones(3, np.float32)]
TOKENS = [Tokens.of(page) for page in PAGES]
COUNT = WordCount(TOKENS, BUCKETS)


def said(words: Words, texts: list[str]) -> list[float]:
    return read_words(texts, words, load_model().types)[0].tolist()


def test_menus_and_stories_are_told_apart_on_a_page_that_was_left_out() -> None:
    words = COUNT.fit([0], TARGETS, WEIGHTS)
    menu, story, unknown = said(words, PAGES[1])
    assert menu < unknown < story
    assert np.allclose(
        np.concatenate(COUNT.predict(words, [1, 0])), said(words, PAGES[1] + PAGES[0])
    )
    assert COUNT.predict(words, []) == []


def test_words_of_other_pages_and_texts_without_weight_say_nothing() -> None:
    words = COUNT.fit([0, 1], TARGETS, WEIGHTS)
    met = {number for page in PAGES[:2] for text in page[:2] for number in buckets(text)}
    assert set(np.flatnonzero(words.weights)) <= met
    assert said(words, ["Skjær i sjøen", "Fergen gikk"]) == [words.bias] * 2


def test_pages_that_hold_no_boilerplate_teach_no_words() -> None:
    words = COUNT.fit([0], [np.ones(3, np.float32)], WEIGHTS)
    assert not words.weights.any()
    assert COUNT.fit([], TARGETS, WEIGHTS).bias == 0


def test_words_that_too_few_domains_use_say_nothing() -> None:
    count = WordCount(TOKENS, BUCKETS, ["a.no", "b.no", "b.no"], 2)
    words = count.fit([0, 1, 2], TARGETS, WEIGHTS)
    first, *others = ({n for text in page for n in buckets(text)} for page in PAGES)
    assert set(np.flatnonzero(words.weights)) <= first & set().union(*others)
    assert words.weights.any()
    assert not count.fit([1, 2], TARGETS, WEIGHTS).weights.any()

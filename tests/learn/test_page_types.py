"""What words say of a page's type comes from the pages that were asked for, and from no others."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.content.page_types import PageTypes, read_words
from cleaner.content.words import BUCKETS, LINE_BUCKETS, Tokens, Words, buckets
from cleaner.document import PAGE_TYPES
from cleaner.learn.page_types import PageTypeCount, type_number

SHOP, FORUM, NEWS = map(PAGE_TYPES.index, ("product", "forum", "article"))
PAGES = [
    ["The kettle boils", "Add to basket"],
    ["A lamp of brass", "Add to basket"],
    ["My bread is flat", "Reply to this"],
    ["The oven is cold", "Reply to this"],
]
KINDS = np.array([SHOP, SHOP, FORUM, FORUM])
DOMAINS = ["a.no", "b.no", "c.no", "c.no"]
TOKENS = [Tokens.of(page) for page in PAGES]
COUNT = PageTypeCount(TOKENS, DOMAINS, 1)


def told(types: PageTypes, *texts: str) -> np.ndarray:
    return read_words(texts, Words(np.zeros(BUCKETS, np.float32), 0.0), types)[1]


def test_pages_that_were_left_out_are_told_by_their_words() -> None:
    types = COUNT.fit([0, 2], KINDS)
    shop, forum = (told(types, *PAGES[page]) for page in (1, 3))
    assert shop.argmax() == SHOP
    assert forum.argmax() == FORUM
    assert max(shop[NEWS], forum[NEWS]) < -5  # a type that was never met


def test_words_of_other_pages_and_of_pages_of_no_known_type_say_nothing() -> None:
    types = COUNT.fit([0, 1, 2], np.array([SHOP, -1, FORUM, SHOP]))
    met = {number for page in (0, 2) for text in PAGES[page] for number in buckets(text)}
    assert set(np.flatnonzero(types.rows)) <= met
    assert types.rows.any()


def test_words_that_too_few_domains_use_say_nothing() -> None:
    types = PageTypeCount(TOKENS, DOMAINS, 2).fit(range(4), KINDS)
    used = [{n for text in PAGES[page] for n in buckets(text)} for page in range(4)]
    shared = (used[0] & used[1]) | ((used[0] | used[1]) & (used[2] | used[3]))
    assert set(np.flatnonzero(types.rows)) <= shared
    assert types.rows.any()


@pytest.mark.parametrize("size", [BUCKETS, LINE_BUCKETS])
def test_what_is_said_of_a_page_is_what_the_weights_say(size: int) -> None:
    tokens = [Tokens.of(page, size) for page in PAGES]
    count = PageTypeCount(tokens, DOMAINS, 1, size)
    types = count.fit([0, 2], KINDS)
    words = Words(np.zeros(size, np.float32), 0.0)
    assert len(types.rows) == size
    assert count.predict(types, []) == []
    for page, said in zip((3, 1), count.predict(types, [3, 1]), strict=True):
        assert said == pytest.approx(read_words(PAGES[page], words, types)[1])


@pytest.mark.parametrize("pages", [[], [2], [2, 3]])
def test_pages_of_one_type_tell_nothing_apart(pages: list[int]) -> None:
    types = COUNT.fit(pages, KINDS)
    assert not types.rows.any()
    assert np.isfinite(types.bias).all()
    assert not pages or told(types, "Add to basket").argmax() == FORUM


def test_a_page_that_names_no_type_of_ours_is_taken_for_news() -> None:
    assert [type_number(name) for name in ("forum", "", "recipe")] == [FORUM, NEWS, NEWS]

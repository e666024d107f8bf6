"""Where the blocks of a page stand to its main prose."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.content.page import PageColumns, read_columns
from cleaner.content.prose import main_prose
from cleaner.parse import parse
from cleaner.segment import segment

STORY = "<p>The keeper counts the ships that pass at night, and writes them down in a book.</p>"
REMARK = "<li><b>Mia</b><p>My father kept that light, and he counted no ship in his life.</p></li>"
PAGE = f"""<p>Harbour news</p>
<main><h1>The light</h1><div>{STORY}{STORY}<p>Photo</p>{STORY}</div></main>
<section><h2><a href="/remarks">Remarks</a></h2><ol>{REMARK}{REMARK}</ol></section>"""
# Harbour news, The light, four of the story, Remarks, then twice a name and a remark
STORY_WORDS, REMARK_WORDS = 16, 13


def columns(page: str) -> PageColumns:
    found = read_columns(segment(parse(page).root), lambda _: (0.0, 0.0))
    assert found is not None
    return found


def test_the_main_prose_is_the_parent_with_the_most_words_of_paragraphs() -> None:
    told = main_prose(columns(PAGE))
    assert np.flatnonzero(told["in the main prose"]).tolist() == [2, 3, 4, 5]
    assert told["levels to the main prose"].tolist() == [2, 1, 0, 0, 0, 0, 2, 2, 2, 2, 2]
    assert told["levels below"].tolist() == [1, 1, 1, 1, 1, 1, 2, 3, 4, 3, 4]
    assert told["prose beside"][1, [0, 2, 4, 8]] == pytest.approx([0, 1, 1, 13 / 48])


def test_what_follows_the_main_prose_is_told_how_far_behind_it_stands() -> None:
    told = main_prose(columns(PAGE))
    assert told["blocks after"].tolist() == [0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5]
    assert told["links after"][5:7].tolist() == [0, 1]
    assert told["prose since"][:6].tolist() == [-1, -1, 0, 0, 0, 0]
    assert told["prose since"][[8, 10]] == pytest.approx(np.log1p([REMARK_WORDS, 2 * REMARK_WORDS]))


def test_paragraphs_are_of_one_run_if_few_blocks_stand_between_them() -> None:
    told = main_prose(columns(PAGE))
    story, remarks = 3 * STORY_WORDS, 2 * REMARK_WORDS
    assert told["runs of 2"][0] == pytest.approx([0, 0, 1, 1, 1, 1, 0, 0, *[remarks / story] * 3])
    assert told["runs of 2"][1:, 0] == pytest.approx([story / (story + remarks), 2])
    assert told["runs of 5"][:, 8].tolist() == [1, 1, 1]


def test_a_branch_is_what_would_be_kept_or_left_out_beside_the_main_prose() -> None:
    told = main_prose(columns(PAGE))
    remarks = 1 + 2 * (1 + REMARK_WORDS)
    assert told["branch words"][1] == pytest.approx(
        np.array([2, 2, 16, 16, 1, 16, *[remarks] * 5]) / (3 * STORY_WORDS)
    )
    assert told["branches alike"] == pytest.approx(np.log1p([1, 1, 4, 4, 4, 4, 1, 1, 1, 1, 1]))
    assert told["branch heading"][:, 1:].T.tolist() == [[1, 0], *[[0, 0]] * 4, *[[2, 1]] * 5]


def test_prose_between_the_main_prose_and_a_branch_is_told_on_either_side() -> None:
    page = f"<div>{REMARK}</div><div>Menu</div><main>{STORY}{STORY}</main><div>{REMARK}</div>"
    told = main_prose(columns(f"{page}<footer>Harbour news</footer>"))
    beside = REMARK_WORDS / (2 * STORY_WORDS)
    assert told["prose before the branch"] == pytest.approx([beside, 0, 0, 0, 0, 0, 0, beside])


def test_a_page_without_prose_has_its_main_prose_nowhere() -> None:
    told = main_prose(columns("<ul><li>Menu</li><li>Search</li></ul>"))
    assert not told["prose beside"].any()
    assert not told["runs of 2"].any()
    assert not told["blocks after"].any()

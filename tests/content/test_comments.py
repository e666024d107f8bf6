"""Comments go where a text stands above them on what is surely an article, a page or lines."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.content.comments import drop_comments
from cleaner.content.guess import TypeGuess
from cleaner.content.line_columns import read_lines
from cleaner.content.lines import choose_lines
from cleaner.document import PAGE_TYPES
from tests.content.support import LINE, choice_of

STORY = "<p>" + "The ferry left the quay at noon, as it had on every day of that long summer. " * 5
THREAD = "<ul class='comment-list'><li class='comment'><p>I was on it, and it was late.</ul>"


def dropped(page: str, article: float = 0.9) -> list[int]:
    """Return the rows dropped of a page of which all is kept."""
    chances = np.full(len(PAGE_TYPES), (1 - article) / (len(PAGE_TYPES) - 1))
    chances[PAGE_TYPES.index("article")] = article
    named = drop_comments(choice_of(page, types=TypeGuess(chances)))
    assert set(named.values()) <= {"comment below an article"}
    return list(named)


def test_comments_below_a_story_are_dropped() -> None:
    assert dropped(STORY + THREAD) == [1]
    assert dropped(f"{STORY}<div id=comments><p>I was on it.</div><p>Told by Ada.") == [1]


def test_what_follows_a_heading_called_comments_in_its_box_is_dropped() -> None:
    thread = "<h2 id=comments>Two of you</h2><div><p>I was on it.</div><p>It was late."
    assert dropped(f"<div>{STORY}{thread}</div><p>Told by Ada.") == [1, 2, 3]
    assert dropped(f"<div>{STORY}{thread.replace('h2', 'p')}</div>") == [1]
    assert dropped(f"<div>{STORY}{thread.replace('id=', 'id=no-')}</div>") == []


def test_a_page_that_may_be_a_thread_keeps_them() -> None:
    assert dropped(STORY + THREAD, article=0.7) == []


def test_without_a_story_above_them_they_are_the_text() -> None:
    assert dropped(f"<p>Late again.{THREAD}") == []
    assert dropped(THREAD + STORY) == []


@pytest.mark.parametrize(
    "name",
    (
        "comments post-comments commentsContainer comment_content Comment kommentarer"
        " lista-comentarios bloc_commentaires"
    ).split(),
)
def test_a_box_of_comments_is_told_by_its_name(name: str) -> None:
    assert dropped(f"{STORY}<div class='col {name}'><p>It was late.</div>") == [1]


@pytest.mark.parametrize(
    "name",
    (
        "has-comments comments-open comment-count commentary kommentar element no-comments"
        " recent-comments"
    ).split(),
)
def test_what_articles_and_counts_are_called_is_no_name_of_comments(name: str) -> None:
    assert dropped(f"{STORY}<div class='col {name}'><p>It was late.</div>") == []


POST = ["So it was, and my father was the keeper.", "Were there no boats?"]


def left_out(lines: list[str], kind: str = "article") -> str:
    """Return for each line of a text of which all is kept whether it goes, as "x"."""
    heads = [line.lstrip("0123456789 ") for line in lines]
    kinds = ["comments" if head in ("Comments", "Reply") else "" for head in heads]
    chances = np.array([0.9 if name == kind else 0.1 / 6 for name in PAGE_TYPES])
    sure = np.full(len(lines), 30.0)
    kept, _, named = choose_lines(read_lines(lines, kinds), sure, np.log(chances), 1.0)
    assert np.flatnonzero(~kept).tolist() == sorted(named)
    return "".join(".x"[not keep] for keep in kept)


def test_comments_below_an_article_of_lines_go_with_their_heading() -> None:
    assert left_out([LINE, LINE[::-1], "2 Comments", *POST]) == "..xxx"


def test_comments_of_a_thread_and_of_another_type_of_page_stay() -> None:
    posts = [LINE, LINE[::-1], POST[0], "Reply", POST[1], "Reply"]
    assert left_out(posts) == "......"
    assert left_out([LINE, LINE[::-1], "2 Comments", *POST], "forum") == "....."


def test_a_list_that_says_of_each_entry_how_many_comments_it_has_stays() -> None:
    assert left_out([LINE, "3 Comments", LINE[::-1], "7 Comments", *POST]) == "......"


def test_comments_with_nothing_above_them_stay() -> None:
    assert left_out(["The lamp", "2 Comments", *POST]) == "...."

"""Comments go where a text stands above them on a page that is surely an article."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.content.choice import Choice
from cleaner.content.comments import drop_comments
from cleaner.content.guess import TypeGuess
from cleaner.content.names import nameless
from cleaner.content.page import read_columns
from cleaner.document import PAGE_TYPES
from cleaner.parse import parse
from cleaner.segment import segment

STORY = "<p>" + "The ferry left the quay at noon, as it had on every day of that long summer. " * 5
THREAD = "<ul class='comment-list'><li class='comment'><p>I was on it, and it was late.</ul>"


def dropped(page: str, article: float = 0.9) -> list[int]:
    """Return the rows dropped of a page of which all is kept."""
    columns = read_columns(segment(parse(page).root), nameless)
    assert columns is not None
    chances = np.full(len(PAGE_TYPES), (1 - article) / (len(PAGE_TYPES) - 1))
    chances[PAGE_TYPES.index("article")] = article
    kept = np.ones(len(columns.texts), dtype=bool)
    named = drop_comments(Choice.of(columns, kept, np.ones(len(kept)), TypeGuess(chances)))
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

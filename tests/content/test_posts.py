"""What stands in boxes like those of kept text is kept in a thread."""

from __future__ import annotations

import re

import numpy as np
import pytest

from cleaner.content.posts import POST, keep_posts
from tests.content.support import PROSE, columns_of, marked, surely


def post(text: str, name: str = "body") -> str:
    return f"<div class=post><p class=by>Ada, member</p><div class={name}><p>{text}</p></div></div>"


def kept_too(page: str, kept: str, chance: float = 0.2, kind: str = "forum") -> list[int]:
    """Return the rows that are kept beside those marked x in `kept`."""
    columns = columns_of(page)
    chosen = marked(kept)
    found = keep_posts(columns, chosen, np.full(len(kept), chance), surely(kind))
    assert set(found.values()) <= {POST}
    assert all(chosen[row] for row in found)
    return list(found)


THREAD = post(PROSE) + post("So it was, he says.") + post("No: it rained.")


def test_a_short_answer_is_kept_as_the_posts_before_it_are() -> None:
    assert kept_too(THREAD, ".x.x..") == [5]
    assert kept_too(THREAD, ".x....") == [3, 5]


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        (re.sub("class=(body|post)", "", THREAD), ".x.x.."),  # boxes of no kind
        (post(PROSE) + post("He says so.") * 4, ".x........"),  # few of which are kept
        (THREAD + f"<article class=story><p>{PROSE * 4}</p></article>", "...x..x"),  # a small part
        (THREAD.replace("No: it rained.", "<a href=/r>No: it rained.</a>"), ".x.x.."),
        (THREAD.replace("No: it rained.", "<time>Edited today</time> by Ada"), ".x.x.."),
        (THREAD.replace("No: it rained.", PROSE), ".x.x.."),  # told before
        (THREAD.replace("No: it rained.", "Thanks!"), ".x.x.."),
        (f"<body class=page><div><p>{PROSE}</p></div><div>Quay 2, Harbour</div></body>", "x."),
    ],
)
def test_what_is_no_post_like_others_stays_out(page: str, kept: str) -> None:
    assert kept_too(page, kept) == []


def test_only_a_thread_has_posts_and_what_is_surely_none_stays_out() -> None:
    assert kept_too(THREAD, ".x.x..", kind="product") == []
    assert kept_too(THREAD, ".x.x..", chance=0.01) == []

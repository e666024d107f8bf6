"""Whoever spoke in a conversation, and however shortly, is kept beside the long answers."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.content.turns import TURN, keep_turns
from tests.content.support import columns_of, marked

ANSWER = "<p>The lamp burns four hours on a full tank, and less where the wind gets in.</p>"
NAMED = ("<div data-testid=user-message>{}</div>", "<div class='font-claude-response'>{}</div>")


def kept_too(page: str, kept: str, chance: float = 0.1) -> list[int]:
    """Return the rows that are kept beside those marked x in `kept`."""
    columns = columns_of(page)
    chosen = marked(kept)
    found = keep_turns(columns, chosen, np.full(len(kept), chance))
    assert set(found.values()) <= {TURN}
    assert all(chosen[row] for row in found)
    return list(found)


@pytest.mark.parametrize(
    ("user", "assistant"),
    [
        NAMED,
        (
            "<div data-message-author-role=user>{}</div>",
            "<div data-message-author-role=model>{}</div>",
        ),
        ("<div data-content=user-message>{}</div>", "<div data-content=ai-message>{}</div>"),
        ("<user-query><p>{}</user-query>", "<model-response>{}</model-response>"),
        ("<p class='ChatMessage_right x'>{}</p>", "<div class='ChatMessage_left'>{}</div>"),
        ("<div class='message-bubble end'>{}</div>", "<div class=message-bubble>{}</div>"),
        ("<div class=chat-user>{}</div>", "<div class='chat-assistant w-full'>{}</div>"),
    ],
)
def test_a_short_turn_is_kept_beside_the_answer(user: str, assistant: str) -> None:
    page = user.format("How long?") + assistant.format(ANSWER) + "<p>Start a chat of your own</p>"
    assert kept_too(page, ".x.") == [0]


def test_buttons_and_labels_of_a_turn_stay_out() -> None:
    button = "<button><div>Good answer, copy it</div></button>"
    page = NAMED[0].format("How long?") + NAMED[1].format(f"{ANSWER}<div>bash</div>{button}")
    assert kept_too(page, ".x..") == [0]
    actions = "<div class=chat-assistant-actions>Copy Share</div>"
    assert kept_too(NAMED[0].format("How long?") + NAMED[1].format(ANSWER + actions), ".x.") == [0]


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        (NAMED[1].format(ANSWER) + "<p>How long?</p>", "x."),  # one turn
        (f"<p>{ANSWER * 3}" + NAMED[0].format("Hello!") + NAMED[1].format("Ask!"), "xxx.x"),
        (NAMED[0].format("How long?") + ANSWER, ".x"),  # the longest text is no turn
    ],
)
def test_a_page_that_is_no_conversation_keeps_what_it_kept(page: str, kept: str) -> None:
    assert kept_too(page, kept) == []


def test_what_is_surely_no_text_stays_out() -> None:
    page = NAMED[0].format("How long?") + NAMED[1].format(ANSWER)
    assert kept_too(page, ".x", chance=0.01) == []

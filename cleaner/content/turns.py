"""Turns of a conversation with an assistant: whoever spoke, and however shortly, it is text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cleaner.content.nodes import tag_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.content.page import PageColumns

TURN = "turn of a conversation"
_SPEAKERS = frozenset(("user", "human", "assistant", "ai", "bot", "model"))
"""What the attributes of a turn say of who speaks: `data-message-author-role="user"`."""
_TURN = re.compile(
    r"(?:^|[\s_-])(?:(?:user|human|assistant|agent|ai|bot|model|claude|chat|conversation)[-_]?"
    r"(?:message|turn|query|prompt|response)|message-bubble"
    r"|(?:segment|chat|turn)-(?:user|human|assistant|bot))"
    r"(?![_-]?(?:action|avatar|bar|button|footer|header|info|input|menu|meta|name|time))(?:$|[\s_-])",
    re.IGNORECASE,
)
"""How classes, ids, test ids and elements name one."""
_SHARE = 0.5
"""The turns hold at least this share of the words kept at first."""
_LEAST, _WORDS = 0.05, 3
"""A block that the model gives less stays out, and one of fewer words, unless alone in a turn."""
_LONGEST = 500
"""Characters from which on an attribute is no name."""
_BUTTONS = tag_table("button", "summary")


def keep_turns(
    page: PageColumns, kept: NDArray[np.bool_], chances: NDArray[np.float64]
) -> dict[int, str]:
    """Keep what is said in turns like those that hold the kept text; return rows and reasons."""
    said = page.words * kept
    if not _turns(page, page.above[:, said.argmax()]):
        return {}
    nodes = _turns(page, page.above)
    told = np.isin(page.above, nodes)
    inside = told.any(axis=0)
    if len(nodes) < 2 or said[inside].sum() < _SHARE * said.sum():
        return {}
    turn = page.above[told.argmax(axis=0), np.arange(len(kept))]
    whole = page.words == np.bincount(turn + 1, page.words)[turn + 1]
    found = inside & ~kept & (chances >= _LEAST) & (whole | (page.words >= _WORDS))
    found &= ~_BUTTONS[page.around].any(axis=0)
    kept[found] = True
    return dict.fromkeys(np.flatnonzero(found).tolist(), TURN)


def _turns(page: PageColumns, above: NDArray[np.int64]) -> list[int]:
    """Return those of the nodes that are a turn, in order."""
    tags, attributes = page.layout.tags, page.layout.attributes
    return [
        node
        for node in sorted(set(above.ravel().tolist()))
        if node >= 0
        and (("-" in tags[node] and _names_turn(tags[node])) or _is_turn(attributes[node]))
    ]


def _is_turn(attributes: dict[str, str]) -> bool:
    return any(
        (value in _SPEAKERS and key.startswith("data-")) or _names_turn(value)
        for key, value in attributes.items()
        if len(value) < _LONGEST and (key in ("class", "id") or key.startswith("data-"))
    )


@lru_cache(maxsize=16_384)
def _names_turn(names: str) -> bool:
    """Tell a class, id or element of a turn.

    >>> _names_turn("group user-message"), _names_turn("ChatMessage_text"), _names_turn("users")
    (True, True, False)
    """
    return _TURN.search(names) is not None

"""Comments below an article: on a page that is surely one text, they are not that text."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.content.headings import RANKS
from cleaner.document import PAGE_TYPES
from cleaner.twins import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from cleaner.content.guess import TypeGuess
    from cleaner.content.page import PageColumns

ARTICLE = PAGE_TYPES.index("article")
SURE = 0.75
"""How probable it must be that the page is an article; in a forum, comments are the text."""
_STORY = 50
"""Words of kept prose above the first comment, so that there is a text to comment on."""
COMMENT = "comment below an article"
MENTION = "ment"
"""What every name of comments holds, as most languages call them."""
_CALLED = (
    "comments?|commentaires?|coment[aá]rios?|comentarii|commenti|kommentare[rn]?|kommentit"
    "|kommentarfelt(?:et)?|komentar(?:ze|i)|kommentaarid"
)
_PARTS = (
    "list|body|area|content|container|wrapper|wrap|section|thread|box|block|inner|text|holder|feed"
    "|item|entry|author|root|title|header|heading"
)
_COMMENTS = re.compile(
    r"(?:^|\s)(?!(?:has|with|no|show|hide|open|allow|enable|join|latest|recent)[-_])"
    rf"(?:[a-z0-9]+[-_]+)*(?:{_CALLED})(?:[-_]*(?:{_PARTS}))*(?:$|\s)",
    re.IGNORECASE,
)
"""Names of class or id by which sites call a comment, or what holds comments: "comment-list", but
neither "comment-count" nor "has-comments", which articles are called as well."""


def drop_comments(page: PageColumns, kept: NDArray[np.bool_], types: TypeGuess) -> dict[int, str]:
    """Drop the comments below an article; return the row of each block dropped, with the reason.

    They stand in a box called so, or after a heading called so. A page that begins with its
    comments, or may be a thread, keeps them.
    """
    if types.probabilities[ARTICLE] < SURE:
        return {}
    attributes = page.layout.attributes
    held = list(_named(attributes, page.above[:, kept]))
    heads = list(_named(attributes, page.node[None, RANKS[page.around[0]]]))
    if not held and not heads:
        return {}
    comments = kept & np.isin(page.above, held).any(axis=0)
    for head in heads:
        comments |= kept & (page.node >= head) & (page.node < page.end[page.parent[head]])
    rows = np.flatnonzero(comments)
    if not len(rows) or (page.long * kept)[: rows[0]].sum() < _STORY:
        return {}
    kept[rows] = False
    return dict.fromkeys(rows.tolist(), COMMENT)


def _named(attributes: Sequence[dict[str, str]], nodes: NDArray[np.int64]) -> Iterator[int]:
    """Yield those of some nodes whose class or id is that of comments."""
    for node in mention_comments(attributes, nodes):
        if any(_names_comments(attributes[node].get(key, "")) for key in ("class", "id")):
            yield node


def start_of_comments(
    texts: Sequence[str], words: NDArray[np.floating[Any]], headings: Iterable[int]
) -> int:
    """Return where the comments below a text of lines begin; the number of lines if they do not.

    A heading of comments stands once: "Reply" below each post, or "3 comments", "7 comments" at
    each of a list, is none.

    Args:
        texts: the lines.
        words: how many words of each are kept.
        headings: the lines, in order, that call what follows comments.

    >>> texts = ["It was dark. …", "2 comments", "So it was."]
    >>> start_of_comments(texts, np.array([60, 0, 3]), [1])
    1
    >>> start_of_comments([*texts, "3 Comments"], np.array([60, 0, 3, 0]), [1, 3])
    4
    """
    names = {row: "".join(filter(str.isalpha, texts[row])).casefold() for row in headings}
    times = Counter(names.values())
    above = np.cumsum(words) - words
    begin = (row for row, name in names.items() if times[name] == 1 and above[row] >= _STORY)
    return next(begin, len(texts))


def mention_in_python(attributes: Sequence[dict[str, str]], above: NDArray[np.int64]) -> list[int]:
    """Return the nodes of some whose class or id mentions comments; most pages have none."""
    return [
        node
        for node in sorted(set(above.ravel().tolist()))
        if node >= 0
        and (names := attributes[node])
        and (MENTION in names.get("class", "") or MENTION in names.get("id", ""))
    ]


mention_comments = compiled("cleaner.content._choice", "mention_comments", mention_in_python)


@lru_cache(maxsize=16_384)
def _names_comments(names: str) -> bool:
    """Tell a class or id of comments.

    >>> _names_comments("col comment-list"), _names_comments("post has-comments")
    (True, False)
    """
    return _COMMENTS.search(names) is not None

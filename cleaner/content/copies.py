"""Texts that stand on a page twice: for narrow and for wide windows, in slides that go round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.document import PAGE_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

DOCUMENTATION = PAGE_TYPES.index("documentation")
"""The type of pages that say the same of one name and of the next."""
COPY = "told before on the page"
_LEAST = 30
"""Words from which on what repeats is a second version, not a coincidence."""


def find_copies(
    rows: Sequence[int],
    texts: Sequence[str],
    words: NDArray[Any],
    together: int,
    is_meant: Callable[[int, int], bool] = lambda _row, _first: False,
) -> list[int]:
    """Return which of some rows, in order, repeat one before.

    Copies go in runs of thirty words or more, so that the headings of a second version go with its
    paragraphs, and a question that an interview puts twice stays.

    Args:
        rows: the numbers of the texts that are looked at.
        texts: all texts.
        words: how many words each has.
        together: different texts that a run has at least.
        is_meant: tells of a row and the first of its text whether it repeats that on purpose.

    >>> import numpy as np
    >>> texts = ["Light", "It was dark. …", "Light", "Night", "Light", "It was dark. …"]
    >>> find_copies(range(6), texts, np.array([1, 30, 1, 1, 1, 30]), 2)
    [4, 5]
    """
    if len({texts[row] for row in rows}) == len(rows):  # as on most pages
        return []
    first: dict[str, int] = {}
    found: list[int] = []
    run: list[int] = []

    def end() -> None:
        different = len({texts[row] for row in run})
        if different >= together and sum(words[row] for row in run) >= _LEAST:
            found.extend(run)
        run.clear()

    for row in rows:
        before = first.setdefault(texts[row], row)
        if before == row or is_meant(row, before):
            end()
        else:
            run.append(row)
    end()
    return found

"""The list of the other pages of a manual is kept, and no menu."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.content.contents import CONTENTS, keep_contents
from tests.content.support import PROSE, columns_of, marked, surely

LINKS = "".join(f"<li><a href={page}.html#top>{page}</a>" for page in ("bay", "tide", "net"))


def kept_too(page: str, chance: float = 0.2, kind: str = "documentation") -> list[int]:
    """Return the rows that are kept beside the first."""
    columns = columns_of(page)
    chosen = marked("x" + "." * (len(columns.texts) - 1))
    found = keep_contents(columns, chosen, np.full(len(chosen), chance), surely(kind))
    assert set(found.values()) <= {CONTENTS}
    assert all(chosen[row] for row in found)
    return list(found)


@pytest.mark.parametrize("box", ["div class='toctree-wrapper compound'", "dl class=toc"])
def test_a_list_of_other_pages_is_kept(box: str) -> None:
    page = f"<p>{PROSE}</p><{box}><p>Contents</p><ul>{LINKS}</ul></{box.partition(' ')[0]}>"
    assert kept_too(page) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("page", "chance", "kind"),
    [
        (f"<div class=toc><ul>{LINKS}</ul></div>", 0.05, "documentation"),
        (f"<div class=toc><ul>{LINKS}</ul></div>", 0.2, "article"),
        (f"<div class=menu><ul>{LINKS}</ul></div>", 0.2, "documentation"),
        (f"<nav><div class=toc><ul>{LINKS}</ul></div></nav>", 0.2, "documentation"),
        (f"<nav class=toc><ul>{LINKS}</ul></nav>", 0.2, "documentation"),
        (
            "<div class=toc><a href=#a>A</a><a href=b.html>B</a><a href=b.html#c>C</a></div>",
            0.2,
            "documentation",
        ),
    ],
)
def test_menus_and_lists_of_what_stands_below_are_not(page: str, chance: float, kind: str) -> None:
    assert not kept_too(f"<p>{PROSE}</p>{page}", chance, kind)

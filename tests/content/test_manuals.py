"""The text of a manual is kept whole where its generator says what the text is."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.content.manuals import MANUAL, keep_manual
from tests.content.support import LINE, PROSE, columns_of, marked, surely

DOCBOOK = (
    "<div class=chapter><div class=titlepage><h1>Lamps</h1></div>"
    f"<div class=toc><p>Contents</p></div><p>{LINE}</p>"
    f"<div class=section><div class=titlepage><h2>Oil</h2></div><p>{PROSE}</p></div></div>"
)
SPHINX = f"<div class=body role=main><h1>Lamps</h1><p>{LINE}</p><p>{PROSE}</p></div>"
ASCIIDOC = (
    f"<body class=toc2><div id=content><div class=sect1><h2>Lamps</h2><p>{LINE}</p></div>"
    f"<div class=sect1><p>{PROSE}</p></div></div>"
)


def kept_in(page: str, kept: str, chance: float = 0.2, kind: str = "documentation") -> list[int]:
    """Return the rows that are kept as text of a manual."""
    columns, chosen = columns_of(page), marked(kept)
    named = keep_manual(columns, chosen, np.full(len(kept), chance), surely(kind))
    assert set(named.values()) <= {MANUAL}
    assert all(chosen[row] for row in named)
    return list(named)


@pytest.mark.parametrize(
    ("page", "kept", "found"),
    [
        (f"{DOCBOOK}<p>Next</p>", "..x...", [0, 3, 4]),
        (f"{SPHINX}<p>Next</p>", ".x..", [0, 2]),
        (f"{ASCIIDOC}<p>Next</p>", ".x..", [0, 2]),
        (f"{DOCBOOK.replace('titlepage', 'top')}<p>Next</p>", "..x...", []),
        (f"{SPHINX.replace('role=main', '')}<p>Next</p>", ".x..", []),
        (f"{ASCIIDOC.replace('sect1', 'part')}<p>Next</p>", ".x..", []),
    ],
)
def test_what_stands_in_the_box_of_the_text_is_kept(page: str, kept: str, found: list[int]) -> None:
    assert kept_in(page, kept) == found
    assert kept_in(page, kept, kind="article") == found


def test_a_page_of_another_kind_and_what_is_hardly_likely_stay_as_they_are() -> None:
    page = f"{SPHINX}<p>Next</p>"
    assert kept_in(page, ".x..", kind="listing") == []
    assert kept_in(page, ".x..", 0.05) == []


def test_a_box_that_holds_little_of_what_is_kept_or_of_which_little_is_kept_stays_so() -> None:
    assert kept_in(f"{SPHINX}<p>{LINE}</p><p>{LINE}</p>", ".x.xx") == []
    assert kept_in(SPHINX.replace(PROSE, f"{LINE} " * 5), ".x.") == []

"""Headings that repeat the title of the page, or head nothing that is kept."""

from __future__ import annotations

import pytest

from cleaner.content.leave_out import drop_last_heading, drop_replies, drop_title
from tests.content.support import LINE, choice_of, left, surely


@pytest.mark.parametrize(
    ("page", "kept", "doubted"),
    [
        (f"<p>{LINE}</p><h2>More</h2><p>Lamps</p>", "xx.", "x.."),
        (f"<p>{LINE}</p><h2>More</h2>", "xx", "xx"),
        (f"<p>{LINE}</p><h2>More</h2><p>Lamps</p>", "xxx", "xxx"),
        (f"<p>{LINE}</p><h2>Oil</h2><h2>More</h2><p>Lamps</p>", "xxx.", "xxx."),
        (f"<p>{LINE}</p><p>More</p><p>Lamps</p>", "xx.", "xx."),
        ("<h2>More</h2><p>Lamps</p>", "x.", "x."),
        ("<p>Lamps</p>", ".", "."),
    ],
)
def test_a_last_heading_of_what_is_left_out_goes(page: str, kept: str, doubted: str) -> None:
    doubts = (("service", 0.59, doubted), ("service", 0.6, kept), ("article", 0.6, doubted))
    for kind, chance, rest in (*doubts, ("article", 0.9, kept)):
        choice = choice_of(page, kept, surely(kind), chance)
        assert left(choice, drop_last_heading(choice)) == rest


@pytest.mark.parametrize(
    ("page", "kept", "rest"),
    [
        (f"<h1>Light</h1><p>{LINE}</p>", "xx", ".x"),
        (f"<h1>Light<a href=#light>¶</a></h1><p>{LINE}</p>", "xx", ".x"),
        (f"<p>Menu</p><h1>LIGHT</h1><p>{LINE}</p>", ".xx", "..x"),
        (f"<p>{LINE}</p><h1>Light</h1><p>{LINE}</p>", "xxx", "xxx"),
        (f"<h1>Light</h1><p>{LINE}</p>", ".x", ".x"),
        ("<h1>Light</h1><p>On</p>", "xx", ".x"),
        ("<h1>Light</h1><p>On</p>", "x.", "x."),
        (f"<h1>Lamp</h1><p>{LINE}</p>", "xx", "xx"),
        (f"<h2>Light</h2><p>{LINE}</p>", "xx", "xx"),
        ("<h1>Light</h1><p>On</p>", "..", ".."),
    ],
)
def test_a_first_heading_that_only_repeats_the_title_is_left_out(
    page: str, kept: str, rest: str
) -> None:
    choice = choice_of(f"<title>Light - The Pier</title>{page}", kept)
    assert left(choice, drop_title(choice)) == rest


@pytest.mark.parametrize(
    ("subject", "rows"),
    [
        ("Re: Light", [1]),
        ("AW: Light", [1]),
        ("回复：Light", [1]),
        ("Re[2]: light", [1]),
        ("Re: Oil", []),
        ("Light", []),
        ("Re:", []),
        ("Here: Light", []),
    ],
)
def test_the_subject_of_an_answer_that_only_repeats_the_title_is_left_out(
    subject: str, rows: list[int]
) -> None:
    page = f"<title>Light - The Pier</title><p>{LINE}</p><b><p>{subject}</p></b><p>So"
    assert list(drop_replies(choice_of(page, "xxx"))) == rows

"""Headings that repeat the title of the page, or head nothing that is kept."""

from __future__ import annotations

import pytest

from cleaner.content.leave_out import (
    drop_bare_headings,
    drop_bare_introduction,
    drop_replies,
    drop_title,
)
from tests.content.support import LINE, choice_of, left, surely

LONG = "What the keeper saw from up there"


@pytest.mark.parametrize(
    ("page", "kept", "doubted"),
    [
        (f"<p>{LINE}</p><h2>{LONG}</h2><p>Lamps</p>", "xx.", "x.."),
        (f"<p>{LINE}</p><h2>{LONG}</h2>", "xx", "xx"),
        (f"<p>{LINE}</p><h2>{LONG}</h2><p>Lamps</p>", "xxx", "xxx"),
        (f"<p>{LINE}</p><h2>Oil</h2><h2>{LONG}</h2><p>Lamps</p>", "xxx.", "xxx."),
        (f"<p>{LINE}</p><p>{LONG}</p><p>Lamps</p>", "xx.", "xx."),
        (f"<h2>{LONG}</h2><p>Lamps</p>", "x.", "x."),
        ("<p>Lamps</p>", ".", "."),
    ],
)
def test_a_last_heading_of_what_is_left_out_goes(page: str, kept: str, doubted: str) -> None:
    doubts = (("service", 0.59, doubted), ("service", 0.6, kept), ("article", 0.6, doubted))
    for kind, chance, rest in (*doubts, ("article", 0.9, kept)):
        choice = choice_of(page, kept, surely(kind), chance)
        assert left(choice, drop_bare_headings(choice)) == rest


@pytest.mark.parametrize(
    ("page", "kept", "rest"),
    [
        ("<h2>Stores</h2><p>Oil</p><h2>Light</h2><p>On</p>", "x.xx", "..xx"),
        ("<h3>Stores</h3><p>Oil</p><h2>Light</h2><p>On</p>", "x.xx", "..xx"),
        ("<h2>Stores</h2><p>Oil</p><h3>Light</h3><p>On</p>", "x.xx", "x.xx"),
        ("<h2>Stores</h2><h2>Light</h2><p>On</p>", "xxx", "xxx"),
        ("<h2>Ada</h2><p>1</p><h2>Bo</h2><p>2</p><h2>Light</h2><p>On</p>", "x.x.xx", "x.x.xx"),
        (f"<h2>{LONG}</h2><p>Oil</p><h2>Light</h2><p>On</p>", "x.xx", "x.xx"),
        ("<p>On</p><h2>Light</h2><h3>Stores</h3><p>Oil</p>", "xxx.", "xx.."),
    ],
)
def test_a_heading_of_a_name_between_others_goes_with_all_that_it_heads(
    page: str, kept: str, rest: str
) -> None:
    choice = choice_of(page, kept, surely("service"), 0.79)
    assert left(choice, drop_bare_headings(choice)) == rest
    if page.startswith("<h"):
        listing = choice_of(page, kept, surely("listing"), 0.79)
        assert left(listing, drop_bare_headings(listing)) == kept


LINKED = "<p><a href=/oil>What the oil costs</a></p>"


@pytest.mark.parametrize(
    ("page", "kept", "rest"),
    [
        (f"<p>{LINE}</p><p>More of this:</p>{LINKED}", "xx.", "x.."),
        (f"<p>{LINE}</p><p>更多：</p>{LINKED}", "xx.", "x.."),
        (f"<p>{LINE}</p><p>More of this</p>{LINKED}", "xx.", "xx."),
        (f"<p>{LINE}</p><p>More of this:</p>{LINKED}", "xxx", "xxx"),
        (f"<p>{LINE}</p><p>More of this:</p><p>Oil</p>", "xx.", "xx."),
        (f"<p>{LINE}</p><p>{LINE} And so:</p>{LINKED}", "xx.", "xx."),
        (f"<p>{LINE}</p><p>More of this:</p>", "xx", "xx"),
        (f"<p>More of this:</p>{LINKED}", "x.", "x."),
        (f"{LINKED}{LINKED}", "..", ".."),
    ],
)
def test_what_announces_links_that_are_left_out_ends_no_article(
    page: str, kept: str, rest: str
) -> None:
    for kind, stays in (("article", rest), ("service", kept)):
        choice = choice_of(page, kept, surely(kind))
        assert left(choice, drop_bare_introduction(choice)) == stays


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
        (f"<h2>Light - The</h2><p>{LINE}</p>", "xx", ".x"),
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

"""Boxes that are no part of the text, by what they are called or where they stand."""

from __future__ import annotations

import pytest

from cleaner.content.leave_out import drop_beside, drop_boxes, drop_contents, drop_ruled_off
from tests.content.support import LINE, PROSE, choice_of, left, surely


@pytest.mark.parametrize(
    ("box", "kind", "chance", "gone"),
    [
        ("nav", "article", 0.9, True),
        ("nav class=folded", "article", 0.9, False),
        ("aside", "forum", 0.6, True),
        ("aside", "forum", 0.8, False),
        ("aside", "article", 0.6, False),
        ("div", "forum", 0.6, False),
        ("div class=lamp__modal--wide", "article", 0.6, True),
        ("div class='modal fade'", "article", 0.8, False),
        ("div class=multimodal", "article", 0.6, False),
        ("div role=dialog", "article", 0.6, True),
        ("select", "article", 0.6, True),
    ],
)
def test_what_is_beside_the_text_or_over_it_goes(
    box: str, kind: str, chance: float, *, gone: bool
) -> None:
    name = "Ada, the keeper" if box != "nav" else "<a href=/a>Ada, the keeper</a>"
    name = f"<option>{name}" if box == "select" else f"<p>{name}</p>"
    side = f"<{box}>{name}</{box.split(maxsplit=1)[0]}>"
    shown = f"<body class=shows-modal>{side}<p>{LINE}</p>"
    for page, rows in ((shown, [0] if gone else []), (side, [])):
        assert list(drop_beside(choice_of(page, "", surely(kind), chance))) == rows


def test_what_opens_over_the_page_and_is_the_text_keeps_all_of_it() -> None:
    choice = choice_of(f"<div class=modal><p>{LINE}</p><h3>Ada</h3></div><p>{PROSE}</p>")
    choice.chances[1] = 0.6
    assert drop_beside(choice) == {}


@pytest.mark.parametrize("name", ["infobox vcard", "infobox_v3", "portable-infobox"])
def test_an_infobox_beside_an_article_is_dropped(name: str) -> None:
    box = f"<table class='{name}'><tr><th>Height</th><td>31 m</td></tr></table>"
    assert list(drop_boxes(choice_of(f"{box}<p>{LINE}</p>", "xxx"))) == [0, 1]


def test_an_infobox_that_is_most_of_the_page_or_only_called_like_one_stays() -> None:
    box = f"<aside class='infobox'><p>{LINE}</p></aside>"
    for page in (f"{box}<p>Height 31 m</p>", f"<div class='infobox'><p>a</div><p>{LINE}"):
        assert drop_boxes(choice_of(page, "xx")) == {}


@pytest.mark.parametrize(
    ("box", "rows"),
    [
        ("class='hatnote navigation-not-searchable'", [0]),
        ("class='plainlinks metadata ambox'", [0]),
        ("class=navbox", [0]),
        ("class='note system-note timeline-entry'", [0]),
        ("class='timeline-item event'", [0]),
        ("class='EventPost Post'", [0]),
        ("class='raw-content hide'", [0]),
        ("class='bbp-template-notice info'", [0]),
        ("class='post-signature owner'", [0]),
        ("class='smalltext modified'", [0]),
        ("class=message-lastEdit", [0]),
        ("itemprop=interactionStatistic", [0]),
        ("class='onebox allowlistedgeneric'", [0]),
        ("class='up-sells upsells products'", [0]),
        ("class='block crosssell'", [0]),
        ("id=a11y-new-window-message", [0]),
        ("id=wgo class='collapse wgo_block block'", [0]),
        ("id=boardstats_e", [0]),
        ("id=layer_cart", [0]),
        ("class='stat-block online-list'", [0]),
        ("class=best-sells", []),
        ("class='castos-player dark-mode'", [0]),
        ("class=audioPlayer", [0]),
        ("class='powerpress_links powerpress_links_mp3'", [0]),
        ("class='article-poll'", [0]),
        ("class='poll-widget wide'", [0]),
        ("class='story__newsletter-signup'", [0]),
        ("id=newsletterForm", [0]),
        ("class='newsletter-box'", [0]),
        ("class=newsletter", []),
        ("class='has-newsletter-box'", []),
        ("class=pollen", []),
        ("class=player", []),
        ("class=smalltext", []),
        ("class=navboxes", []),
        ("class='timeline-item comment'", []),
        ("class='with-post-signature'", []),
    ],
)
def test_a_box_that_is_named_as_no_part_of_the_text_is_dropped(box: str, rows: list[int]) -> None:
    page = f"<div {box}><p>Ada closed this, see the lamp</p></div><p>{LINE}</p>"
    assert list(drop_boxes(choice_of(page, "xx"))) == rows


def test_the_title_of_contents_that_are_left_out_goes() -> None:
    listed = "<dl><dt><a href=a>The lamp and its oil</a><dt><a href=b>The boats</a></dl>"
    page = f"<div class=toc><p><b>Innhold</b></p>{listed}</div><p>{LINE}</p>"
    assert list(drop_contents(choice_of(page, "x..x"))) == [0]
    assert list(drop_contents(choice_of(page, "xx.x"))) == []
    assert list(drop_contents(choice_of(page.replace("toc", "stock"), "x..x"))) == []


@pytest.mark.parametrize(
    ("name", "kind", "rest"),
    [
        ("signature", "forum", "x.x."),
        ("message-signature js-sign", "forum", "x.x."),
        ("postsignature", "forum", "x.x."),
        ("has-signature", "forum", "xxxx"),
        ("signatures", "forum", "xxxx"),
        ("signature", "article", "xxxx"),
        ("titlebox", "forum", "x.x."),
        ("titlebox", "article", "xxxx"),
    ],
)
def test_signatures_below_the_posts_of_a_thread_are_dropped(
    name: str, kind: str, rest: str
) -> None:
    post = f"<div><p>{LINE}</p><div class='{name}'><p>Keep your lamp lit</p></div></div>"
    named = drop_boxes(choice_of(post + post, "xxxx", surely(kind)))
    assert list(named) == [row for row, mark in enumerate(rest) if mark == "."]


@pytest.mark.parametrize("name", ["wm-ipp-base", "templateFooter", "pg-boilerplate"])
def test_what_a_service_puts_around_a_page_is_dropped(name: str) -> None:
    frame = f"<div id={name}><table><tr><td>{LINE}</table></div>"
    page = f"{frame}<p>{LINE}</p><p>{LINE}</p>"
    assert list(drop_boxes(choice_of(page, "xxx"))) == [0]


@pytest.mark.parametrize(("line", "rest"), [("_" * 18, "x..x"), ("_" * 3, "xxxx")])
def test_what_a_line_parts_from_a_post_is_a_signature(line: str, rest: str) -> None:
    post = f"<div>{LINE}</div><div>{line}<br>Keep your lamp lit<br><br>Ada</div><p>{LINE}</p>"
    choice = choice_of(post, "xxxx", surely("forum"))
    assert left(choice, drop_ruled_off(choice)) == rest

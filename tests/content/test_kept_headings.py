"""Titles, headings, standfirsts and lines that lead in are kept with the text below them."""

from __future__ import annotations

import pytest

from cleaner.content.structure import HEADING, LEAD, STANDFIRST, TITLE
from tests.content.support import PROSE, brought_back


def test_prose_between_the_first_heading_and_the_story_is_a_standfirst() -> None:
    page = f"<h1>Light</h1><p>{PROSE}</p><p>Share</p><div><p>{PROSE} Then he sleeps.</p></div>"
    assert brought_back(page, "...x") == {0: TITLE, 1: STANDFIRST}
    assert brought_back(page, "...x", [0.1, 0.45, 0.45, 0.9]) == {1: STANDFIRST}
    assert brought_back(page, "...x", [0.45, 0.1, 0.45, 0.9]) == {}
    assert brought_back(page.replace("h1", "h2"), "...x") == {}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Марта Гнатюк — неділя, 22 лютого 2026, 12:30, оновлено о 14:45", {}),
        ("by 쿠키상자, 리눅스와 서버를 기록하는 블로그에서 2026. 1. 3.", {}),
        ("लेखक: सुनीता रावत, प्रकाशित: शुक्र, 06 मार्च 2026, 07:15 पूर्वाह्न", {}),
        ("The lamp that was lit in 1926 is put out by the last of its keepers.", {1: STANDFIRST}),
        ("The lamp, lit by its first keeper, is put out by the last of them", {1: STANDFIRST}),
    ],
)
def test_a_line_with_an_hour_or_a_year_is_no_standfirst_unless_it_is_a_sentence(
    line: str, found: dict[int, str]
) -> None:
    page = f"<h1>Light</h1><p>{line}</p><p>Share</p><div><p>{PROSE} Then he sleeps.</p></div>"
    assert brought_back(page, "...x", [0.1, 0.45, 0.45, 0.9]) == found


@pytest.mark.parametrize(
    "box",
    ["<figcaption>{}</figcaption>", "<ul><li>{}</ul>", "<aside>{}</aside>", "<nav>{}</nav>",
     "<div class=wp-caption-text>{}</div>", "<form>{}</form>", "<button>{}</button>"],
)  # fmt: skip
def test_captions_items_and_boxes_are_no_standfirst(box: str) -> None:
    page = f"<h1>Light</h1>{box.format(f'<p>{PROSE}</p>')}<div><p>{PROSE} Then he sleeps.</p></div>"
    assert brought_back(page, "..x", [0.1, 0.45, 0.9]) == {}


def test_a_class_without_end_names_no_title_of_a_callout() -> None:
    page = f"<p class='{'alert' * 50_000}'>Item</p><p>{PROSE}</p>"
    assert brought_back(page, ".x") == {}


def test_a_story_far_from_the_heading_has_no_standfirst() -> None:
    menu = "".join(f"<p>Item {number}</p>" for number in range(20))
    page = f"<h1>Light</h1><p>{PROSE}</p>{menu}<p>{PROSE} Then he sleeps.</p>"
    assert brought_back(page, "." * 22 + "x") == {}


@pytest.mark.parametrize("tag", ["h2", "h6", "dt", "summary"])
def test_a_heading_or_term_is_kept_with_the_text_under_it(tag: str) -> None:
    page = f"<{tag}>Light</{tag}><{tag}>Flash</{tag}><p>{PROSE}</p>"
    assert brought_back(page, "..x") == {0: HEADING, 1: HEADING}
    assert brought_back(page, "..x", [0.5, 0.01, 0.9]) == {}


@pytest.mark.parametrize("box", ["aside", "nav"])
def test_the_last_heading_of_a_box_heads_nothing_after_it(box: str) -> None:
    page = f"<{box}><p>Read on</p><a href=/b><h3>A storm is near</h3></a></{box}><p>{PROSE}</p>"
    assert brought_back(page, "..x") == {}
    inside = f"<{box}><h3>A storm is near</h3><p>{PROSE}</p></{box}>"
    assert brought_back(inside, ".x") == {0: HEADING}


TEASER = "<div><span>Read on</span><a href=/b><h3>A storm is near</h3></a></div>"


@pytest.mark.parametrize(
    ("before", "least"),
    [
        ("<p>Read on</p><h3>A storm is near</h3>", 0.1),
        ("<p>Read on</p><h3><a href=/b>A storm is near</a></h3>", 0.3),
        ("<p>Read on</p><h3><a href=#b>A storm is near</a></h3>", 0.1),
        ("<div><p>Read on</p><h3>A storm is near</h3></div>", 0.3),
        ("<div><h1>Light</h1><h2>A storm is near</h2></div>", 0.1),
        ("<div><p>Read on</p><h2>A storm is near, and the keeper stays awake.</h2></div>", 0.1),
        (TEASER, 0.5),
        (TEASER.replace("div", "teaser-box"), 0.5),
    ],
)
def test_the_more_a_heading_is_like_a_teaser_the_less_it_may_be_doubted(
    before: str, least: float
) -> None:
    page = f"{before}<p>{PROSE}</p>"
    assert brought_back(page, "..x", [0.01, least, 0.9]) == {1: HEADING}
    assert brought_back(page, "..x", [0.01, least - 0.01, 0.9]) == {}


def test_a_link_in_one_box_with_its_text_heads_it() -> None:
    card = f"<div><h3><a href=/b>Oil</a></h3><p>{PROSE}</p></div>"
    assert brought_back(f"<p>Read on</p>{card}", "..x", [0.01, 0.12, 0.9]) == {1: HEADING}


def test_headings_of_one_rank_in_a_row_are_rather_titles_of_others() -> None:
    page = f"<h3>Oil</h3><h3>Wick</h3><p>{PROSE}</p>"
    assert brought_back(page, "..x", [0.2, 0.2, 0.9]) == {1: HEADING}
    deeper = page.replace("<h3>Oil</h3>", "<h2>Oil</h2>")
    assert brought_back(deeper, "..x", [0.2, 0.2, 0.9]) == {0: HEADING, 1: HEADING}


def test_the_title_of_a_boxed_remark_is_kept_with_the_remark() -> None:
    page = (
        '<div class="admonition tip"><div class="admonition-title"><i></i>Oil</div>'
        f'<p>{PROSE}</p></div><div class="tip"><div class="tip">Wick</div><p>{PROSE}</p></div>'
    )
    assert brought_back(page, ".x.x") == {0: HEADING}
    assert brought_back(page, "...x") == {}
    assert brought_back(page, ".x.x", [0.01, 0.9, 0.4, 0.9]) == {}
    macro = f'<div class="wiki-macro wiki-macro-tip"><p class=title>Oil</p><p>{PROSE}</p></div>'
    assert brought_back(macro, ".x") == {0: HEADING}
    assert brought_back(macro.replace("-macro", ""), ".x") == {}
    for name in (
        "admonitionHeading_x1",
        "expand-control",
        "panelHeader",
        "elementor-tab-title",
        "schema-faq-question",
        "codeBlockTitle_x1",
        "tabs__item",
    ):
        page = f"<div><div class='{name}'><b>Oil</b></div><div><p>{PROSE}</p></div></div>"
        assert brought_back(page, ".x") == {0: HEADING}
    page = f"<div><div class='table-title'><b>Oil</b></div><div><p>{PROSE}</p></div></div>"
    assert brought_back(page, ".x") == {}


def test_the_mark_of_an_answer_does_not_part_it_from_its_question() -> None:
    page = f"<dl><dt>Does it burn?</dt><dd><span>A</span><div>{PROSE}</div></dd></dl>"
    assert brought_back(page, "..x") == {0: HEADING}
    assert brought_back(page.replace(">A<", ">Yes<"), "..x") == {}


def test_a_first_heading_above_kept_text_is_kept_unless_the_page_is_titled_so() -> None:
    page = f"<title>Lights</title><div><h1>How a lamp burns</h1></div><p>{PROSE}</p>"
    assert brought_back(page, ".x") == {0: TITLE}
    assert brought_back(page, ".x", [0.1, 0.9]) == {}
    assert brought_back(page.replace(">Lights", ">How a Lamp Burns – Lights"), ".x") == {}
    assert brought_back(page.replace("<p>", "<p>Share</p><p>"), "..x") == {}


@pytest.mark.parametrize(
    "unit", ["<pre>light --on</pre>", "<ul><li>Oil</li></ul>", "<blockquote>Oil</blockquote>"]
)
def test_a_line_that_announces_what_is_kept_is_kept(unit: str) -> None:
    page = f"<p>Light it so:</p>{unit}"
    assert brought_back(page, ".x") == {0: LEAD}
    assert brought_back(page.replace("so:", "so："), ".x") == {0: LEAD}
    assert brought_back(page, ".x", [0.1, 0.9]) == {}
    assert brought_back(page.replace("so:", "so."), ".x") == {}
    assert brought_back("<p>Light it so:</p><p>Oil</p>", ".x") == {}


def test_a_link_to_a_heading_does_not_part_it_from_its_text() -> None:
    page = f"<div><h2 id=oil>Oil</h2><a href=#oil><span>Section “Oil”</span></a></div><p>{PROSE}"
    assert brought_back(page, "..x") == {0: HEADING}
    assert brought_back(page.replace("#oil", "/oil"), "..x") == {}


def test_a_first_heading_below_kept_text_is_a_heading_as_any() -> None:
    page = f"<p>{PROSE}<h1>Oil</h1><p>{PROSE}"
    assert brought_back(page, "x.x", [0.9, 0.15, 0.9]) == {1: TITLE}
    assert brought_back(page, "..x", [0.1, 0.15, 0.9]) == {}


def test_the_title_of_an_aside_is_kept_with_its_text() -> None:
    page = f"<aside><p class='starlight-aside__title'>Oil</p><p>{PROSE}</p></aside>"
    assert brought_back(page, ".x") == {0: HEADING}


@pytest.mark.parametrize(
    "title",
    ["<div><button aria-expanded=false>{}</button></div>", "<div aria-expanded=true>{}</div>",
     "<button aria-expanded=false><span>{}</span></button>", "<div role=heading>{}</div>",
     "<button class=accordion__header>{}</button>"],
)  # fmt: skip
def test_what_folds_a_kept_text_out_or_is_a_heading_by_its_role_heads_it(title: str) -> None:
    page = f"{title.format('Who may apply?')}<div><p>{PROSE}</p></div>"
    assert brought_back(page, ".x") == {0: HEADING}
    assert brought_back(page.replace("Who may apply?", "Who"), "..") == {}
    assert brought_back(f"<button>Print</button><p>{PROSE}</p>", ".x") == {}
    if "accordion" not in title:
        assert brought_back(f"{title.format('+')}<div><p>{PROSE}</p></div>", ".x") == {}

"""What belongs to kept text is kept with it."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.content.names import nameless
from cleaner.content.page import read_columns
from cleaner.content.structure import (
    ALIKE,
    AMONG,
    BETWEEN,
    CAPTION,
    CODE,
    FIGURE,
    FORMULA,
    HEADING,
    INSIDE,
    LEAD,
    LIKELY_IN_MANUALS,
    QUOTED,
    STANDFIRST,
    TABLE,
    TITLE,
    keep_structure,
)
from cleaner.parse import parse
from cleaner.segment import segment

PROSE = "The keeper counts the ships that pass at night, and writes them down in a book."


def brought_back(
    page: str, kept: str, scores: list[float] | None = None, likely: float = 0.5
) -> dict[int, str]:
    """Return what the rules keep beside the blocks marked x in `kept`."""
    columns = read_columns(segment(parse(page).root), nameless)
    assert columns is not None
    assert len(columns.texts) == len(kept)
    chosen = np.array([mark == "x" for mark in kept])
    named = keep_structure(columns, chosen, np.array(scores or [0.45] * len(kept)), likely)
    assert all(chosen[row] for row in named)
    return named


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


def test_code_beside_kept_text_is_kept_with_it() -> None:
    page = f"<p>{PROSE}</p><pre>light --on</pre><p>Menu</p><pre>other</pre>"
    assert brought_back(page, "x...") == {1: CODE}
    assert brought_back(page, "x...", [0.9, 0.05, 0.5, 0.5]) == {}


def test_code_that_follows_code_beside_kept_text_is_kept_with_it() -> None:
    page = f"<p>{PROSE}</p><pre>light --on</pre><pre>light --off</pre><p>Menu</p><pre>other</pre>"
    assert brought_back(page, "x....") == {1: CODE, 2: CODE}
    assert brought_back(page, "x....", [0.9, 0.05, 0.5, 0.5, 0.5]) == {}


def test_code_between_kept_blocks_may_stand_under_the_bar_of_an_editor() -> None:
    bar = "<p>lamp.py</p><p>Reset</p><p>Fork</p>"
    code = f"{bar}<pre>light --on</pre><pre>light --off</pre><p>Run</p>"
    assert brought_back(f"<p>{PROSE}</p>{code}<p>{PROSE}</p>", "x......x") == {4: CODE, 5: CODE}
    assert brought_back(f"<p>{PROSE}</p>{code}", "x......") == {}
    assert brought_back(f"<p>{PROSE}</p>{bar}{bar}{code}<p>{PROSE}</p>", "x............x") == {}


def test_code_in_many_tabs_is_kept_between_kept_blocks() -> None:
    tab = "<p>sh</p><pre>light --on</pre>"
    page = f"<p>{PROSE}</p><p>Tabs</p>{tab * 4}<p>{PROSE} Then he sleeps.</p>"
    assert brought_back(page, "x.........x") == dict.fromkeys((3, 5, 7, 9), CODE)


def test_what_is_typed_is_kept_with_what_it_prints() -> None:
    page = "<div><code>#kind <b>lamp</b></code> <pre>Light</pre><code>#light</code></div>"
    assert brought_back(f"<p>{PROSE}</p>{page}", "x.x.") == {1: CODE, 3: CODE}
    words = page.replace("</code>", "</code> gives")
    assert brought_back(f"<p>{PROSE}</p>{words}", "x.x.") == {}
    assert brought_back(f"<p>{PROSE}</p>{page.replace('pre>', 'p>')}", "x.x.") == {}


def test_lines_of_code_beside_kept_text_are_kept_with_it() -> None:
    line = "<div><code>if</code> <code>(dark) {</code></div>"
    page = f"<p>{PROSE}</p><td>1</td><td>{line}{line}{line}</td><p>Menu</p>"
    assert brought_back(page, "x..x..") == {2: CODE, 4: CODE}
    assert brought_back(page.replace("</code></div>", "</code> dark</div>"), "x..x..") == {}
    assert brought_back(page.replace("code", "a href=/b"), "x..x..") == {}
    assert brought_back(f"<p>{PROSE}</p>{line}<div><p><code>dark</code></p></div>", "x..") == {}


def test_a_paragraph_between_kept_ones_of_the_same_container_is_kept() -> None:
    page = f"<div><p>{PROSE}</p><p>{PROSE} He sleeps.</p><p>{PROSE} He wakes.</p></div>"
    assert brought_back(page, "x.x") == {1: INSIDE}
    apart = page.replace("<p>The keeper", "<div><p>The keeper", 2).replace("</p>", "</p></div>", 2)
    assert brought_back(apart, "x.x") == {}
    assert brought_back(page.replace(f"{PROSE} He sleeps.", "Read on"), "x.x") == {}


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


def test_a_data_table_is_kept_whole_once_most_of_it_is() -> None:
    page = "<table><tr><th>Day<td>one two three</tr><tr><td>Night<td>four five six</tr></table>"
    assert brought_back(page, ".x.x") == {0: TABLE, 2: TABLE}
    assert brought_back(page.replace("th", "td"), ".x.x") == {0: TABLE, 2: TABLE}
    uneven = "<table><tr><td>Day<td>one two three</tr><tr><td>four five six</tr></table>"
    assert brought_back(uneven, ".xx") == {}
    assert brought_back(page, "....") == {}
    around = page.replace("one two three", "<table><tr><th>one two three</table>")
    assert brought_back(around, ".x.x") == {0: TABLE, 2: TABLE}
    assert brought_back(around.replace("<th>Day", "<td>Day"), ".x.x") == {}


def test_most_of_a_data_table_are_its_cells_not_its_words() -> None:
    page = (
        "<table><tr><th>Oil used at night<th>Ships seen</tr><tr><td>9<td>4</tr><tr><td>8<td>7</tr>"
    )
    assert brought_back(f"{page}</table>", "..xxxx") == {0: TABLE, 1: TABLE}


def test_the_mark_of_an_answer_does_not_part_it_from_its_question() -> None:
    page = f"<dl><dt>Does it burn?</dt><dd><span>A</span><div>{PROSE}</div></dd></dl>"
    assert brought_back(page, "..x") == {0: HEADING}
    assert brought_back(page.replace(">A<", ">Yes<"), "..x") == {}


def test_a_row_of_a_data_table_is_kept_whole() -> None:
    page = "<table><tr><th>Day<td>one two three</tr><tr><th>Night<td>four five six</tr></table>"
    assert brought_back(page, "x...") == {1: TABLE}
    assert brought_back(page, "x...", [0.9, 0.1, 0.4, 0.4]) == {}
    assert brought_back(page.replace("th", "p"), "x...") == {}


def test_rows_that_are_kept_whole_may_be_most_of_a_table() -> None:
    rows = "".join(f"<tr><td>{day}<td>one<td>two</tr>" for day in ("Day", "Night", "Dawn"))
    page = f"<table>{rows}</table>"
    assert brought_back(page, "x..x.....") == dict.fromkeys((1, 2, 4, 5, 6, 7, 8), TABLE)
    assert brought_back(page, "x........") == dict.fromkeys((1, 2), TABLE)


def test_the_line_that_says_whose_words_a_quote_has_is_kept_with_it() -> None:
    page = f"<blockquote><p>{PROSE}</p><footer>Ida Strand</footer></blockquote><p>Share this</p>"
    assert brought_back(page, "x..") == {1: QUOTED}
    assert brought_back(page, "...") == {}
    assert brought_back(page.replace("Ida Strand", PROSE[1:]), "x..") == {}
    assert brought_back(page, "x..", [0.9, 0.01, 0.4]) == {}


def test_the_caption_of_a_kept_table_is_kept_with_it() -> None:
    table = "<table><tr><th>Oil</th><td>Nine barrels of it</td></tr></table>"
    caption = "<figcaption><p>Stores in the month of May</p></figcaption>"
    page = f"<figure>{table}{caption}</figure><p>Share</p>"
    assert brought_back(page, "xx..") == {2: CAPTION}
    assert brought_back(page, "....") == {}
    assert brought_back(page, "xx..", [0.9, 0.9, 0.01, 0.4]) == {}
    assert brought_back(page.replace(table, "<p>Oil</p><p>Nine barrels of it</p>"), "xx..") == {}
    assert brought_back(page.replace("figure>", "div>"), "xx..") == {}


def test_a_formula_between_kept_blocks_is_kept() -> None:
    page = f"<p>{PROSE}</p><div><math><mi>E</mi></math></div><p>{PROSE} He sleeps.</p>"
    assert brought_back(page, "x.x") == {1: FORMULA}
    assert brought_back(page, "x..") == {}
    assert brought_back(page.replace("math", "em"), "x.x") == {}
    assert brought_back(page.replace("<mi>E</mi></math>", "</math>$$E$$<p>(1)</p>"), "x..x") == {
        1: FORMULA,
        2: FORMULA,
    }
    assert brought_back(page.replace("</div>", "<p>as it seems</p></div>"), "x..x") == {}


def test_links_that_are_surely_no_text_stay_out_of_a_kept_list() -> None:
    items = f"<li><a href=/a>Reply</a></li><li>{PROSE}</li>"
    page = f"<div><p>{PROSE}</p><ul>{items}</ul><p>{PROSE} He sleeps.</p></div>"
    assert brought_back(page, "x..x", [0.9, 0.05, 0.4, 0.9]) == {2: AMONG}
    assert brought_back(page, "x..x", [0.9, 0.2, 0.4, 0.9]) == {1: AMONG, 2: AMONG}


def test_what_is_left_of_an_item_that_is_mostly_kept_stays_out_of_a_kept_list() -> None:
    post = f"<li><p>Member</p><p>{PROSE}</p></li>"
    page = f"<div><p>{PROSE}</p><ul>{post}{post}</ul><p>{PROSE} He sleeps.</p></div>"
    assert brought_back(page, "x.x..x") == {3: AMONG, 4: AMONG}
    in_parts = page.replace("</li>", "<p>Oil</p><p>He knows.</p></li>", 1)
    assert brought_back(in_parts, "x.x.x..x") == {3: AMONG, 5: AMONG, 6: AMONG}
    in_cells = post.replace("p>", "td>").replace("<li>", "<li><table><tr><th>Oil</th>")
    assert brought_back(page.replace(post, in_cells, 1), "x..x..x") == dict.fromkeys(
        (1, 2, 4, 5), AMONG
    )


@pytest.mark.parametrize(
    "unit",
    ["<ul><li>Oil</li><li>Wick</li></ul>", "<blockquote><p>Oil</p><p>Wick</p></blockquote>"],
)
def test_a_list_or_quote_directly_between_kept_blocks_is_kept(unit: str) -> None:
    page = f"<div><p>{PROSE}</p>{unit}<p>{PROSE} He sleeps.</p></div>"
    assert brought_back(page, "x..x") == {1: AMONG, 2: AMONG}
    assert brought_back(page, "x..x", [0.9, 0.05, 0.05, 0.9]) == {}
    assert brought_back(page, "x...", [0.9, 0.15, 0.15, 0.1]) == {}


def test_a_list_of_buttons_between_kept_blocks_is_left_to_the_model() -> None:
    item = "<li><button>Save</button></li>"
    page = f"<div><p>{PROSE}</p><ul>{item}</ul><p>{PROSE} He sleeps.</p></div>"
    assert brought_back(page, "x.x") == {}
    asked = page.replace(item, "<li><h3><button>Who sleeps?</button></h3></li>")
    assert brought_back(asked, "x.x") == {1: AMONG}


def test_a_subheading_parts_no_list_from_the_kept_text_before_it() -> None:
    page = (
        f"<div><p>{PROSE}</p><h3>Stores</h3><ul><li>Oil</li><li>Wick</li></ul>"
        f"<p>{PROSE} He sleeps.</p></div>"
    )
    assert brought_back(page, "x...x") == {1: HEADING, 2: AMONG, 3: AMONG}
    assert brought_back(page, "x...x", [0.9, 0.01, 0.4, 0.4, 0.9]) == {}
    assert brought_back(page.replace("h3", "p"), "x...x") == {}
    linked = page.replace("<li>Oil</li>", "<li><a href=/o>Oil for lamps</a></li>")
    assert brought_back(linked, "x...x") == {}
    assert brought_back(page.partition("</p>")[2], "...x") == {}


def test_a_list_of_links_that_only_follows_kept_text_is_kept_if_it_is_announced() -> None:
    items = "<li><a href=/o>Oil</a></li><li><a href=/w>Wick</a></li>"
    page = f"<div><p>{PROSE}</p><ul>{items}</ul><p>{PROSE} He sleeps.</p></div>"
    assert brought_back(page, "x...") == {}
    assert brought_back(page, "x..x") == {1: AMONG, 2: AMONG}
    assert brought_back(page.replace(".</p><ul>", ":</p><ul>"), "x...") == {1: AMONG, 2: AMONG}


def test_a_list_may_be_wrapped_as_page_builders_do() -> None:
    wrapped = "<div><div>{}</div></div>"
    items = "<ul><li>Oil</li><li>Wick</li></ul>"
    story = wrapped.format(f"<p>{PROSE}</p>")
    page = f"<main>{story}{wrapped.format(items)}{story}</main>"
    assert brought_back(page, "x..x", [0.9, 0.15, 0.15, 0.9]) == {1: AMONG, 2: AMONG}
    assert brought_back(page, "x...", [0.9, 0.45, 0.45, 0.9]) == {}
    side = page.replace(f"{items}</div></div>", f"{items}</div><p>Menu</p></div>")
    assert brought_back(side, "x...x", [0.9, 0.15, 0.15, 0.1, 0.9]) == {}


def test_a_list_or_data_table_that_follows_kept_text_is_kept_a_quote_is_not() -> None:
    page = f"<div><p>{PROSE}</p><ul><li>Oil</li><li>Wick</li></ul></div><p>{PROSE} He sleeps.</p>"
    assert brought_back(page, "x...") == {1: AMONG, 2: AMONG}
    assert brought_back(page, "...x") == {}
    table = page.replace("ul>", "table>").replace("<li>", "<tr><th>").replace("</li>", "</th></tr>")
    assert brought_back(table, "x...") == {1: AMONG, 2: AMONG}
    assert brought_back(table.replace("th>", "td>"), "x...") == {}
    quote = page.replace("ul>", "blockquote>").replace("li>", "p>")
    assert brought_back(quote, "x...") == {}


def test_blocks_of_one_kind_are_kept_once_half_of_them_are() -> None:
    cards = "".join(f"<div class=card><b>Lamp {number}</b></div>" for number in range(8))
    page = f"{cards}<div class=ad>Oil</div>"
    assert brought_back(page, "xxxx.....") == dict.fromkeys(range(4, 8), ALIKE)
    assert brought_back(page, "xxxx.....", [0.5] * 4 + [0.05] * 4 + [0.5]) == {}
    assert brought_back(page, "xxx......") == {}
    assert brought_back(page.replace("<b>Lamp 4</b>", "<a href=4>Lamp 4</a>"), "xxxx.....") == {}
    seven = page.partition("</div>")[2]
    assert brought_back(seven, "xxxx....") == {}


def test_a_manual_is_read_without_gaps_but_for_links() -> None:
    page = f"<div><p>{PROSE}</p></div><p>Oil</p><div><p>{PROSE}</p></div>"
    manual = LIKELY_IN_MANUALS
    assert brought_back(page, "x.x", [0.9, 0.3, 0.9]) == {}
    assert brought_back(page, "x.x", [0.9, 0.3, 0.9], manual) == {1: BETWEEN}
    assert brought_back(page, "x.x", [0.9, 0.2, 0.9], manual) == {}
    assert (
        brought_back(page.replace("Oil", "<a href=/o>Oil</a>"), "x.x", [0.9, 0.3, 0.9], manual)
        == {}
    )


def test_cells_of_a_layout_without_a_class_are_of_no_kind() -> None:
    cells = "".join(f"<table><tr><td>Lamp {number}</table>" for number in range(8))
    assert brought_back(cells, "xxxx....") == {}
    named = cells.replace("<td>", "<td class=story>")
    assert brought_back(named, "xxxx....") == dict.fromkeys(range(4, 8), ALIKE)


def test_a_first_heading_above_kept_text_is_kept_unless_the_page_is_titled_so() -> None:
    page = f"<title>Lights</title><div><h1>How a lamp burns</h1></div><p>{PROSE}</p>"
    assert brought_back(page, ".x") == {0: TITLE}
    assert brought_back(page, ".x", [0.1, 0.9]) == {}
    assert brought_back(page.replace(">Lights", ">How a Lamp Burns – Lights"), ".x") == {}
    assert brought_back(page.replace("<p>", "<p>Share</p><p>"), "..x") == {}


def test_a_list_in_a_box_beside_the_text_between_kept_blocks_is_left_to_the_model() -> None:
    box = "<aside><div><div><ul><li>Oil</li><li>Wick</li></ul></div></div></aside>"
    page = f"<div><p>{PROSE}</p></div>{box}<div><p>{PROSE} He sleeps.</p></div>"
    assert brought_back(page, "x..x") == {}


def test_likely_blocks_are_kept_between_kept_ones_up_to_an_unlikely_one() -> None:
    page = "".join(f"<div><span>Part {number}</span></div>" for number in range(6))
    likely = [0.9, 0.6, 0.7, 0.9, 0.6, 0.9]
    assert brought_back(page, "x..x.x", likely) == dict.fromkeys((1, 2, 4), BETWEEN)
    assert brought_back(page, "x..x..", likely) == dict.fromkeys((1, 2), BETWEEN)
    assert brought_back(page, "x..x..", [0.9, 0.6, 0.4, 0.9, 0.6, 0.6]) == {}


def test_a_data_table_that_the_likely_rows_between_kept_text_complete_is_kept_whole() -> None:
    rows = "".join(f"<tr><th>Day {number}</th><td>calm</td></tr>" for number in range(3))
    page = f"<table>{rows}</table><p>{PROSE}</p>"
    likely = [0.4, 0.6, 0.6, 0.6, 0.6, 0.6, 0.9]
    between, table = dict.fromkeys((2, 3, 4, 5), BETWEEN), dict.fromkeys((0,), TABLE)
    assert brought_back(page, ".x....x", likely) == {**between, **table}


def test_a_data_table_in_a_figure_is_kept_after_kept_text() -> None:
    table = "<table><tr><th>Lamp</th><th>Oil</th></tr><tr><td>Ada</td><td>x</td></tr></table>"
    page = f"<p>{PROSE}</p><figure>{table}</figure>"
    assert brought_back(page, "x....", [0.9] + [0.06] * 4) == dict.fromkeys(range(1, 5), FIGURE)
    assert brought_back(page, "x....", [0.9] + [0.04] * 4) == {}
    assert brought_back(page.replace("figure", "section"), "x....", [0.9] + [0.06] * 4) == {}
    assert brought_back(f"<p>{PROSE}</p>{page}", "x.....", [0.9] + [0.06] * 5) == {}
    told = page.replace("<table>", "<figcaption>Oil</figcaption><table>")
    assert FIGURE in brought_back(told, "x.....", [0.9] + [0.06] * 5).values()


@pytest.mark.parametrize(
    ("caption", "found"),
    [
        ("Figure 2: Oil in May", {1: CAPTION}),
        ("Abb. 3.1", {1: CAPTION}),
        ("図1 油", {1: CAPTION}),
        ("Oil in May 1926", {}),
        ("Ada5 | Pier Images", {}),
    ],
)
def test_a_caption_with_a_number_is_kept_between_kept_blocks(
    caption: str, found: dict[int, str]
) -> None:
    page = f"<p>{PROSE}</p><figure><figcaption>{caption}</figcaption></figure><p>{PROSE} So.</p>"
    assert brought_back(page, "x.x") == found
    assert brought_back(page, "x..") == {}
    told = "<div><p class=caption>"
    page = page.replace("<figure><figcaption>", told).replace("</figcaption></figure>", "</div>")
    assert brought_back(page, "x.x") == found
    assert brought_back(page.replace("caption", "note"), "x.x") == {}


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


def test_a_caption_between_likely_blocks_parts_nothing() -> None:
    page = f"<p>{PROSE}<p>It was dark.<figure><figcaption>At night</figcaption></figure><p>{PROSE}"
    assert brought_back(page, "x..x", [0.9, 0.6, 0.1, 0.9]) == {1: BETWEEN}
    assert brought_back(page.replace("figcaption", "p"), "x..x", [0.9, 0.6, 0.1, 0.9]) == {}


def test_an_icon_between_likely_blocks_parts_nothing() -> None:
    page = f"<p>{PROSE}<p>💡<p>It was dark.<p>{PROSE}"
    assert brought_back(page, "x..x", [0.9, 0.1, 0.6, 0.9]) == {2: BETWEEN}
    assert brought_back(page.replace("💡", "Tip"), "x..x", [0.9, 0.1, 0.6, 0.9]) == {}


def test_the_title_of_a_boxed_remark_parts_nothing() -> None:
    page = f"<p>{PROSE}<div><p class=callout-title>Oil<p>It was dark.</div><p>{PROSE}"
    found = brought_back(page, "x..x", [0.9, 0.2, 0.6, 0.9])
    assert found == {1: HEADING, 2: BETWEEN}
    assert brought_back(page.replace("callout-", ""), "x..x", [0.9, 0.2, 0.6, 0.9]) == {}


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

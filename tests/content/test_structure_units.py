"""Lists, quotes and tables that belong to kept text are kept with it, and so do blocks alike."""

from __future__ import annotations

import pytest

from cleaner.content.structure import (
    ALIKE,
    AMONG,
    BETWEEN,
    CAPTION,
    FIGURE,
    HEADING,
    LEAD,
    QUOTED,
    TABLE,
)
from tests.content.brought_back import PROSE, brought_back


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
    "unit", ["<ul><li>Oil</li><li>Wick</li></ul>", "<blockquote><p>Oil</p><p>Wick</p></blockquote>"]
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


def test_cells_of_a_layout_without_a_class_are_of_no_kind() -> None:
    cells = "".join(f"<table><tr><td>Lamp {number}</table>" for number in range(8))
    assert brought_back(cells, "xxxx....") == {}
    named = cells.replace("<td>", "<td class=story>")
    assert brought_back(named, "xxxx....") == dict.fromkeys(range(4, 8), ALIKE)


def test_a_list_in_a_box_of_its_own_between_kept_blocks_is_left_to_the_model() -> None:
    box = "<aside><div><div><ul><li>Oil</li><li>Wick</li></ul></div></div></aside>"
    page = f"<div><p>{PROSE}</p></div>{box}<div><p>{PROSE} He sleeps.</p></div>"
    assert brought_back(page, "x..x") == {}


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

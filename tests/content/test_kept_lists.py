"""Lists and quotes are kept with the text around them."""

from __future__ import annotations

import pytest

from cleaner.content.structure import AMONG, HEADING, QUOTED
from tests.content.support import PROSE, brought_back, columns_of


def test_the_line_that_says_whose_words_a_quote_has_is_kept_with_it() -> None:
    page = f"<blockquote><p>{PROSE}</p><footer>Ida Strand</footer></blockquote><p>Share this</p>"
    assert brought_back(page, "x..") == {1: QUOTED}
    assert brought_back(page, "...") == {}
    assert brought_back(page.replace("Ida Strand", PROSE[1:]), "x..") == {}
    assert brought_back(page, "x..", [0.9, 0.01, 0.4]) == {}


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


@pytest.mark.parametrize(
    "unit",
    ["<dl><dt>Lit<dd>1926</dl>", "<table><tr><td>Lit<td>1926<tr><td>Dark<td>1998</table>",
     "<ul><li>Lit: 1926<li>Dark: 1998</ul>"],
)  # fmt: skip
def test_facts_between_the_title_and_kept_text_are_kept(unit: str) -> None:
    page = f"<h1>The light</h1>{unit}<p>{PROSE}</p>"
    rows = len(columns_of(page).texts) - 2
    kept = "." * (rows + 1) + "x"
    assert [row for row, why in brought_back(page, kept).items() if why == AMONG] == [
        *range(1, rows + 1)
    ]
    for other in (page.replace("h1", "h2"), page.replace("</h1>", "</h1><p>Share</p>")):
        mark = "." * (len(columns_of(other).texts) - 1) + "x"
        assert AMONG not in brought_back(other, mark).values()
    unlikely = [0.9, *[0.19] * rows, 0.9]
    assert AMONG not in brought_back(page, kept, unlikely).values()
    assert AMONG not in brought_back(page.replace(": ", " "), kept.replace("x", "."), None).values()


def test_a_list_without_labels_below_the_title_is_left_to_the_model() -> None:
    page = f"<h1>The light</h1><ul><li>Oil<li>Wick: new</ul><p>{PROSE}</p>"
    assert AMONG not in brought_back(page, "...x").values()


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


def test_a_list_in_a_box_beside_the_text_between_kept_blocks_is_left_to_the_model() -> None:
    box = "<aside><div><div><ul><li>Oil</li><li>Wick</li></ul></div></div></aside>"
    page = f"<div><p>{PROSE}</p></div>{box}<div><p>{PROSE} He sleeps.</p></div>"
    assert brought_back(page, "x..x") == {}

"""Data tables are kept whole, with their captions and those of figures."""

from __future__ import annotations

import pytest

from cleaner.content.structure import AMONG, BETWEEN, CAPTION, FIGURE, TABLE
from tests.content.support import PROSE, brought_back


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


def test_the_caption_of_a_kept_table_is_kept_with_it() -> None:
    table = "<table><tr><th>Oil</th><td>Nine barrels of it</td></tr></table>"
    caption = "<figcaption><p>Stores in the month of May</p></figcaption>"
    page = f"<figure>{table}{caption}</figure><p>Share</p>"
    assert brought_back(page, "xx..") == {2: CAPTION}
    assert brought_back(page, "....") == {}
    assert brought_back(page, "xx..", [0.9, 0.9, 0.01, 0.4]) == {}
    assert brought_back(page.replace(table, "<p>Oil</p><p>Nine barrels of it</p>"), "xx..") == {}
    assert brought_back(page.replace("figure>", "div>"), "xx..") == {}


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


def test_the_title_of_a_data_table_in_its_box_parts_it_from_no_kept_text() -> None:
    rows = "".join(f"<tr><th>Day {number}</th><td>calm</td></tr>" for number in range(2))
    table = f"<p class=title>Winds of May</p><div><table>{rows}</table></div>"
    page = f"<p>{PROSE}</p><div>{table}</div><p>More</p>"
    cells, likely = dict.fromkeys(range(2, 6), AMONG), [0.9, 0.05, 0.3, 0.3, 0.3, 0.3, 0.1]
    assert brought_back(page, "x......", likely) == cells
    assert brought_back(f"{page}<p>{PROSE}</p>", "x......x", [*likely, 0.9]) == cells
    assert brought_back(page, "x......", [0.9] + [0.05] * 6) == {}
    assert brought_back(page, ".......", likely) == {}
    assert brought_back(page.replace("<p>More", "<div><p>More"), "x......", likely) == cells
    assert (
        brought_back(page.replace("</div><p>More</p>", "<p>More</p></div>"), "x......", likely)
        == {}
    )
    assert brought_back(page.replace("th>", "td>").replace("<td>calm</td>", ""), "x....") == {}


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

"""What stands between kept blocks, or is like them, is kept."""

from __future__ import annotations

from cleaner.content.structure import ALIKE, BETWEEN, FORMULA, HEADING, INSIDE, LIKELY_IN_MANUALS
from tests.content.support import PROSE, brought_back


def test_a_paragraph_between_kept_ones_of_the_same_container_is_kept() -> None:
    page = f"<div><p>{PROSE}</p><p>{PROSE} He sleeps.</p><p>{PROSE} He wakes.</p></div>"
    assert brought_back(page, "x.x") == {1: INSIDE}
    apart = page.replace("<p>The keeper", "<div><p>The keeper", 2).replace("</p>", "</p></div>", 2)
    assert brought_back(apart, "x.x") == {}
    assert brought_back(page.replace(f"{PROSE} He sleeps.", "Read on"), "x.x") == {}


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


def test_likely_blocks_are_kept_between_kept_ones_up_to_an_unlikely_one() -> None:
    page = "".join(f"<div><span>Part {number}</span></div>" for number in range(6))
    likely = [0.9, 0.6, 0.7, 0.9, 0.6, 0.9]
    assert brought_back(page, "x..x.x", likely) == dict.fromkeys((1, 2, 4), BETWEEN)
    assert brought_back(page, "x..x..", likely) == dict.fromkeys((1, 2), BETWEEN)
    assert brought_back(page, "x..x..", [0.9, 0.6, 0.4, 0.9, 0.6, 0.6]) == {}


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
    icon = page.replace(
        "<p class=callout-title>Oil", "<div class=icon><div class=title>Oil</div></div>"
    )
    assert brought_back(icon, "x..x", [0.9, 0.2, 0.6, 0.9]) == found

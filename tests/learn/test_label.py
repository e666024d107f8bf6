from __future__ import annotations

import numpy as np

from cleaner.learn.label import label_blocks

STORY = ["The ferry left at nine with two cows on board.", "Nobody had asked the cows about it."]


def test_a_copy_in_a_side_bar_is_not_content() -> None:
    blocks = ["Menu", *STORY, "More stories", STORY[0]]
    assert label_blocks(blocks, "\n\n".join(STORY)).tolist() == [0, 1, 1, 0, 0]


def test_a_short_line_counts_only_beside_a_match() -> None:
    filler = [f"Unrelated words number {n} about nothing at all" for n in range(8)]
    blocks = ["Cows", *filler, STORY[0], "Cows", STORY[1]]
    labels = label_blocks(blocks, f"{STORY[0]}\n\nCows\n\n{STORY[1]}")
    assert labels[[0, -3, -2, -1]].tolist() == [0, 1, 1, 1]


def test_parts_in_another_order_are_found() -> None:
    parts = [f"Card {n} holds a cup of clay from the {n}th kiln." for n in range(6)]
    assert (label_blocks(parts, "\n".join(reversed(parts))) > 0.5).all()


def test_on_a_page_of_very_many_words_blocks_that_share_no_run_with_the_gold_are_none_of_it() -> (
    None
):
    labels = label_blocks(["cows " * 30_000, *STORY, "nine cows"], "\n".join(STORY))
    assert labels.tolist() == [0, 1, 1, 0]


def test_a_block_without_words_has_no_label() -> None:
    assert np.isnan(label_blocks(["—", STORY[0]], STORY[0])).tolist() == [True, False]


def test_an_empty_gold_makes_everything_boilerplate() -> None:
    assert label_blocks(STORY, "").tolist() == [0, 0]

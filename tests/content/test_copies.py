"""What a page tells twice goes the second time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.content.copies import drop_copies, find_copies
from cleaner.content.lines import judge_lines
from tests.content.support import LINE, choice_of, surely

STORY = f"<h2>The lamp</h2><p>{LINE}</p><p>It was cold.</p>"


def dropped(page: str, kind: str = "article") -> str:
    """Return for each block of a page of which all is kept whether it goes, as "x"."""
    choice = choice_of(page, types=surely(kind))
    named = drop_copies(choice)
    assert set(named.values()) <= {"told before on the page"}
    return "".join(".x"[row in named] for row in choice.rows)


def test_a_second_version_goes_with_its_headings() -> None:
    page = f"<div class=wide>{STORY}</div><div class=narrow>{STORY}</div>"
    assert dropped(page) == "...xxx"


def test_what_only_the_second_version_tells_stays() -> None:
    page = f"<div>{STORY}</div><div>{STORY}<p>The boat came in.</p></div>"
    assert dropped(page) == "...xxx."


def test_short_texts_repeat_by_chance() -> None:
    assert dropped("<div><p>Read more</p></div><div><p>Read more</p></div>") == ".."
    page = f"<div><p>Read more</p><p>{LINE}</p></div><div><p>A pier.</p><p>Read more</p></div>"
    assert dropped(page) == "...."


def test_a_question_that_is_put_again_stays() -> None:
    asked = "<h3>What did you see when you came to the top of the stairs?</h3>"
    assert dropped(f"<div>{asked}<p>A light.</p></div><div>{asked}<p>A boat.</p></div>") == "...."


def test_a_refrain_stays() -> None:
    refrain = f"<p>{LINE}</p><p>{LINE[::-1]}</p>"
    assert dropped(f"<div>{refrain}<p>A verse.</p>{refrain}</div>") == "....."
    assert dropped(f"<div>{refrain}<p>A verse.</p></div><div>{refrain}</div>") == "...xx"


def test_a_list_that_tells_something_new_is_no_second_version() -> None:
    plan = f"<ul><li>{LINE}</li><li>Oil for a year</li>{{}}</ul>"
    assert dropped(f"<div>{plan.format('')}</div>" * 2) == "..xx"
    assert dropped(f"<div>{plan.format('')}</div><div>{plan.format('<li>A wick')}</div>") == "....."
    assert dropped(f"<div><p>{LINE}</p><p>A</p></div><div><p>{LINE}</p><p>A</p></div>") == "..xx"


@pytest.mark.parametrize(("times", "left"), [(1, "..."), (3, "..x")])
def test_a_long_paragraph_that_is_told_again_goes_alone(times: int, left: str) -> None:
    told = " ".join(f"{LINE} It was the {at}th of the month." for at in range(times))
    assert (
        dropped(f"<header><p>{told}</p></header><p>Noon</p><article><p>{told}</p></article>")
        == left
    )
    quote = f"<div><p>{told}</p></div><p>Noon</p><blockquote><p>{told}</p></blockquote>"
    assert dropped(quote) == "..."


def test_a_quote_of_one_block_stays() -> None:
    answer = f"<div><blockquote><p>{LINE}</p></blockquote><p>So it was.</p></div>"
    assert dropped(f"<div><p>{LINE}</p><p>I saw it.</p></div>{answer}") == "...."


NIGHT = [
    LINE,
    "Nobody counted how many of them there were, and when the fog lifted the pier was all nets.",
    "His sister wrote the names into a book with a blue cover, which is kept in the museum today.",
    "On the last page she drew the tower as it looked from the sea, with every window lit at once.",
    "Two summers later the lamp was taken down, and a smaller one that needed no keeper put in.",
]


def told_again(again: str, box: str = "<section>{}</section>") -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in NIGHT)
    return dropped(f"<div>{paragraphs}</div>" + box.format(f"<div>{again}</div>"))


def test_a_block_that_tells_the_paragraphs_before_in_one_goes() -> None:
    whole = " ".join(NIGHT)
    assert told_again(whole) == ".....x"
    assert told_again(whole.replace("fog lifted", "mist rose")) == ".....x"


def test_a_block_that_adds_to_what_was_told_stays() -> None:
    assert told_again(" ".join([*NIGHT[:2], *(line[::-1] for line in NIGHT[2:])])) == "......"
    assert told_again(" ".join(NIGHT[:3])) == "......"  # as long as a quote


def test_a_long_block_in_a_quote_stays() -> None:
    assert told_again(" ".join(NIGHT), "<blockquote>{}</blockquote>") == "......"


@pytest.mark.parametrize("box", ["<pre>{}</pre>", "<table><tr><td>{}</td></tr></table>"])
def test_code_and_cells_repeat_on_purpose(box: str) -> None:
    assert dropped(f"<div>{box.format(LINE)}{box.format(LINE[::-1])}</div>" * 2) == "...."


def test_documentation_says_the_same_of_one_name_and_of_the_next() -> None:
    assert dropped(f"<div>{STORY}</div>" * 2, "documentation") == "......"


@given(st.lists(st.sampled_from(["a", "b", "c " * 30, "d " * 40]), max_size=30))
def test_each_long_text_is_left_once_and_no_other_is_lost(texts: list[str]) -> None:
    words = np.array([len(text.split()) for text in texts])
    found = find_copies(range(len(texts)), texts, words, 1)
    left = [text for row, text in enumerate(texts) if row not in set(found)]
    assert set(left) == set(texts)
    long = [text for text in left if len(text) > 1]
    assert len(long) == len(set(long))
    assert not found or (words[found] >= 30).any()


def test_a_line_that_a_text_holds_twice_is_kept_once() -> None:
    story = [
        f"The {ship} left the quay at {hour} in the morning, and {who} saw her go by the pier."
        for ship, hour, who in (("Ada", "six", "nobody"), ("Freia", "ten", "the keeper"),
                                ("Norna", "two", "his wife"), ("Tern", "five", "all of us"))
    ]  # fmt: skip
    verdicts = judge_lines([*story, *story])
    assert verdicts.kept == [True] * 4 + [False] * 4
    assert verdicts.named == dict.fromkeys(range(4, 8), "told before on the page")
    assert judge_lines([*story, *story], "recall").kept == [True] * 8

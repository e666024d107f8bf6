"""What was chosen and is not the text: told twice, told by others, summed up beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.content.choice import Choice
from cleaner.content.copies import drop_copies, find_copies
from cleaner.content.guess import TypeGuess
from cleaner.content.leave_out import (
    drop_beside,
    drop_boxes,
    drop_last_heading,
    drop_replies,
    drop_ruled_off,
    drop_title,
    leave_out,
)
from cleaner.content.line_columns import read_lines
from cleaner.content.lines import choose_lines, judge_lines
from cleaner.content.names import nameless
from cleaner.content.page import PageColumns, read_columns
from cleaner.document import PAGE_TYPES
from cleaner.parse import parse
from cleaner.segment import segment

if TYPE_CHECKING:
    from numpy.typing import NDArray

LINE = (
    "The keeper went up at dusk and lit the lamp for them, as he had on every night of that year, "
    "and the boats that were late came in by it, one after the other."
)
UNKNOWN = TypeGuess(np.full(len(PAGE_TYPES), 1 / len(PAGE_TYPES)))
LINKS = "<a href=/help>Help</a><a href=/terms>Terms</a>"
STORY = f"<h2>The lamp</h2><p>{LINE}</p><p>It was cold.</p>"


def dropped(page: str, kind: str = "article") -> str:
    """Return for each block of a page of which all is kept whether it goes, as "x"."""
    columns = read_columns(segment(parse(page).root), nameless)
    assert columns is not None
    kept = np.ones(len(columns.texts), dtype=bool)
    chances = np.array([float(name == kind) for name in PAGE_TYPES])
    named = drop_copies(choice_of(columns, kept, TypeGuess(chances)))
    assert set(named.values()) <= {"told before on the page"}
    return "".join(".x"[row in named] for row in range(len(kept)))


def choice_of(
    columns: PageColumns, kept: NDArray[np.bool_], types: TypeGuess = UNKNOWN, chance: float = 1.0
) -> Choice:
    """Return a choice whose blocks are all as probable."""
    return Choice.of(columns, kept, np.full(len(kept), chance), types)


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


POST = ["So it was, and my father was the keeper.", "Were there no boats?"]


def left_out(lines: list[str], kind: str = "article") -> str:
    """Return for each line of a text of which all is kept whether it goes, as "x"."""
    heads = [line.lstrip("0123456789 ") for line in lines]
    kinds = ["comments" if head in ("Comments", "Reply") else "" for head in heads]
    chances = np.array([0.9 if name == kind else 0.1 / 6 for name in PAGE_TYPES])
    sure = np.full(len(lines), 30.0)
    kept, _, named = choose_lines(read_lines(lines, kinds), sure, np.log(chances), 1.0)
    assert np.flatnonzero(~kept).tolist() == sorted(named)
    return "".join(".x"[not keep] for keep in kept)


def test_comments_below_an_article_of_lines_go_with_their_heading() -> None:
    assert left_out([LINE, LINE[::-1], "2 Comments", *POST]) == "..xxx"


def test_comments_of_a_thread_and_of_another_type_of_page_stay() -> None:
    posts = [LINE, LINE[::-1], POST[0], "Reply", POST[1], "Reply"]
    assert left_out(posts) == "......"
    assert left_out([LINE, LINE[::-1], "2 Comments", *POST], "forum") == "....."


def test_a_list_that_says_of_each_entry_how_many_comments_it_has_stays() -> None:
    assert left_out([LINE, "3 Comments", LINE[::-1], "7 Comments", *POST]) == "......"


def test_comments_with_nothing_above_them_stay() -> None:
    assert left_out(["The lamp", "2 Comments", *POST]) == "...."


@pytest.mark.parametrize(("best", "left"), [(0.1, 0), (0.2, 2)])
def test_if_no_block_is_likely_to_be_main_content_none_is_kept(best: float, left: int) -> None:
    columns = read_columns(segment(parse("<p>Home</p><p>Help</p>").root), nameless)
    assert columns is not None
    kept = np.ones(2, dtype=bool)
    named = leave_out(columns, kept, np.array([0.05, best]), UNKNOWN)
    assert kept.sum() == left
    assert set(named.values()) == (set() if left else {"no main content on the page"})


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("<noscript>You need to enable JavaScript to run this app.</noscript>", False),
        ("<noscript><p>JavaScript を有効にしてください。</p></noscript>", False),
        ("<p>You need to enable JavaScript to run this app.</p>", True),
        (f"<noscript><p>{LINE}</p></noscript>", True),
        ("<ul hidden><li id=a11y-refresh-page-message>Choosing here loads the page.</ul>", False),
        ("<ul hidden><li id=refresh-page-message>Choosing here loads the page.</ul>", True),
    ],
)
def test_what_only_asks_for_scripts_or_tells_of_links_is_no_text(page: str, *, kept: bool) -> None:
    assert bool(Cleaner().clean(page).text) == kept


@pytest.mark.parametrize(
    ("page", "left"),
    [
        (f"<div id=root></div><footer>{LINKS}</footer>", 0),
        (f"<h1 hidden>Skjær</h1><div id=root></div><footer><p>{LINE}</p>{LINKS}</footer>", 0),
        (f"<h1>The lamp of Skjær at dusk</h1><footer><p>{LINE}</p></footer>", 2),
        (f"<article><footer><p>{LINE}</p></footer></article>", 1),
        (f"<div class=footer><p>{LINE}</p></div>", 1),
    ],
)
def test_where_only_the_footer_of_a_page_is_left_none_is_kept(page: str, left: int) -> None:
    columns = read_columns(segment(parse(page).root), nameless)
    assert columns is not None
    kept = np.ones(len(columns.texts), dtype=bool)
    leave_out(columns, kept, np.where(columns.words > 9, 0.9, 0.4), UNKNOWN)
    assert kept.sum() == left


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
    types = TypeGuess(np.eye(len(PAGE_TYPES))[PAGE_TYPES.index(kind)])
    name = "Ada, the keeper" if box != "nav" else "<a href=/a>Ada, the keeper</a>"
    name = f"<option>{name}" if box == "select" else f"<p>{name}</p>"
    side = f"<{box}>{name}</{box.split(maxsplit=1)[0]}>"
    shown = f"<body class=shows-modal>{side}<p>{LINE}</p>"
    for page, rows in ((shown, [0] if gone else []), (side, [])):
        columns = read_columns(segment(parse(page).root), nameless)
        assert columns is not None
        kept = np.ones(len(columns.texts), dtype=bool)
        assert list(drop_beside(choice_of(columns, kept, types, chance))) == rows


def test_an_empty_document_of_a_page_with_text_says_so() -> None:
    document = Cleaner().clean("<div class=ad-slot><p>Annonse</p></div>")
    assert document.text == ""
    assert document.warnings == ("nothing on the page looks like main content",)


@pytest.mark.parametrize("name", ["infobox vcard", "infobox_v3", "portable-infobox"])
def test_an_infobox_beside_an_article_is_dropped(name: str) -> None:
    box = f"<table class='{name}'><tr><th>Height</th><td>31 m</td></tr></table>"
    columns = read_columns(segment(parse(f"{box}<p>{LINE}</p>").root), nameless)
    assert columns is not None
    kept = np.array([True, True, True])
    assert list(drop_boxes(choice_of(columns, kept))) == [0, 1]


def test_an_infobox_that_is_most_of_the_page_or_only_called_like_one_stays() -> None:
    box = f"<aside class='infobox'><p>{LINE}</p></aside>"
    for page in (f"{box}<p>Height 31 m</p>", f"<div class='infobox'><p>a</div><p>{LINE}"):
        columns = read_columns(segment(parse(page).root), nameless)
        assert columns is not None
        assert drop_boxes(choice_of(columns, np.array([True, True]))) == {}


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
        ("class=best-sells", []),
        ("class='castos-player dark-mode'", [0]),
        ("class=audioPlayer", [0]),
        ("class='powerpress_links powerpress_links_mp3'", [0]),
        ("class=player", []),
        ("class=smalltext", []),
        ("class=navboxes", []),
        ("class='timeline-item comment'", []),
        ("class='with-post-signature'", []),
    ],
)
def test_a_box_that_is_named_as_no_part_of_the_text_is_dropped(box: str, rows: list[int]) -> None:
    page = f"<div {box}><p>Ada closed this, see the lamp</p></div><p>{LINE}</p>"
    columns = read_columns(segment(parse(page).root), nameless)
    assert columns is not None
    assert list(drop_boxes(choice_of(columns, np.array([True, True])))) == rows


@pytest.mark.parametrize(
    ("name", "kind", "left"),
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
    name: str, kind: str, left: str
) -> None:
    post = f"<div><p>{LINE}</p><div class='{name}'><p>Keep your lamp lit</p></div></div>"
    columns = read_columns(segment(parse(post + post).root), nameless)
    assert columns is not None
    kept = np.ones(4, dtype=bool)
    types = TypeGuess(np.array([float(name == kind) for name in PAGE_TYPES]))
    named = drop_boxes(choice_of(columns, kept, types))
    assert list(named) == [row for row, mark in enumerate(left) if mark == "."]


@pytest.mark.parametrize("name", ["wm-ipp-base", "templateFooter", "pg-boilerplate"])
def test_what_a_service_puts_around_a_page_is_dropped(name: str) -> None:
    frame = f"<div id={name}><table><tr><td>{LINE}</table></div>"
    columns = read_columns(segment(parse(f"{frame}<p>{LINE}</p><p>{LINE}</p>").root), nameless)
    assert columns is not None
    assert list(drop_boxes(choice_of(columns, np.ones(3, dtype=bool)))) == [0]


@pytest.mark.parametrize(("line", "left"), [("_" * 18, "x..x"), ("_" * 3, "xxxx")])
def test_what_a_line_parts_from_a_post_is_a_signature(line: str, left: str) -> None:
    post = f"<div>{LINE}</div><div>{line}<br>Keep your lamp lit<br><br>Ada</div><p>{LINE}</p>"
    columns = read_columns(segment(parse(post).root), nameless)
    assert columns is not None
    kept = np.ones(4, dtype=bool)
    types = TypeGuess(np.array([float(name == "forum") for name in PAGE_TYPES]))
    named = drop_ruled_off(choice_of(columns, kept, types))
    assert "".join("." if row in named else "x" for row in range(4)) == left


@pytest.mark.parametrize(
    ("page", "kept", "left"),
    [
        (f"<p>{LINE}</p><h2>More</h2><p>Lamps</p>", "xx.", "x.."),
        (f"<p>{LINE}</p><h2>More</h2>", "xx", "xx"),
        (f"<p>{LINE}</p><h2>More</h2><p>Lamps</p>", "xxx", "xxx"),
        (f"<p>{LINE}</p><h2>Oil</h2><h2>More</h2><p>Lamps</p>", "xxx.", "xxx."),
        (f"<p>{LINE}</p><p>More</p><p>Lamps</p>", "xx.", "xx."),
        ("<h2>More</h2><p>Lamps</p>", "x.", "x."),
        ("<p>Lamps</p>", ".", "."),
    ],
)
def test_a_last_heading_of_what_is_left_out_goes(page: str, kept: str, left: str) -> None:
    columns = read_columns(segment(parse(page).root), nameless)
    assert columns is not None
    doubts = (("service", 0.59, left), ("service", 0.6, kept), ("article", 0.6, left))
    for kind, chance, rest in (*doubts, ("article", 0.9, kept)):
        types = TypeGuess(np.eye(len(PAGE_TYPES))[PAGE_TYPES.index(kind)])
        chosen = np.array([mark == "x" for mark in kept])
        for row in drop_last_heading(choice_of(columns, chosen, types, chance)):
            chosen[row] = False
        assert "".join("x" if keep else "." for keep in chosen) == rest


@pytest.mark.parametrize(
    ("page", "kept", "left"),
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
        ("<h1>Light</h1><p>On</p>", "..", ".."),
    ],
)
def test_a_first_heading_that_only_repeats_the_title_is_left_out(
    page: str, kept: str, left: str
) -> None:
    root = parse(f"<title>Light - The Pier</title>{page}").root
    columns = read_columns(segment(root), nameless)
    assert columns is not None
    chosen = np.array([mark == "x" for mark in kept])
    for row in drop_title(choice_of(columns, chosen)):
        chosen[row] = False
    assert "".join(".x"[mark] for mark in chosen.tolist()) == left


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
    root = parse(f"<title>Light - The Pier</title><p>{LINE}</p><b><p>{subject}</p></b><p>So").root
    columns = read_columns(segment(root), nameless)
    assert columns is not None
    assert list(drop_replies(choice_of(columns, np.array([True, True, True])))) == rows

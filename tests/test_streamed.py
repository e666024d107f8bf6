"""What a page sends late stands where its script would put it; nothing visible is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.parse import parse
from cleaner.segment import segment


def texts(page: str) -> list[str]:
    return segment(parse(page).root).texts


def gap(name: str, fallback: str = "") -> str:
    return f'<!--$?--><template id="B:{name}"></template>{fallback}<!--/$-->'


def part(name: str, content: str) -> str:
    return f'<div hidden id="S:{name}">{content}</div>'


def test_a_part_replaces_the_fallback_in_its_gap() -> None:
    page = f"<h1>The pier</h1>{gap('0', 'Loading <i>the story</i> …')}<p>By Ada.</p>"
    late = part("0", "<p>It was dark.</p><p>A boat came.</p>") + "<script>$RC('B:0','S:0')</script>"
    assert texts(page + late) == ["The pier", "It was dark.", "A boat came.", "By Ada."]


def test_a_part_inside_a_sentence_stays_in_it() -> None:
    page = f"<p>It costs {gap('1', '…')} kroner.</p>{part('1', '<b>40</b>')}"
    assert texts(page) == ["It costs 40 kroner."]


def test_parts_wait_for_parts() -> None:
    inner = '<p>One</p><template id="P:2"></template><p>Three</p>'
    page = f"{gap('a', '<p>…</p>')}<p>Four</p>{part('2', '<p>Two</p>')}{part('a', inner)}"
    assert texts(page) == ["One", "Two", "Three", "Four"]


def test_a_fallback_holds_places_of_its_own() -> None:
    fallback = "<!--$-->Please <!--$!--><b>wait</b><!--/$--><!--/$-->"
    assert texts(f"{gap('0', fallback)}<p>After</p>{part('0', '<p>Late</p>')}") == ["Late", "After"]


def test_without_comments_the_fallback_stays_beside_the_part() -> None:
    page = f'<template id="B:0"></template><p>…</p>{part("0", "<p>Late</p>")}'
    assert texts(page) == ["Late", "…"]


@pytest.mark.parametrize(
    "page",
    [
        part("0", "<p>Late</p>"),  # no gap
        part("0", '<p>Late</p><template id="B:0"></template>'),  # its gap is its own
        part("0", f"Late{gap('1')}") + part("1", gap("0")),
        part("0", "<p>Late</p>") + '<template id="B:1"></template>',
        part("0", "<p>Late</p>") + '<template id="B:0">never shown</template>',
    ],
)  # fmt: skip
def test_a_part_without_a_gap_in_the_page_stays_where_it_is(page: str) -> None:
    assert texts(f"<p>First</p>{page}") == ["First", "Late"]


def test_a_tree_that_is_not_settled_is_that_of_the_source() -> None:
    page = f"<p>One</p>{gap('0', '<p>…</p>')}<p>Three</p>{part('0', '<p>Two</p>')}"
    assert segment(parse(page, settled=False).root).texts == ["One", "…", "Three", "Two"]


def test_text_after_a_part_stays() -> None:
    page = f"<p>{gap('0')}</p>before{part('0', 'in')}after<i>it</i>{part('1', '<p>left')}end"
    assert texts(page) == ["in", "beforeafterit", "left", "end"]


def test_a_story_that_comes_late_is_kept_in_its_place() -> None:
    lines = [
        f"The {name} left the quay at {hour}, and nobody on the pier could say where she was bound."
        for name, hour in (("Ada", "six"), ("Freia", "ten"), ("Norna", "two"), ("Tern", "five"))
    ]
    first, second, third, last = (f"<p>{line}</p>" for line in lines)
    page = (
        f"<article><h1>Four boats</h1>{first}{gap('0', '<p>Loading paragraph …</p>')}{last}"
        f"</article><footer>© 2026</footer>{part('0', second + third)}"
    )
    assert Cleaner().clean(page).text == "\n\n".join(["Four boats", *lines]) + "\n"


@given(st.lists(st.sampled_from(
    [gap("0", "wait"), gap("1"), '<template id="P:1"></template>', '<template id="P:0">',
     part("0", "a"), part("1", "<b>b</b>"), part("0", gap("1") + "c"), '<div hidden id="S:1">',
     "<p>d</p>", "e", "\f", "\uffff", "</div>", "<!--$-->", "<!--/$-->", "<table><tr><td>"]
), max_size=12))  # fmt: skip
def test_no_order_of_parts_and_gaps_raises_or_keeps_a_comment(pieces: list[str]) -> None:
    root = parse("".join(pieces)).root
    if root is not None:
        assert all(isinstance(element.tag, str) for element in root.iter())


def test_parts_in_parts_do_not_get_deeper_and_deeper() -> None:
    wrapped = "<section>" * 100 + "{}" + "</section>" * 100
    chain = [
        part(f"{n}", wrapped.format(f'<template id="P:{n + 1}"></template>{n}')) for n in range(60)
    ]
    root = parse(f'<template id="P:0"></template>{"".join(chain)}').root
    assert root is not None
    assert max(sum(1 for _ in element.iterancestors()) for element in root.iter()) < 700
    assert texts("".join(chain)) == [f"{n}" for n in range(60)]

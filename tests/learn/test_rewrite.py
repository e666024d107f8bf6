from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

import cleaner
from cleaner.learn import rewrite as rewriting
from cleaner.learn.datasets import LabelledPage
from cleaner.learn.rewrite import alone, read_rewritten, rewrite
from cleaner.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lxml import etree

PAGE = """<html><body class="news"><header id="top">
<nav><ul class="menu"><li><a href="/">Home</a></li><li><a href="/b">Boats</a></li>
<li><a href="/c">Coast</a></li></ul></nav></header>
<main role="main"><article class="story wide"><h1>The pier</h1> at last
<p>It was <i>rebuilt</i> twice.</p> and <p>Then <b>it</b> stood.<br>Still.</p><div><h2>Later</h2>
<ul><li>One <a href="/x">link</a></li><li>two</li><li>three</li></ul><p>End.</p></div></article>
</main><footer data-x="1" aria-label="f">So <div><p>long</p></div>.</footer></body></html>"""


def words(root: html.HtmlElement) -> list[str]:
    return [word for word in " ".join(root.itertext()).split() if word != "|"]


@given(st.text())
def test_the_text_of_a_page_stays_in_its_order(name: str) -> None:
    root = html.fromstring(PAGE)
    before = words(root)
    rewrite(root, name)
    assert words(root) == before


def test_a_rewritten_page_is_read_alike_each_time_whatever_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(f'<meta charset="iso-8859-1">{PAGE}<p>Brønnøy, søndag.</p>'.encode("latin-1"))
    read = [read_rewritten(LabelledPage(str(number), path)) for number in (*range(12), 0)]
    assert read[0] == read[-1]
    assert len(set(read)) > 6
    texts = [" ".join(cleaner.clean(data).layout.texts) for data in read]
    assert all("Brønnøy, søndag." in text for text in texts)


def test_a_page_of_nothing_stays_so(tmp_path: Path) -> None:
    (tmp_path / "page.html").touch()
    assert read_rewritten(LabelledPage("1", tmp_path / "page.html")) == b""


@given(st.data(), st.text())
def test_a_part_alone_is_what_was_wanted_and_what_holds_it(data: st.DataObject, name: str) -> None:
    page = segment(html.fromstring(PAGE))
    number = st.integers(0, len(page) - 1)
    wanted = sorted(data.draw(st.sets(number, min_size=1)))
    part = alone(page, wanted, name)
    texts = iter(page.texts)
    assert all(text in texts for text in part.texts)  # in their order
    assert {page.texts[block] for block in wanted} & set(part.texts)
    assert all(parent < node for node, parent in enumerate(part.parents))
    for block, node in enumerate(part.block_nodes):
        pieces = slice(part.starts[block], part.ends[block])
        assert "".join(part.pieces[pieces]).split() == part.texts[block].split()
        assert all(node in part.ancestors(inner) for inner in part.piece_nodes[pieces])
    assert alone(page, wanted, name).attributes == part.attributes


def test_parts_alone_keep_the_title_and_are_cut_short_and_bare_at_times() -> None:
    page = segment(html.fromstring(PAGE))
    wanted = list(range(len(page)))
    parts = [alone(page, wanted, str(number)) for number in range(40)]
    lengths = [len(part) for part in parts]
    assert min(lengths) < 6 < max(lengths) == len(page)
    assert all("The pier" in part.texts for part in parts)
    assert 5 < sum(any("class" in each for each in part.attributes) for part in parts) < 35
    whole = parts[lengths.index(len(page))]
    assert (whole.tags, whole.parents, whole.texts) == (page.tags, page.parents, page.texts)


def changed(change: Callable[[etree._Element, Random], None], page: str = PAGE) -> str:
    root = html.fromstring(page)
    change(root.find("body"), Random(1))
    return html.tostring(root, encoding="unicode")


@pytest.mark.parametrize(
    ("change", "gone", "there"),
    [
        (
            rewriting._to_boxes("main", "article", "nav"),
            ("<main", "<article", "<nav"),
            '<div class="story wide">',
        ),
        (
            rewriting._drop_roles,
            ("role=", "data-x", "aria-label"),
            '<main><article class="story wide">',
        ),
        (rewriting._drop_names, ("class=", "id="), '<main role="main"><article><h1>'),
        (rewriting._to_boxes("p"), ("<p>",), "<div>It was <i>rebuilt</i> twice.</div>"),
        (
            rewriting._menus_to_lines,
            ('<ul class="menu">',),
            '<a href="/b">Boats</a></span> | <span>',
        ),
        (
            rewriting._paragraphs_to_breaks,
            ("<p>", "x-gone"),
            "It was <i>rebuilt</i> twice.<br><br> and Then <b>it</b> stood.<br>Still.<br><br>",
        ),
        (rewriting._boxes_to_tables, (), "<table><tr><td><h2>Later</h2>"),
    ],
)
def test_each_change_makes_what_older_sites_write(
    change: Callable[[etree._Element, Random], None], gone: tuple[str, ...], there: str
) -> None:
    markup = changed(change)
    assert there in markup
    assert not any(mark in markup for mark in gone)


def test_some_names_go_wherever_they_stand() -> None:
    page = '<html><body><p class="a b c d">x</p><div class="d c b a">y</div></body></html>'
    root = html.fromstring(changed(rewriting._drop_some_names, page))
    first, second = (element.get("class").split() for element in root.iter("p", "div"))
    assert sorted(first) == sorted(second)
    assert 0 < len(first) < 4

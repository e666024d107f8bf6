"""Boxes that are the lines of code are a listing, those that are cells a table, and only such."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.parse import parse
from cleaner.segment import segment

LINES = (
    '<div class="line"><a id="l00001"></a><span class="lineno">    1</span>&#160;'
    '<span class="keyword">struct </span>Tide {</div>'
    '<div class="line"><span class="lineno"><a class="line" href="#l2">    2</a></span>&#160;'
    '  <span class="keywordtype">int</span> <a class="code" href="#h">height</a>;</div>'
    '<div class="line"><span class="lineno">    3</span>&#160; </div>'
    '<div class="line"><span class="lineno">    4</span>&#160;};</div>'
)
MAKER = "<!doctype html><meta name=generator content='Doxygen 1.9.4'><title>tide.h</title>"
STORY = "<p>A tide table tells when the water of a harbour is high, and how high it will be.</p>"


def code_of(page: str) -> str:
    return cleaner.clean(page).markdown.partition("```")[2].partition("\n```")[0]


@pytest.mark.parametrize(
    "inside",
    [
        LINES,
        f'<div class="foldopen" id="f1" data-start="{{">{LINES}</div>',
        f"{LINES}<div class='ttc' id='t'><div class='ttname'>height</div>In metres.</div>",
    ],
)
def test_the_lines_of_a_listing_are_one_block_of_code(inside: str) -> None:
    page = (
        f"{MAKER}<main>{STORY}<div class='fragment'>{inside}</div><!-- fragment -->{STORY}</main>"
    )
    assert code_of(page) == "\nstruct Tide {\n  int height;\n\n};"
    layout = segment(parse(page).root)
    assert len(layout.texts) == 3
    assert layout.tags[layout.block_nodes[1]] == "pre"


@pytest.mark.parametrize(
    "box",
    [
        '<div class="fragment"><div class="line">One</div><p>Two</p></div>',
        '<div class="fragment">One<div class="line">two</div></div>',
        '<div class="fragment"><div class="line">One</div>two</div>',
        '<div class="stanza" id="fragment"><div class="line">One</div></div>',
    ],
)
def test_a_box_of_something_else_is_none(box: str) -> None:
    root = parse(f"{MAKER}<main>{STORY}{box}</main>").root
    assert root is not None
    assert root.find(".//pre") is None


@pytest.mark.parametrize(
    ("cells", "rows"),
    [("col-first col-last", 1), ("col-first col-last col-last", 2), ("col-first", 0), ("x", 0)],
)
def test_boxes_of_cells_are_a_table_if_each_row_ends(cells: str, rows: int) -> None:
    boxes = "".join(f'<div class="{name}">Bay</div>' for name in cells.split())
    root = parse(f'{MAKER}<main>{STORY}<div class="summary-table">{boxes}</div></main>').root
    assert root is not None
    assert len(root.findall(".//table/tr")) == rows
    assert len(segment(root).texts) == 1 + len(cells.split())


def test_hints_are_text_where_no_listing_is() -> None:
    page = f"{MAKER}<main>{STORY}<p class=fragment>One<div class=ttc>two</div></main>"
    assert segment(parse(page).root).texts[1:] == ["One", "two"]


CALL = (
    '<table class="memname"><tr><td class="memname">void Tide::rise </td><td>(</td>'
    '<td class="paramtype"><a href="bay.html">Bay</a> *&#160;</td>'
    "<td><em>bay</em>%s</td></tr></table>"
)


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ("</td><td>)</td><td>const", "void Tide::rise(Bay *bay) const"),
        (
            ", <tr><td><td><td>int&#160;<td><em>day</em><tr><td><td>)<td><td>",
            "void Tide::rise(\n    Bay *bay,\n    int day\n)",
        ),
    ],
)
def test_the_parts_of_a_call_are_one_block_of_code(rest: str, code: str) -> None:
    page = f"{MAKER}<main>{STORY}<h2>rise()</h2>{CALL % rest}{STORY}</main>"
    assert code_of(page) == f"\n{code}"


@pytest.mark.parametrize("maker", ["", "<!--" + " " * 2048 + "Doxygen-->"])
def test_a_page_that_does_not_begin_with_who_made_it_is_taken_as_it_is(maker: str) -> None:
    root = parse(f"{maker}<main>{STORY}<div class='fragment'>{LINES}</div></main>").root
    assert root is not None
    assert root.find(".//pre") is None


def test_a_file_that_is_shown_is_no_shell() -> None:
    rows = "".join(f"{n:05d} wave[{n}] = height[{n}] + wind;\n" for n in range(1, 90))
    page = f"<div class=navigation><a href=/>Home</a><div class=footer id=sidebar><pre>{rows}</pre>"
    doc = cleaner.clean(page)
    assert max(block.score for block in doc.blocks) < 0.15
    assert doc.text.startswith("wave[1] = height[1] + wind;\nwave[2]")

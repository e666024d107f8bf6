"""Lines that a style keeps are lines of the text, and only those."""

from __future__ import annotations

import pytest

from cleaner.parse import parse
from cleaner.segment import segment


def texts(page: str) -> list[str]:
    return segment(parse(page).root).texts


@pytest.mark.parametrize(
    "attribute",
    [
        'style="white-space: pre-wrap"',
        'style="color: red; WHITE-SPACE:pre-line"',
        'class="text whitespace-pre-wrap"',
        "class=pre-line",
        "class=text--white-space-pre-wrap",
        'class="css-146c3p1 r-1"',
    ],
)
def test_a_style_keeps_lines_and_blank_ones_part_paragraphs(attribute: str) -> None:
    page = f"<div {attribute}>\nOne\nt<b>w</b>o\n\nThree <i>four</i>\nfive\n</div>"
    assert texts(page) == ["One\ntwo", "Three four\nfive"]


@pytest.mark.parametrize("sign", ["\f", "\v", "\ufffe", "\uffff", "&#xffff;"])
def test_a_sign_that_no_tree_takes_is_a_space(sign: str) -> None:
    page = f"<p style='white-space: pre-wrap'>one{sign}two\n<b>three</b>four{sign}five\nsix"
    assert texts(page) == ["one two\nthreefour five\nsix"]


@pytest.mark.parametrize(
    "page",
    [
        "<style>p { white-space: pre-wrap }</style><p>one\ntwo</p>",
        "<p class='pre-wrap'></p><p>one\ntwo</p>",
        "<div class='pre-wrap'><p style='white-space: normal'>one\ntwo</p></div>",
        "<div class='pre-wrap'><p class='whitespace-normal'>one\ntwo</p></div>",
        "<p>a <b title='pre-wrap'>one</b>\ntwo</p>",
    ],
)
def test_what_no_style_keeps_is_folded(page: str) -> None:
    assert texts(page)[-1].endswith("one two")


def test_white_space_between_blocks_makes_no_lines() -> None:
    page = "<div class='pre-wrap'>\n<ul>\n<li>one\n<li>two\n</ul>\n<p>three</p>\n</div>"
    assert texts(page) == ["one", "two", "three"]
    tags = segment(parse(page).root).tags
    assert tags.count("br") == 2


def test_code_keeps_its_own_lines() -> None:
    assert texts("<pre style='white-space: pre-wrap'>a\n  b</pre>") == ["a\n  b"]
    page = "<p><code style='white-space: pre-wrap'>a\n  b</code></p>"
    assert "br" not in segment(parse(page).root).tags

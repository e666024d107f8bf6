"""Large trees are segmented whole, and in steps that grow with their size."""

import pytest
from lxml import etree, html

from cleaner.parse import parse
from cleaner.segment import segment
from tests.counting import calls


def deep_tree(depth: int, tag: str = "div") -> etree._Element:
    """Return a tree of nested elements, joined of parts since parsers and lxml slow down on it."""
    part = f"<{tag}>a" * 1000 + f"</{tag}>b" * 999 + f"</{tag}>"
    parser = etree.XMLParser(huge_tree=True)
    root = innermost = etree.fromstring(part, parser)
    for number in range(depth // 1000):
        if number:
            inner = etree.fromstring(part, parser)
            inner.tail = "b"
            innermost.append(inner)
            innermost = inner
        while len(innermost):
            innermost = innermost[0]
    return root


@pytest.mark.parametrize("tag", ["div", "span", "li", "a"])
def test_fifty_thousand_nested_elements_need_no_recursion(tag: str) -> None:
    layout = segment(deep_tree(50_000, tag))
    assert len(layout.tags) == 50_000
    assert "".join(layout.texts) == "a" * 50_000 + "b" * 49_999


def test_fifty_thousand_nested_tags_of_a_page_lose_no_text() -> None:
    page = parse("<div>a" * 50_000 + "innerst" + "</div>" * 50_000)
    layout = segment(page.root)
    assert "".join("".join(layout.texts).split()) == "a" * 50_000 + "innerst"


def steps(root: etree._Element) -> int:
    """Return how many functions `segment` calls."""
    return calls(lambda: segment(root))


SIBLINGS = {
    "paragraphs": "<p>en <a href=/>to</a></p>",
    "inline elements": "<b>en</b> ",
    "line breaks": "en<br>",
    "double breaks": "en<br><br>",
    "breaks alone": "<br>",
    "images": "<img src=a>",
    "options": "<option>en</option>",
    "texts beside blocks": "en<hr>",
    "hidden blocks": "<div hidden>en</div>",
    "noscript": "<noscript>en</noscript>",
    "cells": "<td>en</td>",
    "links around blocks": "<a href=/><p>en</p></a>",
    "white space": "<i> </i>",
}


@pytest.mark.parametrize("wrapper", ["div", "pre"])
@pytest.mark.parametrize("unit", SIBLINGS)
def test_steps_grow_with_the_siblings(unit: str, wrapper: str) -> None:
    def tree(count: int) -> etree._Element:
        root = html.fragment_fromstring(SIBLINGS[unit] * count, create_parent=wrapper)
        assert isinstance(root, etree._Element)
        return root

    assert steps(tree(2000)) < 4.2 * steps(tree(500)) + 100


@pytest.mark.parametrize("tag", ["div", "span", "pre"])
def test_steps_grow_with_the_depth(tag: str) -> None:
    assert steps(deep_tree(4000, tag)) < 4.2 * steps(deep_tree(1000, tag)) + 100

"""What is emphasised on a page is emphasised in its Markdown, letter by letter."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from tests.export.support import markdown

PARSER = MarkdownIt("commonmark").enable("strikethrough")
KINDS = {"em": "em", "strong": "strong", "s": "del", "del": "del"}

TEXTS = st.sampled_from(
    ["oil", "of wool", " wick", "lamp ", "(", ") lit", "“pier”", "*", "_a_", ".", "é,", " ", "**"]
)
MARKED = st.recursive(
    TEXTS,
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format,
        st.sampled_from(["em", "strong", "del"]),
        st.lists(inner, min_size=1, max_size=3).map("".join),
    ),
    max_leaves=8,
)


def letters(markup: str) -> list[tuple[str, frozenset[str]]]:
    """Return the visible letters of a page, each with the kinds of emphasis that it has."""
    found, stack = [], [(html.fromstring(f"<div>{markup}</div>"), frozenset[str]())]
    while stack:
        element, kinds = stack.pop()
        if isinstance(element, str):
            found += [(letter, kinds) for letter in element if not letter.isspace()]
            continue
        own = kinds | {KINDS[element.tag]} if element.tag in KINDS else kinds
        for child in reversed(element):
            stack += [(child.tail or "", own), (child, own)]
        stack.append((element.text or "", own))
    return found


@settings(max_examples=300, deadline=None)
@given(st.lists(MARKED, min_size=1, max_size=4).map("".join))
def test_each_letter_keeps_its_emphasis(markup: str) -> None:
    assert letters(PARSER.render(markdown(f"<p>{markup}</p>"))) == letters(markup)

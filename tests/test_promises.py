"""The promises of the design, over generated pages and texts."""

from __future__ import annotations

import gc
import pickle
import re
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.parse import parse
from cleaner.walk import BLOCK_TAGS

if TYPE_CHECKING:
    from lxml import etree

TAGS = "div p span a b h1 h2 ul ol li table tr td th blockquote pre section article nav".split()
TAGS += "aside footer header br hr img noscript figure figcaption dl dt dd form button em".split()
WORDS = st.text(
    alphabet="abc xyzæøåßıİ.,!?\n\t–—«»“”日本語العربية&<>\"'\\*_#[]()|`0123456789", max_size=40
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        ' class="ad-slot annonse"',
        ' href="javascript:alert(1)"',
        ' href="/a?b=c&d"',
        ' onclick="alert(1)"',
        " hidden",
        ' style="display: none"',
        ' src="data:text/html,<script>alert(1)</script>"',
        ' id="' + "x" * 500 + '"',
        ' title="<img onerror=alert(1)>"',
        " class=unclosed",
        ' data-x="&quot;&#0;&#x110000;&bogus;"',
    ]
)
PARTS = st.one_of(
    WORDS,
    st.builds(lambda tag, attrs: f"<{tag}{attrs}>", st.sampled_from(TAGS), ATTRIBUTES),
    st.builds(lambda tag: f"</{tag}>", st.sampled_from(TAGS)),
    st.sampled_from(
        [
            "<script>alert('<p>no</p>')</script>",
            "<style>p{}</style>",
            "<!-- a comment -->",
            "&amp;&nbsp;&#8364;&lt;b&gt;",
            "<svg><path d='M0'/></svg>",
            "<template><p>no</p></template>",
            "<![CDATA[x]]>",
            "<?php echo 1 ?>",
            "<p>Annonse</p>",
            "<p>" + "A sentence with enough words in it, and a stop at its end. " * 3 + "</p>",
        ]
    ),
)
PAGES = st.lists(PARTS, max_size=40).map("".join)
PAGE_SETTINGS = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def letters(text: str) -> str:
    return "".join(text.split())


UNSEEN = frozenset("script style template svg title canvas".split())


def visible(root: etree._Element) -> str:
    """Return the letters of the text nodes of a tree that no element around them hides."""
    seen = []
    for text in root.xpath("//text()"):
        element = text.getparent().getparent() if text.is_tail else text.getparent()
        around = [element, *element.iterancestors()]
        hidden = any(
            element.tag not in BLOCK_TAGS
            and ("hidden" in element.attrib or "display: none" in element.get("style", ""))
            for element in around
        )
        if not hidden and UNSEEN.isdisjoint(element.tag for element in around):
            seen.append(str(text))
    return letters("".join(seen))


@given(PAGES)
@PAGE_SETTINGS
def test_kept_and_removed_blocks_are_the_whole_page_in_order(page: str) -> None:
    assume("<noscript" not in page)
    root = parse(page).root
    document = cleaner.clean(page)
    assert letters("".join(block.text for block in document.blocks)) == (
        "" if root is None else visible(root)
    )


@given(PAGES)
@PAGE_SETTINGS
def test_the_text_is_made_of_kept_blocks_alone(page: str) -> None:
    document = cleaner.clean(page)
    document.kept[:] = [False] * len(document.kept)
    assert (document.text, document.markdown, document.html) == ("", "", "")


@given(PAGES)
@PAGE_SETTINGS
def test_blocks_hold_every_visible_character_once_and_in_order(page: str) -> None:
    layout = cleaner.clean(page).layout
    pieces = [
        "".join(layout.pieces[start:end])
        for start, end in zip(layout.starts, layout.ends, strict=True)
    ]
    assert [letters(text) for text in layout.texts] == [letters(piece) for piece in pieces]
    assert layout.starts == sorted(layout.starts)
    assert all(a <= b for a, b in zip(layout.ends, layout.starts[1:], strict=False))


@given(st.lists(st.text(alphabet="abcdefghij ", min_size=1), min_size=1, max_size=12))
@PAGE_SETTINGS
def test_no_text_of_a_plain_page_is_lost(paragraphs: list[str]) -> None:
    page = "".join(f"<div><p>{text}</p><nav>{text}</nav></div>" for text in paragraphs)
    blocks = cleaner.clean(page).blocks
    assert letters("".join(block.text for block in blocks)) == letters("".join(
        text * 2 for text in paragraphs
    ))  # fmt: skip


ENCODINGS = st.sampled_from(
    "utf-8 utf-8-sig utf-16 utf-16-be latin-1 cp1251 shift_jis euc_kr gb18030 big5 utf-7".split()
)
MIXED = st.lists(
    st.builds(lambda page, encoding: page.encode(encoding, "ignore"), PAGES, ENCODINGS), max_size=4
).map(b"".join)


@given(st.one_of(PAGES, MIXED, st.binary(max_size=400), st.text()))
@PAGE_SETTINGS
def test_no_input_raises_in_any_form(page: str | bytes) -> None:
    document = cleaner.clean(page)
    for form in ("text", "markdown", "html", "json"):
        assert isinstance(document.render(form), str)
    assert document.metadata.as_dict() is not None
    assert all(isinstance(block.reason, str) for block in document.blocks)
    assert document.text or document.warnings or document.layout.texts


@given(PAGES)
@PAGE_SETTINGS
def test_the_same_page_gives_the_same_document_also_after_pickling(page: str) -> None:
    one, two = cleaner.clean(page), cleaner.clean(page)
    again = pickle.loads(pickle.dumps(one))
    for other in (two, again):
        assert other.kept == one.kept
        assert other.markdown == one.markdown
        assert other.confidence == one.confidence
    assert again.metadata == one.metadata


def test_another_process_with_another_hash_seed_gives_the_same_document() -> None:
    code = (
        "import cleaner; d = cleaner.clean('<nav><a href=/>A</a></nav><h2>T</h2>'"
        " + '<p class=x>One sentence, and more of it, for a reader.</p>' * 9);"
        "print(d.scores, d.confidence, d.markdown)"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


@given(PAGES)
@PAGE_SETTINGS
def test_html_and_markdown_carry_nothing_that_runs(page: str) -> None:
    document = cleaner.clean(page, favor="recall")
    tags = re.findall(r"<[^>]*>", document.html)
    assert not [tag for tag in tags if re.search(r"(?i)<script|\son\w+\s*=|javascript:", tag)]
    links = re.findall(r"\]\(([^)]*)\)", document.markdown)
    assert not [link for link in links if link.lower().startswith(("javascript:", "data:text"))]


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_a_cleaned_text_stays_as_it_is_when_cleaned_again(text: str) -> None:
    once = cleaner.clean_text(text).text
    assert cleaner.clean_text(once).text == once


def test_a_line_that_is_a_marker_without_its_neighbours_goes_with_them() -> None:
    said = "The ferry to the outer islands sails again from Monday, and the kiosk opens at nine."
    lines = [said, "Facebook", "Twitter", "Share this:", "Flag day", said]
    once = cleaner.clean_text("\n".join(lines)).text
    assert "Twitter" not in once
    assert cleaner.clean_text(once).text == once


@given(
    st.lists(
        st.sampled_from(["annonse", "", "Han gikk hjem i går.", "- punkt", "\ud800", "Les også:"])
    )
)
@settings(max_examples=200, deadline=None)
def test_lines_of_a_text_are_kept_to_the_letter_or_dropped_whole(lines: list[str]) -> None:
    text = "\r\n".join(lines)
    document = cleaner.clean_text(text)
    assert "".join(document.layout.pieces) == text
    assert set(document.text.split("\r\n")) <= {*lines, ""}


@given(st.lists(st.sampled_from("abc def. Ghi, jkl! mno? åse øde æra".split()), min_size=1))
@PAGE_SETTINGS
def test_the_cleaned_text_of_a_page_stays_as_it_is_when_cleaned_again(words: list[str]) -> None:
    sentence = " ".join(words)
    text = cleaner.clean(f"<h1>{words[0]}</h1><p>{sentence}</p><ul><li>{sentence}</ul>").text
    assert cleaner.clean_text(text).text == text


@given(PAGES)
@PAGE_SETTINGS
def test_the_html_of_a_document_stays_as_it_is_when_cleaned_again(page: str) -> None:
    once = cleaner.clean(page, favor="recall")
    again = cleaner.clean(once.html)
    assert again.text == once.text
    assert again.html == once.html


def test_cleaning_opens_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def shut(*arguments: object, **options: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, shut)
    document = cleaner.clean(
        "<!DOCTYPE html SYSTEM 'http://a.example/x.dtd'><html><head><base href=http://a.example/>"
        "<link rel=stylesheet href=/a.css></head><body><iframe src=//a.example></iframe>"
        "<xi:include href='http://a.example/'/><img src=/a.png><p>En setning, for en leser.</p>",
        url="http://a.example/b",
    )
    assert document.metadata.as_dict()
    for form in ("text", "markdown", "html", "json"):
        assert "En setning" in document.render(form)


def test_the_text_that_an_empty_shell_shows_is_kept_or_removed_too() -> None:
    hidden = "The keeper counts the ships that pass at night, and writes them down in a book. "
    page = f'<p>Loading.</p><script type="application/json">{{"a": "{hidden * 9}"}}</script>'
    document = cleaner.clean(page)
    assert hidden.strip() in document.text
    assert "Loading." in [block.text for block in document.blocks]


@pytest.mark.parametrize("size", [1_000, 4_000])
def test_the_work_grows_with_the_page_and_no_faster(size: int) -> None:
    page = "<div><p>Some text, here.</p><a href=/>x</a></div>" * size
    layout = cleaner.clean(page).layout
    assert len(layout.tags) == 3 * size + 2
    assert len(layout.texts) == 2 * size


@pytest.mark.parametrize("page", ["<div>" * 50_000 + "deep", "<p>a</p>" * 100_000])
def test_deep_and_wide_pages_are_cleaned(page: str) -> None:
    document = cleaner.clean(page)
    assert sum(map(len, document.layout.texts)) in (4, 100_000)


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json", "tei"])
def test_nothing_of_a_page_stays_in_memory(form: str) -> None:
    page = (
        "<p>One<sup><a href=#n>1</a></sup> of two.<table><tr><th>Oil<td>2</table><p id=n>1. Note."
    )
    for _ in range(2):  # the first loads what is needed
        gc.collect()
        gc.disable()
        try:
            document = cleaner.clean(page)
            document.kept[:] = [True] * len(document.kept)
            assert document.render(form)
            del document
            held = gc.collect()
        finally:
            gc.enable()
    assert held == 0

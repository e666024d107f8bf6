"""Our HTML, read again with every block kept, gives the same in each form; two ways give one text.

The plain writer of text and the writer of nodes agree wherever the plain one is used.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner.export import Options, plain, prose
from cleaner.export.plain import parts
from tests.export.support import document

if TYPE_CHECKING:
    from cleaner.document import Document

OWN = Path(__file__).parent / "fixtures"
FIXTURES = sorted([*OWN.glob("*.html"), *(Path(__file__).parents[2] / "fixtures").glob("*.html")])
FORMS = ("html", "text", "markdown", "tei")

WORDS = st.sampled_from(
    ["ord", "to", "Tea:", "1.", "- x", "# no", "*a*", "$5", "$x$", "\\(y\\)", "[1]", "&amp;",
     "日本", "a\u00a0b", "&lt;b&gt;", "note", "2", "`c`", "|", "¶"]
)  # fmt: skip
TEXT = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


def _inline(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = "em strong b del sub sup mark kbd code span u a small".split()
    marked = st.tuples(st.sampled_from(tags), inner).map(lambda p: f"<{p[0]}>{p[1]}</{p[0]}>")
    linked = inner.map(lambda text: f'<a href="/a?b=1">{text}</a>')
    parts = st.lists(inner | marked | linked, min_size=1, max_size=3)
    return st.tuples(st.sampled_from(["", " ", "<br>"]), parts).map(lambda p: p[0].join(p[1]))


OBJECTS = st.sampled_from(
    ['<img src="/i.png" alt="an image">', '<img src="/j-300x200.png">', "<br>",
     '<iframe src="https://example.org/v" title="A film"></iframe>', '<video src="/v.mp4"></video>',
     "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>",
     '<math><mi>x</mi><mo>=</mo><mn>2</mn></math>', '<span class="math">\\[z\\]</span>',
     '<sup><a href="#n1">1</a></sup>', '<a href="#n2">[2]</a>', "<sup>2</sup>",
     '<a class="anchor" href="#h">#</a>', "<button>Copy</button>"]
)  # fmt: skip
INLINE = st.recursive(TEXT | OBJECTS, _inline, max_leaves=4)


def _box(tag: str, attributes: str = "", between: str = "") -> object:
    return lambda parts: f"<{tag}{attributes}>{between}{''.join(parts)}</{tag}>"


def _items(tag: str, attributes: str = "") -> object:
    return lambda parts: f"<{tag}{attributes}>{''.join(f'<li>{p}</li>' for p in parts)}</{tag}>"


def _blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    many = st.lists(inner | INLINE, min_size=1, max_size=3)
    cells = st.lists(st.lists(inner | INLINE, min_size=1, max_size=3), min_size=1, max_size=3)
    return st.one_of(
        many.map(_items("ul")),
        many.map(_items("ol", " start=3")),
        many.map(lambda parts: f"<ol><li value=9>{parts[0]}<li>x<ul>{parts[-1]}</ul></ol>"),
        many.map(lambda parts: f"<ul><li><input type=checkbox checked>{parts[0]}</ul>"),
        many.map(_box("blockquote")),
        many.map(_box("div")),
        many.map(_box("section", " class=x")),
        many.map(_box("aside", " data-callout=tip")),
        many.map(_box("div", " class='admonition note'", "<p class='admonition-title'>T</p>")),
        many.map(_box("div", " class='alert alert-info'", "<strong>Note:</strong> ")),
        many.map(_box("details", "", "<summary>s</summary>")),
        many.map(_box("figure")),
        many.map(lambda parts: f"<figure>{parts[0]}<figcaption>{parts[-1]}</figcaption></figure>"),
        many.map(lambda parts: f"<dl><dt>{parts[0]}<dd>{parts[-1]}<dd>x<dt>y</dl>"),
        cells.map(
            lambda rows: (
                "<table><caption>c</caption><tr><th>a<th colspan=2>b</tr><tr><td colspan=3>c</tr>"
                + "".join(f"<tr><td>{'</td><td align=right>'.join(row)}</td></tr>" for row in rows)
                + "</table>"
            )
        ),
        cells.map(_spanned),
    )


def _spanned(rows: list[list[str]]) -> str:
    lines = (f"<tr><td rowspan=2>{'<td>'.join(row)}</tr>" for row in rows)
    return f"<table role=table>{''.join(lines)}</table>"


PARAGRAPHS = st.one_of(
    INLINE.map(lambda inner: f"<p>{inner}</p>"),
    INLINE.map(lambda inner: f"<h2>{inner}</h2>"),
    INLINE,
    TEXT.map(lambda text: f"<pre class='language-js'>\n  {text}\n\n    x\n</pre>"),
    TEXT.map(lambda text: f"<p>$$\n{text}\n$$</p>"),
    TEXT.map(lambda text: f"<p><code class=block>{text}<br>  y</code></p>"),
)
SMALL = st.sampled_from(
    ["<br>", '<a class="headerlink" href="#a">¶</a>', '<span class="viewcode-link">[source]</span>',
     '<code class="literal">x = 1</code>', '<code class="language-js">a\nb</code>',
     '<a class="__cf_email__" data-cfemail="4a2b0a38">x</a>']
)  # fmt: skip
SIMPLE = st.recursive(TEXT | SMALL, _inline, max_leaves=3).map(
    lambda inner: re.sub("</?sup>", "", inner)
)
CODE = st.sampled_from(
    ["<pre>a\n  b</pre>", "<pre><code class=language-js>\na  b\n</code></pre>", "<p>Copy",
     "<div class=bar><span>js</span></div><pre class=language-js>f()\n\n$x$</pre>", "<p>js",
     "<p>js:",
     "<pre><span class=hljs-line-number>1</span>x\n<span class=hljs-line-number>2</span>y</pre>",
     "<div class=highlight><pre><span class=k>if</span> x:<br>  y</pre></div>",
     "<p><code>a<br>b</code>",
     "<pre><span style='color:red'>1</span> a\n<span style='color:red'>2</span> b\n</pre>",
     "<dl><dt><span class=sig-name>f</span>(x) <a class=link href=/s>#</a><dd>y</dl>",
     "<p class=src>f :: a -> b", "<h3 class=code-header>fn a()</h3>",
     "<p>x <span class=classifier>int</span> <a class=link href=/b>b</a>",
     "<div class=type-signature>a :: b</div>", "<table class=memname><tr><td>f(<td>x)</table>"]
)  # fmt: skip


def _simple_blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    many = st.lists(inner | SIMPLE, min_size=1, max_size=3)
    return st.one_of(
        many.map(_items("ul")),
        many.map(_items("ol", " start=9")),
        many.map(lambda parts: f"<ol><li>{parts[0]}<li value=5>{parts[-1]}<li>x</ol>"),
        many.map(_box("blockquote")),
        many.map(_box("figure")),
        many.map(lambda parts: f"<figure><figcaption>{parts[0]}</figcaption></figure>"),
        many.map(_box("h3")),
        st.lists(inner | CODE, min_size=1, max_size=4).map(_box("div")),
        many.map(_box("div", " class='admonition note'")),
        SIMPLE.map(lambda inner: f"<p class=rubric>{inner}</p>"),
        many.map(_box("div", " role=heading")),
        many.map(_box("h3", "", "<a class=anchor href='#h'>#</a>")),
        many.map(_box("details", "", "<summary>s</summary>")),
        many.map(lambda parts: f"<dl><dt>{parts[0]}<dd>{parts[-1]}<dd>x<dt>y</dl>"),
        many.map(lambda parts: f"<dl><dt>2.<dd>{parts[0]}<dt>3.<dd>{parts[-1]}</dl>"),
        many.map(lambda parts: f"<ul><li><ul><li>{parts[0]}</ul>{parts[-1]}</ul>"),
        many.map(lambda parts: f"<blockquote>{parts[0]}<cite>{parts[-1]}</cite></blockquote>"),
        st.lists(many, min_size=1, max_size=3).map(_spanned),
    )


PLAIN = st.lists(
    st.recursive(SIMPLE.map(lambda inner: f"<p>{inner}</p>") | CODE, _simple_blocks, max_leaves=5),
    min_size=1,
    max_size=4,
).map("".join)
NOTES = st.tuples(INLINE, PARAGRAPHS).map(
    lambda notes: (
        f'<section class="footnotes"><ol><li id="n1">{notes[0]} <a class="footnote-back" href="#r">'
        f'↩</a></li><li id="n2">{notes[1]}</li></ol></section>'
    )
)
PAGES = st.tuples(
    st.lists(st.recursive(PARAGRAPHS, _blocks, max_leaves=5), min_size=1, max_size=4).map("".join),
    NOTES | st.just(""),
).map("".join)


def assert_same_again(once: Document) -> None:
    """Fail unless a document's HTML gives the document again."""
    again = document(once.html)
    for form in FORMS:
        assert again.render(form) == once.render(form), once.html


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_the_html_of_a_page_gives_the_page_again(path: Path) -> None:
    assert_same_again(document(path.read_text(encoding="utf-8")))


@settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(PAGES)
def test_the_html_of_any_page_gives_the_page_again(html: str) -> None:
    assert_same_again(document(html))


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(PLAIN)
def test_the_text_of_a_plain_page_is_that_of_its_nodes(html: str) -> None:
    page = document(html)
    if parts(page.layout, page.kept) is not None:
        for options in (Options(), Options(wrap=24)):
            assert page.to_text(wrap=options.wrap) == prose.render(page, options)


@pytest.mark.parametrize("box", ["blockquote", "ul><li", "details><summary>s</summary"])
@pytest.mark.parametrize("depth", [40, 60, 80])
def test_the_html_of_boxes_as_deep_as_they_go_gives_them_again(box: str, depth: int) -> None:
    assert_same_again(document(f"<{box}><p>a</p>" * depth))


def test_most_text_is_plain() -> None:
    page = document("<h1>T<p>a <a href=/x>b</a><ul><li>c<li>d<ol><li>e</ol></ul><blockquote>$5")
    assert parts(page.layout, page.kept) == []


@pytest.mark.parametrize("html", ["<a href=#n>1</a>", "<i id=n></i><a href=#n>1</a>"])
def test_a_number_that_leads_to_no_place_after_it_marks_no_note(html: str) -> None:
    page = document(f"<p>a{html}")
    assert parts(page.layout, page.kept) == []


def test_the_places_of_a_page_without_any_are_looked_for_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page, calls = document("<p>a<a href=#n>¶</a>" * 5), []
    monkeypatch.setattr(plain, "all_places", lambda layout: calls.append(layout) or {})
    plain.parts(page.layout, page.kept)
    assert len(calls) == 1


def test_a_table_is_read_and_the_text_around_it_is_not() -> None:
    page = document("<p>a<table><tr><td>b<td>c<tr><td>d<td>e</table><ul><li>f")
    part_of = parts(page.layout, page.kept)
    assert part_of is not None
    tags = [page.layout.tags[part] if part >= 0 else "" for part in part_of]
    assert tags == ["", "table", "table", "table", "table", ""]
    assert page.text == "a\n\nb\tc\nd\te\n\n- f\n"


@pytest.mark.parametrize(
    "html",
    [
        "<p>a<sup><a href=#n>1</a></sup><p id=n>1 b",
        "<p>\\(x\\)",
        "<p>a<label for=n>1</label><p id=n>b",
    ],
)
def test_a_page_with_notes_or_formulas_is_read_as_a_whole(html: str) -> None:
    page = document(f"<table><tr><td>a<td>b</table>{html}")
    assert parts(page.layout, page.kept) is None


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a<div><p>js<p>Copy<pre><code class=language-js>f()", "a\n\nf()\n"),
        ("<pre class=language-js>f()</pre><p>js:<p>b", "f()\n\nb\n"),
        ("<p>a<p>js<p>b<pre class=language-js>f()", "a\n\njs\n\nb\n\nf()\n"),
        ("<pre>- a\n- b\n- c</pre><p>d", "- a\n- b\n- c\n\nd\n"),
    ],
)
def test_code_is_read_without_the_rest_of_its_page(html: str, text: str) -> None:
    page = document(html)
    part_of = parts(page.layout, page.kept)
    assert part_of is not None
    assert -1 in part_of
    assert page.text == prose.render(page, Options()) == text


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>a<p>b<a class=headerlink href=#b>¶</a><p>c", ["b¶"]),
        ("<p>a<p>b <code class=language-js>c</code><p>d", ["b c"]),
        ("<p>a<div class='admonition note'>b<p>c</div>d", ["b", "c"]),
        ("<p>a<div role=heading>b</div><p>c", ["b"]),
    ],
)
def test_what_needs_more_than_its_text_is_read_alone(html: str, texts: list[str]) -> None:
    page = document(html)
    part_of = parts(page.layout, page.kept) or []
    assert [
        text for text, part in zip(page.layout.texts, part_of, strict=True) if part >= 0
    ] == texts
    assert page.text == prose.render(page, Options())


@pytest.mark.parametrize(
    ("html", "way"),
    [
        ("<h2>Note</h2><p>1. a<p>b", "in parts"),
        ("<p>c[1]<h2>Notes</h2><p>1. a", "as a whole"),
        ("<pre>c[1]</pre><h2>Notes</h2><p>a", "in parts"),
    ],
)
def test_a_title_of_notes_has_notes_only_where_a_text_marks_one(html: str, way: str) -> None:
    page = document(html)
    assert (parts(page.layout, page.kept) is None) == (way == "as a whole")
    assert page.text == prose.render(page, Options())


@pytest.mark.parametrize(
    "html",
    [
        "<td>17. May<td>18. May<td>19. May",
        "<button><blockquote>}</blockquote></button>",
        "<figcaption><figure>a<figcaption>b</figcaption>c</figure></figcaption>",
    ],
)
def test_odd_markup_gives_the_text_of_its_nodes(html: str) -> None:
    page = document(html)
    assert page.text == prose.render(page, Options())


def test_a_table_of_code_is_read_with_the_labels_beside_it() -> None:
    rows = "<tr><td><code>a = 1</code><tr><td><code>b = 2</code>"
    page = document(f"<p>x<p>Python<table>{rows}</table>")
    assert page.text == "x\n\na = 1\nb = 2\n" == prose.render(page, Options())


def test_the_classes_of_the_page_itself_make_nothing_special() -> None:
    html = "<body class='blog permalink'>The lamp burns all night.</body>"
    for tag in ("body", "a"):
        page = document(html.replace("body", tag))
        assert (parts(page.layout, page.kept) == []) == (tag == "body")


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_the_text_of_a_plain_fixture_is_that_of_its_nodes(path: Path) -> None:
    page = document(path.read_text(encoding="utf-8"))
    for block, kind in enumerate(page.layout.kinds()):
        # Without what makes a page special, the rest is plain.
        page.kept[block] = kind in ("paragraph", "heading", "list_item", "quote", "caption")
    if parts(page.layout, page.kept) is not None:
        assert page.text == prose.render(page, Options())

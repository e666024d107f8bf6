"""Rendering the Markdown and taking its text gives the document's text again."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cleaner.export.plain import has_formula
from tests.export.support import document

if TYPE_CHECKING:
    from markdown_it.token import Token

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])

# Words that mean something in Markdown, or stand where something might.
WORDS = st.sampled_from(
    [
        *"word to ord * ** _ __ *a* _b_ snake_case 2*3*4 ` `` ``` ~~~ ~~x~~ ~ # ## - + 1.".split(),
        *"12) > = === --- | a|b [x] [a](b) [a]: [^1] [^1]: ![ ]( ! <b> </div> <!-- <?php".split(),
        *"<https://a.b> &lt; &copy & < http://a.b $ $5 (c) «ord» “q” 日本 語。 « é ::".split(),
        *"&amp; :--- |---| end. *** ___ <script> ' x_ _x *x x*".split(),
        *("[ ]", "\\", "\\*", "* * *", "- - -", "a\u00a0b", "\u00ad", '"'),
    ]
)
TEXT = st.lists(WORDS, min_size=1, max_size=5).map(lambda words: escape(" ".join(words)))
GLUED = st.lists(WORDS, min_size=1, max_size=3).map(lambda words: escape("".join(words)))
PLAIN = TEXT | GLUED


def _inline(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(["em", "strong", "b", "i", "del", "span", "code", "sub", "mark", "u"])
    marked = st.tuples(tags, inner).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>")
    linked = inner.map(lambda text: f'<a href="/a_(b)?x=1&amp;y=*z*">{text}</a>')
    spaced = st.sampled_from(["", " ", "\n"])
    return st.lists(st.tuples(inner | marked | linked, spaced), min_size=1, max_size=4).map(
        lambda parts: "".join(part + space for part, space in parts)
    )


INLINE = st.recursive(PLAIN, _inline, max_leaves=6)
LINES = st.lists(INLINE, min_size=1, max_size=3).map("<br>".join)


def _blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    many = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        many.map(lambda items: f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"),
        many.map(lambda items: f"<ol start=7>{''.join(f'<li>{i}</li>' for i in items)}</ol>"),
        many.map(lambda items: f"<blockquote>{''.join(items)}</blockquote>"),
        many.map(lambda items: f"<div>{''.join(items)}</div>"),
        many.map(lambda items: f"<figure>{''.join(items)}</figure>"),
    )


PARAGRAPHS = st.one_of(
    LINES.map(lambda inner: f"<p>{inner}</p>"),
    INLINE.map(lambda inner: f"<h2>{inner}</h2>"),
    st.lists(WORDS | st.sampled_from(["\n", "  ", "\n\n"]), min_size=1, max_size=6).map(
        lambda words: f"<pre>{escape(''.join(words))}</pre>"
    ),
    st.lists(st.lists(INLINE, min_size=2, max_size=2), min_size=2, max_size=3).map(
        lambda rows: (
            "<table>"
            + "".join(f"<tr>{''.join(f'<th>{cell}</th>' for cell in row)}</tr>" for row in rows)
            + "</table>"
        )
    ),
    LINES,
)
PAGES = st.lists(st.recursive(PARAGRAPHS, _blocks, max_leaves=6), min_size=1, max_size=4).map(
    "".join
)


def rendered_text(markdown: str) -> str:
    """Return the text of Markdown as a reader sees it, without white space."""
    parts: list[str] = []
    stack: list[Token] = list(reversed(PARSER.parse(markdown)))
    while stack:
        token = stack.pop()
        if token.type in ("fence", "code_block", "code_inline", "text"):
            parts.append(token.content)
        elif token.type == "html_block":
            raise AssertionError(f"a block of HTML from text: {token.content!r} in {markdown!r}")
        elif token.type == "inline":
            stack.extend(reversed(token.children or []))
    return "".join("".join(parts).split())


def own_text(html: str) -> tuple[str, str]:
    """Return the Markdown of a page, and its text without white space, bullets and numbers."""
    page = document(html)
    return page.markdown, "".join("".join(page.layout.texts).split())


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(PAGES)
def test_the_rendered_markdown_has_the_text_of_the_document(html: str) -> None:
    markdown, text = own_text(html)
    assert rendered_text(markdown) == text, markdown


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=12).map(" ".join), st.integers(1, 30))
@example("a \\ <p>", 3)
def test_text_of_any_width_survives_markdown(text: str, width: int) -> None:
    page = document(f"<p>a {escape(text)}</p>")
    markdown = page.to_markdown(wrap=width)
    assert rendered_text(markdown) == "".join(page.text.split()), markdown


@settings(max_examples=200, deadline=None)
@example(r"\[0\]")
@given(st.text(max_size=60))
def test_any_text_survives_markdown(text: str) -> None:
    assume(not has_formula([text]))  # its delimiters change
    markdown, own = own_text(f"<p>{escape(text)}</p>")
    assert rendered_text(markdown) == own, markdown

"""Hostile pages give safe output in each format, also when the Markdown is rendered."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from markdown_it import MarkdownIt

from cleaner.export import formats
from cleaner.export.html import SUFFIX as HTML_SUFFIX
from cleaner.export.read.urls import IMAGE_SCHEMES, SCHEMES
from tests.export.support import document

# As a careless viewer would render it: raw HTML let through, any address taken.
VIEWER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
VIEWER.validateLink = lambda _: True  # type: ignore[method-assign]

ELEMENTS = frozenset(
    "a aside blockquote br caption code dd del details div dl dt em figcaption figure h1 h2 h3 h4"
    " h5 h6 hr article img input kbd li mark ol p pre rp rt ruby s section span strong sub"
    " summary sup table tbody td th thead tr ul".split()
)
ATTRIBUTES = frozenset(
    "href src alt title class start align style type disabled checked id role data-cleaned"
    " data-callout data-media value".split()
)
SCRIPTS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java&#x0A;script:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A&#x61&#x76&#x61script:alert(1)",
    "javascript&colon;alert(1)",
    "java&Tab;script:alert(1)",
    "java\u200bscript:alert(1)",
    "java\u00adscript:alert(1)",
    "\u00a0javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "data:application/xhtml+xml,x",
    "view-source:javascript:alert(1)",
    "feed:javascript:alert(1)",
    "blob:https://example.org/x",
    "file:///etc/passwd",
    "x:javascript:alert(1)",
    "javascript://example.org/%0aalert(1)",
    "jav\x00ascript:alert(1)",
    '//example.org/"onmouseover=alert(1) x="',
    "https://example.org/)<script>alert(1)</script>",
    'https://example.org/ "onerror=alert(1)',
    "https://example.org/\n\n<script>alert(1)</script>",
]
PAGES = [
    '<p><a href="{url}">text</a></p>',
    '<p><img src="{url}" alt="text"></p>',
    '<p><img src="data:image/gif;base64,R0" data-src="{url}" alt="a"></p>',
    '<p><img srcset="{url} 2x" alt="a"></p>',
    '<p>x</p><iframe src="{url}" title="t"></iframe>',
    '<p>x</p><video><source src="{url}"></video>',
    '<p>x</p><embed src="{url}">',
    '<base href="{url}"><p><a href="page">text</a> <img src="pic.png"></p>',
    '<form action="{url}"><p>text <button formaction="{url}">b</button></p></form>',
    '<p><math href="{url}"><mi href="{url}">x</mi></math></p>',
    '<table><tr><th>a<th>b<tr><td><a href="{url}">x</a><td><ul><li><a href="{url}">y</a></ul>',
    '<p>t<sup><a href="#n">1</a></sup></p><ol><li id="n"><a href="{url}">note</a></ol>',
]
VECTORS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "</code></pre><script>alert(1)</script>",
    "```\n<script>alert(1)</script>",
    "~~~\n</pre><script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "[x](javascript:alert(1))",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
    'javascript:alert(1) "x"',
    "javascript:alert(1)\n(x)",
    "[x]: javascript:alert(1)\n\n[x]",
    "](javascript:alert(1))",
    "$</span><script>alert(1)</script>$",
    "\\<script>alert(1)</script>",
    "<!-- --><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<a href=javascript:alert(1)>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "---\ntitle: x\n---",
    "]]><script>alert(1)</script>",
]
PLACES = [
    "<p>{text}</p>",
    "<h2>{text}</h2>",
    "<pre><code class='language-{text}'>{text}</code></pre>",
    "<p><code>{text}</code></p>",
    "<p><img src='/a.png' alt='{text}' title='{text}'></p>",
    "<p><a href='/x' title='{text}'>{text}</a></p>",
    "<ul><li>{text}<li>b</ul>",
    "<table><caption>{text}</caption><tr><th>{text}<th>b<tr><td>{text}<td>c</table>",
    "<table><tr><th>a<th>b<tr><td><ul><li>{text}</ul><td><pre>{text}\n{text}</pre></table>",
    "<dl><dt>{text}<dd>{text}</dl>",
    "<blockquote>{text}</blockquote>",
    "<details><summary>{text}</summary><p>{text}</p></details>",
    "<div class='admonition note'><p class='admonition-title'>{text}</p><p>{text}</p></div>",
    "<div data-callout='{text}'><p>{text}</p></div>",
    "<p><ruby>{text}<rt>{text}</rt></ruby></p>",
    "<p><math><annotation encoding='application/x-tex'>{text}</annotation></math></p>",
    "<p><img class='latex' alt='{text}'></p>",
    "<p>t<sup><a href='#n'>1</a></sup></p><ol><li id='n'>{text}</ol>",
    "<ul><li><input type=checkbox><pre>{text}\n{text}</pre><li>b</ul>",
    "<p>x</p><iframe src='/v' title='{text}'></iframe>",
    "<p><kbd>{text}</kbd> <sub>{text}</sub> <mark>{text}</mark> <del>{text}</del></p>",
]


def check_html(markup: str) -> None:
    """Fail unless every element, attribute and address is on the list."""
    root = html.fromstring(f"<div>{markup}</div>")
    for element in root.iter():
        assert isinstance(element.tag, str), etree.tostring(element)
        assert element.tag in ELEMENTS, etree.tostring(element)
        for name, value in element.attrib.items():
            assert name in ATTRIBUTES, (element.tag, name, markup)
            assert name != "style" or re.fullmatch(r"text-align:\w+", value), value
            if name in ("href", "src"):
                scheme = re.match(  # in which no bracket stands: %5B
                    r"[^/?#%]*?:", re.sub(r"[\x00-\x20\x7f-\xa0\xad\u200b]", "", value)
                )
                allowed = SCHEMES if name == "href" else IMAGE_SCHEMES
                assert not scheme or scheme[0][:-1].lower() in allowed, (value, markup)


def check(page: str) -> None:
    """Fail unless a page is safe in every form."""
    result = document(page)
    check_html(result.html)
    check_html(VIEWER.render(result.markdown))
    etree.fromstring(result.render("tei").encode())


@pytest.mark.parametrize("url", SCRIPTS)
@pytest.mark.parametrize("page", PAGES)
def test_no_address_runs(page: str, url: str) -> None:
    check(page.replace("{url}", url.replace('"', "&quot;")))


@pytest.mark.parametrize("text", VECTORS)
@pytest.mark.parametrize("place", PLACES)
def test_no_text_becomes_markup(place: str, text: str) -> None:
    quoted = text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;")
    check(place.replace("{text}", quoted))


@pytest.mark.parametrize("text", VECTORS)
@pytest.mark.parametrize("place", PLACES)
def test_no_markup_of_the_page_runs(place: str, text: str) -> None:
    check(place.replace("{text}", text))


@pytest.mark.parametrize(
    "formula",
    [
        "<p><img class=latex alt='`'> <code>{text}</code>",
        "<script type='math/tex; mode=display'>```x</script><pre>{text}</pre>",
        "<script type='math/tex; mode=display'>x\n~~~</script><pre>{text}</pre>",
    ],
)
def test_no_formula_lets_code_out(formula: str) -> None:
    text = "<img src=x onerror=alert(1)>"
    page = formula.replace("{text}", escape(text))
    check(page)
    shown = html.fromstring(VIEWER.render(document(page).markdown)).xpath("//code/text()")
    assert [code.strip() for code in shown] == [text]


PIECES = st.sampled_from(
    [*VECTORS, *SCRIPTS, "<p>", "</p>", "<b>", "<table>", "<td>", "<pre>", "<code>", "<a href='",
     "'>", "<img src=\"", "\">", "<li>", "<math>", "<svg>", "<style>", "<!--", "-->", "text "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_no_mixture_runs(page: str) -> None:
    check(page)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_every_form_takes_every_page(page: str) -> None:
    result = document(page)
    for form in formats():
        assert isinstance(result.render(form), str)


def test_an_address_with_a_port_or_a_colon_in_its_path_is_kept() -> None:
    markup = document('<p><a href="wiki/Talk:Page">a</a> <a href="http://h:80/x">b</a></p>').html
    assert 'href="https://example.org/dir/wiki/Talk:Page"' in markup
    assert 'href="http://h:80/x"' in markup
    assert HTML_SUFFIX == ".html"

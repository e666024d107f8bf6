"""No tree and no JSON raises, the same page gives the same metadata, and nothing is fetched."""

import json
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.metadata import extract_metadata
from cleaner.metadata._json import values

from .pages import parse

WORDS = st.sampled_from(
    [*"By 2024-99-99 | - Von author &amp; ، 日本".split(), "Ada Holm", "4 March 2024", "", "\0"]
)
NAMES = st.sampled_from(
    "author date og:title article:published_time datePublished name rel byline og:type".split()
)
TAGS = st.sampled_from("h1 h2 p a time meta title div script svg base".split())
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from("@type @id @graph author name datePublished headline image url".split())
            | st.text(max_size=5),
            inner | st.sampled_from(["Article", "#a", "WebSite"]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@st.composite
def element(draw):
    tag, name, value = draw(TAGS), draw(NAMES), draw(WORDS)
    attribute = draw(
        st.sampled_from(["class", "id", "itemprop", "property", "name", "rel", "href", "datetime"])
    )
    inner = " ".join(draw(st.lists(WORDS, max_size=4)))
    return f'<{tag} {attribute}="{name}" content="{value}">{inner}</{tag}>'


@given(st.lists(element(), max_size=12), st.text(max_size=30))
def test_no_page_raises_and_the_same_page_gives_the_same(parts, url):
    page = "".join(parts)
    first = extract_metadata(parse(page), url)
    assert first == extract_metadata(parse(page), url)


@given(st.binary(max_size=300))
@example(b"<html lang='\xff'><title>\xff\xfe")
def test_no_bytes_raise(data):
    extract_metadata(parse(data))


@given(VALUES)
@example({"@type": 3, "author": {"name": {"name": []}}, "datePublished": {"@value": 7}})
@example({"@type": "Article", "@id": "#a", "author": {"@id": "#a"}})
@example([[[[{"@type": ["Article", None], "image": [[]], "keywords": [{}, 1, "a"]}]]]])
def test_json_of_wrong_types_does_not_raise(value):
    script = json.dumps(value).replace("</", "<\\/")
    extract_metadata(parse(f'<script type="application/ld+json">{script}</script><h1>a</h1>'))


@given(st.text(alphabet="{}[]:,\"'\\/*@a \n", max_size=40))
def test_no_text_raises_where_json_is_wanted(script):
    values(script)


def test_json_nested_without_end_does_not_raise():
    script = "[" * 50_000
    found = extract_metadata(
        parse(f'<script type="application/ld+json">{script}</script><h1>Low tide</h1>')
    )
    assert found.title == "Low tide"


def test_a_very_deep_and_a_very_wide_page_give_their_title():
    deep = "<title>Low tide</title>" + "<div class='author'>" * 20_000 + "x"
    wide = "<title>Low tide</title>" + "<p class='date'>1</p>" * 50_000
    assert extract_metadata(parse(deep)).title == "Low tide"
    assert extract_metadata(parse(wide)).title == "Low tide"


def test_what_is_endless_is_cut():
    endless = "low tide " * 50_000
    node = json.dumps({"@type": "Article", "headline": endless, "publisher": endless})
    found = extract_metadata(
        parse(
            f'<title>{endless}</title><meta property="og:title" content="{endless}">'
            f'<meta property="og:site_name" content="{endless}">'
            f'<script type="application/ld+json">{node}</script><h1>{endless}</h1>'
        )
    )
    assert found.title is not None
    assert len(found.title) <= 1_000


def test_comments_that_never_end_leave_the_other_scripts_as_they_are():
    scripts = "{" + "/* " * 200_000, '{"@type": "Article", /* a * b */ "headline": "Low tide"}'
    page = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    assert extract_metadata(parse(page)).title == "Low tide"


@pytest.mark.parametrize("body", ["<time>2024-03-04</time>", "<p>https://example.org/a</p>"])
def test_no_other_extractor_is_loaded_for_an_article(body):
    page = f"<meta property='og:type' content='article'><h1>Low tide</h1>{body}"
    code = (
        "import sys; from lxml import etree; from cleaner.metadata import extract_metadata as x;"
        f"x(etree.fromstring({page!r}, etree.HTMLParser()));"
        "print([m for m in ('htmldate', 'trafilatura', 'numpy') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"

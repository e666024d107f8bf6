"""What is cut out of a page before it is parsed changes nothing that is read from it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.parse import parse, put_back
from cleaner.segment import segment
from tests.twins.support import compiled

LONG = "let ferry = '<svg>' + 'from nine to five';"
PARTS = st.sampled_from([
    "<p>", "</p>", "<div class=a>", "</div>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>",
    "</table>", "<b>", "</b>", "<a href='/x'>", "</a>", "<span title=\"a > b\">", "</span>", "<br>",
    "<pre>", "</pre>", "<code>", "</code>", "<textarea>", "</textarea>", "<title>", "</title>",
    f"<script>{LONG}</script>", f"<script type=math/tex>{LONG}</script>", f"<script src=x />{LONG}",
    f"<script><!-- {LONG} --></script>", f"<script><!-- <script> {LONG} </script>", "<script>",
    "</script>", "<style>p { color: green; margin: 1em }</style>", "<style>", "</style >",
    "<svg class=b><path d='M 1 2 3 4 5 6 7 8 9'/><g><circle r=1></g></svg>", "<svg>", "</svg>",
    "<svg><title>The route</title><path d='M 1 2'></path>", "<svg/>", "<g>", "<path/>",
    "<mjx-container>", "</mjx-container>", "<svg><g data-latex='a + b + c'></g></svg>",
    f"<p title='<svg>{LONG}</svg>'>", f"<!-- <script>{LONG} -->", "<!-->", "<!-- ", " --!>", "-->",
    "<!doctype html>", "<html>", "<head>", "<meta name=a content='b > c'>", "</head>", "<body>",
    "<!-- one -->", "<!-- one -- two -->",
    "</body>", "<noscript>", "</noscript>", "<iframe src=x>", "</iframe>", "<? x >",
    "</ x>", "<a = \"x > y\">", "<a b=\"x\"\"c > d\">", "<a b = c/>", "<p/ = '>'>", "< 3", "<", ">",
    "\n", "\n   ", " ", "  ", "\t\n", "The ferry ", "sails", "at nine.", "'", '"', "&lt;svg&gt;",
    "</html:p>", "<html/>", "<button>", "</button>", "<option>", "<details>", "<summary>",
    "<plaintext>", "<img src=a.jpg>", "<p class=inline>", "<div style='display: inline'>",
])  # fmt: skip


def read(page: str, *, whole: bool) -> tuple[object, ...]:
    parsed = parse(page, whole=whole)
    layout = segment(parsed.root)
    told = [layout.texts, layout.tags, layout.attributes, layout.parents, layout.flags]
    unseen: list[tuple[object, ...]] = []
    if parsed.root is not None:
        put_back(parsed.root, parsed.scripts)
        elements = parsed.root.iter("script", "meta", "link")
        unseen = [(element.tag, *element.items(), element.text) for element in elements]
    return *told, unseen, parsed.warnings


ENDED = st.sampled_from([
    "<p>", "</p>", "<div>", "</div>", "\n", "The ferry ", "<b>", "</b>", f"<script>{LONG}</script>",
    "<svg><path d='M 1 2 3 4 5 6 7 8 9'/></svg>", "</body>", "</html>", "</html >", "</html <b>",
])  # fmt: skip


@example([f"<script>{LONG}</script>", "<p>", "The ferry "])
@given(st.lists(PARTS, max_size=25) | st.lists(ENDED, max_size=12))
def test_a_page_is_read_as_if_nothing_had_been_cut(parts: list[str]) -> None:
    compiled("cleaner._survey")
    page = "".join(parts)
    assert read(page, whole=False) == read(page, whole=True)


CUTS = {
    "<script src=a>let a = 1; // nothing</script>": "<script src=a>cut:0</script>",
    "<STYLE>p { color: green; margin: 1em }</STYLE>": "<STYLE></STYLE>",
    "<svg role=img><path d='M 1 2 3 4 5 6'/><g></g></svg>": "<svg role=img></svg>",
    "<svg><svg><path d='M 1 2 3 4 5 6'/></svg></svg>": "<svg></svg>",
    "<mjx-container></mjx-container><svg><g d='M 1 2 3 4 5 6'></g></svg>":
        "<mjx-container></mjx-container><svg></svg>",
    "<div>\n  <p>\n One</p>\n</div>\n<p> Two": "<div><p>\n One</p></div><p> Two",
    "<!doctype html>\n<html>\n<head>\n<base>\n<title> A </title>":
        "<!doctype html><html><head><base><title> A </title>",
    "<p>One <!-- two --><b>three</b>": "<p>One <b>three</b>",
    "<p><!--[if !IE]><!-->One <!--<![endif]-->": "<p>One ",
    # What may be seen, or read as something else, stays as it is.
    "<script>let a = 1</script>": None,
    "a <<!-- b -->p>": None,
    "<!---->": None,
    "<p><!-- a -- b -->": None,
    "<p>One<!-- two -->three": None,
    "<script type='math/tex'>a + b + c + d + e</script>": None,
    "<mjx-container><svg><g data-latex='a + b + c'></g></svg></mjx-container>": None,
    "<svg><a href='/x'>To the ferry</a><path d='M 1 2'/></svg>": None,
    "<!-- <svg><path d='M 1 2 3 4 5 6'/></svg> -->": None,
    "<p title='<svg><path d=M1234567890></svg>'>": None,
    "<b>One</b>\n<i>Two</i> </p>\nThree": None,
    "<pre>\n<div>\n</div>\n</pre>": None,
    "<pre></code>\n<b></b>\n</pre>": None,
    "<pre><div></pre>\n<p>": None,
    "<table>One    <tr>": None,
    "<b>One</b> <p class=d-inline> two": None,
}  # fmt: skip


@pytest.mark.parametrize(("page", "left"), CUTS.items())
def test_what_no_reader_sees_is_cut(page: str, left: str | None) -> None:
    survey = compiled("cleaner._survey").survey
    assert survey(page.encode())[0].decode() == (page if left is None else left)


ENDLESS = ["<p class", "<p title='a", "<!-- a", "<style>a</p>", "<plaintext>"]
ODD = [
    "<html/>",
    "<!-- a --!> -->",
    "<script><!-- <script> </script>",
    "<template id='B:0'>",
    f"<p {'a ' * 9000}>",
]


@pytest.mark.parametrize("page", ENDLESS + ODD)
def test_a_page_that_is_not_plain_is_left_alone(page: str) -> None:
    assert compiled("cleaner._survey").survey(f"<p>{page}".encode()) is None


def test_the_end_of_a_page_is_told_after_the_cuts() -> None:
    page, *_, end = compiled("cleaner._survey").survey(f"<script>{LONG}</script></html> a".encode())
    assert page[end:] == b"</html> a"


def test_scripts_come_back_and_what_only_looks_like_one_stays() -> None:
    parsed = parse(f"<script>cut:7</script><script>{LONG}</script><p>a", whole=False)
    put_back(parsed.root, parsed.scripts)
    assert [script.text for script in parsed.root.iter("script")] == ["cut:7", LONG]

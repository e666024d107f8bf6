"""The name of a panel of tabs stands in front of it, wherever the page lists the names."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from tests import counting
from tests.export.support import document, lines, markdown

BY_LABEL = """<div role=tablist><button role=tab id=a>npm</button>
<button role=tab id=b>Yarn</button></div>
<div role=tabpanel aria-labelledby=a><pre>npm add kit</pre></div>
<div role=tabpanel aria-labelledby=b hidden><pre>yarn add kit</pre></div>"""
BY_CONTROLS = """<ul role=tablist>
<li><a role=tab href="#a">npm</a><li><a role=tab href="#b">Yarn</a></ul>
<section id=a role=tabpanel><pre>npm add kit</pre></section>
<section id=b role=tabpanel><pre>yarn add kit</pre></section>"""
BY_ORDER = """<div><ul role=tablist><li role=tab>npm<li role=tab>Yarn</ul><div>
<div role=tabpanel><pre>npm add kit</pre></div><div role=tabpanel><pre>yarn add kit</pre></div>
</div></div>"""
CODE = lines(
    "Before.", "", "**npm**", "", "```", "npm add kit", "```", "",
    "**Yarn**", "", "```", "yarn add kit", "```", "", "After.",
)  # fmt: skip


IN_LINE = """<div role=tablist><div><span role=tab aria-controls=a>npm</span></div>
<div><span role=tab aria-controls=b>Yarn</span></div></div>
<div id=a role=tabpanel><pre>npm add kit</pre></div>
<div id=b role=tabpanel><pre>yarn add kit</pre></div>"""


@pytest.mark.parametrize("tabs", [BY_LABEL, BY_CONTROLS, BY_ORDER, IN_LINE])
def test_the_name_of_a_panel_stands_in_front_of_it_in_bold(tabs):
    page = f"<p>Before.</p>{tabs}<p>After.</p>"
    assert markdown(page) == CODE
    text = lines(
        "Before.", "", "npm", "", "npm add kit", "", "Yarn", "", "yarn add kit", "", "After."
    )
    assert document(page).text == text + "\n"


def test_a_name_that_stands_in_front_of_its_panel_for_narrow_screens_is_told_once():
    narrow = re.sub(r"(?=<div role=tabpanel aria-labelledby=(.))", r"<p role=tab>\1</p>", BY_LABEL)
    narrow = narrow.replace(">a</p>", ">npm</p>").replace(">b</p>", ">Yarn</p>")
    assert markdown(f"<p>Before.</p>{narrow}<p>After.</p>") == CODE


def test_panels_of_prose_have_their_names_in_every_form():
    page = document(
        "<div role=tablist><div role=tab aria-controls=a>By ferry</div>"
        "<div role=tab aria-controls=b>On foot</div></div>"
        "<div role=tabpanel id=a><p>It sails at nine.</div>"
        "<div role=tabpanel id=b><p>At low tide only.</div>"
    )
    order = ["By ferry", "It sails at nine.", "On foot", "At low tide only."]
    assert page.text.split("\n\n") == [*order[:3], order[3] + "\n"]
    for form in (page.html, page.render("tei"), page.markdown):
        places = [form.index(part) for part in order]
        assert places == sorted(places)
        assert all(form.count(part) == 1 for part in order)
    assert cleaner.clean(page.html).markdown == page.markdown


ACCORDION = """<h3 role=tab aria-controls=a>npm</h3><div role=tabpanel id=a><p>add</div>
<h3 role=tab aria-controls=b>Yarn</h3><div role=tabpanel id=b><p>put</div>"""
UNTOLD = "<div role=tablist><p role=tab>npm<p role=tab>Yarn</div><div role=tabpanel><p>add</div>"
IN_A_LINE = """<div role=tablist><b role=tab id=a>npm</b> <b role=tab id=b>Yarn</b></div>
<div role=tabpanel aria-labelledby=b><p>add</div>"""
LISTS = """<p role=tab aria-controls=a>npm<p role=tab aria-controls=b>Yarn
<ul role=tabpanel id=a><li>add</ul><ul role=tabpanel id=b><li>put</ul>"""
INSIDE = "<div role=tabpanel aria-labelledby=a><p>add<p>put<button role=tab id=a>npm</button></div>"


@pytest.mark.parametrize("page", [ACCORDION, UNTOLD, IN_A_LINE, LISTS, INSIDE])
def test_other_names_stay_where_they_are(page):
    assert document(page).text == document(page.replace("role=tab", "title=x")).text


def test_a_name_of_several_panels_stands_in_front_of_the_first():
    page = (
        "<p role=tab id=a>npm<p role=tab id=b>Yarn"
        "<div role=tabpanel aria-labelledby=a><p>one</div><div role=tabpanel aria-labelledby=b>"
        "<p>two</div><div role=tabpanel aria-labelledby=b><p>three</div>"
    )
    assert document(page).text.split() == ["npm", "one", "Yarn", "two", "three"]


PARTS = st.sampled_from([
    "<div role=tablist>", "<ul role=tablist>", "</div>", "</ul>",
    "<button role=tab id=a>A</button>",
    "<li role=tab aria-controls=c>B", "<a role=tab href='#d'>Third</a>", "<p role=tab>D</p>",
    "<div role=tabpanel aria-labelledby=a>", "<section role=tabpanel id=c>", "</section>",
    "<div role=tabpanel id=d>", "<div role=tabpanel>", "<p>some text</p>", "loose", "<pre>E</pre>",
    "<td role=tabpanel id=c>", "<img src=f>",
])  # fmt: skip


def words(page):
    """Return how often a document has each word, without the bullets of lists."""
    return Counter(word for word in page.text.split() if word != "-")


@given(st.lists(PARTS, min_size=1, max_size=25).map("".join))
def test_tabs_lose_and_double_no_word(page):
    plain = page.replace("role=tab", "title=x")
    ours, without = document(page), document(plain)
    assert words(ours) <= words(without)
    assert set(words(ours)) == set(words(without))
    again = cleaner.clean(ours.html)
    assert (again.text, again.markdown) == (ours.text, ours.markdown)


def test_steps_grow_with_the_tabs():
    def page(count):
        tabs = "".join(f"<p role=tab id=a{n}>n{n}" for n in range(count))
        panels = "".join(
            f"<div role=tabpanel aria-labelledby=a{n}><p>t{n}</div>" for n in range(count)
        )
        return document(tabs + panels)

    counting.lines(page(10).to_markdown)  # loads what is loaded once
    assert counting.lines(page(1000).to_markdown) < 12 * counting.lines(page(100).to_markdown)

"""A page comes as a reader sees it once its scripts have run."""

import json

import pytest

import cleaner
from tests.scrape.render.served import PAGES, STORY, visit


@pytest.mark.parametrize("path", ["/late", "/fetched", "/busy", "/alert"])
def test_the_text_that_a_script_makes_is_in_the_page(renderer, server, path):
    page = renderer.render(server.base + path)
    assert page.url == server.base + path
    assert cleaner.clean(page).text == STORY + "\n"


RENDER_IT = "the page is an empty shell: rendering it would help (cleaner clean URL --render)"


def test_the_same_page_without_rendering_is_empty_and_says_that_rendering_helps():
    document = cleaner.clean(PAGES["/fetched"])
    assert STORY not in document.text
    assert RENDER_IT in document.warnings


@pytest.mark.parametrize(
    "page",
    [
        "<body><script src=app.js></script><noscript>Enable JavaScript to go on.</noscript>",
        "<body><h1>Loading…</h1><app-root></app-root><script type=module src=/a.js></script>",
    ],
)
def test_a_page_of_next_to_no_text_but_scripts_is_told_to_be_rendered(page):
    assert RENDER_IT in cleaner.clean(page).warnings


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<p>Gone fishing.",
        f"<p>{STORY}<script src=app.js></script>",
        "<p>Gone fishing.<script type=application/json>{}</script>",
        f"<script>var state = {json.dumps({'text': STORY})};</script>",
    ],
)
def test_other_pages_are_not_told_to_be_rendered(page):
    assert RENDER_IT not in cleaner.clean(page).warnings


def test_the_text_of_web_components_is_in_the_page_in_its_order(renderer, server):
    text = [b.text for b in cleaner.clean(renderer.render(server.base + "/component")).blocks]
    assert text == ["Made by the component.", "Given by the page.", "And deeper."]


@pytest.mark.parametrize("path", ["/moved", "/moves"])
def test_the_address_is_the_one_that_the_page_ended_at(renderer, server, path):
    assert renderer.render(server.base + path).url == server.base + "/late"


def test_plain_text_stays_text(renderer, server):
    page = renderer.render(server.base + "/text")
    assert (page.media, page.data) == ("text", "Blåbær\n<b>")


def test_images_films_fonts_and_ads_are_not_asked_for(renderer, server, monkeypatch):
    monkeypatch.setattr(renderer, "allow_private", True)
    server.log.clear()
    found = visit(renderer, server, "/greedy")
    assert set(server.log) == {"/greedy", "/library.js", "/api/ads/17.js"}
    assert found.blocked == 5

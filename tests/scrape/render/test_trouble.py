"""What goes wrong is said in words, and harms no other page."""

import asyncio
import time

import pytest

from cleaner.scrape.render import RenderError, RenderTimeoutError
from tests.scrape.render.served import HTML, STORY, visit


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/missing", "the server answered 404"),
        ("/file", "the address is a download, not a page"),
        ("/archive", "the address is a download, not a page"),
        ("/json", "the server sent application/json, which is not a page"),
        ("/loop", "too many redirects"),
        ("/large", "the page and what it loads exceed 4 MiB"),
        ("/bomb", "the page and what it loads exceed 4 MiB"),
        ("/grows", "the page and what it loads exceed 4 MiB"),
    ],
)
def test_what_went_wrong_is_said_in_words(renderer, server, path, message):
    with pytest.raises(RenderError, match=f"^{message}$"):
        renderer.render(server.base + path)


def test_a_server_that_is_not_there_is_said_in_words(renderer):
    with pytest.raises(RenderError, match=r"^no connection: Connection refused$"):
        renderer.render("http://127.0.0.1:2/")


def test_a_page_of_an_error_is_there_for_those_who_want_it(renderer, server):
    found = visit(renderer, server, "/missing")
    assert (found.status, "nothing here" in found.html) == (404, True)
    assert found.headers["content-type"] == HTML["Content-Type"]


def test_a_script_that_never_ends_ends_in_time_and_harms_no_other_page(renderer, server):
    hanging = renderer.submit(server.base + "/hang", 3)
    other = renderer.submit(server.base + "/late")
    with pytest.raises(RenderTimeoutError, match=r"^no answer in time$"):
        hanging.result()
    assert STORY in other.result().html
    assert STORY in visit(renderer, server, "/late").html


def test_a_page_that_never_stops_reloading_comes_to_an_end(renderer, server):
    failed = renderer.submit(server.base + "/reload").exception()
    assert failed is None or isinstance(failed, RenderError)
    assert STORY in visit(renderer, server, "/late").html


def test_a_browser_that_dies_is_started_again(renderer, server):
    asyncio.run_coroutine_threadsafe(renderer._browser.close(), renderer._loop).result()
    assert STORY in visit(renderer, server, "/late").html


def test_a_page_whose_browser_dies_under_it_is_tried_again(renderer, server):
    server.log.clear()
    waiting = renderer.submit(server.base + "/late")
    while not server.log:
        time.sleep(0.01)
    asyncio.run_coroutine_threadsafe(renderer._browser.close(), renderer._loop).result()
    assert STORY in waiting.result().html

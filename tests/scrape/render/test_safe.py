"""No page reaches what it may not, nor leaves anything behind."""

import pytest

from cleaner.scrape.render import Renderer, RenderError
from tests.scrape.render.served import STORY, visit


def test_no_request_of_a_page_reaches_a_private_address(renderer, server):
    server.log.clear()
    found = visit(renderer, server, "/sneaky")
    assert STORY in found.html
    assert not [path for path in server.log if path.startswith("/secret")]
    assert "/to-secret" in server.log
    assert found.refused == {"localhost": "the address is of a private network"}


def test_no_redirect_leads_to_a_private_address(renderer, server):
    server.log.clear()
    with pytest.raises(RenderError, match=r"^the address is of a private network$"):
        renderer.render(server.base + "/to-secret")
    assert server.log == ["/to-secret"]


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8080", "localhost", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "0"]
)
def test_private_addresses_are_refused(renderer, host, monkeypatch):
    monkeypatch.setattr(renderer, "allow_private", Renderer().allow_private)
    with pytest.raises(RenderError, match=r"^the address is of a private network$"):
        renderer.render(f"http://{host}/")


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "data:text/html,x", "ftp://127.0.0.1/", "chrome://gpu", "x"]
)
def test_only_http_is_rendered(renderer, address):
    with pytest.raises(RenderError, match=r"^only addresses of http and https are rendered$"):
        renderer.render(address)


def test_a_page_cannot_move_to_a_file(renderer, server):
    found = visit(renderer, server, "/to-file")
    assert found.url == server.base + "/to-file"
    assert '<div id="app"></div>' in found.html


def test_a_page_gets_no_service_worker(renderer, server):
    server.log.clear()
    visit(renderer, server, "/worker")
    assert "/worker.js" not in server.log


def test_a_page_gets_no_permission(renderer, server):
    assert "failed: " in visit(renderer, server, "/place").html


def test_nothing_is_kept_from_one_page_to_the_next(renderer, server):
    pages = [visit(renderer, server, "/cookie").html for _ in range(2)]
    assert all("no cookie" in page for page in pages)

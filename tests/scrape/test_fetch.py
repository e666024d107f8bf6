import pytest

from cleaner.scrape.fetch import FetchError, fetch
from tests.serving import served

ANSWERS = {
    "/page": (
        200,
        {"Content-Type": "text/html; charset=windows-1251"},
        "<p>Привет".encode("cp1251"),
    ),
    "/moved": (301, {"Location": "/moved-again"}, b""),
    "/moved-again": (302, {"Location": "/and-again"}, b""),
    "/and-again": (308, {"Location": "/page"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/text": (200, {"Content-Type": "text/plain"}, b"a line"),
    "/silent": (200, {}, b"<p>no type"),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/empty": (200, {"Content-Type": "text/html"}, b""),
    "/short": (200, {"Content-Type": "text/html", "Content-Length": "99"}, b"<p>half"),
    "/unpacked": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, b"<p>plain"),
    "/failing": (503, {"Content-Type": "text/html", "Retry-After": "900"}, b"<p>later"),
    "/private": (403, {"Content-Type": "text/html"}, b"<p>no"),
}


@pytest.fixture(scope="module")
def site():
    with served(lambda path: ANSWERS.get(path, (404, {}, b""))) as address:
        yield address


def test_a_page_comes_with_its_address_and_charset(site):
    page = fetch(f"{site}/page")
    assert page.data == "<p>Привет".encode("cp1251")
    assert (page.url, page.charset, page.media) == (f"{site}/page", "windows-1251", "html")


def test_redirects_are_followed_to_the_address_that_counts(site):
    assert fetch(f"{site}/moved").url == f"{site}/page"


def test_a_redirect_counts_from_the_address_that_it_came_from(site, monkeypatch):
    other = site.replace("127.0.0.1", "localhost")
    monkeypatch.setitem(ANSWERS, "/other", (302, {"Location": f"{other}/moved"}, b""))
    assert fetch(f"{site}/other").url == f"{other}/page"


def test_a_page_that_is_too_large_is_refused(site, monkeypatch):
    monkeypatch.setitem(ANSWERS, "/large", (200, {"Content-Type": "text/html"}, bytes(20_000_001)))
    with pytest.raises(FetchError, match="larger than the 20 MB"):
        fetch(f"{site}/large")


def test_a_public_page_leads_to_no_private_one(site, monkeypatch):
    monkeypatch.setattr("cleaner.scrape.fetch.is_private", lambda _: False)
    with pytest.raises(FetchError, match=r"^no connection: the address is of a private network$"):
        fetch(f"{site}/page")


def test_plain_text_is_told_by_its_type(site):
    assert fetch(f"{site}/text").media == "text"


def test_a_page_without_a_type_is_html(site):
    assert fetch(f"{site}/silent").media == "html"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/missing", "the server answered 404"),
        ("/private", "the server answered 403"),
        ("/failing", "the server answered 503"),
        ("/short", "the answer broke off"),
        ("/unpacked", "the answer is not packed as it says"),
        ("/picture", "the server sent image/png, which is not a page"),
        ("/loop", "too many redirects"),
    ],
)
def test_what_went_wrong_is_said_in_words(site, path, message):
    with pytest.raises(FetchError, match=message):
        fetch(site + path)


def test_an_empty_answer_is_an_empty_page(site):
    assert fetch(f"{site}/empty").data == b""


def test_a_server_that_is_not_there_is_said_in_words():
    with pytest.raises(FetchError, match=r"^no connection: Connection refused$"):
        fetch("http://127.0.0.1:9/")


@pytest.mark.parametrize("address", ["http://", "http://[::1", "http://127.0.0.1:x/"])
def test_what_is_no_address_is_said_in_words(address):
    with pytest.raises(FetchError):
        fetch(address)

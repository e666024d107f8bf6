"""Whatever a scraper holds a page in can be cleaned as it is."""

import gzip
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import requests
from bs4 import BeautifulSoup
from lxml import etree, html

import cleaner
from cleaner import Page
from cleaner.inputs import as_page, is_element
from tests.serving import served

SENTENCE = "Ferja til øya går nå hver time, også når det blåser fra sør, og billetten er gratis."
MARKUP = (
    "<html><head><title>Ferja</title></head><body><article><h1>Ferja går</h1>"
    f"<p>{SENTENCE}</p><p>{SENTENCE[::-1]}</p></article></body></html>"
)
UTF8 = MARKUP.encode()
LATIN = MARKUP.encode("latin-1")


KIND = {"Content-Type": "text/html; charset=iso-8859-1"}
ANSWERS = {
    "/flytta": (301, {"Location": "/ferja"}, b""),
    "/pakka": (200, {**KIND, "Content-Encoding": "gzip"}, gzip.compress(LATIN)),
}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(lambda path: ANSWERS.get(path, (200, KIND, LATIN))) as address:
        yield address


class ScrapyHeaders(dict[bytes, list[bytes]]):
    """Headers as those of Scrapy: bytes, told by names in any case and type."""

    def get(self, name: str | bytes, default: Any = None) -> Any:
        key = name.encode() if isinstance(name, str) else name
        values = super().get(key.title())
        return values[-1] if values else default


class ScrapyResponse:
    """What `scrapy.http.HtmlResponse` has."""

    def __init__(self, url: str, body: bytes, content_type: bytes | None = None) -> None:
        self.url = url
        self.body = body
        self.status = 200
        self.headers = ScrapyHeaders({b"Content-Type": [content_type]} if content_type else {})


SOURCES = {
    "str": MARKUP,
    "bytes": UTF8,
    "bytearray": bytearray(UTF8),
    "memoryview": memoryview(UTF8),
    "a page": Page(UTF8),
    "an HTML element": html.fromstring(MARKUP),
    "an element": etree.fromstring(MARKUP),
    "a tree": etree.ElementTree(etree.fromstring(MARKUP)),
    "soup": BeautifulSoup(MARKUP, "html.parser"),
    "soup of lxml": BeautifulSoup(MARKUP, "lxml"),
    "a tag of a soup": BeautifulSoup(MARKUP, "lxml").article,
    "a response of Scrapy": ScrapyResponse("https://a.example/", UTF8, b"text/html;charset=utf-8"),
}


@pytest.mark.parametrize("kind", SOURCES)
def test_a_page_is_cleaned_from(kind: str) -> None:
    document = cleaner.clean(SOURCES[kind])
    assert [block.text for block in document.blocks] == ["Ferja går", SENTENCE, SENTENCE[::-1]]
    assert SENTENCE in document.text


def test_a_tree_in_a_name_space_says_of_itself_what_its_source_does() -> None:
    page = MARKUP.replace("<html>", '<html xmlns="http://www.w3.org/1999/xhtml">')
    assert cleaner.clean(etree.fromstring(page)).metadata == cleaner.clean(page).metadata


@pytest.mark.parametrize("node", [etree.Comment("a"), etree.PI("a"), etree.ElementTree()])
def test_a_node_that_is_no_element_is_a_page_without_text(node: Any) -> None:
    document = cleaner.clean(node)
    assert document.warnings == ("the page has no visible text",)
    assert not document.metadata.as_dict()


@pytest.mark.parametrize("get", [requests.get, httpx.get], ids=["requests", "httpx"])
def test_a_response_brings_its_charset_and_address(get: Any, site: str) -> None:
    response = get(f"{site}/ferja")
    document = cleaner.clean(response)
    assert SENTENCE in document.text
    assert document.encoding == "windows-1252"
    assert document.url == f"{site}/ferja"
    assert as_page(response).charset == "iso-8859-1"


@pytest.mark.parametrize("get", [requests.get, httpx.get], ids=["requests", "httpx"])
def test_a_compressed_response_is_unpacked_by_its_library(get: Any, site: str) -> None:
    assert as_page(get(f"{site}/pakka")).data == LATIN


def test_a_redirected_response_has_its_last_address(site: str) -> None:
    assert as_page(requests.get(f"{site}/flytta", timeout=5)).url == f"{site}/ferja"
    assert as_page(httpx.get(f"{site}/flytta", follow_redirects=True)).url == f"{site}/ferja"


def test_the_address_given_overrides_that_of_the_response() -> None:
    response = ScrapyResponse("https://a.example/", UTF8)
    assert as_page(response).url == "https://a.example/"
    assert as_page(response, "https://b.example/").url == "https://b.example/"
    assert cleaner.clean(response, url="https://b.example/").url == "https://b.example/"


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        (b"text/html; charset=ISO-8859-1", "ISO-8859-1"),
        (b'text/html; Charset = "utf-8"; a=b', "utf-8"),
        (b"text/html;charset='koi8-r'", "koi8-r"),
        (b"text/html", None),
        (b"text/html; charset=", None),
        (b"\xff\xfe", None),
        (None, None),
    ],
)
def test_the_charset_is_that_of_the_header(content_type: bytes | None, charset: str | None) -> None:
    assert as_page(ScrapyResponse("https://a.example/", b"", content_type)).charset == charset


def test_the_bytes_of_a_page_are_its_own() -> None:
    data = bytearray(UTF8)
    page = as_page(data)
    data[:] = b"x"
    assert page.data == UTF8


def test_a_page_with_its_own_address_keeps_it() -> None:
    page = Page(UTF8, "https://a.example/", charset="utf-8")
    assert as_page(page) is page
    assert cleaner.clean(page).url == "https://a.example/"


def test_an_address_is_added_to_a_page_without_one() -> None:
    assert cleaner.clean(Page(UTF8), url="https://b.example/").url == "https://b.example/"


def test_a_tree_is_left_as_it_was() -> None:
    root = html.fromstring(MARKUP)
    before = etree.tostring(root)
    cleaner.clean(root).to_markdown()
    assert etree.tostring(root) == before


def test_elements_are_told_by_what_they_are() -> None:
    assert is_element(SOURCES["an element"])
    assert is_element(SOURCES["a tree"])
    assert not is_element(SOURCES["soup"])
    assert not is_element("lxml")


class _NotAResponse:
    content = "text"
    headers: dict[str, str] = {}  # noqa: RUF012


@pytest.mark.parametrize(
    "source", [None, 7, 1.5, ["<p>a</p>"], {"html": "a"}, object(), _NotAResponse()]
)
def test_other_types_are_a_type_error(source: object) -> None:
    with pytest.raises(TypeError, match=type(source).__name__):
        cleaner.clean(source)


@pytest.mark.parametrize("text", [None, 7, bytearray(b"a"), Page("a")])
def test_text_is_str_or_bytes(text: object) -> None:
    with pytest.raises(TypeError, match=type(text).__name__):
        cleaner.clean_text(text)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["include", "exclude", "lexicon"])
def test_one_text_in_place_of_a_list_is_a_type_error(name: str) -> None:
    with pytest.raises(TypeError, match=f"{name} takes a list"):
        cleaner.Cleaner(**{name: "annonse"})


def test_one_text_in_place_of_its_lines_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="clean_text"):
        cleaner.Cleaner().clean_lines("Han kom.\nannonse\n")

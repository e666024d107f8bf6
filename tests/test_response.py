"""A response saved with its head, or in chunks, is read as its body."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.response import body_of

BODY = "<html><body><p>Ferja går ikke før klokka tolv, sa kapteinen på broa.</p></body></html>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=%s\r\nSet-Cookie: a=b\r\n\r\n"


def in_chunks(body: bytes, size: int) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in [*parts, b""])


@given(body=st.binary(min_size=1), size=st.integers(1, 40))
def test_a_body_in_chunks_comes_back_to_the_byte(body: bytes, size: int) -> None:
    body = b"<" + body
    assert body_of(HEAD % b"utf-8" + in_chunks(body, size)) == (body, "utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_a_response_is_read_as_its_page_in_the_charset_that_it_names(encoding: str) -> None:
    saved = HEAD % encoding.encode() + BODY.encode(encoding)
    assert cleaner.clean(saved).text == cleaner.clean(BODY).text


def test_of_several_responses_in_a_row_the_last_one_counts() -> None:
    moved = b"HTTP/2 301 \r\nlocation: /en/\r\n\r\n"
    assert body_of(moved + moved + HEAD % b"utf-8" + b"<p>sist") == (b"<p>sist", "utf-8")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<p>HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 is a protocol.\r\n\r\n",
        b"12\r\nandungen",
        b"a\r\n",
    ],
)
def test_what_is_no_response_is_left(data: bytes) -> None:
    assert body_of(data) == (data, None)


def test_a_plain_text_is_left() -> None:
    text = (HEAD % b"utf-8").decode() + "Slutt.\n"
    assert cleaner.clean_text(text.encode()).text == text

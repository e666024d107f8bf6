import gzip
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from cleaner.sources import SourceError, open_items

PAGE = "<!doctype html><title>t</title><p>Blåbær i en setning.</p>"


def saved(*, charset="utf-8", cte="quoted-printable", html=True):
    """Return a page as a browser saves it, with a picture and a frame."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "<Saved by a browser>"
    message["Snapshot-Content-Location"] = "http://example.org/whole"
    message["Subject"] = "A page"
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = 'multipart/related; type="text/html"; boundary="----x"'
    picture = EmailMessage(policy=SMTP)
    picture.set_content(b"\x89PNG", "image", "png")
    message.attach(picture)
    for number in range(2 if html else 0):
        part = EmailMessage(policy=SMTP)
        part.set_content(PAGE + "x" * number, "html", charset=charset, cte=cte)
        part["Content-Location"] = f"http://example.org/{number}"
        message.attach(part)
    return message.as_bytes()


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
@pytest.mark.parametrize("cte", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a", "a.txt"])
def test_the_first_html_part_is_the_page(tmp_path, charset, cte, name):
    path = tmp_path / name
    path.write_bytes(saved(charset=charset, cte=cte))
    (item,) = open_items([str(path)])
    page = item.load()
    assert page.data.decode(charset).strip() == PAGE
    assert (page.url, page.charset, page.media) == ("http://example.org/0", charset, "html")
    assert item.name == name


def test_a_compressed_one_is_read_too(tmp_path):
    (tmp_path / "a.mhtml.gz").write_bytes(gzip.compress(saved()))
    (item,) = open_items([str(tmp_path)])
    assert item.load().url == "http://example.org/0"


def test_one_without_a_page_fails(tmp_path):
    path = tmp_path / "a.mhtml"
    path.write_bytes(saved(html=False))
    (item,) = open_items([str(path)])
    with pytest.raises(SourceError, match="no part of it is a page"):
        item.load()


def test_parts_without_end_fail_and_nothing_else(tmp_path):
    path = tmp_path / "a.mhtml"
    nested = b"".join(
        b"Content-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n" % (depth, depth)
        for depth in range(5000)
    )
    path.write_bytes(b"MIME-Version: 1.0\r\n" + nested)
    (item,) = open_items([str(path)])
    with pytest.raises(SourceError):
        item.load()


def test_a_text_that_begins_like_a_head_is_a_text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "Note: this is a text.\n\nMIME-Version: 1.0\nContent-Type: text/html\n", "utf-8"
    )
    (item,) = open_items([str(path)])
    assert item.load().media == "text"

"""A file that is no text is named, and gzip data gives what it holds."""

import gzip
import io
import zipfile
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.binary import binary_kind, gunzip
from tests.test_decode import NORWEGIAN, SENTENCES, page


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "hei")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG image"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG image"),
        (b"GIF89a\1\0\1\0", "GIF image"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "WebP image"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        pytest.param(_zip(), "ZIP archive", id="zip"),
        pytest.param(gzip.compress(b"hei"), "gzip data", id="gzip"),
        (b"\x7fELF\2\1\1\0", "ELF program"),
        (b"\0\0\0\x18ftypmp42", "MP4 video"),
        (bytes(range(9)) * 50, "binary data"),
        pytest.param(Random(1).randbytes(2000), "binary data", id="compressed data"),
    ],
)
def test_a_file_that_is_no_text_is_named(data: bytes, kind: str) -> None:
    assert binary_kind(data) == kind


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_text_is_not_taken_for_a_file(sentence: str, encoding: str) -> None:
    assert binary_kind(page(sentence).encode(encoding)) is None


@pytest.mark.parametrize("start", ["MZ", "RIFF", "OggS", "ID3", "GIF89a", "PAR1", ""])
def test_a_text_that_begins_like_a_magic_number_is_text(start: str) -> None:
    assert binary_kind(f"{start} er en forkortelse".encode()) is None


def test_gzip_of_several_members_is_joined() -> None:
    assert gunzip(gzip.compress(b"a") + gzip.compress(b"b") + b"\0\0", 9) == (b"ab", None)


def test_gzip_that_was_cut_gives_what_is_there() -> None:
    whole = NORWEGIAN.encode() + bytes(range(256)) * 40
    data, warning = gunzip(gzip.compress(whole)[:-30], 10**6)
    assert data
    assert whole.startswith(data)
    assert warning == "the gzip data is cut short"


def test_damaged_gzip_gives_what_comes_before_the_damage() -> None:
    whole = b"".join(str(n * n).encode() for n in range(5000))
    packed = bytearray(gzip.compress(whole))
    packed[-8:] = b"\0" * 8
    data, warning = gunzip(bytes(packed), 10**6)
    assert len(data) > 100
    assert whole.startswith(data)
    assert warning == "the gzip data is damaged"


def test_gzip_is_cut_at_the_limit() -> None:
    data, warning = gunzip(gzip.compress(b"x" * 10**7), 1000)
    assert data == b"x" * 1000
    assert warning == "the gzip data is longer than 1000 bytes: cut there"
    assert gunzip(gzip.compress(b"x" * 1000), 1000) == (b"x" * 1000, None)


@given(st.binary(max_size=200), st.integers(0, 300))
def test_any_bytes_can_be_gunzipped(data: bytes, limit: int) -> None:
    assert len(gunzip(data, limit)[0]) <= limit
    assert len(gunzip(b"\x1f\x8b\x08\0" + data, limit)[0]) <= limit
    assert gunzip(gzip.compress(data), 200) == (data, None)

"""The bytes of a page are read alike, compiled or not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner import decode
from cleaner import parse as source
from tests.twins.support import compiled


@given(
    st.binary(max_size=200) | st.text(" <>/metaMETA\t\x0b\x7f\x1fé", max_size=60).map(str.encode)
)
def test_any_source_is_read_alike(data):
    twin = compiled("cleaner._source")
    assert twin.without_controls(data) == source.without_controls_in_python(data)
    assert twin.is_utf8(data) == decode.is_utf8_in_python(data)


# The first, the last, and what lies just outside of each length of a character in UTF-8.
BYTES = st.sampled_from([
    b"a" * 32, b"a" * 8, b"a",
    b"\x7f", b"\x80", b"\xbf", b"\xc1\xbf", b"\xc2\x80", b"\xdf\xbf", b"\xdf",
    b"\xe0\x9f\xbf", b"\xe0\xa0\x80", b"\xed\x9f\xbf", b"\xed\xa0\x80", b"\xee\x80\x80",
    b"\xef\xbf\xbf", b"\xef\xbf",
    b"\xe0", b"\xf0\x8f\xbf\xbf", b"\xf0\x90\x80\x80", b"\xf4\x8f\xbf\xbf", b"\xf4\x90\x80\x80",
    b"\xf5\x80\x80\x80",
    b"\xf1\x80\x80", b"\xf1\x80\x80\xc0", b"\xe1\x80\x7f",
])  # fmt: skip


REFERENCES = st.sampled_from("& &# &#x &#X 0 1 8 9 14 31 32 127 7f 1F e g ; a ` @".split())


@given(st.lists(REFERENCES, max_size=6))
def test_references_are_told_alike(parts):
    data = "".join(parts).encode()
    ours = source.without_controls_in_python(data)
    assert compiled("cleaner._source").without_controls(data) == ours


@given(
    st.lists(st.sampled_from("pre- pre-w pre-l pre wrap -l p css -1 css-1 cs s-".split())).map(
        "".join
    )
)
def test_kept_lines_are_told_alike(page):
    data = page.encode()
    ours = source.may_keep_lines_in_python(data)
    assert compiled("cleaner._source").may_keep_lines(data) == ours


@given(st.lists(BYTES, max_size=5).map(b"".join))
def test_utf8_is_told_alike(data):
    assert compiled("cleaner._source").is_utf8(data) == decode.is_utf8_in_python(data)

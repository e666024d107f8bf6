"""A path from the root of a site is joined at once, and to the same address as by `urljoin`."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleaner.export.read.urls import Urls
from tests.export.support import document

PARTS = st.sampled_from(["a", "B", ".", "..", "/", "//", "?", "#", "=", "&", ":", "%20", "~", "-"])


@pytest.mark.parametrize(
    "page",
    ["https://example.org/dir/page.html?q#f", "http://example.org:8080/x", "ftp://example.org/x"],
)
@given(path=st.lists(PARTS, max_size=9).map("".join))
def test_a_path_from_the_root_is_joined_as_it_always_is(page: str, path: str) -> None:
    # Two slashes lead to another host.
    assume(not path.startswith("/"))
    assert Urls(document("<p>a", page)).link("/" + path) == urljoin(page, "/" + path)

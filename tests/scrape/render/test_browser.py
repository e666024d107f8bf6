"""The browser is found, or it is said that there is none."""

import pytest

from cleaner.scrape.render import Renderer, RenderError, find_chromium


@pytest.fixture
def browsers(tmp_path, monkeypatch):
    """Put three files that could be browsers in three places."""
    for name in ("given", "named", "chromium"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CLEANER_CHROMIUM", raising=False)
    return tmp_path


def test_the_browser_is_the_one_given_or_named_or_found(browsers, monkeypatch):
    assert find_chromium() == str(browsers / "chromium")
    monkeypatch.setenv("CLEANER_CHROMIUM", str(browsers / "named"))
    assert find_chromium() == str(browsers / "named")
    assert find_chromium(str(browsers / "given")) == str(browsers / "given")


def test_without_a_browser_it_is_left_to_playwright(browsers):
    (browsers / "chromium").unlink()
    assert find_chromium() is None


def test_a_browser_that_is_not_there_is_said_in_words():
    with pytest.raises(RenderError, match=r"^Chromium does not start: "), Renderer(chromium="/x/y"):
        pass

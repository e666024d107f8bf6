"""Which requests of a page are for ads, told by their names."""

import pytest

from cleaner.scrape._blocked import is_blocked


@pytest.mark.parametrize(
    ("url", "kind", "blocked"),
    [
        ("https://news.example/app.js", "script", False),
        ("https://cdn.example/app.js", "script", False),
        ("https://news.example/a.png", "image", True),
        ("https://ads.cdn.example/tag.js", "script", True),
        ("https://ad-server.cdn.example/tag.js", "script", True),
        ("https://cdn.test/js/advertising.js", "script", True),
        ("https://cdn.test/downloads/heads/roads.js", "script", False),
        ("https://news.example/api/ads/1", "fetch", False),
        ("https://[broken/", "script", True),
    ],
)
def test_conventional_names_tell_what_is_an_ad(url, kind, blocked):
    assert is_blocked(url, kind, "https://news.example/story") is blocked


def test_a_page_about_ads_is_not_kept_from_its_own_host():
    assert not is_blocked("https://ads.example/item.js", "script", "https://ads.example/item")

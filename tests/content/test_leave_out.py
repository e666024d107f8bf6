"""A page may be nothing but a shell: then none of it is kept."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner import Cleaner
from cleaner.content.leave_out import leave_out
from tests.content.support import LINE, UNKNOWN, columns_of

LINKS = "<a href=/help>Help</a><a href=/terms>Terms</a>"


@pytest.mark.parametrize(("best", "left"), [(0.1, 0), (0.2, 2)])
def test_if_no_block_is_likely_to_be_main_content_none_is_kept(best: float, left: int) -> None:
    kept = np.ones(2, dtype=bool)
    named = leave_out(columns_of("<p>Home</p><p>Help</p>"), kept, np.array([0.05, best]), UNKNOWN)
    assert kept.sum() == left
    assert set(named.values()) == (set() if left else {"no main content on the page"})


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("<noscript>You need to enable JavaScript to run this app.</noscript>", False),
        ("<noscript><p>JavaScript を有効にしてください。</p></noscript>", False),
        ("<p>You need to enable JavaScript to run this app.</p>", True),
        (f"<noscript><p>{LINE}</p></noscript>", True),
        ("<ul hidden><li id=a11y-refresh-page-message>Choosing here loads the page.</ul>", False),
        ("<ul hidden><li id=refresh-page-message>Choosing here loads the page.</ul>", True),
    ],
)
def test_what_only_asks_for_scripts_or_tells_of_links_is_no_text(page: str, *, kept: bool) -> None:
    assert bool(Cleaner().clean(page).text) == kept


@pytest.mark.parametrize(
    ("page", "left"),
    [
        (f"<div id=root></div><footer>{LINKS}</footer>", 0),
        (f"<h1 hidden>Skjær</h1><div id=root></div><footer><p>{LINE}</p>{LINKS}</footer>", 0),
        (f"<h1>The lamp of Skjær at dusk</h1><footer><p>{LINE}</p></footer>", 2),
        (f"<article><footer><p>{LINE}</p></footer></article>", 1),
        (f"<div class=footer><p>{LINE}</p></div>", 1),
    ],
)
def test_where_only_the_footer_of_a_page_is_left_none_is_kept(page: str, left: int) -> None:
    columns = columns_of(page)
    kept = np.ones(len(columns.texts), dtype=bool)
    leave_out(columns, kept, np.where(columns.words > 9, 0.9, 0.4), UNKNOWN)
    assert kept.sum() == left


def test_an_empty_document_of_a_page_with_text_says_so() -> None:
    document = Cleaner().clean("<div class=ad-slot><p>Annonse</p></div>")
    assert document.text == ""
    assert document.warnings == ("nothing on the page looks like main content",)


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("<p>{{ post.title }} - {{post.date | day}}</p>", 1),
        ("<p>{{ post.title }} by Ada</p>", 2),
        ("<pre>{{ post.title }}</pre>", 2),
        ("<p><code>{{ post.title }}</code></p>", 2),
        ("<p>{ }</p>", 2),
    ],
)
def test_templates_that_no_script_has_filled_are_left_out(page: str, left: int) -> None:
    columns = columns_of(f"<p>{LINE}</p>{page}")
    kept = np.ones(len(columns.texts), dtype=bool)
    leave_out(columns, kept, np.full(len(columns.texts), 0.9), UNKNOWN)
    assert kept.sum() == left

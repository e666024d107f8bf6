"""Every fixture comes out as it was written down by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

import cleaner

FIXTURES = Path(__file__).parents[1] / "fixtures"
PAGES = sorted(FIXTURES.glob("*.html"))
TEXTS = sorted(path for path in (FIXTURES / "texts").glob("*.txt") if ".clean" not in path.name)

# Where the model still errs; each expectation stays as a reader would want it.
KNOWN = {
    "ar-article-falaj": "the standfirst is lost",
    "en-forum-sourdough": "a user's name is kept",
    "en-product-kettle": "the name of the product is lost",
    "es-article-faro": "the standfirst is lost",
    "es-product-cafetera": "the table of specifications is lost",
    "fi-article-jaatie": "the standfirst and the terms of a definition list are lost",
    "fr-listing-atelier": "the introduction is lost",
    "it-article-campane": "the byline is kept",
    "nn-article-fjellbeite": "a paragraph in a utility-class container is lost",
    "pt-collection-ceramica": "prices are kept",
    "pt-forum-relogio": "a short post is lost",
    "zh-documentation-shuiche": "a short code block is lost",
}
CASES = [
    pytest.param(
        path,
        id=path.stem,
        marks=[pytest.mark.xfail(strict=True, reason=KNOWN[path.stem])]
        if path.stem in KNOWN
        else [],
    )
    for path in PAGES
]


@pytest.mark.parametrize("path", CASES)
def test_a_page_gives_its_text(path: Path) -> None:
    document = cleaner.clean(path.read_bytes())
    assert document.text == path.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CASES)
def test_a_page_gives_its_markdown(path: Path) -> None:
    document = cleaner.clean(path.read_bytes())
    assert document.markdown == path.with_suffix(".md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_loses_its_markers_and_nothing_else(path: Path) -> None:
    wanted = path.with_suffix(".clean.txt").read_bytes()
    assert cleaner.clean_text(path.read_bytes()).text.encode() == wanted

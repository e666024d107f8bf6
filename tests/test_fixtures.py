"""Every fixture comes out as it was written down by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

import cleaner

FIXTURES = Path(__file__).parents[1] / "fixtures"
PAGES = sorted(FIXTURES.glob("*.html"))
TEXTS = sorted(path for path in (FIXTURES / "texts").glob("*.txt") if ".clean" not in path.name)

# Where the model still errs, in both forms or in one; each expectation stays as a reader would
# want it.
KNOWN = {
    "en-forum-sourdough": "a quote inside a post is lost",
    "pt-forum-relogio": "a quote inside a post is lost",
    "en-product-kettle": "the section on care is lost",
    "es-product-cafetera": "the specifications and the contents of the box are lost",
    "it-article-campane": "the byline is kept",
    "fr-listing-atelier": "the dates of some cards are kept",
    "pt-collection-ceramica": "the prices of some cards and their pictures are kept",
}
CASES = [
    pytest.param(
        path,
        form,
        suffix,
        id=f"{path.stem}-{form}",
        marks=[
            pytest.mark.xfail(strict=True, reason=KNOWN[name])
            for name in (path.stem, path.stem + suffix)
            if name in KNOWN
        ],
    )
    for path in PAGES
    for form, suffix in (("text", ".txt"), ("markdown", ".md"))
]


def body(text: str, heading: str) -> str:
    """Return a text without the page's own heading, which is its title and may stand or not."""
    first, _, rest = text.partition("\n\n")
    return rest if first.removeprefix("# ") == heading else text


def heading(path: Path) -> str:
    found = html.document_fromstring(path.read_bytes()).find(".//h1")
    return "" if found is None else " ".join(found.text_content().split())


@pytest.mark.parametrize(("path", "form", "suffix"), CASES)
def test_a_page_gives_its_text(path: Path, form: str, suffix: str) -> None:
    given = cleaner.clean(path.read_bytes()).render(form)
    wanted = path.with_suffix(suffix).read_text(encoding="utf-8")
    assert body(given, heading(path)) == body(wanted, heading(path))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_loses_its_markers_and_nothing_else(path: Path) -> None:
    wanted = path.with_suffix(".clean.txt").read_bytes()
    assert cleaner.clean_text(path.read_bytes()).text.encode() == wanted

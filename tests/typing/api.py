"""How the public API is used, as a type checker sees it; checked and never run."""

from collections.abc import Iterator
from pathlib import Path
from typing import assert_type

import cleaner
from cleaner import Block, Cleaner, Document, Metadata, Page, Verdict


def one_page(raw: bytes) -> None:
    document = cleaner.clean(raw, url="https://example.org/a", favor="precision")
    assert_type(document, Document)
    assert_type(document.text, str)
    assert_type(document.markdown, str)
    assert_type(document.html, str)
    assert_type(document.to_markdown(links=False, front_matter=True), str)
    assert_type(document.to_json(indent=2), str)
    assert_type(document.confidence, float)
    assert_type(document.page_type, str | None)
    assert_type(document.warnings, tuple[str, ...])
    assert_type(document.url, str | None)


def its_blocks(document: Document) -> None:
    for block in document.blocks:
        assert_type(block, Block)
        assert_type(block.verdict, Verdict)
        assert_type((block.text, block.kind, block.kept), tuple[str, str, bool])
        assert_type((block.reason, block.score), tuple[str, float])


def its_metadata(metadata: Metadata) -> None:
    assert_type(metadata.title, str | None)
    assert_type(metadata.author, str | None)
    assert_type(metadata.authors, tuple[str, ...])
    assert_type(metadata.date, str | None)


def text() -> None:
    assert_type(cleaner.clean_text("a line", level="boilerplate"), Document)


def many(pages: list[bytes | Page]) -> None:
    own = Cleaner(favor="recall", include=["Her kommer noe"], lexicon=[Path("own.toml")])
    assert_type(own.clean(pages[0]), Document)
    assert_type(cleaner.clean_many(pages, workers=2, cleaner=own), Iterator[Document])


def mistakes() -> None:
    cleaner.clean("<p>x", favor="luck")  # type: ignore[arg-type]
    cleaner.clean_text("x", level="all")  # type: ignore[arg-type]
    Cleaner("recall")  # type: ignore[call-arg]

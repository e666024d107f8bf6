"""Each page of `fixtures/` gives the Markdown beside it; the first word of its name is the kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.export.support import document

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.html"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_a_page_gives_the_markdown_beside_it(path: Path) -> None:
    page = document(path.read_text(encoding="utf-8"))
    assert page.markdown == path.with_suffix(".md").read_text(encoding="utf-8")


def test_every_fixture_is_read_as_markdown_of_one_document() -> None:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for path in FIXTURES:
        kinds = {token.type for token in parser.parse(path.with_suffix(".md").read_text("utf-8"))}
        assert "html_block" not in kinds or path.stem == "tables--table-list", path.stem

import doctest
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_examples_of_the_documentation_give_what_they_say(page):
    failed, _ = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert not failed


def test_the_documentation_has_examples_that_run():
    parser = doctest.DocTestParser()
    assert sum(len(parser.get_examples(page.read_text("utf-8"))) for page in PAGES) > 3

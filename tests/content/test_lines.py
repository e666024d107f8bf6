from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import cleaner
from cleaner.content.lines import judge_lines, load_lines
from cleaner.content.model import ModelError
from cleaner.learn.score import bag, bag_score

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.mark.parametrize("name", ["no-article-havvind", "fr-article-moulin", "ru-article-parom"])
def test_a_dump_of_a_page_loses_its_menus_and_keeps_its_story(name: str) -> None:
    page = cleaner.clean((FIXTURES / f"{name}.html").read_bytes())
    dump = "\n".join(text for text in page.layout.texts if text)
    wanted = (FIXTURES / f"{name}.txt").read_text(encoding="utf-8")
    before = bag_score(bag(dump), bag(wanted)).f1
    after = bag_score(bag(cleaner.clean_text(dump, level="boilerplate").text), bag(wanted)).f1
    assert after > max(0.85, before)


def test_any_list_of_lines_gets_a_verdict_a_line() -> None:
    for lines in ([], [""], ["\0"], ["a"], ["x" * 100_000], [" "] * 9_000):
        kept, scores = judge_lines(lines)
        assert len(kept) == len(scores) == len(lines)


def test_the_same_lines_get_the_same_verdict() -> None:
    lines = ["Menu", "", "One sentence, and a second part of it, for a reader.", "© 2026"] * 5
    assert judge_lines(lines) == judge_lines(lines)


def test_a_damaged_file_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "lines.npz"
    path.write_bytes(b"no weights")
    with pytest.raises(ModelError, match=r"lines\.npz"):
        load_lines(path)
    np.savez(path, about=np.frombuffer(b"{}", dtype=np.uint8))
    with pytest.raises(ModelError, match=r"lines\.npz"):
        load_lines(path)

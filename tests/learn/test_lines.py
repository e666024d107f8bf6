from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import numpy as np
import pytest

pytest.importorskip("lightgbm", reason="the extra “train” is not installed")

from cleaner.content.lines import judge_lines, load_lines
from cleaner.learn.datasets import Dataset, DatasetError, load
from cleaner.learn.lines import BLOCKS, DUMPS, GOLD, read_dumps, train_lines
from cleaner.learn.trees import TreeSettings

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner.learn.assemble import Training

WORDS = "kelp gull mast rope tar salt oar net buoy hull keel sand reef cove pier dock".split()
FEW = TreeSettings(trees=30, leaves=8, rate=0.2)


def sentence(rng: random.Random, length: int) -> str:
    return " ".join(rng.choices(WORDS, k=length)).capitalize() + "."


def write(folder: Path, pages: int) -> Dataset:
    rng = random.Random(4)
    labels = []
    for number in range(pages):
        story = [sentence(rng, rng.randint(12, 30)) for _ in range(rng.randint(6, 12))]
        links = "".join(f"<li>{rng.choice(WORDS).title()}</li>" for _ in range(12))
        body = "".join(f"<p>{text}</p>" for text in story)
        page = f"<body><ul>{links}</ul><div>{body}</div><ul>{links}</ul></body>"
        (folder / f"{number}.html").write_text(page)
        labels.append({
            "file": f"{number}.html",
            "url": f"https://site{number // 2}.example/{number}",
            "main_content": "\n".join(story),
        })  # fmt: skip
    (folder / "gold.jsonl").write_text("\n".join(map(json.dumps, labels)))
    return load(folder)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return write(tmp_path_factory.mktemp("labelled"), 30)


@pytest.fixture(scope="module")
def training(dataset: Dataset) -> Training:
    return train_lines([dataset], {}, settings=(FEW, FEW), day="2026-01-01")


def test_a_dump_holds_every_visible_line_and_its_label(dataset: Dataset) -> None:
    page, clean = list(read_dumps(Dataset("one", dataset.pages[:1])))
    assert (page.clean, clean.clean) == (False, True)
    wanted = (dataset.pages[0].gold or "").splitlines()
    assert len(page.lines) == len(wanted) + 24
    labelled = [line for line, goal in zip(page.lines, page.targets, strict=True) if goal]
    assert labelled == clean.lines == wanted
    assert page.score(page.targets > 0) == 1


def test_for_loose_texts_a_dump_of_another_kind_stands_beside(dataset: Dataset) -> None:
    found = list(read_dumps(dataset, loose=True))
    assert [text.style for text in found[::3]] == [BLOCKS] * 30
    assert [text.style for text in found[2::3]] == [GOLD] * 30
    others = {text.style: text for text in found[1::3]}
    assert {BLOCKS, *others} == {*DUMPS}
    whole = others["one line"]
    assert whole.score(np.ones(len(whole.lines), dtype=bool)) < whole.score(whole.targets > 0)


def test_what_was_learnt_tells_the_story_from_the_menu(training: Training, tmp_path: Path) -> None:
    path = tmp_path / "lines.npz"
    training.save(path)
    rng = random.Random(5)
    menu = [rng.choice(WORDS).title() for _ in range(12)]
    story = [sentence(rng, 20) for _ in range(8)]
    kept, *_ = judge_lines([*menu, *story, *menu], model=load_lines(path))
    assert kept == [False] * 12 + [True] * 8 + [False] * 12


def test_the_figures_stand_beside_those_of_simple_rules(training: Training) -> None:
    found = training.about["cross-validated"]
    name = next(iter(training.about["data"]))
    assert found[f"{name}, all lines"] < found[name] <= 1
    assert found[f"{name}, lines labelled as content"] == 1


def test_two_runs_write_the_same_file(dataset: Dataset, training: Training, tmp_path: Path) -> None:
    again = train_lines([dataset], {}, settings=(FEW, FEW), day="2026-01-01")
    for name, result in (("one", training), ("two", again)):
        result.save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_pages_without_gold_cannot_be_learnt_from() -> None:
    with pytest.raises(DatasetError, match="nothing to learn from"):
        train_lines([Dataset("none", ())], {})

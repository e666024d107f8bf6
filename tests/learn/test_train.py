from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest

import cleaner

pytest.importorskip("lightgbm", reason="the extra “train” is not installed")

from typing import TYPE_CHECKING

from cleaner.content.model import load_model
from cleaner.content.trees import Forests
from cleaner.learn.around import AroundCount
from cleaner.learn.assemble import Training, train
from cleaner.learn.corpus import Example, read_examples
from cleaner.learn.datasets import Dataset, load
from cleaner.learn.guesses import calibration
from cleaner.learn.names import count_names, set_names
from cleaner.learn.trees import TreeSettings, fit_forests

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "kelp gull mast rope tar salt oar net buoy hull keel sand reef cove pier dock".split()


def page(rng: random.Random, body: str) -> tuple[str, str]:
    def sentence(length: int) -> str:
        return " ".join(rng.choices(WORDS, k=length)).capitalize() + "."

    story = [sentence(rng.randint(12, 30)) for _ in range(rng.randint(6, 12))]
    links = "".join(f'<li><a href="/{n}">{rng.choice(WORDS)}</a></li>' for n in range(12))
    markup = (
        f'<html><body><nav class="menu"><ul>{links}</ul></nav><div class="{body}">'
        + "".join(f"<p>{text}</p>" for text in story)
        + f'</div><div class="footer"><p>{sentence(9)}</p><ul>{links}</ul></div></body></html>'
    )
    return markup, "\n\n".join(story)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("labelled")
    rng = random.Random(4)
    lines = []
    for number in range(40):
        markup, gold = page(rng, rng.choice(["story-body", "text", f"only-here-{number}"]))
        (folder / f"{number}.html").write_text(markup)
        label = {
            "file": f"{number}.html",
            "url": f"https://site{number // 2}.example/{number}",
            "page_type": rng.choice(["article", "forum"]),
            "main_content": gold,
        }
        lines.append(json.dumps(label))
    (folder / "gold.jsonl").write_text("\n".join(lines))
    return load(folder)


@pytest.fixture(scope="module")
def trained(dataset: Dataset) -> Training:
    settings = TreeSettings(trees=12, leaves=4, forests=2)
    return train([dataset], {dataset.name: 1.0}, settings, day="2026-01-01")


def test_two_runs_give_the_same_file_whatever_the_hashes_and_the_threads(
    dataset: Dataset, trained: Training, tmp_path: Path
) -> None:
    trained.save(tmp_path / "one.npz")
    call = f"train {dataset.pages[0].path.parent} -o {tmp_path}/two.npz --date 2026-01-01"
    size = "--trees 12 --leaves 4 --forests 2"
    subprocess.run(
        [sys.executable, "-m", "cleaner", *call.split(), *size.split()],
        env={**os.environ, "PYTHONHASHSEED": "7", "OPENBLAS_NUM_THREADS": "1"},
        check=True,
        capture_output=True,
    )
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_model_of_ones_own_is_used(trained: Training, tmp_path: Path) -> None:
    trained.save(tmp_path / "mine.npz")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.npz"]
    markup, gold = page(random.Random(99), "story-body")
    document = cleaner.Cleaner(model=tmp_path / "mine.npz").clean(markup)
    assert document.text.strip() == gold


def test_fits_that_stop_early_say_what_they_learnt() -> None:
    rows = np.zeros((1, 200), np.float32)  # nothing to split by
    targets, weights = np.arange(200) < 150, np.ones(200, np.float32)
    learnt = fit_forests(rows, targets.astype(np.float32), weights, TreeSettings(9, forests=2))
    arrays = learnt.arrays(9)
    assert len(arrays["leaf"]) == 2 * 9
    assert Forests.of(arrays, 2)(rows[:, :1]) == pytest.approx(np.log(3), abs=1e-3)


def test_stored_trees_say_what_lightgbm_says(
    dataset: Dataset, trained: Training, tmp_path: Path
) -> None:
    from cleaner.content.features import features
    from cleaner.learn.train import fit

    settings = TreeSettings(trees=trained.about["settings"]["trees"], leaves=4, forests=2)
    examples = list(read_examples(dataset))
    learnt = fit(examples, {}, settings)
    trained.save(tmp_path / "mine.npz")
    model = load_model(tmp_path / "mine.npz")
    rows = features(examples[0].columns)
    expected = learnt.trees.logits(rows)
    assert model.logits(rows) == pytest.approx(np.asarray(expected), abs=1e-4)


def test_the_report_tells_ceiling_types_and_favor(dataset: Dataset, trained: Training) -> None:
    about = trained.about
    assert about["ceilings"][dataset.name] > 0.99
    assert about["cross-validated"][dataset.name] > 0.9
    precision, recall = (about["favor"][name] for name in ("precision", "recall"))
    assert precision["recall"] <= recall["recall"]
    assert about["strengths"]["article"] <= about["strengths"]["listing"]


def test_a_model_can_learn_from_rewritten_pages_too(dataset: Dataset) -> None:
    pages = Dataset("few", dataset.pages[:20])
    settings = TreeSettings(trees=6, leaves=4)
    plain, also = (train([pages], {}, settings, rewritten=asked) for asked in (False, True))
    assert not np.array_equal(plain.arrays["threshold"], also.arrays["threshold"])
    assert also.about["cross-validated"].keys() == plain.about["cross-validated"].keys()
    assert [each.about["settings"]["rewritten"] for each in (plain, also)] == [False, True]


def test_few_pages_of_one_type_and_of_two_folds_give_a_model_that_loads(
    dataset: Dataset, tmp_path: Path
) -> None:
    fold = {page.id: page.fold for page in dataset}
    two = sorted(set(fold.values()))[:2]
    few = [replace(page, page_type="all") for page in dataset if fold[page.id] in two][:8]
    assert {fold[page.id] for page in few} == set(two)
    result = train([Dataset("few", tuple(few))], {}, TreeSettings(trees=3, leaves=4))
    assert result.about["page types right"] == 1
    assert len(result.about["confidence by tenths"]) == len(few)
    result.save(tmp_path / "few.npz")
    assert cleaner.Cleaner(model=tmp_path / "few.npz").clean(few[0].read()).text


def test_copies_are_a_page_in_other_markup_and_its_wanted_part_alone(dataset: Dataset) -> None:
    examples = list(read_examples(dataset, rewritten=True))
    shorter = 0
    for example in examples:
        (whole, worth), (part, less) = example.copies
        assert 0 < less < worth < 1
        assert sum(map(len, whole.columns.texts)) >= sum(map(len, example.columns.texts))
        assert set(part.columns.texts) <= set(whole.columns.texts)
        kept = {text for text, wanted in zip(whole.columns.texts, whole.targets, strict=True)
                if wanted}  # fmt: skip
        assert kept & set(part.columns.texts)
        shorter += not kept <= set(part.columns.texts)
    assert 0 < shorter < len(examples)


def test_pages_of_one_registered_domain_share_a_fold(dataset: Dataset) -> None:
    examples = list(read_examples(dataset))
    folds: dict[str, set[int]] = {}
    for example in examples:
        folds.setdefault(example.page.group, set()).add(example.page.fold)
    assert len(folds) == 20
    assert all(len(found) == 1 for found in folds.values())


def test_the_odds_of_a_name_leave_the_own_domain_out(dataset: Dataset) -> None:
    examples: list[Example] = list(read_examples(dataset))
    counts = count_names((example, example.targets) for example in examples)
    group = examples[0].page.group
    rest = [example for example in examples if example.page.group != group]
    without = count_names((example, example.targets) for example in rest)
    assert counts.log_odds(group)["menu"] == pytest.approx(without.log_odds()["menu"])
    assert counts.log_odds()["menu"] < 0


def test_names_and_tags_are_weighed_by_what_was_learnt_of_the_pages_asked_for(
    dataset: Dataset,
) -> None:
    examples = list(read_examples(dataset))
    targets = [example.targets for example in examples]
    weights = [example.weights for example in examples]
    count = AroundCount(examples, 3)
    around = count.fit(range(30), targets, weights)
    assert {"menu", "footer", "text", "story-body"} <= set(around.names)
    silent: defaultdict[str, float] = defaultdict(lambda: float("nan"))
    for example in examples[30:]:
        set_names(example, silent, around.names)
        said = around(example.columns)
        assert said[example.targets > 0].min() > said[example.targets == 0].max()
    assert not any(map(any, count.fit([], targets, weights).names.values()))
    assert not AroundCount(examples, 21).fit(range(40), targets, weights).names


def test_calibration_sets_confidence_beside_the_truth() -> None:
    given = np.linspace(0, 1, 100)
    assert calibration(given, given, 4)[0] == pytest.approx((given[:25].mean(),) * 2)

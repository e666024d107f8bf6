"""The whole of a training run: datasets in, a weights file and a report out."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.content.model import FACTORS, FORMAT
from cleaner.document import PAGE_TYPES
from cleaner.learn.corpus import Example, read_examples
from cleaner.learn.datasets import check_folds
from cleaner.learn.guesses import guess_trust, guess_types
from cleaner.learn.train import (
    LEAST_ODDS,
    MOST_TOKENS,
    CrossValidated,
    choose,
    cross_validate,
    figures,
    fit,
    of_types,
    told_of,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.learn.datasets import Dataset
    from cleaner.learn.trees import TreeSettings

LARGEST = 1_000_000
"""Bytes that a weights file may take."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Training:
    """What came of a training run: the arrays, and what is told of them."""

    arrays: dict[str, NDArray[Any]]
    about: dict[str, Any]

    def save(self, path: Path) -> int:
        """Write the weights file, whole or not at all; return its size in bytes."""
        note = np.frombuffer(json.dumps(self.about, sort_keys=True).encode(), dtype=np.uint8)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".npz")
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez_compressed(file, about=note, **self.arrays)  # type: ignore[arg-type]
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return path.stat().st_size


def train(  # noqa: PLR0913 - one parameter a setting
    datasets: Sequence[Dataset],
    weights: Mapping[str, float],
    settings: TreeSettings,
    progress: Progress = lambda _: None,
    day: str | None = None,
    *,
    rewritten: bool = False,
) -> Training:
    """Train a model on labelled datasets, and measure it by cross-validation over domains.

    Args:
        datasets: the labelled pages.
        weights: how much a page of each dataset counts, 1 where nothing is said.
        settings: those of the trees.
        progress: is told of each step.
        day: the date to write into the file, today's if None.
        rewritten: learn from each page once more in other markup, see `cleaner.learn.rewrite`.

    Raises:
        DatasetError: there are too few pages with a gold text, or of too few domains.
    """
    examples, ceilings = _read(datasets, progress, rewritten=rewritten)
    check_folds(e.page.fold for e in examples if e.gold is not None and e.targets.any())
    result = cross_validate(examples, weights, settings, progress)
    types, types_right = guess_types(result)
    chosen, table = choose(result)
    strengths = of_types(chosen)
    settings = replace(settings, trees=result.size)
    progress(f"{result.size} trees, {told_of(chosen)}; learning from all pages")
    learnt = fit(examples, weights, settings)
    trust, calibrated = guess_trust(result, strengths)
    odds = learnt.names.table(LEAST_ODDS, MOST_TOKENS)
    arrays: dict[str, NDArray[Any]] = {
        **learnt.trees.arrays(settings.trees),
        **learnt.words.arrays(),
        **learnt.around.arrays(),
        **learnt.types.arrays(),
        **types,
        **trust,
        "strengths": strengths.astype(np.float32),
        "mean": result.mean,
        "odds": np.array(list(odds.values()), dtype=np.float16).astype(np.float32),
        "tokens": np.frombuffer("\n".join(odds).encode(), dtype=np.uint8),
    }
    about = {
        "format": FORMAT,
        "trained": day or date.today().isoformat(),
        "data": {dataset.name: len(dataset) for dataset in datasets},
        "weights": dict(weights),
        "settings": asdict(settings) | {"rewritten": rewritten},
        "strengths": dict(zip(PAGE_TYPES, strengths.tolist(), strict=True)),
        "ceilings": ceilings,
        "cross-validated": figures(result, strengths),
        "by size and strengths": table,
        "favor": {name: _favor(result, by * strengths) for name, by in FACTORS.items()},
        **types_right,
        **calibrated,
    }
    return Training(arrays, about)


def _read(
    datasets: Sequence[Dataset], progress: Progress, *, rewritten: bool
) -> tuple[list[Example], dict[str, float]]:
    """Return all examples, and for each dataset the F1 of keeping what is labelled as content."""
    examples: list[Example] = []
    ceilings = {}
    for dataset in datasets:
        read = list(read_examples(dataset, rewritten=rewritten))
        best = [
            example.score(example.targets >= 0.5) for example in read if example.gold is not None
        ]
        if best:
            # A page without any text can only be right if its gold is empty.
            silent = len(dataset) - len(read)
            ceilings[dataset.name] = float(np.sum(best) / (len(best) + silent))
            progress(
                f"{dataset.name}: {len(read)} pages, labels' ceiling {ceilings[dataset.name]:.4f}"
            )
        else:
            progress(f"{dataset.name}: {len(read)} pages without full text")
        examples += read
    return examples, ceilings


def _favor(result: CrossValidated, strengths: NDArray[np.float64]) -> dict[str, float]:
    """Return word precision and recall at given strengths, over all pages with gold."""
    precision, recall = [], []
    for number, example in enumerate(result.examples):
        if example.gold is None or not example.gold.sum():
            continue
        kept, _ = result.choose(number, strengths)
        chosen = example.words[kept[example.owner]]
        counts = np.bincount(chosen, minlength=len(example.gold))
        shared = float(np.minimum(counts, example.gold).sum())
        precision.append(shared / max(len(chosen), 1))
        recall.append(shared / float(example.gold.sum()))
    return {"precision": float(np.mean(precision)), "recall": float(np.mean(recall))}

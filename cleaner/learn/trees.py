"""Boosted trees: fitted by LightGBM, stored as the arrays that `cleaner.content.model` reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import lightgbm
import numpy as np

from cleaner.content.trees import LEAD, LEAVES, SURE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TreeSettings:
    """What is chosen about the trees; the defaults were chosen by cross-validation.

    `trees` are those of one forest; the forests differ by their seed, and their mean is taken.
    """

    trees: int = 400
    leaves: int = LEAVES
    rate: float = 0.12
    seed: int = 1
    forests: int = 1

    def parameters(self) -> dict[str, Any]:
        """Return the parameters of LightGBM."""
        return {
            "objective": "binary",
            "learning_rate": self.rate,
            "num_leaves": self.leaves,
            "min_child_samples": 60,
            "feature_fraction": 0.3,
            "bagging_fraction": 0.7,
            "bagging_freq": 1,
            "lambda_l2": 2,
            "max_bin": 63,
            "force_col_wise": True,
            "deterministic": True,
            "num_threads": 2,
            "seed": self.seed,
            "verbose": -1,
        }


def fit_trees(
    rows: Floats, targets: Floats, weights: Floats, settings: TreeSettings
) -> lightgbm.Booster:
    """Return trees fitted to (features, blocks) with targets of 0 and 1."""
    known = weights > 0
    data = lightgbm.Dataset(rows[:, known].T, targets[known], weight=weights[known])
    return lightgbm.train(settings.parameters(), data, settings.trees)


@dataclass(frozen=True, slots=True)
class Forests:
    """Several fits to one purpose, which differ by chance alone: their mean differs less."""

    fits: Sequence[lightgbm.Booster]

    def mean(self, rows: Floats, trees: int | None = None) -> NDArray[np.float64]:
        """Return the mean log-odds by the first `trees` of each: (features, items) → (items,)."""
        told = [fit.predict(rows.T, raw_score=True, num_iteration=trees) for fit in self.fits]
        return np.asarray(np.mean(told, axis=0))

    def logits(self, rows: Floats, trees: int | None = None) -> NDArray[np.float64]:
        """Return what `cleaner.content.trees.Forests` says: the mean, unless the lead is sure."""
        size = min(LEAD, trees or LEAD)
        lead = self.fits[0].predict(rows.T, raw_score=True, num_iteration=size)
        return np.where(np.abs(lead) > SURE, lead, self.mean(rows, trees))

    def arrays(self, trees: int) -> dict[str, NDArray[Any]]:
        """Return the first `trees` of each fit, one fit after the other.

        They are "feature", "threshold", "mask" and "leaf", with the leaves divided by the number
        of fits. Where a fit has fewer trees, trees that say nothing fill the place.
        """
        read: list[_Tree] = []
        for number, fit in enumerate(self.fits, 1):
            told = fit.dump_model(trees)["tree_info"]
            read += [_read_tree(tree["tree_structure"]) for tree in told]
            read += [_Tree((), (0.0,))] * (number * trees - len(read))
        arrays = _arrays(read)
        arrays["leaf"] /= np.float32(len(self.fits))
        return arrays


def fit_forests(rows: Floats, targets: Floats, weights: Floats, settings: TreeSettings) -> Forests:
    """Return the fits of all seeds to (features, blocks) with targets of 0 and 1."""
    seeds = range(settings.seed, settings.seed + settings.forests)
    return Forests([
        fit_trees(rows, targets, weights, replace(settings, seed=seed)) for seed in seeds
    ])  # fmt: skip


def _arrays(trees: Sequence[_Tree]) -> dict[str, NDArray[Any]]:
    nodes = max(1, *(len(tree.nodes) for tree in trees))
    leaves = max(len(tree.values) for tree in trees)
    shape = (len(trees), nodes)
    feature = np.zeros(shape, np.uint16)
    threshold = np.full(shape, np.inf, np.float32)
    mask = np.full(shape, 0xFF, np.uint8)
    leaf = np.zeros((len(trees), leaves), np.float32)
    for number, tree in enumerate(trees):
        for place, (column, limit, bits) in enumerate(tree.nodes):
            feature[number, place], threshold[number, place] = column, limit
            mask[number, place] = 0xFF & ~bits
        leaf[number, : len(tree.values)] = tree.values
    return {"feature": feature, "threshold": threshold, "mask": mask, "leaf": leaf}


@dataclass(frozen=True, slots=True)
class _Tree:
    """Nodes as (feature, threshold, bits of the leaves on their left), and the leaves' values."""

    nodes: Sequence[tuple[int, float, int]]
    values: Sequence[float]


def _read_tree(root: Mapping[str, Any]) -> _Tree:
    nodes: list[tuple[int, float, int]] = []
    values: list[float] = []

    def visit(node: Mapping[str, Any]) -> None:  # as deep as a tree of 8 leaves can be
        if "leaf_value" in node:
            values.append(float(node["leaf_value"]))
            return
        first = len(values)
        visit(node["left_child"])
        bits = ((1 << len(values)) - 1) & ~((1 << first) - 1)
        nodes.append((int(node["split_feature"]), float(node["threshold"]), bits))
        visit(node["right_child"])

    visit(root)
    return _Tree(nodes, values)

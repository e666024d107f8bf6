"""`cleaner train`: labelled pages in, the weights of a model out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli._console import put, reason, say, wrong_usage

_TOP = 8


def train(
    datasets: Annotated[
        list[str],
        typer.Argument(
            metavar="DATASET[:WEIGHT]…",
            help="Folders of labelled pages, each with how much a page of it counts (1).",
        ),
    ],
    *,
    out: Annotated[Path, typer.Option("-o", "--out", help="The weights file to write.")],
    trees: Annotated[
        int, typer.Option(min=1, max=2000, help="Trees of a forest at the most.")
    ] = 400,
    leaves: Annotated[int, typer.Option(min=2, max=8, help="Leaves of a tree at the most.")] = 8,
    forests: Annotated[
        int,
        typer.Option(min=1, max=20, help="Forests, which differ by chance, to take the mean of."),
    ] = 3,
    seed: Annotated[int, typer.Option(help="Two runs with one seed give one file.")] = 1,
    day: Annotated[
        str | None, typer.Option("--date", help="The date to write into the file (today's).")
    ] = None,
    rewritten: Annotated[
        bool,
        typer.Option(
            "--rewritten", help="Learn from each page once more in older or plainer markup."
        ),
    ] = False,
    text: Annotated[
        bool, typer.Option("--text", help="Train the line model for plain text instead.")
    ] = False,
    loose: Annotated[
        bool,
        typer.Option(
            "--loose", help="With --text: for texts whose line breaks are not those of the page."
        ),
    ] = False,
) -> None:
    """Train a model on labelled pages; needs the extra "train".

    Prints the ceiling that the labels set, and figures from a cross-validation over registered
    domains for each dataset, page type and language.

    \b
    cleaner train mine/ -o mine.npz
    cleaner train wcxb-dev news-multilingual:3 pages-snippets:0.5 -o mine.npz
    cleaner eval mine/ --model mine.npz

    Ends with 0, or with 2 after a wrong call.
    """
    from cleaner.document import CleanerError
    from cleaner.learn.datasets import load

    if loose and not text:
        wrong_usage("--loose goes with --text")
    if rewritten and text:
        wrong_usage("--rewritten does not go with --text")
    weights: dict[str, float] = {}
    loaded = []
    for entry in datasets:
        path, _, weight = entry.rpartition(":")
        try:
            number = float(weight) if path else 1.0
        except ValueError:
            path, number = entry, 1.0
        try:
            dataset = load(Path(path or entry))
        except (CleanerError, OSError) as error:
            wrong_usage(reason(error))
        loaded.append(dataset)
        weights[dataset.name] = number
    if not out.parent.is_dir():
        wrong_usage(f"no folder {out.parent}")
    try:
        if text:
            from cleaner.learn.lines import train_lines

            result = train_lines(loaded, weights, say, loose=loose)
        else:
            from cleaner.learn.assemble import train as run
            from cleaner.learn.trees import TreeSettings

            settings = TreeSettings(trees, leaves, seed=seed, forests=forests)
            result = run(loaded, weights, settings, say, day, rewritten=rewritten)
    except ModuleNotFoundError as error:
        wrong_usage(f'{error.name} is missing: pip install "page-cleaner[train]"')
    size = result.save(out)
    for name, value in result.about["cross-validated"].items():
        put(f"{name:45} {value:.4f}\n")
    say(f"{out}: {size:,} bytes")

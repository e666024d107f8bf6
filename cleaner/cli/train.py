"""`cleaner train`: labelled pages in, the weights of a model out."""

from __future__ import annotations

from datetime import date
from functools import partial
from math import isfinite
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli._console import look_for_room, missing, put, say, wrong_usage

_blocks, _lines = (
    partial(typer.Option, rich_help_panel=panel)
    for panel in ("The content model", "The line model")
)
_TREES, _LEAVES, _FORESTS = 400, 8, 3


def train(
    datasets: Annotated[
        list[str],
        typer.Argument(
            metavar="DATASET[:WEIGHT]",
            help="Folders of labelled pages, each with how much a page of it counts (1).",
        ),
    ],
    *,
    out: Annotated[Path, typer.Option("-o", "--out", help="The weights file to write.")],
    seed: Annotated[int, typer.Option(min=0, help="Two runs with one seed give one file.")] = 1,
    day: Annotated[
        date | None,
        typer.Option(
            "--date",
            metavar="YYYY-MM-DD",
            parser=date.fromisoformat,
            help="The date to write into the file (today's).",
        ),
    ] = None,
    trees: Annotated[
        int | None,
        _blocks(min=1, max=2000, help="Trees of a forest at the most.", show_default=str(_TREES)),
    ] = None,
    leaves: Annotated[
        int | None,
        _blocks(min=2, max=8, help="Leaves of a tree at the most.", show_default=str(_LEAVES)),
    ] = None,
    forests: Annotated[
        int | None,
        _blocks(
            min=1,
            max=20,
            help="Forests, which differ by chance, to take the mean of.",
            show_default=str(_FORESTS),
        ),
    ] = None,
    rewritten: Annotated[
        bool,
        _blocks("--rewritten", help="Learn from each page once more in older or plainer markup."),
    ] = False,
    text: Annotated[
        bool, _lines("--text", help="Train the line model for plain text instead.")
    ] = False,
    loose: Annotated[
        bool,
        _lines(
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

    Ends with 0, with 2 after a wrong call or where there is too little to learn from, and with 130
    after Ctrl-C.
    """
    from cleaner.document import CleanerError
    from cleaner.learn.datasets import load_all

    if loose and not text:
        wrong_usage("--loose goes with --text")
    of_blocks = {"trees": trees, "leaves": leaves, "forests": forests, "rewritten": rewritten}
    if text and (given := [f"--{name}" for name, value in of_blocks.items() if value]):
        wrong_usage(f"{', '.join(given)}: not with --text")
    paths, worths = zip(*map(_weighed, datasets), strict=True)
    look_for_room(out)
    told = day.isoformat() if day else None
    try:
        loaded = load_all(paths)
        weights = {dataset.name: worth for dataset, worth in zip(loaded, worths, strict=True)}
        if text:
            from cleaner.learn.lines import train_lines

            result = train_lines(loaded, weights, say, seed=seed, day=told, loose=loose)
        else:
            from cleaner.learn.assemble import train as run
            from cleaner.learn.trees import TreeSettings

            settings = TreeSettings(
                trees or _TREES, leaves or _LEAVES, seed=seed, forests=forests or _FORESTS
            )
            result = run(loaded, weights, settings, say, told, rewritten=rewritten)
    except ModuleNotFoundError as error:
        missing(error, "train")
    except CleanerError as error:
        wrong_usage(str(error))
    size = result.save(out)
    for name, value in result.about["cross-validated"].items():
        put(f"{name:45} {value:.4f}\n")
    say(f"{out}: {size:,} bytes")


def _weighed(entry: str) -> tuple[Path, float]:
    """Return the folder and the weight that an argument names."""
    path, _, weight = entry.rpartition(":")
    try:
        number = float(weight) if path else 1.0
    except ValueError:
        path, number = "", 1.0
    if number <= 0 or not isfinite(number):
        wrong_usage(f"{entry}: a weight is a number above 0")
    return Path(path or entry), number

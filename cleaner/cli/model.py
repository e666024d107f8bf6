"""`cleaner model`: what a weights file says of itself."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 - typer reads the annotation
from typing import Annotated, Any

import typer

from cleaner.cli._console import put, reason, wrong_usage


def model(
    weights: Annotated[
        Path | None,
        typer.Argument(metavar="WEIGHTS", help="A weights file; the package's own if left out."),
    ] = None,
    *,
    text: Annotated[
        bool, typer.Option("--text", help="A line model for plain text instead.")
    ] = False,
    loose: Annotated[
        bool, typer.Option("--loose", help="With --text: the package's own for loose texts.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print all that it holds.")] = False,
) -> None:
    """Say how a model was trained, and its figures in cross-validation.

    \b
    cleaner model
    cleaner model mine.npz --json
    cleaner model --text --loose

    Ends with 0, or with 2 if WEIGHTS is no such model.
    """
    from cleaner.content.lines import LOOSE, load_lines
    from cleaner.content.model import load_model
    from cleaner.document import CleanerError

    if loose and (weights or not text):
        wrong_usage("--loose goes with --text, and without WEIGHTS")
    try:
        about = load_lines(LOOSE if loose else weights).about if text else load_model(weights).about
    except CleanerError as error:
        wrong_usage(reason(error))
    if as_json:
        put(json.dumps(about, indent=2, sort_keys=True) + "\n")
        return
    try:
        lines = _lines(about)
    except (AttributeError, KeyError, TypeError, ValueError):
        wrong_usage(f"{weights} does not tell how it was trained; all that it tells: --json")
    put("".join(f"{line}\n" for line in lines))


def _lines(about: dict[str, Any]) -> list[str]:
    lines = [f"trained {about['trained']} on " + ", ".join(
        f"{pages} pages of {name}" for name, pages in about["data"].items()
    )]  # fmt: skip
    if about.get("kind") == "lines":
        lines += map(_trees, about["settings"])
        lines += _table("cross-validated by registered domain, word F1", about["cross-validated"])
        return lines + _table("strength of the selection", about["strengths"], 2)
    lines.append(_trees(about["settings"]))
    lines += _table("labels' ceiling, word F1", about["ceilings"])
    snippets = about["data"].keys() - about["ceilings"].keys()
    lines += _table("cross-validated by registered domain, word F1", {
        name + " (F1 of snippets)" * (name in snippets): value
        for name, value in about["cross-validated"].items()
    })  # fmt: skip
    lines += _table("strength of the selection by page type", about["strengths"], 2)
    lines.append("\nfavor: word precision, word recall")
    for name, value in about["favor"].items():
        lines.append(f"  {name:42} {value['precision']:.3f}  {value['recall']:.3f}")
    lines.append("\nconfidence, mean F1 (tenths of the pages)")
    lines += [f"  {given:.3f}  {true:.3f}" for given, true in about["confidence by tenths"]]
    lines.append(f"\npage types right: {about['page types right']:.3f}")
    return lines


def _trees(settings: dict[str, Any]) -> str:
    forests = f"{settings['forests']} × " if settings.get("forests", 1) > 1 else ""
    return f"{forests}{settings['trees']} trees of at most {settings['leaves']} leaves"


def _table(title: str, figures: dict[str, float], digits: int = 3) -> list[str]:
    width = max(42, *map(len, figures))
    return [f"\n{title}", *(f"  {name:{width}} {figures[name]:.{digits}f}" for name in figures)]

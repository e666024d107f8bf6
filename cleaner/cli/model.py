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
    as_json: Annotated[bool, typer.Option("--json", help="Print all that it holds.")] = False,
) -> None:
    """Say how a content model was trained, and its figures in cross-validation.

    \b
    cleaner model
    cleaner model mine.npz --json

    Ends with 0, or with 2 if WEIGHTS is no content model.
    """
    from cleaner.content.model import load_model
    from cleaner.document import CleanerError

    try:
        about = load_model(weights).about
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
    settings = about["settings"]
    forests = f"{settings['forests']} × " if settings.get("forests", 1) > 1 else ""
    lines.append(f"{forests}{settings['trees']} trees of at most {settings['leaves']} leaves")
    lines.append("\nlabels' ceiling, word F1")
    lines += [f"  {name:42} {value:.3f}" for name, value in about["ceilings"].items()]
    lines.append("\ncross-validated by registered domain, word F1")
    for name, value in about["cross-validated"].items():
        snippets = name in about["data"] and name not in about["ceilings"]
        lines.append(f"  {name + ' (F1 of snippets)' * snippets:42} {value:.3f}")
    lines.append("\nstrength of the selection by page type")
    lines += [f"  {name:42} {value:.2f}" for name, value in about["strengths"].items()]
    lines.append("\nfavor: word precision, word recall")
    for name, value in about["favor"].items():
        lines.append(f"  {name:42} {value['precision']:.3f}  {value['recall']:.3f}")
    lines.append("\nconfidence, mean F1 (tenths of the pages)")
    lines += [f"  {given:.3f}  {true:.3f}" for given, true in about["confidence by tenths"]]
    lines.append(f"\npage types right: {about['page types right']:.3f}")
    return lines

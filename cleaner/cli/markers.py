"""`cleaner markers`: list, search, and check the phrases that are taken for markers."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli._console import console, put, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.markers.load import Entry, Lexicon
    from cleaner.markers.match import Match


class Action(StrEnum):
    """What to do with the lexicon."""

    list = "list"
    search = "search"
    check = "check"
    compile = "compile"


def markers(
    action: Annotated[Action, typer.Argument(help="What to do.")] = Action.list,
    words: Annotated[
        list[str] | None,
        typer.Argument(help="search: a phrase or a part of one; check: lexicon files."),
    ] = None,
    lexicon: Annotated[
        list[Path] | None, typer.Option(help="A lexicon file of your own, in TOML.")
    ] = None,
) -> None:
    """List the languages, search the phrases, check lexicon files, or compile the lexicon.

    search gives the phrases that hold the words, and the marker that the words are as a line.

    \b
    cleaner markers
    cleaner markers search annonse
    cleaner markers check mine.toml

    Ends with 0, with 1 if search finds nothing or check finds a fault, 2 after a wrong call.
    """
    from cleaner.document import CleanerError
    from cleaner.markers.load import load_lexicon

    try:
        if action is Action.check:
            _check([*(lexicon or ()), *map(Path, words or ())])
        elif action is Action.compile:
            _compile()
        elif action is Action.search:
            _search(load_lexicon(tuple(lexicon or ())), " ".join(words or ()))
        else:
            _list(load_lexicon(tuple(lexicon or ())))
    except CleanerError as error:
        raise typer.BadParameter(str(error)) from error


def _list(lexicon: Lexicon) -> None:
    from rich.table import Table

    from cleaner.markers.compile import KINDS

    names, counts = lexicon.languages, lexicon.counts()
    grid = Table("", "language", *KINDS, header_style="bold")
    for code in sorted(counts):
        grid.add_row(code, names[code], *(str(counts[code][kind]) for kind in KINDS))
    screen = console()
    screen.print(grid)
    screen.print(f"{len(lexicon)} phrases in {len(names)} languages")


def _search(lexicon: Lexicon, phrase: str) -> None:
    from cleaner.markers.compile import KINDS
    from cleaner.markers.match import Matcher
    from cleaner.markers.normal import key

    wanted = key(phrase)
    if not wanted:
        raise typer.BadParameter("give a phrase to search for")
    match = Matcher(lexicon, kinds=KINDS).match(phrase)
    held = (entry for entry in lexicon if wanted in key(entry.phrase))
    rows = dict.fromkeys(_row(found) for found in (*held, match) if found is not None)
    put("".join(rows))
    if not rows:
        say(f"no phrase holds {phrase!r}")
        raise typer.Exit(1)


def _row(found: Entry | Match) -> str:
    where = "ambiguous" if found.ambiguous else found.where
    return f"{found.language:4} {found.kind:11} {where:10} {found.phrase}\n"


def _check(files: Sequence[Path]) -> None:
    faults = list(_faults(files))
    for fault in faults:
        say(fault)
    if faults:
        raise typer.Exit(1)
    put("all is well\n")


def _faults(files: Sequence[Path]) -> Iterator[str]:
    """Yield what is wrong with `files`, or with the lexicon itself if there are none."""
    from cleaner.markers.compile import COMPILED, HOME, compile_home, contents, faults
    from cleaner.markers.load import load_lexicon
    from cleaner.markers.match import unmatched

    own = not files
    wrong = False
    for path in files or sorted(HOME.glob("*.toml")):
        for fault in faults(contents(path)):
            wrong = True
            yield f"{path}: {fault}"
    if wrong:
        return
    if own and COMPILED.read_text(encoding="utf-8") != compile_home():
        yield "compiled.txt is not up to date; run: cleaner markers compile"
        return
    for entry in unmatched(load_lexicon(tuple(files))):
        yield f"{entry.language}: [{entry.kind}] {entry.phrase!r} is not found by itself"


def _compile() -> None:
    from cleaner.markers.compile import COMPILED, compile_home

    COMPILED.write_text(compile_home(), encoding="utf-8")
    put(f"wrote {COMPILED}\n")

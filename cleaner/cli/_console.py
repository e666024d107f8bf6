"""What every command says to the terminal, and how it ends."""

from __future__ import annotations

import os
import sys
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console
    from rich.progress import Progress

FAILED, WRONG_USAGE, INTERRUPTED = 1, 2, 130
BROKEN_PIPE = 141  # what a shell calls a program that SIGPIPE ended


def say(message: str) -> None:
    """Print a line to standard error."""
    typer.echo(message, err=True)


def say_above(bar: Progress | None, message: str) -> None:
    """Print a line to standard error, above the bar if there is one."""
    if bar:
        bar.console.print(message, markup=False, highlight=False, soft_wrap=True)
    else:
        say(message)


def many(number: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun.

    >>> many(1, "page"), many(2000, "address", "addresses")
    ('1 page', '2,000 addresses')
    """
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def wrong_usage(message: str) -> NoReturn:
    """End the command because its arguments are wrong, with the exit code 2."""
    say(f"cleaner: {message}")
    raise typer.Exit(WRONG_USAGE)


def missing(error: ModuleNotFoundError, extra: str) -> NoReturn:
    """End the command because a package is missing that comes with an extra."""
    wrong_usage(f'{error.name} is missing: pip install "page-cleaner[{extra}]"')


def unwritten(place: object, error: OSError) -> int:
    """Say that a file cannot be written; return the exit code."""
    say(f"cleaner: {place} cannot be written: {reason(error)}")
    return FAILED


def reason(error: BaseException) -> str:
    """Return what went wrong, on one line."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split()) or type(error).__name__


def look_for_room(path: Path) -> None:
    """End the command, before its work, if no file can be written there; folders are made."""
    if str(path) == "-":
        wrong_usage("a file is needed, and - is standard output")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=path.parent):
            fault = "Is a directory" if path.is_dir() else ""
    except OSError as error:
        fault = reason(error)
    if fault:
        wrong_usage(f"{path}: {fault}")


def put(text: str) -> None:
    """Write text to standard output as UTF-8; ends the command if nobody reads it any more."""
    _look_for_output()
    rest = memoryview(text.encode("utf-8", "replace"))
    try:
        while rest:  # an unbuffered stream may take a part only
            rest = rest[sys.stdout.buffer.write(rest) :]
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(BROKEN_PIPE) from None


def console(*, stderr: bool = False) -> Console:
    """Return a rich console; what is not a terminal gets lines wide enough for a table."""
    from rich.console import Console

    if not stderr:
        _look_for_output()
    made = Console(stderr=stderr, highlight=False)
    return made if made.is_terminal else Console(stderr=stderr, highlight=False, width=120)


def _look_for_output() -> None:
    """End the command if it was started without standard output."""
    if sys.stdout is None:
        say("cleaner: standard output is closed")
        raise typer.Exit(FAILED)

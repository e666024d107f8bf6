"""The command `cleaner`: one module a command."""

from __future__ import annotations

import sys
from importlib import import_module
from inspect import cleandoc
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from cleaner.cli._console import FAILED, INTERRUPTED, reason, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COMMANDS = tuple("clean fetch crawl explain report markers eval train model".split())
"""The commands, in the order of the help; each is a function in the module of its name."""


class _Commands(TyperGroup):
    """The sub-commands, none of which is interrupted in silence."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            say("cleaner: interrupted")
            raise typer.Exit(INTERRUPTED) from None


def application(commands: Sequence[str] = COMMANDS) -> typer.Typer:
    """Return the command with its sub-commands, all of them or those named."""
    app = typer.Typer(
        cls=_Commands,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(help=_help(_cleaner))(_cleaner)
    for name in commands:
        module = import_module(f"{__name__}.{name}")
        command = module.eval_ if name == "eval" else getattr(module, name)
        app.command(name, help=_help(command))(command)
    return app


def _help(command: Callable[..., None]) -> str:
    """Return a docstring with each paragraph on one line, but for examples, which follow a \\b."""
    return "\n\n".join(
        part.removeprefix("\b\n") if part.startswith("\b") else part.replace("\n", " ")
        for part in cleandoc(command.__doc__ or "").split("\n\n")
    )


def main() -> None:
    """Run the command line. Whatever happens ends in an exit code and never in a traceback."""
    try:
        # One that is named needs nothing of the others.
        named = [name for name in sys.argv[1:2] if name in COMMANDS]
        application(named or COMMANDS)()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:
        name = "" if isinstance(error, OSError) else f"{type(error).__name__}: "
        say(f"cleaner: {name}{reason(error)}")
        sys.exit(FAILED)


def _version(wanted: bool) -> None:  # noqa: FBT001 - the signature that typer calls
    if wanted:
        from cleaner import __version__

        typer.echo(f"cleaner {__version__}")
        raise typer.Exit


def _cleaner(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Turn scraped web pages, and text scraped from them, into the text a reader came for.

    \b
    cleaner clean page.html                  one page, to the terminal
    cleaner clean pages/ -o clean/           a folder, to a folder like it
    cleaner clean article.txt                text without its ad markers
    cleaner explain page.html                what was removed, and why
    """

"""What `cleaner fetch` and `cleaner crawl` share: their options, what they tell, how they end."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleaner.cli import _options as o
from cleaner.cli._console import (
    FAILED,
    INTERRUPTED,
    console,
    many,
    missing,
    reason,
    say,
    say_above,
    unwritten,
    wrong_usage,
)
from cleaner.cli._work import configured

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence

    from rich.progress import Progress as Bar

    from cleaner.scrape.run import Event, Summary

_polite, _safe = (
    partial(typer.Option, rich_help_panel=panel) for panel in ("Politeness", "Safety")
)


@dataclass(frozen=True, slots=True)
class Scraping:
    """How pages are fetched, where they go, and what is told."""

    out: Annotated[
        Path | None, o.output("-o", "--out", help="The archive to write, such as pages.warc.gz.")
    ] = None
    warc_size: Annotated[
        int,
        o.output(
            min=1, help="MB after which the archive goes on in a new file: pages-00001.warc.gz, …"
        ),
    ] = 1000
    clean_to: Annotated[
        Path | None, o.output(help="A folder for clean pages, made as they come.")
    ] = None
    to: o.To = None
    favor: o.Favor = "balance"
    rules: o.Rules = None
    delay: Annotated[
        float,
        _polite(
            min=0,
            help="Seconds between an answer and the next request to the same host; slow servers"
            " and robots.txt make it longer.",
        ),
    ] = 1.0
    hosts: Annotated[int, _polite(min=1, help="Hosts at a time; one request each.")] = 32
    retries: Annotated[int, _polite(min=0, help="Further tries after an error that may pass.")] = 3
    contact: Annotated[
        str | None,
        _polite(help="Your address, for the User-Agent: a page about you or an e-mail address."),
    ] = None
    cache: Annotated[
        Path | None,
        _polite(help="A folder that keeps responses: what has not changed is not sent again."),
    ] = None
    ignore_robots: Annotated[
        bool, _polite("--ignore-robots", help="Do not ask for robots.txt: for sites of your own.")
    ] = False
    allow_private: Annotated[
        bool, _safe("--allow-private", help="Also connect to this machine and to private networks.")
    ] = False
    cookies: Annotated[bool, _safe("--cookies", help="Keep and send cookies.")] = False
    max_size: Annotated[float, _safe(min=0.001, help="MB of a page, as sent and as unpacked.")] = (
        20.0
    )
    timeout: Annotated[float, _safe(min=0.1, help="Seconds for a page.")] = 60.0
    max_redirects: Annotated[int, _safe(min=0, help="Redirects in a row.")] = 5
    render: Annotated[
        bool,
        o.running(
            "--render",
            help="Let Chromium fetch the pages, for those that scripts make; needs the extra"
            " render.",
        ),
    ] = False
    job: Annotated[
        Path | None,
        o.running(
            help="A folder that keeps what was done: the same command goes on there after a stop."
        ),
    ] = None
    json_log: Annotated[
        bool,
        o.running(
            "--json-log",
            help="Write what becomes of each address to standard output, as lines of JSON.",
        ),
    ] = False
    quiet: o.Quiet = False

    def plan(self) -> dict[str, Any]:
        """Return the fields of a `Plan` that these options say."""
        alike = (
            "clean_to delay hosts retries contact cache allow_private cookies timeout max_redirects"
            " render job"
        )
        return {
            **{name: getattr(self, name) for name in alike.split()},
            "warc": self.out,
            "warc_size": self.warc_size * 10**6,
            "obey_robots": not self.ignore_robots,
            "max_size": int(self.max_size * 10**6),
        }


def _check(how: Scraping) -> None:
    """End the command if it does not say where the pages go, or says it in a way that misleads."""
    if how.out is None and how.clean_to is None:
        wrong_usage("say where the pages go: -o pages.warc.gz, --clean-to FOLDER, or both")
    if how.out and not how.out.name.endswith(".warc.gz"):
        wrong_usage(f"{how.out} is no pages.warc.gz; for clean pages there is --clean-to FOLDER")
    if not how.clean_to and (how.to or how.rules or how.favor != "balance"):
        wrong_usage("--to, --favor and --rules go with --clean-to")


def scrape(plan: dict[str, Any], how: Scraping, *, all_must_come: bool) -> int:
    """Carry out a plan, and return the exit code.

    Args:
        plan: the fields of a `Plan` that say what is fetched.
        how: the rest of them.
        all_must_come: the code is 1 if any page does not come, else if one of the seeds does not.

    """
    try:
        from cleaner.scrape.cleaning import Cleaning
        from cleaner.scrape.plan import Plan
        from cleaner.scrape.run import Run
    except ModuleNotFoundError as error:
        missing(error, "scrape")
    from cleaner.cli._target import find_forms
    from cleaner.document import CleanerError

    _check(how)
    made = Plan(**plan, **how.plan())
    forms = find_forms(how.to, None)
    cleaning = None
    teller = Teller(json_log=how.json_log, quiet=how.quiet, failures=all_must_come)
    try:
        if made.clean_to:
            cleaner = configured(o.Cleaning(favor=how.favor, rules=how.rules))
            cleaning = partial(Cleaning, made.clean_to, cleaner=cleaner, forms=forms)
        run = Run(made, teller, cleaning)
    except ModuleNotFoundError as error:
        missing(error, "scrape")
    except CleanerError as error:
        wrong_usage(reason(error))
    except OSError as error:
        return unwritten(error.filename or made.warc, error)
    try:
        with teller:
            summary = run()
    except OSError as error:
        return unwritten(error.filename or "the pages", error)
    if not how.quiet:
        _say_summary(summary)
    if summary.interrupted:
        on = f"; the same command goes on from {made.job}" if made.job else ""
        say(f"cleaner: interrupted; {summary.left} addresses are not fetched{on}")
        return INTERRUPTED
    lost = summary.failed.total() + summary.refused.total() if all_must_come else summary.seeds_lost
    return FAILED if lost else 0


def seeds(arguments: Iterable[str]) -> tuple[str, ...]:
    """Return addresses, each once; ends the command if one is none."""
    from cleaner.scrape.plan import valid

    found: dict[str, None] = {}
    for argument in arguments:
        url = valid(argument)
        if url is None:
            wrong_usage(f"{argument} is not an address of http or https")
        found[url] = None
    return tuple(found)


def patterns(given: Sequence[str] | None) -> tuple[re.Pattern[str], ...]:
    """Return regular expressions; ends the command if one is none."""
    try:
        return tuple(re.compile(pattern) for pattern in given or ())
    except re.error as error:
        wrong_usage(f"{error.pattern!r} is not a regular expression: {error}")


class Teller:
    """Shows the user what becomes of each address.

    Args:
        json_log: tell all, as JSON, on standard output.
        quiet: no progress.
        failures: a line for every page that does not come; else only for those asked for.

    """

    def __init__(self, *, json_log: bool, quiet: bool, failures: bool) -> None:
        self._json = json_log
        self._failures = failures
        self._bar: Bar | None = None
        self._pages = 0
        if not quiet and sys.stderr.isatty():
            self._bar = _bar()
            self._task = self._bar.add_task("fetching", total=None, url="")

    def __enter__(self) -> Teller:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def __call__(self, event: Event) -> None:
        if self._json:
            typer.echo(json.dumps(asdict(event), ensure_ascii=False))
        lost = event.state in ("failed", "refused")
        if lost and event.kind == "page" and (self._failures or event.seed):
            say_above(self._bar, f"{event.state}: {event.url}: {event.note}")
        if self._bar:
            self._pages += event.kind == "page" and event.state == "fetched"
            self._bar.update(self._task, completed=self._pages, url=event.url[:60])


def _bar() -> Bar:
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    return Bar(
        SpinnerColumn(),
        TextColumn("{task.completed} pages"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[url]}", markup=False),
        console=console(stderr=True),
        transient=True,
    )


def _say_summary(summary: Summary) -> None:
    hosts = len(summary.hosts)
    pages = f"fetched {many(summary.pages, 'page')} from {many(hosts, 'host')}"
    parts = [f"{pages} ({summary.size / 1e6:.1f} MB) in {summary.seconds:.1f} s"]
    if summary.cached:
        parts.append(f"{summary.cached} of them from the cache")
    for word, reasons in (("refused", summary.refused), ("failed", summary.failed)):
        if reasons:
            parts.append(f"{word} {reasons.total():,} ({_listed(reasons)})")
    if summary.signs:
        parts.append(f"asked of robots: {_listed(summary.signs)}")
    if summary.left and not summary.interrupted:
        parts.append(f"{many(summary.left, 'address', 'addresses')} left in the queue")
    say("; ".join(parts))


def _listed(reasons: Counter[str]) -> str:
    most = reasons.most_common(5)
    rest = reasons.total() - sum(number for _, number in most)
    told = [f"{name} {number:,}" for name, number in most]
    return ", ".join([*told, f"other {rest:,}"] if rest else told)

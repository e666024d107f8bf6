"""What is done to each page of a run, in whichever process: read, clean, render."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import typer

from cleaner.cli._console import FAILED, reason, say, wrong_usage
from cleaner.document import CleanerError, Document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cleaner.markers.match import Matcher
    from cleaner.pipeline import Cleaner, Favor, Level
    from cleaner.sources import Item


@dataclass(frozen=True, slots=True)
class Counts:
    """Blocks with text and their words, kept and removed, and the markers among the removed."""

    pages: int = 0
    kept: int = 0
    removed: int = 0
    words_kept: int = 0
    words_removed: int = 0
    markers: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a page: its renderings, or why it has none."""

    label: str
    rendered: tuple[str, ...] = ()
    counts: Counts = Counts()
    page_type: str | None = None
    warnings: tuple[str, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """Cleans and renders a page; can be pickled."""

    cleaner: Cleaner
    forms: tuple[str, ...] = ("text",)
    options: Mapping[str, Any] = field(default_factory=dict)
    as_text: bool = False
    url: str | None = None

    def __call__(self, item: Item) -> Outcome:
        try:
            document = self.document(item)
            rendered = tuple(document.render(form, **self.options) for form in self.forms)
            counts = count(document, self.cleaner.matcher)
        except Exception as error:  # one page that fails must not take the others with it
            return Outcome(item.label, error=reason(error))
        return Outcome(item.label, rendered, counts, document.page_type, document.warnings)

    def document(self, item: Item) -> Document:
        """Return the cleaned page; raises `OSError` or `CleanerError` if it cannot be read."""
        page = item.load()
        page = replace(page, url=self.url or page.url, media="text" if self.as_text else page.media)
        return self.cleaner.clean(page)


def configured(
    favor: Favor,
    *,
    language: str | None,
    include: Sequence[str] | None,
    exclude: Sequence[str] | None,
    lexicon: Sequence[Path] | None,
    level: Level,
    model: Path | None = None,
) -> Cleaner:
    """Return the pipeline that the options ask for, or end the command if it cannot be."""
    from cleaner.markers.load import load_lexicon
    from cleaner.pipeline import Cleaner

    try:
        if lexicon:
            load_lexicon(lexicon)
        if model:
            from cleaner.content.model import load_model

            load_model(model)
        return Cleaner(
            favor=favor,
            level=level,
            language=language,
            include=include or (),
            exclude=exclude or (),
            lexicon=lexicon or (),
            model=model,
        )
    except (CleanerError, OSError, ValueError) as error:
        wrong_usage(reason(error))


def one_document(argument: str, work: Work) -> Document:
    """Return the one page that an argument names, or end the command if it cannot be read."""
    from cleaner.cli._pages import gather

    items = gather([argument]).items
    if len(items) != 1:
        wrong_usage(f"one page is needed, and {argument} is {len(items)}")
    try:
        return work.document(items[0])
    except (CleanerError, OSError) as error:
        say(f"failed: {argument}: {reason(error)}")
        raise typer.Exit(FAILED) from None


def count(document: Document, matcher: Matcher) -> Counts:
    """Return the figures of one document."""
    kept, words = [0, 0], [0, 0]
    markers = 0
    for index, text in enumerate(document.layout.texts):
        if text:
            is_kept = document.kept[index]
            kept[is_kept] += 1
            words[is_kept] += document.layout.words[index]
            markers += not is_kept and _is_marker(document, index, matcher)
    return Counts(1, kept[True], kept[False], words[True], words[False], markers)


def _is_marker(document: Document, block: int, matcher: Matcher) -> bool:
    """Tell a removed block that is a marker, whether that or the model removed it."""
    if document.named.get(block, "").startswith("marker"):
        return True
    match = matcher.match(document.layout.texts[block])
    return match is not None and not match.ambiguous

"""What is done to each page of a run, in this process or a worker: read, clean, render."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

import typer

from cleaner.cli._console import FAILED, reason, say, wrong_usage
from cleaner.document import CleanerError, Document, Metadata
from cleaner.manifest import Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.cli._options import Cleaning
    from cleaner.dedup import Mode
    from cleaner.markers.match import Matcher
    from cleaner.pipeline import Cleaner
    from cleaner.sinks import Record
    from cleaner.sources import Item


@dataclass(slots=True)  # frozen ones take several times as long to be sent
class Outcome:
    """What became of a page.

    Attributes:
        row: what the manifest says of it; the parent gives it its number.
        record: what is written; None if nothing is.
        signature: what duplicates are found by.

    """

    row: Row
    record: Record | None = None
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class Work:
    """Cleans and renders a page; can be pickled.

    Unless pages are to be `described`, what they say about themselves is left out of their rows.
    """

    cleaner: Cleaner
    forms: tuple[str, ...] = ("text",)
    options: Mapping[str, Any] = field(default_factory=dict)
    as_text: bool = False
    url: str | None = None
    dedup: Mode | None = None
    described: bool = True

    def __call__(self, item: Item) -> Outcome:
        started = time.perf_counter()
        try:
            outcome = self._outcome(item)
        except MemoryError:  # for the pool to tell of
            raise
        except Exception as error:  # one page that fails must not take the others with it
            outcome = lost(item, reason(error))
        outcome.row.seconds = round(time.perf_counter() - started, 6)
        return outcome

    def prepare(self) -> None:
        """Load what is needed before the clock runs."""
        from cleaner.batch import warm
        from cleaner.export import exporter

        warm(self.cleaner)
        for form in self.forms:
            exporter(form)

    def document(self, item: Item) -> Document:
        """Return the cleaned page; raises `OSError` or `CleanerError` if it cannot be read."""
        page = item.load()
        page = replace(page, url=self.url or page.url, media="text" if self.as_text else page.media)
        return self.cleaner.clean(page)

    def _outcome(self, item: Item) -> Outcome:
        if item.skip:
            row = Row(0, item.name, item.label, status="skipped", reason=item.skip)
            return Outcome(replace(row, bytes_in=item.size))
        document = self.document(item)
        forms = {form: document.render(form, **self.options) for form in self.forms}
        metadata = document.metadata if self.described else Metadata()
        row = _row(item, document, metadata, self.cleaner.matcher)
        row.bytes_out = sum(len(form.encode("utf-8", "replace")) for form in forms.values())
        return Outcome(
            row, _record(item, document, metadata, row, forms), self._signature(document, forms)
        )

    def _signature(self, document: Document, forms: Mapping[str, str]) -> bytes:
        if not self.dedup:
            return b""
        from cleaner.dedup import sign

        return sign(forms.get("text") or document.text, self.dedup)


def lost(item: Item, why: str) -> Outcome:
    """Return the outcome of a page that has none, for the reason given."""
    row = Row(0, item.name, item.label, status="failed", reason=why, bytes_in=item.size)
    return Outcome(row)


def configured(how: Cleaning) -> Cleaner:
    """Return the pipeline that the options ask for, or end the command if it cannot be."""
    from cleaner.pipeline import Cleaner

    try:
        return Cleaner(
            favor=how.favor,
            level=how.level,
            language=how.language,
            include=how.include or (),
            exclude=how.exclude or (),
            lexicon=how.lexicon or (),
            rules=how.rules or (),
            model=how.model,
        )
    except (CleanerError, OSError, ValueError) as error:
        wrong_usage(reason(error))


def one_document(argument: str, how: Cleaning) -> Document:
    """Return the one page that an argument names, or end the command if it cannot be read."""
    from cleaner.sources import open_items

    work = Work(configured(how), as_text=how.text, url=how.url)
    items = list(islice(open_items([argument]), 2))
    if len(items) != 1:
        wrong_usage(f"one page is needed, and {argument} is {'several' if items else 'none'}")
    try:
        return work.document(items[0])
    except (CleanerError, OSError) as error:
        say(f"failed: {argument}: {reason(error)}")
        raise typer.Exit(FAILED) from None


def _row(item: Item, document: Document, metadata: Metadata, matcher: Matcher) -> Row:
    """Return what the manifest says of a page that could be read."""
    blocks, words = [0, 0], [0, 0]
    markers = 0
    removed = []
    for index, text in enumerate(document.layout.texts):
        if text:
            kept = document.kept[index]
            blocks[kept] += 1
            words[kept] += document.layout.words[index]
            if not kept and document.named.get(index, "").startswith("marker"):
                markers += 1
            elif not kept:
                removed.append(text)
    # A marker is one, whether that or the model removed it.
    markers += sum(not match.ambiguous for match in matcher.matches(removed).values())
    return Row(
        0,
        item.name,
        item.label,
        url=document.url or metadata.url,
        status="cleaned" if words[True] else "empty",
        bytes_in=item.size or _size(document.page.data),
        words_kept=words[True],
        words_removed=words[False],
        kept_share=round(words[True] / sum(words), 4) if sum(words) else None,
        markers=markers,
        language=metadata.language,
        page_type=document.page_type,
        confidence=round(document.confidence, 4),
        title=metadata.title,
        warnings="\n".join(document.warnings) or None,
        blocks_kept=blocks[True],
        blocks_removed=blocks[False],
    )


def _record(
    item: Item, document: Document, metadata: Metadata, row: Row, forms: Mapping[str, str]
) -> Record:
    """Return what is written of a page."""
    from cleaner.sinks import Record

    return Record(
        item.name,
        item.label,
        row.url,
        forms,
        title=metadata.title,
        author=metadata.author,
        date=metadata.date,
        site_name=metadata.site_name,
        description=metadata.description,
        language=metadata.language,
        page_type=document.page_type,
        confidence=document.confidence,
        kept_share=row.kept_share or 0.0,
        warnings=document.warnings,
        captured=item.captured,
    )


def _size(data: bytes | str) -> int:
    return len(data.encode("utf-8", "replace") if isinstance(data, str) else data)

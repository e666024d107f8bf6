"""Lists of pages with links to what was read and what was written."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from cleaner.report.look import number, seconds, share, shortened, size, text
from cleaner.sources.addresses import is_address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.report.figures import PageRow

_LONGEST = 160
"""Characters of a title or a name that are shown."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the report stands, and the folder that the outputs are in."""

    home: Path
    results: Path

    def output(self, name: str) -> str:
        """Return the link to an output."""
        return self._relative(self.results / name)

    def input(self, page: PageRow) -> str | None:
        """Return the link to where a page came from, if it can be reached."""
        if page.url and is_address(page.url):
            return page.url
        try:
            there = Path(page.label or "").is_file()
        except (OSError, ValueError):
            return None
        return self._relative(Path(page.label or "")) if there else None

    def _relative(self, path: Path) -> str:
        try:
            way = os.path.relpath(path.absolute(), self.home)
        except ValueError:  # on another drive
            return path.absolute().as_uri()
        return quote(way.replace(os.sep, "/").encode("utf-8", "replace"))


def page_table(
    pages: Sequence[PageRow],
    places: Places,
    caption: str,
    further: tuple[str, Mapping[str, int]] | None = None,
) -> str:
    """Return a table of pages, which scrolls by itself where it is too wide.

    Args:
        pages: in order.
        places: where links lead from.
        caption: what the table lists, for those who cannot see it.
        further: a column of numbers in front, its heading and its values by name.
    """
    figures = ("kept", "confidence", "words", "markers", "size", "time")
    heads = [f'<th class="n">{name}</th>' for name in figures]
    if further:
        heads.insert(0, f'<th class="n">{text(further[0])}</th>')
    rows = "".join(_row(page, places, further) for page in pages)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{text(caption)}"><table>'
        f'<thead><tr><th>page</th>{"".join(heads)}<th class="type">type</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(page: PageRow, places: Places, further: tuple[str, Mapping[str, int]] | None) -> str:
    words = None
    if page.words_kept is not None or page.words_removed is not None:
        words = (page.words_kept or 0) + (page.words_removed or 0)
    cells = [
        share(page.kept_share),
        "–" if page.confidence is None else f"{page.confidence:.2f}",
        number(words),
        number(page.markers),
        size(page.bytes_in),
        seconds(page.seconds),
    ]
    if further:
        cells.insert(0, number(further[1].get(page.name or "")))
    made = "".join(f'<td class="n">{text(cell)}</td>' for cell in cells)
    kind = text(page.page_type or "–")
    return f'<tr>{_page(page, places)}{made}<td class="type">{kind}</td></tr>'


def _page(page: PageRow, places: Places) -> str:
    """Render what a page is called, and the links to its sides."""
    label = page.label or page.name or f"page {page.number}"
    links = []
    if way := places.input(page):
        links.append(f'<a href="{text(way)}" rel="noopener noreferrer">input</a>')
    outputs = [name for name in (page.output or "").splitlines() if name]
    for name in outputs:
        suffix = Path(name).suffix.lstrip(".")
        said = "output" if len(outputs) == 1 or not suffix else f"output ({suffix})"
        links.append(f'<a href="{text(places.output(name))}">{text(said)}</a>')
    if page.reason:
        links.append(text(shortened(page.reason, _LONGEST)))
    title = f"<bdi>{text(shortened(page.title, _LONGEST))}</bdi>" if page.title else ""
    return (
        f'<td class="page">{title}<small><bdi>{text(shortened(label, _LONGEST))}</bdi></small>'
        f"<small>{' · '.join(links)}</small></td>"
    )

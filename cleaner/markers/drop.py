"""Markers on a page: ad labels, and what stands in ad slots, go whatever the model says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from cleaner.markers.context import find_markers
from cleaner.markers.places import (
    before_links,
    beside,
    is_button,
    is_link,
    is_title_of_box,
    leads_elsewhere,
    shows_picture,
)
from cleaner.markers.shown import shown_texts
from cleaner.markers.slots import is_ad_slot

if TYPE_CHECKING:
    from cleaner.document import Document, Layout
    from cleaner.export.grid import Grid
    from cleaner.markers.match import Match, Matcher


_SELLING = ("service", "product")
"""On pages of these types, "Get full access to …" may be what the reader came for."""


def drop_markers(document: Document, matcher: Matcher, language: str | None) -> None:
    """Overrule the model where a kept block is a marker, or the text of an ad slot.

    Ad labels in slots that the model has dropped are shown as well: they tell of the slot. So is
    what announces a link that was kept.
    """
    layout, kept = document.layout, document.kept
    in_slot = _Slots(layout)
    shown = shown_texts(layout, kept)
    asked = list(kept)
    for block in before_links(layout, kept):
        asked[block] = True
    found = {
        # A phrase whose link tells screen readers where it leads only announces that.
        block: match
        if shown[block] == layout.texts[block] or not is_link(layout, block)
        else replace(match, where="link", ambiguous=False)
        for block, match in matcher.matches(shown, asked, layout.links).items()
        if (kept[block] or in_slot(block) or match.kind == "related")
        and not (match.kind == "related" and is_title_of_box(layout, block))
        and not (match.kind == "share" and shows_picture(layout, block))
        and not (_is_offer(match) and document.page_type in _SELLING)
    }
    if not found:
        return
    blocks = [
        block for block, text in enumerate(layout.texts) if text and (kept[block] or block in found)
    ]
    texts = [shown[block] for block in blocks]
    reasons = find_markers(
        texts,
        _Kinds(layout, blocks),
        matcher=matcher,
        found={index: found[block] for index, block in enumerate(blocks) if block in found},
        in_slot=lambda index: in_slot(blocks[index]),
        links=lambda index: leads_elsewhere(layout, blocks[index]),
        heads=lambda index: beside(layout.texts, blocks[index], 1) in blocks[index + 1 : index + 2],
        language=language,
        is_article=document.page_type == "article",
    )
    for index, reason in reasons.items():
        kept[blocks[index]] = False
        document.named[blocks[index]] = reason


def _is_offer(match: Match) -> bool:
    return match.kind == "login" and match.where == "sentence"


class _Kinds(Sequence[str]):
    """The kinds of some blocks, each told when it is asked for: few are.

    A cell of a table that only lays out the page is a paragraph.
    """

    def __init__(self, layout: Layout, blocks: Sequence[int]) -> None:
        self.layout, self.blocks = layout, blocks

    def __len__(self) -> int:
        return len(self.blocks)

    def __getitem__(self, index: int) -> str:  # type: ignore[override]
        block = self.blocks[index]
        if is_button(self.layout, block):
            return "button"
        kind = self.layout.kind(block)
        return "paragraph" if kind == "table_cell" and self._is_laid_out(block) else kind

    def _is_laid_out(self, block: int) -> bool:
        table = self.layout.nearest(self.layout.block_nodes[block], ("table",))
        return table >= 0 and self._grids[table].is_layout

    @cached_property
    def _grids(self) -> dict[int, Grid]:
        from cleaner.export.grid import grids

        return grids(self.layout)


class _Slots:
    """Finds whether an element around a block is named an ad slot.

    The page itself never is, nor what holds half of it, such as the wallpaper of a campaign.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.known = {-1: False}

    def __call__(self, block: int) -> bool:
        node, known = self.layout.block_nodes[block], self.known
        for step in self.layout.unknown(node, known):
            named = self._is_slot(step)
            known[step] = known[self.layout.parents[step]] if named is None else named
        return known[node]

    def _is_slot(self, node: int) -> bool | None:
        """Return whether the element itself is an ad slot; None leaves it to those around it."""
        if self.layout.tags[node] in ("body", "html", "main", "article"):
            return False
        attributes = self.layout.attributes[node]
        named = attributes.get("class", ""), attributes.get("id", "")
        if not attributes or not is_ad_slot(*named, attributes.get("aria-label", "")):
            return None
        return node not in self._around_half or None

    @cached_property
    def _around_half(self) -> set[int]:
        """The elements that hold both the end of the first quarter and the begin of the last."""
        nodes = self.layout.block_nodes
        first, last = (
            self.layout.ancestors(nodes[at]) for at in (len(nodes) // 4, -len(nodes) // 4)
        )
        return set(first).intersection(last)

"""The elements of a page that rules select, and the verdicts on its blocks that follow."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from lxml import etree

from cleaner.document import BLOCK_COLUMNS, PRE
from cleaner.walk import count_words, join_lines, link_characters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.document import Layout
    from cleaner.rules.load import Rule

# The attribute that carries a mark from the tree to the layout: no page has one of this name.
_MARK = f"data-{secrets.token_hex(8)}"


class Marks:
    """The marks of `rules` on a tree, there while its layout is made."""

    def __init__(self, root: etree._Element, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._root = root
        # What each marked element was selected by: to be kept or dropped, and as the only part.
        self._told: dict[etree._Element, tuple[Rule | None, bool]] = {}
        self._only: Rule | None = None
        self.warnings: tuple[str, ...] = ()

    def __enter__(self) -> Marks:
        for rule in self._rules:
            self._select(rule)
        for number, element in enumerate(self._told):
            element.set(_MARK, str(number))
        return self

    def __exit__(self, *_: object) -> None:
        for element in self._told:
            del element.attrib[_MARK]

    def _select(self, rule: Rule) -> None:
        try:
            found = rule.find(self._root)
        except etree.XPathError as error:
            self.warnings += (f"{rule}: {error}",)
            return
        elements = [one for one in found if isinstance(one, etree._Element)]
        for element in elements:
            other, only = self._told.get(element, (None, False))
            self._told[element] = (other, True) if rule.action == "only" else (rule, only)
        if rule.action == "only":
            if elements:
                self._only = rule
            else:
                self.warnings += (f"{rule}: nothing on the page is that",)

    def verdicts(self, layout: Layout) -> dict[int, tuple[bool, str]]:
        """Return the verdict and the reason of each block that a rule decides over.

        The innermost element that rules select decides. Where it is a part of a block and is
        dropped, its text becomes a block of its own, after the rest.
        """
        if not self._told:
            return {}
        told = list(self._told.values())
        deciding: list[Rule | None] = []
        inside: list[bool] = []
        for node, (parent, attributes) in enumerate(
            zip(layout.parents, layout.attributes, strict=True)
        ):
            rule, only = (deciding[parent], inside[parent]) if parent >= 0 else (None, False)
            if _MARK in attributes:
                own, is_only = told[int(attributes[_MARK])]
                rule, only = own or rule, only or is_only
                # The walk may share the attributes of elements that have but one.
                layout.attributes[node] = {k: v for k, v in attributes.items() if k != _MARK}
            deciding.append(rule)
            inside.append(only)
        return self._over_blocks(_part(layout, deciding), deciding, inside)

    def _over_blocks(
        self, shown: list[list[int]], deciding: list[Rule | None], inside: list[bool]
    ) -> dict[int, tuple[bool, str]]:
        verdicts = {}
        for block, nodes in enumerate(shown):
            # What is dropped has been parted from the rest, so all rules of a block do the same.
            if rule := next((rule for node in nodes if (rule := deciding[node])), None):
                verdicts[block] = rule.action == "keep", str(rule)
            elif self._only and not any(inside[node] for node in nodes):
                verdicts[block] = False, str(self._only)
        return verdicts


def _part(layout: Layout, deciding: list[Rule | None]) -> list[list[int]]:
    """Let what is dropped out of a block follow it as one; return the nodes that each shows."""
    shown: list[list[int]] = []
    blocks: list[tuple[Any, ...]] = []
    for block in zip(*(getattr(layout, name) for name in BLOCK_COLUMNS), strict=True):
        node, start, end, *_ = block
        groups: tuple[list[int], list[int]] = ([], [])
        for piece in range(start, end):
            rule = deciding[layout.piece_nodes[piece]]
            groups[bool(rule and rule.action == "drop")].append(piece)
        nodes = [_nodes(layout, group) for group in groups]
        if all(nodes):
            _reorder(layout, start, groups)
            between = start + len(groups[0])
            blocks += (_block(layout, node, start, between), _block(layout, node, between, end))
            shown += nodes
        else:
            blocks.append(block)
            shown.append(nodes[0] or nodes[1])
    if len(blocks) > len(layout):
        for name, column in zip(BLOCK_COLUMNS, zip(*blocks, strict=True), strict=True):
            setattr(layout, name, list(column))
    return shown


def _nodes(layout: Layout, pieces: Sequence[int]) -> list[int]:
    """Return the nodes of the pieces that are text or objects."""
    return [layout.piece_nodes[p] for p in pieces if not layout.pieces[p].isspace()]


def _reorder(layout: Layout, start: int, groups: tuple[list[int], list[int]]) -> None:
    order = groups[0] + groups[1]
    end = start + len(order)
    layout.pieces[start:end] = [layout.pieces[piece] for piece in order]
    layout.piece_nodes[start:end] = [layout.piece_nodes[piece] for piece in order]


def _block(layout: Layout, node: int, start: int, end: int) -> tuple[Any, ...]:
    """Return the row of a block for the columns of blocks."""
    pieces, nodes = layout.pieces, layout.piece_nodes
    if layout.flags[node] & PRE:
        text = "".join(pieces[start:end]).strip("\n")
    else:
        breaks = [piece for piece in range(start, end) if layout.tags[nodes[piece]] == "br"]
        text = join_lines(pieces, [start, *breaks, end])
    return node, start, end, text, count_words(text), link_characters(layout, start, end)

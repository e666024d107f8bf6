"""Tabs: the name of each panel goes in front of it, as ARIA tells which is whose.

A page lists the names first and the panels after, of which it shows one. A document shows all.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import repeat
from typing import TYPE_CHECKING

from cleaner.export.boxes import BARE
from cleaner.export.read.vocabulary import roles_of
from cleaner.export.tree import Element, Run

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from cleaner.document import Layout
    from cleaner.export.tree import Tree


def move_names(tree: Tree, kept: Sequence[bool]) -> None:
    """Put the kept names of kept panels in front of these, in bold, where others stand between."""
    if "tabpanel" not in [element.attributes.get("role") for element in tree.elements]:
        return
    layout = tree.layout
    named = name_panels(layout)
    following = _following(layout, kept, named)
    names = {
        panel: block
        for panel, block in named.items()
        if kept[block] and following.get(panel, block) != block and _is_box(tree, panel)
    }
    if not names:
        return
    moved = set(names.values())
    # On narrow screens the name stands in front of its panel already.
    said = {layout.texts[block] for block in moved}
    tabs = [node for node, about in enumerate(layout.attributes) if about.get("role") == "tab"]
    spare = set(_blocks(layout, _owners(layout, tabs)).values()).difference(named.values())
    moved.update(block for block in spare if layout.texts[block] in said)
    emptied: set[int] = set()
    for element in [*reversed(tree.elements), tree.root]:
        children: list[Element | Run | str] = []
        for child in element.children:
            if isinstance(child, Element):
                if child.node in names:
                    block = names[child.node]
                    node, text = layout.block_nodes[block], layout.texts[block]
                    children.append(_bold(block, node, text, child.depth))
                if child.node not in emptied:
                    children.append(child)
            elif isinstance(child, str) or child.block not in moved:
                children.append(child)
        if element.children and not children:
            emptied.add(element.node)
        element.children = children


def name_by_labels(tree: Tree) -> None:
    """Put the labels of tabs that stand in one line in front of their panels, in bold."""
    for element in tree.elements:
        if len(element.children) < 2:
            continue
        names, panels = element.children[-2:]
        if not isinstance(names, Element) or not isinstance(panels, Element):
            continue
        if not names.children or "tab_names" not in roles_of(names.attributes):
            continue
        run = names.children[0]
        beside = run.children if isinstance(run, Run) else names.children
        labels = [label for label in beside if isinstance(label, Element)]
        parts = panels.children
        if len(labels) == len(parts):
            names.children, panels.children = [], []
            for label, panel in zip(labels, parts, strict=True):
                inside = run if isinstance(run, Run) else label.children[0]
                if isinstance(inside, Run):
                    text = label.text().strip()
                    label = _bold(inside.block, label.node, text, panels.depth + 1)  # noqa: PLW2901
                panels.children += (label, panel)


def _following(layout: Layout, kept: Sequence[bool], panels: Collection[int]) -> dict[int, int]:
    """Return of each panel the kept block that its first one follows: -1 for none before it."""
    inner = [*_owners(layout, panels), -1]  # the last for what nothing is around
    outer = {panel: inner[layout.parents[panel]] for panel in panels}
    before: dict[int, int] = {}
    last = -1
    for block, text in enumerate(layout.texts):
        if text and kept[block]:
            panel = inner[layout.block_nodes[block]]
            while panel >= 0 and panel not in before:
                before[panel] = last
                panel = outer[panel]
            last = block
    return before


def _is_box(tree: Tree, panel: int) -> bool:
    """Return whether the tree has a box for a panel alone, of a tag that says nothing more."""
    box = tree.own_box(panel)
    return box is not None and box.tag in BARE


def _bold(block: int, node: int, text: str, depth: int) -> Element:
    name = Element("strong", {}, node, depth)
    run = Run(block, node, depth + 1)
    run.children.append(text)
    name.children.append(run)
    return name


def name_panels(layout: Layout) -> dict[int, int]:
    """Return the node of each panel of tabs with the one block that is its name.

    A panel and its tab name one another by an id; where they do not, the panels after a list of as
    many tabs are taken in its order. Left out is a panel without a name before it, or with one of
    several blocks.
    """
    told = list(map(dict.get, layout.attributes, repeat("role")))
    if "tabpanel" not in told:
        return {}
    panels = [node for node, role in enumerate(told) if role == "tabpanel"]
    about = layout.attributes
    tabs = [
        node
        for node, role in enumerate(told)
        if role == "tab" and "row_filter" not in roles_of(about[node])
    ]
    found = _by_id(layout, panels, tabs)
    _by_order(layout, told, found)
    owner = _owners(layout, tabs)
    blocks = _blocks(layout, owner)
    first: dict[int, int] = {}  # name → panel; one of several panels goes to the first
    for panel in panels:
        tab = found.get(panel, panel)
        if tab < panel and tab in blocks and owner[panel] != tab:
            first.setdefault(blocks[tab], panel)
    return {panel: block for block, panel in first.items()}


def _by_id(layout: Layout, panels: Iterable[int], tabs: Sequence[int]) -> dict[int, int]:
    """Return the tab of each panel where an attribute of either names the other."""
    about = layout.attributes
    by_id = {about[tab].get("id", ""): tab for tab in tabs}
    controlled: dict[str, int] = {}
    for tab in tabs:
        target = about[tab].get("aria-controls") or about[tab].get("href", "").removeprefix("#")
        controlled.setdefault(target, tab)
    named: dict[int, int] = {}
    for panel in panels:
        label, own = about[panel].get("aria-labelledby"), about[panel].get("id")
        if label and label in by_id:
            named[panel] = by_id[label]
        elif own and own in controlled:
            named[panel] = controlled[own]
    return named


def _by_order(layout: Layout, told: Sequence[str | None], named: dict[int, int]) -> None:
    """Add the tabs of panels that no id names: those of the list before, if it has as many."""
    taken = set(named.values())
    lists: list[int] = []  # of each node the innermost list around it
    holders: dict[int, int] = {}  # the element around a list of tabs → that list
    around: list[int] = []  # of each node the innermost such element around it
    tabs, panels = defaultdict(list), defaultdict(list)
    for node, (role, parent) in enumerate(zip(told, layout.parents, strict=True)):
        outer = parent >= 0
        if role == "tablist" and outer:
            holders[parent] = node
        lists.append(node if role == "tablist" else lists[parent] if outer else -1)
        around.append(parent if parent in holders else around[parent] if outer else -1)
        if role == "tab" and node not in taken:
            tabs[lists[node]].append(node)
        elif role == "tabpanel" and node not in named and around[node] in holders:
            panels[holders[around[node]]].append(node)
    for tablist, those in panels.items():
        if len(those) == len(tabs[tablist]):
            named.update(zip(those, tabs[tablist], strict=True))


def _owners(layout: Layout, nodes: Iterable[int]) -> list[int]:
    """Return of each node the innermost of some nodes around it, or -1."""
    among, owner = set(nodes), list[int]()
    for node, parent in enumerate(layout.parents):
        owner.append(node if node in among else owner[parent] if parent >= 0 else -1)
    return owner


def _blocks(layout: Layout, owner: Sequence[int]) -> dict[int, int]:
    """Return the block of each tab whose text is that of one block, and all of it."""
    blocks = defaultdict(list)
    for block, text in enumerate(layout.texts):
        if text:
            pieces = range(layout.starts[block], layout.ends[block])
            owners = {owner[layout.piece_nodes[p]] for p in pieces if layout.pieces[p].strip()}
            for tab in owners - {-1}:
                blocks[tab].append(block if len(owners) == 1 else -1)
    return {tab: first for tab, (first, *others) in blocks.items() if first >= 0 and not others}

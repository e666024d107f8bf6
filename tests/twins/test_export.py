"""What is kept of a page is read alike for export, compiled or not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner.export import boxes, flat, plain, tree
from cleaner.parse import parse
from cleaner.segment import segment
from tests.test_promises import PAGE_SETTINGS, PAGES
from tests.twins.support import both_layouts, compiled, each_page, layout_of


@PAGE_SETTINGS
@given(PAGES, st.randoms(use_true_random=False))
def test_any_page_is_plain_to_both(page, random):
    layout = layout_of(page)
    twin = compiled("cleaner.export._plain").parts
    for share in (0.1, 0.5, 1.0):
        kept = [random.random() < share for _ in range(len(layout))]
        assert twin(layout, kept) == plain.parts_in_python(layout, kept)


@each_page
def test_parts_of_a_page_are_plain_to_both(markup):
    layout = both_layouts(parse(markup).root)[0]
    twin = compiled("cleaner.export._plain").parts
    for step in (1, 2, 3, 8):
        for start in range(0, len(layout), step):
            kept = [start <= block < start + step for block in range(len(layout))]
            assert twin(layout, kept) == plain.parts_in_python(layout, kept)


def told(item):
    """Return an element or run as plain values."""
    if isinstance(item, str):
        return item
    own = item.block if hasattr(item, "block") else (item.tag, dict(item.attributes))
    return own, item.node, item.text(), item.depth, [told(child) for child in item.children]


def assert_trees_alike(layout, kept, taken=None):
    halves = boxes, compiled("cleaner.export._boxes")
    ours, twins = (part.Tree(layout, kept, taken) for part in halves)
    assert told(ours.root) == told(twins.root)
    assert [told(element) for element in ours.elements] == [told(e) for e in twins.elements]
    assert {node: told(box) for node, box in ours.boxes.items()} == {
        node: told(box) for node, box in twins.boxes.items()
    }


@PAGE_SETTINGS
@given(PAGES, st.randoms(use_true_random=False))
def test_trees_of_kept_blocks_are_alike(page, random):
    layout = segment(parse(page).root)
    kept = [random.random() < 0.7 for _ in range(len(layout))]
    assert_trees_alike(layout, kept)
    assert_trees_alike(layout, kept, flat.flat(layout, kept))


@each_page
def test_the_tree_of_a_page_is_alike(markup):
    layout = segment(parse(markup).root)
    assert_trees_alike(layout, [True] * len(layout))
    assert_trees_alike(layout, [True] * len(layout), flat.flat(layout, [True] * len(layout)))


@PAGE_SETTINGS
@given(PAGES, st.randoms(use_true_random=False))
def test_pieces_are_taken_alike(page, random):
    layout = segment(parse(page).root)
    kept = [random.random() < 0.7 for _ in range(len(layout))]
    twin = compiled("cleaner.export._flat").flat
    assert twin(layout, kept) == flat.flat_in_python(layout, kept)


@each_page
def test_the_pieces_of_a_page_are_taken_alike(markup):
    layout = segment(parse(markup).root)
    kept = [True] * len(layout)
    found = compiled("cleaner.export._flat").flat(layout, kept)
    assert found == flat.flat_in_python(layout, kept)
    assert any(found)


@given(st.text("a b\u00a0\n\x1c\u3000é", max_size=12))
def test_white_space_is_folded_alike(text):
    assert compiled("cleaner._walk").folded(text) == tree.folded_in_python(text)


def test_elements_and_runs_are_alike():
    results = []
    for part in (boxes, compiled("cleaner.export._boxes")):
        element, run = part.Element("p", {"id": "a"}, 3, 2), part.Run(5, 4, 1)
        inner = part.Element("b", {}, 7, 3)
        inner.children = ["two"]
        run.children = ["one ", inner, " three"]
        element.children.append(run)
        results.append((told(element), told(run.part(run.children[1:]))))
    assert results[0] == results[1]
    assert results[0][0][2] == "one two three"

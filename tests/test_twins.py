"""What is compiled gives the same as what stands beside it in Python, to the last bit."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from lxml import etree

from cleaner import decode, walk
from cleaner import parse as source
from cleaner.content import (
    characters,
    features,
    groups,
    guess,
    media,
    names,
    select,
    siblings,
    structure,
)
from cleaner.content.model import load_model
from cleaner.content.page import read_columns, read_in_arrays
from cleaner.document import KINDS, Document, Layout, Page, inherit_in_python
from cleaner.export import boxes, flat, plain, tree
from cleaner.export.nodes import CodeSpan, Image, Link
from cleaner.export.options import Options
from cleaner.export.read import blocks, builder, inline, read
from cleaner.markers import match
from cleaner.markers.load import load_lexicon
from cleaner.metadata import scan
from cleaner.parse import parse
from cleaner.segment import segment
from tests.test_promises import PAGE_SETTINGS, PAGES

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "cleaner").rglob("*.pyx")
)
MATCHER = match.Matcher(load_lexicon())
PAGE_FILES = sorted((ROOT / "fixtures").rglob("*.html"))


def compiled(name: str):
    try:
        return import_module(name)
    except ImportError:
        pytest.skip(f"{name} is not compiled here")


def both_layouts(root: etree._Element | None) -> tuple[Layout, Layout]:
    ours, twins = Layout(), Layout()
    if root is not None:
        in_noscript = walk.walk(root, ours)
        assert compiled("cleaner._walk").walk(root, twins) is in_noscript
    return ours, twins


def columns_of(page: str):
    layout = Layout()
    root = parse(page).root
    if root is not None:
        walk.walk(root, layout)
    return read_columns(layout, load_model().score_names)


@pytest.mark.skipif(not shutil.which("cc"), reason="needs a C compiler")
@pytest.mark.parametrize("name", MODULES)
def test_every_module_is_compiled_where_there_is_a_compiler(name):
    assert not import_module(name).__file__.endswith(".py")


STAND_INS = """
import sys, cleaner
cleaner.clean(b"<h1>A</h1><p>One <b>two</b> three.<table><tr><td>4<td>5</table>").text
for module in [module for name, module in sys.modules.items() if name.startswith("cleaner.")]:
    for name, value in vars(module).items():
        own = getattr(value, "__name__", "")
        if own.endswith(("_in_python", "_in_arrays")) and own != name:
            print(module.__name__, name)
"""


def test_what_is_compiled_is_used_for_a_page_in_bytes():
    for name in MODULES:
        compiled(name)
    command = [sys.executable, "-c", STAND_INS]
    assert subprocess.run(command, capture_output=True, check=True, text=True).stdout == ""


@pytest.mark.parametrize("path", PAGE_FILES, ids=lambda path: path.stem)
def test_a_page_is_walked_alike(path):
    ours, twins = both_layouts(parse(path.read_text("utf-8", "replace")).root)
    assert ours == twins
    assert len(ours)


@PAGE_SETTINGS
@given(PAGES)
def test_any_page_is_walked_alike(page):
    ours, twins = both_layouts(parse(page).root)
    assert ours == twins


@pytest.mark.parametrize(
    "markup",
    [
        "<r>a<!--b-->c<?d e?>f</r>",
        "<r>a<p hidden=''>b</p>c</r>",
        "<r><p>a</p> <![CDATA[b]]>c <p/> d</r>",
        '<r xmlns:x="urn:x" x:hidden="yes" id="1"><x:p x:class="a" class="b">c</x:p></r>',
        '<!DOCTYPE r [<!ENTITY e "value">]><r><p class="a&e;b">&e;</p></r>',
        "<r>a\u2003\u2003b\u00a0c <p> \u00a0 </p>\u3000<p>\u0e01\u0e02 x\u4e00</p></r>",
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>a<br/> <br/>b</p></body></html>',
        "<span>a<b/>c</span>",
        "<p/>",
        "<script>a</script>",
        "<input type='checkbox'/>",
        '<p data-math="x^2"><i><b hidden="" class="katex-html">y</b></i></p>',
        "<r><math><annotation encoding='application/x-tex'>x</annotation></math></r>",
        '<r><script type="math/tex">x</script>b</r>',
        "<r><select><option>a</option><option>b</option></select><pre>\n a\n  b </pre></r>",
    ],
)
@pytest.mark.parametrize("resolved", [True, False])
def test_a_tree_of_the_users_own_is_walked_alike(markup, resolved):
    parser = etree.XMLParser(strip_cdata=False, resolve_entities=resolved)
    ours, twins = both_layouts(etree.fromstring(markup, parser))
    assert ours == twins


def test_a_part_of_a_tree_is_walked_without_what_stands_around_it():
    root = etree.fromstring("<r>a<p>b<i>c</i></p>d<p>e</p></r>")
    ours, twins = both_layouts(root[0])
    assert ours == twins
    assert ours.texts == ["bc"]


@PAGE_SETTINGS
@given(PAGES)
def test_the_kinds_of_any_page_are_alike(page):
    layout = Layout()
    root = parse(page).root
    if root is not None:
        walk.walk(root, layout)
    tree = layout.tags, layout.parents, dict(KINDS)
    assert compiled("cleaner._kinds").inherit(*tree) == inherit_in_python(*tree)


@PAGE_SETTINGS
@given(PAGES, st.randoms(use_true_random=False))
def test_any_page_is_plain_to_both(page, random):
    layout = Layout()
    root = parse(page).root
    if root is not None:
        walk.walk(root, layout)
    twin = compiled("cleaner.export._plain").is_plain
    for share in (0.1, 0.5, 1.0):
        kept = [random.random() < share for _ in range(len(layout))]
        assert twin(layout, kept) == plain.is_plain_in_python(layout, kept)


@pytest.mark.parametrize("path", PAGE_FILES, ids=lambda path: path.stem)
def test_parts_of_a_page_are_plain_to_both(path):
    layout = both_layouts(parse(path.read_text("utf-8", "replace")).root)[0]
    twin = compiled("cleaner.export._plain").is_plain
    for step in (1, 2, 3, 8):
        for start in range(0, len(layout), step):
            kept = [start <= block < start + step for block in range(len(layout))]
            assert twin(layout, kept) == plain.is_plain_in_python(layout, kept)


PARTS = st.sampled_from([
    "ad", "the", "(", ").", "x" * 70, "\u2003", "ö", " ", "\n", "ANNONSE", "Read", "also", ":",
    "les", "her", "Les også", "](http://a)", "[", "A", "N", "2", "comments", "_", "Presented by",
    "“", "’s", "é", "|", "Reklame", "the story",
])  # fmt: skip


@settings(max_examples=500)
@given(st.lists(st.lists(PARTS, max_size=6).map(" ".join) | st.text(max_size=9), max_size=9))
def test_lines_are_markers_alike(lines):
    found = compiled("cleaner.markers._match").candidates(lines, MATCHER._edges)
    ours = match.candidates_in_python(lines, MATCHER._edges)
    assert set(found) <= set(ours)
    assert {line for line in lines if MATCHER.match(line)} <= {lines[index] for index in found}


@pytest.mark.parametrize("number", range(40))
def test_a_phrase_of_the_lexicon_is_a_candidate(number):
    lines = [entry.phrase for entry in MATCHER.lexicon][number::40]
    lines += [f"- {line.upper()}: Ferry sails at 9 " for line in lines]
    found = compiled("cleaner.markers._match").candidates(lines, MATCHER._edges)
    missed = {lines[index] for index in set(range(len(lines))) - set(found)}
    assert not {line for line in missed if MATCHER.match(line)}
    assert len(found) > len(lines) / 2


@given(
    st.binary(max_size=200) | st.text(" <>/htmlHTML\t\x0b\x7f\x1fé", max_size=60).map(str.encode)
)
def test_any_source_is_read_alike(data):
    twin = compiled("cleaner._source")
    assert twin.without_controls(data) == source.without_controls_in_python(data)
    assert twin.is_utf8(data) == decode.is_utf8_in_python(data)
    for start in (0, 1, len(data) // 2):
        assert twin.find_html_end(data, start) == source.find_html_end_in_python(data, start)


# The first, the last, and what lies just outside of each length of a character in UTF-8.
BYTES = st.sampled_from([
    b"a" * 8, b"a", b"\x7f", b"\x80", b"\xbf", b"\xc1\xbf", b"\xc2\x80", b"\xdf\xbf", b"\xdf",
    b"\xe0\x9f\xbf", b"\xe0\xa0\x80", b"\xed\x9f\xbf", b"\xed\xa0\x80", b"\xee\x80\x80",
    b"\xef\xbf\xbf", b"\xef\xbf",
    b"\xe0", b"\xf0\x8f\xbf\xbf", b"\xf0\x90\x80\x80", b"\xf4\x8f\xbf\xbf", b"\xf4\x90\x80\x80",
    b"\xf5\x80\x80\x80",
    b"\xf1\x80\x80", b"\xf1\x80\x80\xc0", b"\xe1\x80\x7f",
])  # fmt: skip


@given(
    st.lists(st.sampled_from("& &# &#x &#X 0 1 8 9 14 31 32 127 7f 1F e g ; a".split()), max_size=6)
)
def test_references_are_told_alike(parts):
    data = "".join(parts).encode()
    ours = source.without_controls_in_python(data)
    assert compiled("cleaner._source").without_controls(data) == ours


@given(st.lists(BYTES, max_size=5).map(b"".join))
def test_utf8_is_told_alike(data):
    assert compiled("cleaner._source").is_utf8(data) == decode.is_utf8_in_python(data)


TREES = [
    "<r><meta property='og:title'/><p class='author'>a</p><p itemprop=''/>b<?c d?></r>",
    "<r xmlns:x='urn:x'><x:a class='a'/><a x:class='author' property='p'/><meta itemprop='i'/></r>",
    "<!DOCTYPE r [<!ENTITY e 'Posted'>]><r id='a&e;b'>Posted &e;<p>&e; on</p>Posted</r>",
    "<r>Posted<!--a--> on<p>– Posted<![CDATA[ on]]></p>Po<?a b?>sted</r>",
    "<r><p id='date'>" + "Posted " * 40 + "</p>på  </r>",
]


def both_scans(root: etree._Element):
    tags, starts = frozenset({"a", "meta", "p"}), frozenset({"po", "på", "a"})
    return [
        (
            part.scan(root, tags, lambda names: ("author" in names) + 2 * ("date" in names)),
            part.beginnings(root, starts),
            [part.window(root, start, start + 3) for start in range(5)],
        )
        for part in (scan, compiled("cleaner.metadata._scan"))
    ]


@pytest.mark.parametrize("markup", TREES)
@pytest.mark.parametrize("resolved", [True, False])
def test_a_tree_is_scanned_alike(markup, resolved):
    parser = etree.XMLParser(strip_cdata=False, resolve_entities=resolved)
    root = etree.fromstring(markup, parser)
    for part in (root, root[0]):
        ours, twins = both_scans(part)
        assert ours == twins
    assert both_scans(root)[0][0]


@PAGE_SETTINGS
@given(PAGES)
def test_any_page_is_scanned_alike(page):
    root = parse(page).root
    if root is not None:
        ours, twins = both_scans(root)
        assert ours == twins


@pytest.mark.parametrize("path", PAGE_FILES, ids=lambda path: path.stem)
def test_a_page_is_scanned_alike(path):
    ours, twins = both_scans(parse(path.read_text("utf-8", "replace")).root)
    assert ours == twins
    assert ours[0]


def assert_columns_alike(layout, score):
    ours, twins = (
        read_in_arrays(layout, score),
        compiled("cleaner.content._page").read_columns(layout, score),
    )
    assert (ours is None) == (twins is None)
    for name in ours.__slots__ if ours else ():
        mine, theirs = getattr(ours, name), getattr(twins, name)
        if isinstance(mine, np.ndarray):
            assert mine.dtype == theirs.dtype
            assert theirs.flags.c_contiguous
            assert np.array_equal(mine, theirs), name
        else:
            assert mine == theirs


@PAGE_SETTINGS
@given(PAGES)
def test_the_columns_of_any_page_are_alike(page):
    score = load_model().score_names
    assert_columns_alike(segment(parse(page).root), score)
    assert_columns_alike(segment(parse(page).root), names.NamesInPython(load_model().odds))


@pytest.mark.parametrize("path", PAGE_FILES, ids=lambda path: path.stem)
def test_the_columns_of_a_page_are_alike(path):
    layout = segment(parse(path.read_text("utf-8", "replace")).root)
    assert_columns_alike(layout, load_model().score_names)


@given(st.lists(st.text(st.characters(exclude_characters="\0"), min_size=1), min_size=1))
def test_characters_are_counted_alike(texts):
    compiled("cleaner.content._characters")
    for ours, twins in zip(
        characters.count_in_arrays(texts), characters.count_characters(texts), strict=True
    ):
        assert ours.dtype == twins.dtype
        assert np.array_equal(ours, twins)


@pytest.mark.parametrize("count", [0, 1, 7, 255, 256, 257, 1000])
def test_trees_are_summed_alike(count):
    twin = compiled("cleaner.content._trees")
    trees = load_model().trees.lead
    shape = int(trees.feature.max()) + 1, count
    rows = np.random.default_rng(count).normal(0, 3, shape).astype(np.float32)
    rows[:, ::5] = np.nan
    assert np.array_equal(trees(rows), trees.sum_in_arrays(rows))
    assert np.array_equal(trees(rows[:, ::2]), trees.sum_in_arrays(rows[:, ::2]))
    some = np.flatnonzero(np.arange(count) % 3 == 1)
    assert np.array_equal(trees(rows, some), trees.sum_in_arrays(rows[:, some]))
    sums = np.zeros(len(some))
    arrays = trees.feature, trees.threshold, trees.drop, trees.leaves
    twin.sum_leaves(rows, *arrays, some, sums, anywhere=True)
    assert np.array_equal(sums, trees(rows, some))


def test_trees_that_ask_for_more_features_than_there_are_say_so():
    trees = load_model().trees.lead
    with pytest.raises(IndexError):
        trees(np.zeros((3, 5), np.float32))


def assert_features_alike(columns):
    ours = features.features_in_arrays(columns)
    twins = compiled("cleaner.content._features").features(columns)
    assert ours.dtype == twins.dtype
    # Logarithms may differ in the last bit of a double, which hardly ever reaches a float.
    np.testing.assert_array_max_ulp(ours, twins, maxulp=1)


@pytest.mark.parametrize("path", PAGE_FILES, ids=lambda path: path.stem)
def test_a_page_has_the_same_features(path):
    assert_features_alike(columns_of(path.read_text("utf-8", "replace")))


@PAGE_SETTINGS
@given(PAGES)
def test_any_page_has_the_same_features(page):
    columns = columns_of(page)
    if columns is not None:
        assert_features_alike(columns)


@given(arrays(np.int64, st.integers(0, 40), elements=st.integers(-3, 3) | st.integers(-9, 2**40)))
def test_keys_are_grouped_alike(keys):
    ours, count = groups.group_in_arrays(keys)
    twins, found = compiled("cleaner.content._groups").group(keys)
    assert ours.dtype == twins.dtype
    assert count == found == len(set(zip(ours.tolist(), twins.tolist(), strict=True)))


ODDS = {"-nav": -1.5, "nav": -0.5, "-body": 2.0, "post0": 1.0, "-a": 0.25, "-é": 3.0, "-ab": -0.5}
NAMES = st.sampled_from(["nav", "top-nav", "body nav", "post12 post7", " ", "NavBody", "é", "a1",
                         "HTMLBody", "aB", "AB", "ABc", "aBC1", "1a2b", "-", "x" * 600,
                         "0 nav"])  # fmt: skip


@given(
    st.dictionaries(
        st.sampled_from([*names.NAMING, "href"]),
        NAMES | st.text("abNAVv09-_ \x1c\n", max_size=20) | st.text(max_size=9),
    )
)
def test_names_are_scored_alike(attributes):
    ours, twins = names.NamesInPython(ODDS), compiled("cleaner.content._names").Names(ODDS)
    for _ in range(2):  # with names that are new, then known
        assert twins(attributes) == pytest.approx(ours(attributes))


@PAGE_SETTINGS
@given(PAGES, st.integers(0, 99), st.sampled_from([0.3, 1.0, 3.0]))
def test_blocks_are_chosen_alike(page, seed, strength):
    columns, twin = columns_of(page), compiled("cleaner.content._choice")
    if columns is None:
        return
    logits = np.random.default_rng(seed).normal(0, 3, len(columns.words))
    chances = siblings.probabilities_in_arrays(columns, logits)
    # The exponential may differ in its last bit.
    np.testing.assert_allclose(twin.probabilities(columns, logits), chances, rtol=1e-14)
    ours, theirs = (part(chances, columns.words, strength)
                    for part in (select.select_in_arrays, twin.select))  # fmt: skip
    assert np.array_equal(ours[0], theirs[0])
    assert ours[1] == theirs[1]
    rows = features.features(columns)
    ours, theirs = (part(rows, chances) for part in (guess.means_in_arrays, twin.means))
    assert ours.dtype == theirs.dtype
    np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-4)


STRUCTURES = st.sampled_from([
    "<h1>A</h1>", "<p>A line of prose, with more than eight words in it.</p>", "<h2>B</h2>",
    "<pre>c</pre>", "<ul><li>d<li>e</ul>", "<blockquote>Said, as it was told.</blockquote>",
    "<p>So:", "<table><tr><th>f<td>g</table>", "<figure><table><tr><td>h<td>i</table></figure>",
    "<p>j",
    "<table><tr><td>k<td>l<tr><td>m<td>n</table>", "<div>", "</div>",
    "<p class=o>p", "<a href=q>r</a>",
])  # fmt: skip


@given(st.lists(STRUCTURES, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_structure_is_kept_alike(parts, random):
    columns = columns_of("".join(parts))
    if columns is None:
        return
    count = len(columns.texts)
    kept = np.array([random.random() < 0.6 for _ in range(count)])
    scores = np.array([random.choice((0.01, 0.2, 0.4, 0.9)) for _ in range(count)])
    ours, twins = kept.copy(), kept.copy()
    named = structure.keep_in_arrays(columns, ours, scores)
    twin = compiled("cleaner.content._structure").keep_structure
    assert twin(columns, twins, scores) == named
    assert np.array_equal(ours, twins)


OBJECTS = st.sampled_from([
    "<img src=a>", "<h1>A</h1>", "<p>B", "<figure>", "</figure>", "<div>",
    "<figcaption>C</figcaption>", "<p class=x-caption>D", "</div>", "<p><img src=b>",
    "<div><img src=c>E</div>", "<p>F",
    "<video>",
])  # fmt: skip


@given(st.lists(OBJECTS, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_objects_are_kept_alike(parts, random):
    layout = segment(parse("".join(parts)).root)
    kept = np.array([bool(text) and random.random() < 0.5 for text in layout.texts], dtype=bool)
    scores = np.array([random.random() for _ in layout.texts])
    results = []
    for part in (media.keep_in_python, compiled("cleaner.content._media").keep_beside):
        own_kept, own_scores = kept.copy(), scores.copy()
        part(layout, own_kept, own_scores)
        results.append((own_kept.tolist(), own_scores.tolist()))
    assert results[0] == results[1]


def told(item):
    """Return an element or run as plain values."""
    if isinstance(item, str):
        return item
    own = item.block if hasattr(item, "block") else (item.tag, dict(item.attributes), item.text())
    return own, item.node, item.depth, [told(child) for child in item.children]


def assert_trees_alike(layout, kept, taken=None):
    compiled("cleaner.export._boxes")
    twins, ours = tree.Tree(layout, kept, taken), tree.Tree(layout, [False] * len(layout), taken)
    ours.boxes = {-1: ours.root}
    ours.opened = {-1: ours.root}
    ours.elements, ours.root.children = [], []
    ours.grow(kept)
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


@pytest.mark.parametrize("path", PAGE_FILES, ids=lambda path: path.stem)
def test_the_tree_of_a_page_is_alike(path):
    layout = segment(parse(path.read_text("utf-8", "replace")).root)
    assert_trees_alike(layout, [True] * len(layout))
    assert_trees_alike(layout, [True] * len(layout), flat.flat(layout, [True] * len(layout)))


@PAGE_SETTINGS
@given(PAGES, st.randoms(use_true_random=False))
def test_pieces_are_taken_alike(page, random):
    layout = segment(parse(page).root)
    kept = [random.random() < 0.7 for _ in range(len(layout))]
    twin = compiled("cleaner.export._flat").flat
    assert twin(layout, kept) == flat.flat_in_python(layout, kept)


@pytest.mark.parametrize("path", PAGE_FILES, ids=lambda path: path.stem)
def test_the_pieces_of_a_page_are_taken_alike(path):
    layout = segment(parse(path.read_text("utf-8", "replace")).root)
    kept = [True] * len(layout)
    found = compiled("cleaner.export._flat").flat(layout, kept)
    assert found == flat.flat_in_python(layout, kept)
    assert any(found)


def test_elements_and_runs_are_alike():
    results = []
    for part in (boxes, compiled("cleaner.export._boxes")):
        element, run = part.Element("p", {"id": "a"}, 3, 2), part.Run(5, 4, 1)
        inner = part.Element("b", {}, 7, 3)
        inner.children = ["two"]
        run.children = ["one ", inner, " three"]
        element.children.append(run)
        results.append((told(element), [told(half) for half in run.cut(1)]))
    assert results[0] == results[1]
    assert results[0][0][0][2] == "one two three"


@given(st.text("a b\u00a0\n\x1c\u3000é", max_size=12))
def test_white_space_is_folded_alike(text):
    assert compiled("cleaner.export.read._builder").folded(text) == builder.folded_in_python(text)


TEXTS = st.sampled_from(["a", " ", "a b", " a", "a  b ", "$x^2$", r"\(y\)", "", "\u00a0c", "d\n"])
STEPS = st.lists(
    st.tuples(st.just("text"), st.tuples(TEXTS))
    | st.tuples(st.just("node"), st.tuples(st.sampled_from("code link image".split())))
    | st.tuples(st.sampled_from("line_break space close".split()), st.just(()))
    | st.tuples(
        st.just("open"),
        st.sampled_from([("",), ("em",), ("strong",), ("a", "u.png"), ("a", "v")]),
    ),
    max_size=30,
)
NODES = {
    "code": lambda: CodeSpan("c"),
    "link": lambda: Link("u", ["v"], media=True),
    "image": lambda: Image("u.png"),
}


def build(part, steps, *, math):
    built, depth = part(math=math), 0
    for name, values in steps:
        depth += (name == "open") - (name == "close")
        if depth < 0:
            depth = 0
        elif name == "node":
            built.node(NODES[values[0]]())
        else:
            getattr(built, name)(*values)
    return built.finish()


@settings(max_examples=500)
@given(STEPS, st.booleans())
def test_inline_content_is_built_alike(steps, math):
    twin = compiled("cleaner.export.read._builder").Builder
    assert build(twin, steps, math=math) == build(builder.BuilderInPython, steps, math=math)


def assert_read_alike(page):
    layout = segment(parse(page).root)
    doc = Document(Page(page), layout, [True] * len(layout), [1.0] * len(layout))
    twins = read(doc, Options())
    ours = {
        module: {
            name.removesuffix("_in_python"): part
            for name, part in vars(module).items()
            if name.endswith("_in_python") and "folded" not in name
        }
        for module in (blocks, inline)
    }
    with (
        patch.multiple(blocks, **ours[blocks], only_text=inline.only_text_in_python),
        patch.multiple(inline, **ours[inline]),
    ):
        assert read(doc, Options()) == twins


@PAGE_SETTINGS
@given(PAGES)
def test_any_page_is_read_alike(page):
    compiled("cleaner.export.read._blocks")
    compiled("cleaner.export.read._inline")
    assert_read_alike(page)


@pytest.mark.parametrize("path", PAGE_FILES, ids=lambda path: path.stem)
def test_a_page_is_read_alike(path):
    compiled("cleaner.export.read._blocks")
    compiled("cleaner.export.read._inline")
    assert_read_alike(path.read_text("utf-8", "replace"))

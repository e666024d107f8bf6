"""Content is read into nodes alike, compiled or not."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.document import Document, Page
from cleaner.export.nodes import CodeSpan, Image, Link
from cleaner.export.options import Options
from cleaner.export.read import blocks, builder, inline
from cleaner.export.read.reader import read
from cleaner.parse import parse
from cleaner.segment import segment
from tests.test_promises import PAGE_SETTINGS, PAGES
from tests.twins.support import PAGE_FILES, compiled


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

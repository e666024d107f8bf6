"""Inline content is built alike, compiled or not."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.export.nodes import CodeSpan, Image, Link
from cleaner.export.read import builder
from tests.twins.support import compiled

TEXTS = st.sampled_from(["a", " ", "a b", " a", "a  b ", "$x^2$", r"\(y\)", "", "\u00a0c", "d\n"])
STEPS = st.lists(
    st.tuples(st.just("text"), st.tuples(TEXTS))
    | st.tuples(st.just("node"), st.tuples(st.sampled_from("code link image".split())))
    | st.tuples(st.sampled_from("line_break space close".split()), st.just(()))
    | st.tuples(
        st.just("open"), st.sampled_from([("",), ("em",), ("strong",), ("a", "u.png"), ("a", "v")])
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

import pytest
from cssselect import HTMLTranslator
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from cleaner.rules.select import compiled

SIMPLE = (
    "div p b * .x .y p.x :not(.x) [class] [class=x] [class~=y] :first-child p:last-child"
    " :nth-child(2) b:nth-of-type(2) :nth-last-child(3) :nth-child(2n+1) b:nth-last-of-type(1)"
).split()
SELECTORS = st.lists(
    st.tuples(st.sampled_from([" ", " > ", " + ", " ~ "]), st.sampled_from(SIMPLE)),
    min_size=1,
    max_size=4,
).map(lambda parts: "".join(between + simple for between, simple in parts).lstrip(" >+~"))


@st.composite
def trees(draw):
    """Return a tree of boxes: each element below one that came before."""
    elements = [etree.Element("div")]
    for tag, classes in draw(
        st.lists(st.tuples(st.sampled_from("dpb"), st.sampled_from(["", "x", "y", "x y"])))
    ):
        parent = draw(st.sampled_from(elements))
        about = {"class": classes} if classes else {}
        elements.append(etree.SubElement(parent, {"d": "div"}.get(tag, tag), about))
    return elements[0]


@given(trees(), SELECTORS)
def test_css_selects_what_cssselect_says(tree, selector):
    try:
        expected = etree.XPath(HTMLTranslator().css_to_xpath(selector))(tree)
    except etree.XPathSyntaxError:
        return  # HTMLTranslator itself makes what is no XPath of some
    assert compiled(selector)(tree) == expected


@pytest.mark.parametrize(
    ("selector", "count"),
    [
        ("//p", 2),
        ("(//p)[1]", 1),
        (".//p[@class]", 1),
        ("//p[re:test(., '^[0-9]+$')]", 1),
        ("P.X", 1),
        ("p, b", 2),
        ("div:has(> p.X)", 1),
        ("div:has(> p.Y)", 0),
        ("p:has(+ p)", 1),
        ("div:has(p) p", 2),
    ],
)
def test_xpath_and_css_are_told_apart(selector, count):
    tree = etree.fromstring("<div><p class='X'>12</p><p>a</p></div>")
    assert len(compiled(selector)(tree)) == count

"""Compiles selectors, in CSS or XPath, to functions that find their elements."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, cast

from cssselect import HTMLTranslator, SelectorError
from cssselect.parser import parse_series
from cssselect.xpath import ExpressionError
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

    from cssselect.parser import CombinedSelector, Function, Relation
    from cssselect.xpath import XPathExpr
    from lxml.etree import _Element

    Find = Callable[[_Element], list[object]]

# Where what stands before a combinator is, seen from what stands after it; and in :has() the other.
_BEFORE = {
    " ": "ancestor::{}",
    ">": "parent::{}",
    "+": "preceding-sibling::*[1][self::{}]",
    "~": "preceding-sibling::{}",
}
_AFTER = {
    " ": "descendant::{}",
    ">": "child::{}",
    "+": "following-sibling::*[1][self::{}]",
    "~": "following-sibling::{}",
}
_FUNCTIONS = {"re": "http://exslt.org/regular-expressions"}


def compiled(selector: str) -> Find:
    """Return what finds the elements of a selector: XPath from a `/` or `(` on, CSS otherwise.

    Raises `ValueError`.

    >>> page = etree.fromstring("<div><p class='a b'/><p/></div>")
    >>> len(compiled("div > p.a")(page)), len(compiled("//p")(page))
    (1, 2)
    """
    try:
        is_path = selector.lstrip(".").startswith(("/", "("))
        path = selector if is_path else _Translator().css_to_xpath(selector)
        find = etree.XPath(path, namespaces=_FUNCTIONS)
        found = find(etree.Element("html"))
    except (SelectorError, etree.XPathError) as error:
        raise ValueError(f"“{selector}”: {error}") from error
    if not isinstance(found, list):
        raise ValueError(f"“{selector}”: selects no elements")  # noqa: TRY004 - no type of ours
    return cast("Find", find)


class _Translator(HTMLTranslator):
    """CSS to XPath that looks from an element back, and no further than to the sibling it needs.

    From the left on, as `HTMLTranslator` does it, time is cubic in the depth of a page.
    """

    def xpath_combinedselector(self, combined: CombinedSelector) -> XPathExpr:
        left, right = self.xpath(combined.selector), self.xpath(combined.subselector)
        return right.add_condition(_BEFORE[combined.combinator].format(left))

    def xpath_relation(self, relation: Relation) -> XPathExpr:
        own, other = self.xpath(relation.selector), self.xpath(relation.subselector.parsed_tree)
        return own.add_condition(_AFTER[str(relation.combinator.value)].format(other))

    def xpath_first_child_pseudo(self, xpath: XPathExpr) -> XPathExpr:
        return xpath.add_condition("not(preceding-sibling::*[1])")

    def xpath_last_child_pseudo(self, xpath: XPathExpr) -> XPathExpr:
        return xpath.add_condition("not(following-sibling::*[1])")

    def xpath_nth_child_function(
        self,
        xpath: XPathExpr,
        function: Function,
        last: bool = False,  # noqa: FBT001 - as in what it overrides
        add_name_test: bool = True,  # noqa: FBT001
    ) -> XPathExpr:
        try:
            step, place = parse_series(function.arguments)
        except ValueError:
            step, place = 1, 0
        if step or place < 1:
            return super().xpath_nth_child_function(xpath, function, last, add_name_test)
        axis, test = "following" if last else "preceding", "*" if add_name_test else xpath.element
        before = f"{axis}-sibling::{test}[{place - 1}] and " if place > 1 else ""
        return xpath.add_condition(f"{before}not({axis}-sibling::{test}[{place}])")

    def xpath_matching(self, matching: object) -> NoReturn:  # noqa: ARG002
        """Refuse `:is()`: `HTMLTranslator` takes a class in it for the name of an element."""
        raise ExpressionError("of :is() and :where(), give each selector by itself")

    def xpath_specificityadjustment(self, matching: object) -> NoReturn:
        """Refuse `:where()`, as `:is()`."""
        self.xpath_matching(matching)

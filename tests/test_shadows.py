"""What stands in shadow trees is read where a browser shows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.parse import parse
from cleaner.segment import segment


def texts(page: str) -> list[str]:
    shown = segment(parse(page, whole=False).root).texts
    assert shown == segment(parse(page).root).texts
    return shown


def shadow(content: str) -> str:
    return f"<template shadowrootmode=open>{content}</template>"


# Without it, what stands in the shadow trees of these small pages would weigh less than the rest.
WEIGHT = "<x-weight>" + shadow("<template>" + "heavy " * 99 + "</template>") + "</x-weight>"


PAGES = {
    "alone": (shadow("<p>One</p>"), ["One"]),
    "default": (
        shadow("<p>One</p><slot>Empty</slot><p>Three</p>") + "<p>Two</p>",
        ["One", "Two", "Three"],
    ),
    "fallback": (shadow("<p>One</p><slot><p>Two</p></slot>"), ["One", "Two"]),
    "named": (
        shadow("<h1><slot name=title></slot></h1><slot></slot><slot name=end></slot>")
        + "<p slot=end>Three</p><p>Two</p><span slot=title>One</span>",
        ["One", "Two", "Three"],
    ),
    "not asked for": (shadow("<slot name=a></slot><p>One</p>") + "<p>Two</p>", ["One", "Two"]),
    "first of a name": (
        shadow("<slot></slot><p>Two</p><slot></slot>") + "<p>One</p>",
        ["One", "Two"],
    ),
    "nested": (
        shadow(f"<x-inner>{shadow('<p>One</p><slot></slot>')}<slot></slot></x-inner>")
        + "<p>Two</p>",
        ["One", "Two"],
    ),
    "no shadow tree": ("<template><p>One</p></template><slot><p>Two</p></slot>", ["Two"]),
}  # fmt: skip


@pytest.mark.parametrize(("inside", "shown"), PAGES.values(), ids=PAGES)
def test_a_shadow_tree_shows_its_own_and_what_it_has_slots_for(
    inside: str, shown: list[str]
) -> None:
    assert texts(f"<x-story>{inside}</x-story>{WEIGHT}") == shown


def test_shadow_trees_that_hold_less_than_the_rest_stay_closed() -> None:
    assert texts(f"<x-menu>{shadow('<a>One</a><slot></slot>')}<p>Two or more.</p></x-menu>") == [
        "Two or more."
    ]


PARTS = st.sampled_from([
    "<x-a>", "</x-a>", "<template shadowrootmode=open>", "<template>", "</template>", "<slot>",
    "<slot name=a>", "</slot>", "<p slot=a>", "<p>", "</p>", "<b slot>", "</b>",
])  # fmt: skip


@given(st.lists(PARTS, max_size=30))
def test_no_word_is_lost_or_told_twice(parts: list[str]) -> None:
    page = "".join(f"{part}word{number} " for number, part in enumerate(parts))
    shown = " ".join(texts(WEIGHT + page)).split()
    assert len(shown) == len(set(shown))
    if "<template>" not in parts and not any(part.startswith("<slot") for part in parts):
        assert sorted(shown) == sorted(f"word{number}" for number in range(len(parts)))

"""What the tests of twins share: the compiled half, and pages to give to both."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cleaner import walk
from cleaner.content.model import load_model
from cleaner.document import Layout
from cleaner.parse import parse

if TYPE_CHECKING:
    from lxml import etree

ROOT = Path(__file__).parents[2]
PAGE_FILES = sorted((ROOT / "fixtures").rglob("*.html"))
each_page = pytest.mark.parametrize(
    "markup",
    [pytest.param(path.read_text("utf-8", "replace"), id=path.stem) for path in PAGE_FILES],
)


def compiled(name: str):
    try:
        return import_module(name)
    except ImportError:
        pytest.skip(f"{name} is not compiled here")


def both_layouts(root: etree._Element | None) -> tuple[Layout, Layout]:
    ours, twins = Layout(), Layout()
    if root is not None:
        in_noscript = walk.walk(root, ours)
        assert compiled("cleaner._walk").walk(root, twins) == in_noscript
    return ours, twins


def layout_of(page: str) -> Layout:
    """Return the blocks of a page as Python finds them."""
    layout = Layout()
    root = parse(page).root
    if root is not None:
        walk.walk(root, layout)
    return layout


def columns_of(page: str):
    return load_model().read(layout_of(page))

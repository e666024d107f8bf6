"""A tree is scanned for metadata alike, compiled or not."""

from __future__ import annotations

from operator import attrgetter

import pytest
from hypothesis import given
from lxml import etree

from cleaner.metadata import scan
from cleaner.parse import parse
from tests.test_promises import PAGE_SETTINGS, PAGES
from tests.twins.support import PAGE_FILES, compiled

TREES = [
    "<r><meta property='og:title'/><p class='author'>a</p><p itemprop=''/>b<?c d?></r>",
    "<r><q rel='x'/><i relic='x' REL='y'/></r>",
    "<r xmlns:x='urn:x'><x:a class='a'/><a x:class='author' property='p'/><meta itemprop='i'/></r>",
    "<!DOCTYPE r [<!ENTITY e 'Posted'>]><r id='a&e;b'>Posted &e;<p>&e; on</p>Posted</r>",
    "<r>Posted<!--a--> on<p>– Posted<![CDATA[ on]]></p>Po<?a b?>sted</r>",
    "<r><svg><p id='date'>Posted</p><svg><a/></svg></svg><s:svg xmlns:s='s'><a/></s:svg><a/></r>",
    "<r><p id='date'>" + "Posted " * 40 + "</p>på  </r>",
]


def both_scans(root: etree._Element):
    tags, attributes = frozenset({"a", "meta", "p"}), frozenset({"itemprop", "property", "rel"})
    starts = frozenset({"po", "på", "a"})
    return [
        (
            scan_(root, tags, attributes),
            beginnings(root, starts),
            [window(root, start, start + 3) for start in range(5)],
            [named(root, lambda names: "a" in names, start, start + 9) for start in range(5)],
        )
        for scan_, beginnings, window, named in (
            (
                scan.scan_in_python,
                scan.beginnings_in_python,
                scan.window_in_python,
                scan.named_in_python,
            ),
            attrgetter("scan", "beginnings", "window", "named")(compiled("cleaner.metadata._scan")),
        )
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

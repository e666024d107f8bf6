import re

import pytest

from cleaner.document import PAGE_TYPES, Metadata
from cleaner.metadata._data import alternatives, load, page_types, rows
from cleaner.metadata._told import _PLACES

from .pages import metadata

CONVENTIONS = load("conventions.toml")
METAS = [
    (field, name)
    for field in ("description", "site_name", "license", "tags")
    for row in rows(field)
    for name in row.names
    if row.place == "meta"
]


@pytest.mark.parametrize("field", CONVENTIONS["fields"])
def test_the_places_of_a_field_are_known_and_the_most_trusted_come_first(field):
    given = rows(field)
    assert field in Metadata.__dataclass_fields__
    assert {row.place for row in given} <= set(_PLACES)
    trust = [row.confidence for row in given]
    assert trust == sorted(trust, reverse=True)
    assert 0 < trust[-1] <= trust[0] < 1


def test_a_name_of_a_field_stands_there_once():
    for field in CONVENTIONS["fields"]:
        names = [(row.place, name) for row in rows(field) for name in row.names]
        assert len(set(names)) == len(names), field


@pytest.mark.parametrize(("field", "name"), METAS)
def test_every_name_of_a_meta_element_is_read(field, name):
    found = metadata(f'<meta name="{name.upper()}" content="Harbour Post">')
    assert getattr(found, field) in ("Harbour Post", ("Harbour Post",))


def test_the_types_of_pages_are_those_of_the_document():
    assert set(page_types()) <= set(PAGE_TYPES)


@pytest.mark.parametrize("name", CONVENTIONS["patterns"])
def test_a_pattern_compiles_and_does_not_match_everything(name):
    assert not re.search(alternatives(name), "")

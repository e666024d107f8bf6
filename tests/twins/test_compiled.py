"""Whatever can be compiled is, where there is a compiler."""

from __future__ import annotations

import shutil
from importlib import import_module

import pytest

from tests.twins.support import ROOT

MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "cleaner").rglob("*.pyx")
)


@pytest.mark.skipif(not shutil.which("cc"), reason="needs a C compiler")
@pytest.mark.parametrize("name", MODULES)
def test_every_module_is_compiled_where_there_is_a_compiler(name):
    assert not import_module(name).__file__.endswith(".py")

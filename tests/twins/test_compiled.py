"""Whatever can be compiled is, where there is a compiler."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib import import_module

import pytest

from tests.twins.support import ROOT, compiled

SOURCES = [
    *(ROOT / "cleaner").rglob("*.pyx"),
    *(p for p in (ROOT / "cleaner").rglob("_*.pxd") if p.with_name(f"{p.stem[1:]}.py").exists()),
]
MODULES = sorted({".".join(path.relative_to(ROOT).with_suffix("").parts) for path in SOURCES})


@pytest.mark.skipif(not shutil.which("cc"), reason="needs a C compiler")
@pytest.mark.parametrize("name", MODULES)
def test_every_module_is_compiled_where_there_is_a_compiler(name):
    assert not import_module(name).__file__.endswith(".py")


STAND_INS = """
import sys, inspect, cleaner
cleaner.clean(b"<h1>A</h1><p>One <b>two</b> three.<table><tr><td>4<td>5</table>").text
for module in [module for name, module in sys.modules.items() if name.startswith("cleaner.")]:
    for name, value in vars(module).items():
        own = getattr(value, "__name__", "")
        stands_in = inspect.isfunction(value) and own != name
        if stands_in and own.endswith(("_in_python", "_in_arrays")):
            print(module.__name__, name)
"""


def test_what_is_compiled_is_used_for_a_page_in_bytes():
    for name in MODULES:
        compiled(name)
    command = [sys.executable, "-c", STAND_INS]
    assert subprocess.run(command, capture_output=True, check=True, text=True).stdout == ""


def test_decoding_loads_no_parser():
    """Threads that begin with bytes and with text would wait for one another's modules."""
    program = "import sys, cleaner.decode; assert 'cleaner.parse' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True)

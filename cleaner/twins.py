"""twins: the compiled half of the hot code, where it could be built; else the one in Python."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from types import ModuleType

T = TypeVar("T")


def compiled(module: str, name: str, in_python: T) -> T:
    """Return what a compiled module calls by a name, or what does the same in Python.

    >>> compiled("cleaner._no_such_module", "length", len)([])
    0
    """
    try:
        # Of modules that two threads load in a circle this takes a half; `import_module` raises.
        return cast("T", getattr(__import__(module, fromlist=(name,)), name))
    except (AttributeError, ImportError):  # not compiled here, or long ago
        return in_python


def compiled_together(*modules: ModuleType) -> tuple[ModuleType, ...]:
    """Return the twins of modules that share compiled types: all of them, or those in Python."""
    try:
        return tuple(import_module(twin_name(module)) for module in modules)
    except ImportError:
        return modules


def twin_name(module: ModuleType) -> str:
    """Return what the twin of a module is called: `a._b` for `a.b`."""
    package, _, name = module.__name__.rpartition(".")
    return f"{package}._{name}"

"""twins: the compiled half of the hot code, where it could be built; else the one in Python."""

from __future__ import annotations

from typing import TypeVar, cast

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

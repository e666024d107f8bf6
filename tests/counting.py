"""Work told by what is done, not by the clock."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def calls(work: Callable[[], object]) -> int:
    """Return how many functions are called during some work."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def lines(work: Callable[[], object]) -> int:
    """Return how many lines of Python are run during some work, with its calls and returns."""
    count = 0

    def note(_frame: object, _event: str, _argument: object) -> object:
        nonlocal count
        count += 1
        return note

    sys.settrace(note)
    try:
        work()
    finally:
        sys.settrace(None)
    return count

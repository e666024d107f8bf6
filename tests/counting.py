"""Work told by what is done, not by the clock."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


def calls(work: Callable[[], object]) -> int:
    """Return how many functions are called during some work."""
    return _count(work, sys.setprofile, ("call", "c_call"))


def lines(work: Callable[[], object]) -> int:
    """Return how many lines of Python are run during some work, with its calls and returns."""
    return _count(work, sys.settrace, ("call", "line", "return", "exception"))


def _count(
    work: Callable[[], object], watch: Callable[..., object], events: Collection[str]
) -> int:
    """Return how many of some events are told during some work."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> object:
        nonlocal count
        count += event in events
        return note

    watch(note)
    try:
        work()
    finally:
        watch(None)
    return count

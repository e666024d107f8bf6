"""The pages that the arguments of a command name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.sources.files import Found, find

if TYPE_CHECKING:
    from collections.abc import Sequence


def gather(arguments: Sequence[str], out: str | None = None) -> Found:
    """Return all pages; those below `out` are left aside: they are what an earlier run wrote."""
    return find(arguments, leave_out=out)

"""content: which blocks of a page are its main content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the content model says of a page: a verdict and a score per block, and two guesses.

    `named` holds the reasons of verdicts that a rule made, by block; `explain` words the others.
    `confidence` is the expected word F1 of the kept text, 0 to 1.
    """

    kept: list[bool]
    scores: list[float]
    confidence: float
    page_type: str | None
    explain: Callable[[int], str]
    named: dict[int, str]

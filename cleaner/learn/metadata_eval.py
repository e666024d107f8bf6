"""How often a page's title, author and day are found, and given where the page has none.

A title is right from a word F1 of 0.8 with the labelled one, an author from 0.6; a day must be
the same. Words are maximal runs of `\\w` in lower case, compared as bags.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cleaner.document import CleanerError
from cleaner.learn.datasets import load
from cleaner.learn.tables import Table, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from cleaner.learn.datasets import LabelledPage

FIELDS = ("title", "author", "date")
"""What is scored."""

Told = tuple[str | None, str | None, str | None]
"""Title, author and ISO 8601 day as an extractor gives them."""

_LEAST = {"title": 0.8, "author": 0.6}
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class FieldScore:
    """Counts of one field: labelled pages and those right, unlabelled ones and those given."""

    labelled: int = 0
    right: int = 0
    unlabelled: int = 0
    given: int = 0

    @property
    def share_right(self) -> float | None:
        """Right values over pages that have one, None if no page has."""
        return self.right / self.labelled if self.labelled else None

    @property
    def share_given(self) -> float | None:
        """Values given over pages that have none, None if every page has one."""
        return self.given / self.unlabelled if self.unlabelled else None


@dataclass(slots=True)
class MetadataScore:
    """The counts of one extractor over a folder, and its seconds over `pages` pages."""

    name: str
    fields: dict[str, FieldScore] = field(
        default_factory=lambda: {name: FieldScore() for name in FIELDS}
    )
    pages: int = 0
    seconds: float = 0.0
    failures: int = 0

    @property
    def milliseconds(self) -> float:
        """Time a page, without reading it; for an extractor that parses, with parsing."""
        return 1000 * self.seconds / self.pages if self.pages else 0.0

    def add(self, page: LabelledPage, told: Told) -> None:
        """Count what was told of one page."""
        self.pages += 1
        wanted = (page.title, page.author, page.date)
        for name, gold, given in zip(FIELDS, wanted, told, strict=True):
            score = self.fields[name]
            if gold:
                score.labelled += 1
                score.right += is_right(name, gold, given)
            else:
                score.unlabelled += 1
                score.given += bool(given)


@dataclass(slots=True)
class MetadataReport:
    """The scores of every extractor on every dataset."""

    scores: dict[str, list[MetadataScore]] = field(default_factory=dict)

    def tables(self) -> list[Table]:
        """Return one table a dataset."""
        right = (f"{name} right" for name in FIELDS)
        given = (f"{name} given, none wanted" for name in FIELDS)
        columns = ("extractor", *right, *given, "ms a page", "failures")
        return [
            Table(
                f"Metadata, {name}",
                columns,
                [
                    (
                        score.name,
                        *(number(score.fields[kind].share_right) for kind in FIELDS),
                        *(number(score.fields[kind].share_given) for kind in FIELDS),
                        f"{score.milliseconds:.1f}",
                        str(score.failures),
                    )
                    for score in scores
                ],
            )
            for name, scores in self.scores.items()
        ]

    def as_dict(self) -> dict[str, Any]:
        """Return the scores as what `json.dumps` takes."""
        return {
            name: {
                score.name: {
                    **{
                        kind: {"right": value.share_right, "given without": value.share_given}
                        for kind, value in score.fields.items()
                    },
                    "milliseconds": score.milliseconds,
                    "failures": score.failures,
                }
                for score in scores
            }
            for name, scores in self.scores.items()
        }


def run(paths: Sequence[Path], against: Sequence[str] = ()) -> MetadataReport:
    """Measure our metadata, and that of the extractors named in `against`, on labelled pages.

    Raises what `evaluate_metadata` raises.
    """
    names = dict.fromkeys(("cleaner", *against))
    return MetadataReport({path.name: evaluate_metadata(path, names) for path in paths})


def evaluate_metadata(
    folder: Path | str, extractors: Iterable[str] = ("cleaner", "trafilatura")
) -> list[MetadataScore]:
    """Score extractors of metadata side by side on a folder of labelled pages.

    Args:
        folder: Labelled pages in any layout that `cleaner.learn.datasets.load` reads.
        extractors: Names in `EXTRACTORS`.

    Raises:
        CleanerError: An extractor is not known.
        DatasetError: The folder holds no labelled pages.
    """
    scores = []
    for name in extractors:
        if name not in EXTRACTORS:
            raise CleanerError(f"no extractor of metadata {name!r}; known: {', '.join(EXTRACTORS)}")
        scores.append(MetadataScore(name))
    for page in load(folder):
        data = page.read()
        for score in scores:
            _measure(score, page, data)
    return scores


def is_right(name: str, gold: str, given: str | None) -> bool:
    """Whether a value of the field `name` counts as the labelled one.

    >>> is_right("title", "Low tide at noon", "Low Tide at Noon")
    True
    >>> is_right("date", "2024-03-04", None)
    False
    """
    if name == "date":
        return bool(given) and given == gold[:10]
    return word_f1(gold, given or "") >= _LEAST[name]


def word_f1(left: str, right: str) -> float:
    """F1 of two texts as bags of words, 0 to 1."""
    a, b = (Counter(_WORD.findall(text.lower())) for text in (left, right))
    shared = (a & b).total()
    return 2 * shared / (a.total() + b.total()) if shared else 0.0


def _measure(score: MetadataScore, page: LabelledPage, data: bytes) -> None:
    extract, prepare = EXTRACTORS[score.name]
    prepared = prepare(data)
    start = time.process_time()
    try:
        told = extract(prepared, page.url)
    except Exception:
        score.failures += 1
        told = (None, None, None)
    score.seconds += time.process_time() - start
    score.add(page, told)


def _parsed(data: bytes) -> Any:
    """The tree as the pipeline parses it; its time is not that of the metadata."""
    from cleaner.decode import decode
    from cleaner.parse import parse

    return parse(decode(data).text).root


def _parsed_for_trafilatura(data: bytes) -> Any:
    from trafilatura.utils import load_html

    return load_html(data)


def _cleaner(tree: Any, url: str | None) -> Told:
    from cleaner.metadata import extract_metadata

    found = extract_metadata(tree, url)
    return found.title, found.author, found.date


def _trafilatura(tree: Any, url: str | None) -> Told:
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(tree, default_url=url) if tree is not None else None
    return (found.title, found.author, found.date) if found is not None else (None, None, None)


EXTRACTORS: Mapping[str, tuple[Callable[[Any, str | None], Told], Callable[[bytes], Any]]] = {
    "cleaner": (_cleaner, _parsed),
    "trafilatura": (_trafilatura, _parsed_for_trafilatura),
}
"""Name → what extracts from a prepared page, and what prepares it outside the clock."""

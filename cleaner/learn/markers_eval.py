"""How safe and how thorough the marker stage is, on labelled pages.

Three measurements: what it removes from gold texts, where nothing should go; what it finds of
markers that were put between paragraphs; and how many standalone markers an output still holds.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import compress
from typing import TYPE_CHECKING, Any

from cleaner.learn.datasets import load_all
from cleaner.learn.tables import Table
from cleaner.markers import Matcher, find_markers, load_lexicon
from cleaner.markers.match import DEFAULT_KINDS
from cleaner.markers.normal import key
from cleaner.plaintext import judge_markers, line_kinds, split_lines, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from cleaner.learn.datasets import LabelledPage
    from cleaner.markers.load import Lexicon
    from cleaner.plaintext import Lines

SEED = 20_000
_PROSE = 100  # characters of a line that a marker is put before or after
_KINDS = ("ad", "continue")

# How the web dresses a marker; the lexicon is written in lower case.
FORMS = (
    "{lower}",
    "{upper}",
    "{title}",
    "— {upper} —",
    "- - - {title} - - -",
    "[{title}]",
    "({lower})",
    "{title}:",
    "↓ {title} ↓",
    "📢 {title}",
    "{lower} {lower}",
    "*{title}*",
    "{title}…",
)

# Phrasings that no lexicon file holds letter by letter, one or more languages' each.
UNSEEN = (
    "Annonsørinnhold:",
    "Annonse 2",
    "Artikkelen fortsetter like under denne annonsen",
    "Saken fortsetter etter denne reklamen",
    "Les videre under annonsene",
    "ADVERTISEMENT 2",
    "Advertisement 1 of 3",
    "The story continues after this ad",
    "This article continues below the advertisement",
    "Scroll past this ad to continue reading",
    "Your report continues after this short commercial",
    "advertisement | advertisement",
    "A D V E R T I S E M E N T",
    "Anzeige 1/2",
    "Dieser Artikel wird nach einer kurzen Werbung fortgesetzt",
    "Der Bericht geht unter der Anzeige weiter",
    "Anzeige | Werbung",
    "Texten fortsätter under den här annonsen",
    "Annons 3",
    "Historien fortsætter under denne annonce",
    "Artiklen fortsætter efter reklamerne",
    "L'article se poursuit sous cette publicité",
    "La suite de notre article après cette annonce",
    "Publicité 1",
    "El texto continúa después de este anuncio",
    "Esta noticia sigue tras la publicidad",
    "Publicidad 2/3",
    "A reportagem continua depois deste anúncio",
    "L'articolo prosegue dopo questo annuncio",
    "Het verhaal gaat verder na deze advertentie",
    "Reszta tekstu pod tą reklamą",
    "Dalsza część materiału pod reklamami",
    "Text pokračuje pod touto reklamou",
    "Статья продолжается сразу после рекламы",
    "Продолжение материала под рекламой",
    "この記事は広告の後に続きます",
    "記事は広告の下へ続く",
    "新闻在广告之后继续",
    "이 글은 광고 다음에 이어집니다",
    "تستمر القصة أسفل هذا الإعلان",
)


@dataclass(frozen=True, slots=True)
class Removal:
    """A line that the marker stage took out of a gold text."""

    dataset: str
    page: str
    line: str
    reason: str


@dataclass(slots=True)
class Insertion:
    """What became of markers put into gold texts; `damaged` texts changed otherwise."""

    put: int = 0
    removed: int = 0
    texts: int = 0
    damaged: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of the markers that were removed, 0 to 1."""
        return self.removed / self.put if self.put else 1.0


@cache
def _matcher(kinds: Sequence[str] = DEFAULT_KINDS) -> Matcher:
    return Matcher(load_lexicon(), kinds=kinds)


def _strip(text: str) -> Lines:
    return judge_markers(split_lines(text), partial(find_markers, matcher=_matcher()))


def count_marker_lines(text: str) -> int:
    """Return how many standalone ad markers, or "continues below", an output still holds.

    Judged in context like any text, so that a list item or a quotation is not counted.

    >>> count_marker_lines("Det regnet i hele går.\\n\\nANNONSE\\n\\nI dag er det sol.")
    1
    """
    texts = texts_of(split_lines(text))
    return len(find_markers(texts, line_kinds(texts), matcher=_matcher(_KINDS)))


def removals(dataset: str, pages: Iterable[LabelledPage]) -> Iterator[Removal]:
    """Yield every line with text that the marker stage removes from the gold texts."""
    for page in pages:
        lines = _strip(page.gold or page.markdown or "")
        for index, reason in sorted(lines.dropped.items()):
            if lines.texts[index].strip():
                yield Removal(dataset, page.id, lines.texts[index].strip(), reason)


def lexicon_forms(lexicon: Lexicon) -> list[str]:
    """Return every whole-line ad and continuation phrase that is not ambiguous, dressed."""
    forms = []
    doubtful = {key(entry.phrase) for entry in lexicon if entry.ambiguous}
    for number, entry in enumerate(lexicon):
        plain = entry.where == "line" and key(entry.phrase) not in doubtful
        if plain and entry.kind in _KINDS:
            dress = FORMS[number % len(FORMS)]
            phrase = entry.phrase
            forms.append(
                dress.format(
                    lower=phrase, upper=phrase.upper(), title=phrase[:1].upper() + phrase[1:]
                )
            )
    return forms


def insert(texts: Sequence[str], markers: Sequence[str], each: int = 3) -> Insertion:
    """Put markers between paragraphs of texts, `each` different ones a text, and strip them."""
    chance = random.Random(SEED)
    queue = list(markers)
    chance.shuffle(queue)
    result = Insertion()
    next_marker = 0
    for text in texts:
        clean = _strip(text).text
        lines = clean.split("\n")
        gaps = _gaps(lines)
        if len(gaps) < each:
            continue
        places = sorted(chance.sample(gaps, each), reverse=True)
        chosen = [queue[(next_marker + step) % len(queue)] for step in range(each)]
        next_marker += each
        for place, marker in zip(places, chosen, strict=True):
            blank = lines[place - 1 : place] == [""]
            lines[place:place] = [marker, ""] if blank else [marker]
        _count(result, "\n".join(lines), clean, chosen)
    return result


def _gaps(lines: Sequence[str]) -> list[int]:
    """Return where a marker may be put: before a line of prose that follows another."""
    gaps = []
    before = ""
    for index, line in enumerate(lines):
        if len(line) >= _PROSE and len(before) >= _PROSE:
            gaps.append(index)
        before = line if line.strip() else before
    return gaps


def _count(result: Insertion, dirty: str, clean: str, chosen: Sequence[str]) -> None:
    lines = _strip(dirty)
    kept = list(compress(lines.texts, lines.kept))
    left = [marker for marker in chosen if marker in kept]
    result.put += len(chosen)
    result.removed += len(chosen) - len(left)
    result.missed += left
    result.texts += 1
    if left:  # the blank lines around what was missed are rightly there
        before = [line for line in clean.split("\n") if line.strip()]
        after = [text for text in kept if text.strip()]
        result.damaged += before != [text for text in after if text not in left]
    else:
        result.damaged += lines.text != clean


@dataclass(frozen=True, slots=True)
class MarkerReport:
    """The three measurements, as tables and as a dict."""

    removed: Sequence[Removal]
    seen: Insertion
    unseen: Insertion
    left: dict[tuple[str, str], tuple[int, int]]
    speed: float

    def tables(self) -> list[Table]:
        """Return the figures for a reader."""
        inserted = [
            [name, str(found.put), f"{found.share:.2%}", str(found.damaged)]
            for name, found in (("lexicon, dressed", self.seen), ("unseen", self.unseen))
        ]
        return [
            Table("Markers left", ("dataset, engine", "pages", "lines"), self._left()),
            Table("Markers put in", ("", "put in", "removed", "texts damaged"), inserted),
            Table(
                f"Lines removed from gold texts ({self.speed:.1f} MB/s)",
                ("dataset", "page", "line", "reason"),
                [(each.dataset, each.page, each.line, each.reason) for each in self.removed],
            ),
        ]

    def _left(self) -> list[tuple[str, str, str]]:
        return [
            (f"{dataset}, {engine}", str(pages), str(lines))
            for (dataset, engine), (pages, lines) in self.left.items()
        ]

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as what `json.dumps` takes."""
        return {
            "left": [list(row) for row in self._left()],
            "lexicon": {"put": self.seen.put, "removed": self.seen.share},
            "unseen": {"put": self.unseen.put, "removed": self.unseen.share},
            "megabytes_per_second": self.speed,
            "removed": [[each.dataset, each.page, each.line, each.reason] for each in self.removed],
        }


def run(datasets: Sequence[Path], peers: Sequence[str] = ()) -> MarkerReport:
    """Measure on the labelled pages in `datasets`, with the engines `peers` beside."""
    found: list[Removal] = []
    texts: list[str] = []
    left: dict[tuple[str, str], tuple[int, int]] = {}
    size, spent = 0, 0.0
    for dataset in load_all(datasets):
        pages = list(dataset.pages)
        start = time.process_time()
        found += removals(dataset.name, pages)
        spent += time.process_time() - start
        own = [page.gold for page in pages if page.gold]
        size += sum(len(text.encode()) for text in own)
        texts += own
        left |= _left_by(dataset.name, pages, peers)
    seen = insert(texts, lexicon_forms(load_lexicon()))
    return MarkerReport(found, seen, insert(texts, UNSEEN), left, size / 1e6 / max(spent, 1e-9))


def _left_by(
    dataset: str, pages: Sequence[LabelledPage], peers: Sequence[str]
) -> dict[tuple[str, str], tuple[int, int]]:
    """Return for each engine the pages and the lines with a marker left."""
    from cleaner.learn import engines

    extractors, _ = engines.load(["cleaner", *(name for name in peers if name != "cleaner")])
    left = {}
    for name, extract in extractors.items():
        counts = []
        for page in pages:
            try:
                counts.append(count_marker_lines(extract(page.read(), page.url)))
            except Exception:  # an engine's failure is the other evaluation's to report
                counts.append(0)
        left[dataset, name] = (sum(map(bool, counts)), sum(counts))
    return left

"""Training of the line model: text dumps of labelled pages in, trees out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, cast
from zlib import crc32

import numpy as np

from cleaner.content.line_columns import read_lines
from cleaner.content.line_features import line_features
from cleaner.content.lines import FORMAT, SECOND, choose_lines, dump, dump_loose, second_rows
from cleaner.content.model import FACTORS
from cleaner.content.words import LINE_BUCKETS, Tokens
from cleaner.learn.assemble import Training
from cleaner.learn.datasets import check_folds
from cleaner.learn.label import label_blocks
from cleaner.learn.looks import BLOCKS, GOLD, Vocabulary, cross_validate, fit_looks, look_once
from cleaner.learn.score import bag, bag_score, mean, means
from cleaner.learn.trees import TreeSettings
from cleaner.markers.load import load_lexicon
from cleaner.markers.match import Matcher
from cleaner.segment import segment
from cleaner.walk import SKIPPED_TAGS

if TYPE_CHECKING:
    from lxml.etree import _Element
    from numpy.typing import NDArray

    from cleaner.content.line_columns import LineColumns
    from cleaner.learn.datasets import Dataset, LabelledPage

    Floats = NDArray[np.float32]
    Choice = Callable[[int], NDArray[np.bool_]]

STRENGTHS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)
"""What the strength of the selection is chosen from."""
_FIRST, _SECOND = TreeSettings(trees=150, rate=0.2), TreeSettings(trees=500, rate=0.07)
SETTINGS = {False: (_FIRST, replace(_SECOND, forests=2)), True: (_FIRST, _SECOND)}
"""Those of the first look, which only serves the second, and of the second; for loose texts, which
have twice as many dumps, of half as many forests."""
_FIVE = 5
_STOPS = frozenset(".!?…。！？؟।")

Progress = Callable[[str], None]


def _strings(root: _Element) -> list[str]:
    """Return the text nodes of a page."""
    skipped = " or ".join(f"ancestor::{tag}" for tag in sorted(SKIPPED_TAGS))
    return cast("list[str]", root.xpath(f"//text()[not({skipped})]"))


DUMPS: dict[str, Callable[[_Element], str]] = {
    BLOCKS: lambda root: "\n".join(segment(root).texts),
    "text nodes": lambda root: "\n".join(" ".join(node.split()) for node in _strings(root)),
    "lines of the source": lambda root: "".join(_strings(root)),
    "one line": lambda root: " ".join(" ".join(_strings(root)).split()),
}
"""The ways in which scrapers write all text of a page down."""
_WORTH = {**dict.fromkeys(DUMPS, 0.5), BLOCKS: 1.0, GOLD: 0.2}
"""How much a dump counts."""


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump of a page, or its gold text alone. Arrays run over what is judged of it."""

    page: LabelledPage
    pack: str
    lines: list[str]
    rows: Floats  # (features, lines)
    words: Floats
    targets: Floats
    weights: Floats  # they sum up to the number of texts, about
    tokens: Tokens
    columns: LineColumns | None  # None where there is no line
    style: str = BLOCKS  # a name of `DUMPS`, or `GOLD`

    def again(self, *told: NDArray[np.float64]) -> Dump:
        """Return the text with the rows of a second look; `told` are what `second_rows` wants."""
        if self.columns is None:
            return self
        rows = second_rows(self.columns, self.tokens, self.rows, *told)
        return replace(self, rows=rows)

    @property
    def clean(self) -> bool:
        """Whether the text holds nothing but main content."""
        return self.style == GOLD

    def score(self, kept: NDArray[np.bool_]) -> float:
        """Return the word F1 of the kept lines against the gold."""
        text = "\n".join(line for line, keep in zip(self.lines, kept, strict=True) if keep)
        return bag_score(bag(text), bag(self.page.gold or "")).f1


def read_dumps(dataset: Dataset, *, loose: bool = False) -> Iterator[Dump]:
    """Yield, of each page that has a gold text, the dump of its blocks, and that text by itself.

    A dump holds what a scraper without a browser sees: parts that come late stand at its end. For
    a model of `loose` texts all are read as such, and a dump of one more kind stands between
    the two, by chance.
    """
    for page in dataset:
        if page.gold is not None:
            found = _loose_dumps(page, page.gold) if loose else _dumps(page, page.gold)
            for style, lines, share in found:
                yield _dump(page, dataset.name, lines, share, style)


def _dumps(page: LabelledPage, gold: str) -> Iterator[tuple[str, list[str], Floats]]:
    texts = segment(page.tree(settled=False)).texts
    lines, blocks = dump(texts)
    share = label_blocks(texts, gold)[blocks] if lines else np.zeros(0, np.float32)
    yield BLOCKS, lines, share
    lines, _ = dump([gold])
    if lines:
        yield GOLD, lines, np.ones(len(lines), np.float32)


def _loose_dumps(page: LabelledPage, gold: str) -> Iterator[tuple[str, list[str], Floats]]:
    root = page.tree(settled=False)
    others = [name for name in DUMPS if name != BLOCKS]
    for style in (BLOCKS, others[crc32(page.id.encode()) % len(others)]):
        lines = dump_loose(DUMPS[style](root)) if root is not None else []
        yield style, lines, label_blocks(lines, gold) if lines else np.zeros(0, np.float32)
    lines = dump_loose(gold)
    if lines:
        yield GOLD, lines, np.ones(len(lines), np.float32)


def _dump(page: LabelledPage, pack: str, lines: list[str], share: Floats, style: str) -> Dump:
    tokens = Tokens.of(lines, LINE_BUCKETS)
    if not lines:
        none = np.zeros(0, np.float32)
        rows = np.zeros((0, 0), np.float32)
        return Dump(page, pack, lines, rows, none, none, none, tokens, None, style)
    columns = read_lines(lines, _matcher().kinds_of(lines))
    words = columns.words.astype(np.float32)
    # F1 is of words, a page counts as much as another: between the two and counting lines.
    weights = np.sqrt(words / words.sum()) * ~np.isnan(share) * _WORTH[style]
    targets = (np.nan_to_num(share) >= 0.5).astype(np.float32)
    return Dump(page, pack, lines, line_features(columns), words, targets,
                weights.astype(np.float32), tokens, columns, style)  # fmt: skip


@cache
def _matcher() -> Matcher:
    return Matcher(load_lexicon())


def train_lines(  # noqa: PLR0913 - one parameter a setting
    datasets: Sequence[Dataset],
    weights: Mapping[str, float],
    progress: Progress = lambda _: None,
    settings: tuple[TreeSettings, TreeSettings] | None = None,
    day: str | None = None,
    *,
    seed: int = 1,
    loose: bool = False,
) -> Training:
    """Train the line model on labelled datasets; measure it by cross-validation over domains.

    Args:
        datasets: the labelled pages; those without a gold text are left out.
        weights: how much a page of each dataset counts, 1 where nothing is said.
        progress: is told of each step.
        settings: those of the trees of the first and of the second look, `SETTINGS` if None.
        day: the date to write into the file, today's if None.
        seed: that of the trees and of the lines drawn; two runs with one seed give the same.
        loose: learn from dumps of every kind, for texts whose line breaks are not those of blocks.

    Raises:
        DatasetError: there are too few pages with a gold text, or of too few domains.
    """
    first, second = settings or SETTINGS[loose]
    settings = replace(first, seed=seed), replace(second, seed=seed)
    dumps: list[Dump] = []
    for dataset in datasets:
        read = list(read_dumps(dataset, loose=loose))
        dumps += read
        progress(f"{dataset.name}: {sum(text.style == BLOCKS for text in read)} pages with gold")
    check_folds(text.page.fold for text in dumps if text.style == BLOCKS and text.targets.any())
    vocabulary = Vocabulary(dumps, weights)
    views = look_once(dumps, vocabulary, weights, settings[0], progress)
    logits = cross_validate(dumps, weights, settings[1], views, progress)
    typed = [views[text.page.fold][number][-1] for number, text in enumerate(dumps)]
    told = list(zip(logits, typed, strict=True))
    table = {strength: _by_pack(dumps, _choice(dumps, told, strength)) for strength in STRENGTHS}
    strength = max(STRENGTHS, key=lambda strength: mean(list(table[strength].values())))
    words, types = vocabulary.fit(range(len(dumps)))
    looks = fit_looks(dumps, weights, settings, views)
    progress(f"strength {strength}")
    about = {
        "kind": "lines",
        "dumps": list(DUMPS) if loose else [BLOCKS],
        "format": FORMAT,
        "features": [look.fits[0].num_feature() for look in looks],
        "trained": day or date.today().isoformat(),
        "data": {dataset.name: len(dataset) for dataset in datasets},
        "weights": dict(weights),
        "settings": [asdict(look) for look in settings],
        "strengths": {name: factor * strength for name, factor in FACTORS.items()},
        "cross-validated": _figures(dumps, _choice(dumps, told, strength)),
        "by strength": {str(strength): packs for strength, packs in table.items()},
    }
    arrays = {
        prefix + name: array.astype(np.float16) if name == "leaf" else array
        for prefix, look, each in zip(("", SECOND), looks, settings, strict=True)
        for name, array in look.arrays(each.trees).items()
    }
    return Training(arrays | words.arrays() | types.arrays(), about)


def _choice(
    dumps: Sequence[Dump], told: Sequence[tuple[NDArray[np.float64], ...]], strength: float
) -> Choice:
    """Return the choice of lines, by their log-odds and what is said of each text's type."""

    def kept(number: int) -> NDArray[np.bool_]:
        text = dumps[number]
        if text.columns is None:
            return np.zeros(0, dtype=bool)
        logits, typed = told[number]
        return choose_lines(text.columns, logits, typed, strength)[0]

    return kept


def _scores(dumps: Sequence[Dump], choice: Choice) -> Iterator[tuple[Dump, float]]:
    for number, text in enumerate(dumps):
        if not text.clean:
            yield text, text.score(choice(number))


def _by_pack(dumps: Sequence[Dump], choice: Choice) -> dict[str, float]:
    """Return the word F1 of the dumps of blocks, by pack."""
    blocks = ((text, score) for text, score in _scores(dumps, choice) if text.style == BLOCKS)
    return means((text.pack, score) for text, score in blocks)


def _figures(dumps: Sequence[Dump], choice: Choice) -> dict[str, float]:
    """Return word F1 by pack, beside two simple rules, by page type, and by the kind of dump."""
    ways: dict[str, Choice] = {
        "": choice,
        ", all lines": lambda number: np.ones(len(dumps[number].lines), dtype=bool),
        ", five words and a full stop": lambda number: np.array(
            [_is_sentence(line) for line in dumps[number].lines], dtype=bool
        ),
        ", lines labelled as content": lambda number: dumps[number].targets > 0,
    }
    figures: dict[str, float] = {}
    for name, way in ways.items():
        scores = list(_scores(dumps, way))
        figures |= means(
            (text.pack + ("" if text.style == BLOCKS else f", {text.style}") + name, score)
            for text, score in scores
        )
        if way is choice:
            figures |= means(
                (f"{text.pack} {text.page.page_type}", score)
                for text, score in scores
                if text.style == BLOCKS
            )
    figures |= means(
        (f"{text.pack}, words kept of gold texts", _share_kept(text, choice(number)))
        for number, text in enumerate(dumps)
        if text.clean and text.lines
    )
    return dict(sorted(figures.items()))


def _share_kept(text: Dump, kept: NDArray[np.bool_]) -> float:
    return float(text.words[kept].sum() / text.words.sum())


def _is_sentence(line: str) -> bool:
    return len(line.split()) >= _FIVE and not _STOPS.isdisjoint(line)

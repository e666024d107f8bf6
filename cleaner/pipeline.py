"""The stages in order: source → decode → parse → segment → judge → Document."""

from __future__ import annotations

from contextlib import nullcontext
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from cleaner.document import Document, Page
from cleaner.inputs import as_page, is_element
from cleaner.origin import Describe, Tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from cleaner.content.model import Model
    from cleaner.markers.match import Matcher
    from cleaner.rules import Marks, Rules

Favor = Literal["balance", "precision", "recall"]
Level = Literal["markers", "boilerplate"]

_SETTINGS = ("favor", "level", "model", "include", "exclude", "lexicon", "rules", "language")


class Cleaner:
    """The configured pipeline; make one, use it for every page, from any thread.

    Args:
        favor: "precision" keeps less that is doubtful, "recall" more; "balance" is between.
        level: what is dropped from plain text: "markers" only, or all "boilerplate" lines.
        model: the weights of a model of your own, as `cleaner train` writes them.
        include: phrases that are markers too.
        exclude: phrases that are never markers.
        lexicon: further lexicon files, in the layout of `cleaner/markers/lexicon/`.
        rules: files of elements to keep or drop on sites of your choice, see `docs/rules.md`.
        language: the BCP 47 language of all pages, where it is known.

    Raises:
        ValueError: `favor` or `level` is none of the words above.
        TypeError: `include`, `exclude`, `lexicon` or `rules` is one string, not a list.
        CleanerError: one of the files cannot be used; the message says why.

    >>> Cleaner().clean("<p>Hei <b>verden</b>, dette er en hel setning for deg.</p>").text
    'Hei verden, dette er en hel setning for deg.\\n'
    """

    def __init__(  # noqa: PLR0913 - one parameter a setting
        self,
        *,
        favor: Favor = "balance",
        level: Level = "markers",
        model: str | Path | None = None,
        include: Sequence[str] = (),
        exclude: Sequence[str] = (),
        lexicon: Sequence[str | Path] = (),
        rules: Sequence[str | Path] = (),
        language: str | None = None,
    ) -> None:
        for name, value, kind in (("favor", favor, Favor), ("level", level, Level)):
            known = get_args(kind)
            if value not in known:
                raise ValueError(f"{name} must be one of {', '.join(known)}, not {value!r}")
        lists = {"include": include, "exclude": exclude, "lexicon": lexicon, "rules": rules}
        for name, values in lists.items():
            if isinstance(values, str | bytes):
                raise TypeError(f"{name} takes a list, not one {type(values).__name__}")
        self.favor = favor
        self.level = level
        self.model = Path(model) if model else None
        self.include = tuple(include)
        self.exclude = tuple(exclude)
        self.lexicon = tuple(map(Path, lexicon))
        self.rules = tuple(map(Path, rules))
        self._rules: Rules | None = None
        if self.rules:
            from cleaner.rules import load_rules

            self._rules = load_rules(self.rules)
        self.language = language
        if self.lexicon:
            self.matcher  # noqa: B018 - what is wrong with a file is told before the first page
        if self.model:
            self._model  # noqa: B018

    def _settings(self) -> dict[str, Any]:
        """Return what the cleaner was made with."""
        return {name: getattr(self, name) for name in _SETTINGS}

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(Cleaner, **self._settings()), ()

    @cached_property
    def matcher(self) -> Matcher:
        """What tells markers from other lines, with the phrases of this cleaner."""
        from cleaner.markers.load import load_lexicon
        from cleaner.markers.match import Matcher

        return Matcher(load_lexicon(self.lexicon), self.include, self.exclude)

    @cached_property
    def _model(self) -> Model:
        from cleaner.content.model import load_model

        return load_model(self.model)

    def clean(self, source: object, url: str | None = None) -> Document:
        """Return the document of one page, whatever state it is in.

        Args:
            source: bytes, str, a `Page`, an lxml element, a BeautifulSoup object, or a response
                of requests, httpx or Scrapy.
            url: the page's address: makes links absolute and helps to find metadata.

        Raises:
            TypeError: `source` is none of these.
        """
        if is_element(source):
            root = source.getroot() if hasattr(source, "getroot") else source
            return self._judged(Page("", url), Tree(root))  # type: ignore[arg-type]
        page = as_page(source, url)
        if page.media == "text":
            from cleaner.reading import decoded

            text, encoding, warnings = decoded(page)
            document = self._lines(page, text if isinstance(text, str) else text.decode())
        else:
            from cleaner import stages

            text, encoding, warnings = stages.decoded(page)
            parsed = stages.parse(text, whole=False)
            warnings = (*warnings, *parsed.warnings)
            document = self._judged(page, Tree(parsed.root, text, parsed.scripts))
        document.encoding = encoding
        document.warnings = (*warnings, *document.warnings)
        return document

    def clean_text(self, text: str | bytes, level: Level | None = None) -> Document:
        """Return the document of a plain text, its lines as blocks.

        Args:
            text: the text, as scraped.
            level: "markers" or "boilerplate"; that of the cleaner if None.

        Raises:
            TypeError: `text` is neither str nor bytes.
        """
        if not isinstance(text, (str, bytes)):
            raise TypeError(f"clean_text() takes str or bytes, not {type(text).__name__}")
        if level and level != self.level:
            return Cleaner(**{**self._settings(), "level": level}).clean_text(text)
        return self.clean(Page(text, media="text"))

    def clean_lines(self, lines: Iterable[str]) -> Iterator[str]:
        r"""Yield the lines of a text without its markers, for texts too long for memory.

        Each is judged by the lines around it: a text of up to 4,096 lines comes out as from
        `clean_text` at level "markers"; the level of the cleaner plays no part.

        Args:
            lines: the lines, each with its ending, as an open file gives them; open it with
                `newline=""` to keep the endings as they are.

        Raises:
            TypeError: `lines` is one text.

        >>> list(Cleaner().clean_lines(["Han kom.\n", "annonse\n", "Han gikk.\n"]))
        ['Han kom.\n', 'Han gikk.\n']
        """
        from cleaner.markers.context import find_markers
        from cleaner.plaintext import strip_stream

        if isinstance(lines, str | bytes):
            raise TypeError("clean_lines() takes lines; for one text there is clean_text()")
        return strip_stream(lines, partial(find_markers, matcher=self.matcher), self.language)

    def _judged(self, page: Page, tree: Tree) -> Document:
        from cleaner import stages

        with self._marks(page, tree) as marks:
            layout, from_scripts = stages.segmented(tree)
        ruled = marks.verdicts(layout) if marks else {}
        judgement = stages.judge(layout, self._model, self.favor)
        cleaned = layout.is_cleaned()
        if cleaned:
            judgement.kept[:] = [True] * len(layout)
            judgement.named.update(dict.fromkeys(range(len(layout)), "cleaned before"))
        else:
            for block, (keep, why) in ruled.items():
                judgement.kept[block], judgement.named[block] = keep, why
        document = Document(
            page,
            layout,
            judgement.kept,
            judgement.scores,
            judgement.named,
            confidence=judgement.confidence,
            page_type=judgement.page_type,
            explain=judgement.explain,
            describe=Describe(page, tree),
        )
        if not cleaned:
            stages.drop_markers(document, self.matcher, self.language)
        told = marks.warnings if marks else ()
        all_in = self.favor == "recall" or any(keep for keep, _ in ruled.values())
        notice = () if cleaned else stages.notice(document, tree, all_in=all_in)
        document.warnings = (*from_scripts, *told, *notice, *stages.doubts(document))
        return document

    def _marks(self, page: Page, tree: Tree) -> AbstractContextManager[Marks | None]:
        """Mark what the rules for a page select, while its layout is made."""
        if self._rules is None or tree.root is None:
            return nullcontext()
        from cleaner.rules import Marks
        from cleaner.segment import own_address

        return Marks(tree.root, self._rules.of(page.url or own_address(tree.root)))

    def _lines(self, page: Page, text: str) -> Document:
        from cleaner.line_document import drop_noise, line_document
        from cleaner.markers.context import find_markers
        from cleaner.plaintext import cut_lines, judge_markers, split_lines

        judge = partial(find_markers, matcher=self.matcher)
        lines = split_lines(text)
        if self.level == "markers":
            return line_document(page, judge_markers(lines, judge, self.language))
        from cleaner.content.line_units import is_loose

        pieces = cut_lines(lines)
        loose = is_loose(pieces)
        found = judge_markers(pieces if loose else lines, judge, self.language)
        document = line_document(page, found)
        drop_noise(document, self.favor, self.matcher.kinds_of, loose=loose)
        return document

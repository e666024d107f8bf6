"""The stages in order: source → decode → parse → segment → judge → Document."""

from __future__ import annotations

from contextlib import nullcontext
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from cleaner.document import Document, Layout, Page
from cleaner.inputs import as_page, is_element
from cleaner.origin import Describe, Tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from lxml.etree import _Element

    from cleaner.content.model import Model
    from cleaner.markers.match import Matcher
    from cleaner.rules import Marks, Rules

Favor = Literal["balance", "precision", "recall"]
Level = Literal["markers", "boilerplate"]

_SETTINGS = ("favor", "level", "model", "include", "exclude", "lexicon", "rules", "language")
_LARGEST = 512 * 2**20
"""Bytes that a compressed page may unpack to."""
_SHELL, _TIMES = 60, 5
"""A page of fewer visible words is a shell if its scripts hold this many times as many."""
_HARDLY_ANY = 20
"""A page of fewer visible words that has scripts, none of them with text, is an empty shell."""
_RENDER_IT = ("the page is an empty shell: rendering it would help (cleaner clean URL --render)",)
_DOUBT = 0.6
"""A confidence below this is told in the warnings."""


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
        text, encoding, warnings = _decoded(page)
        if page.media == "text":
            document = self._lines(page, text if isinstance(text, str) else text.decode())
        else:
            from cleaner.parse import parse

            parsed = parse(text, whole=False)
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
        from cleaner.content.judge import judge
        from cleaner.markers.drop import drop_markers

        with self._marks(page, tree) as marks:
            layout, from_scripts = _segmented(tree)
        ruled = marks.verdicts(layout) if marks else {}
        judgement = judge(layout, self._model, self.favor)
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
            drop_markers(document, self.matcher, self.language)
        told = marks.warnings if marks else ()
        document.warnings = (*from_scripts, *told, *_doubts(document))
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


def _decoded(page: Page) -> tuple[str | bytes, str | None, tuple[str, ...]]:
    """Return the text of a page, its bytes if they are UTF-8; its encoding; what was wrong."""
    from cleaner.twice import read_once_more

    source, encoding, warnings = _read(page)
    if page.media != "text" and (text := read_once_more(source)) is not None:
        return text, encoding, (*warnings, "the page was encoded as utf-8 twice: read once more")
    return source, encoding, warnings


def _read(page: Page) -> tuple[str | bytes, str | None, tuple[str, ...]]:
    """Return what `_decoded` does, for a page as it is encoded."""
    if isinstance(page.data, str):
        return page.data, None, ()
    from cleaner.binary import binary_kind, gunzip
    from cleaner.decode import decode

    data = page.data
    warnings: tuple[str, ...] = ()
    if data[:2] == b"\x1f\x8b":
        data, trouble = gunzip(data, _LARGEST)
        warnings = (trouble,) if trouble else ()
    kind = binary_kind(data)
    if kind:
        return "", None, (*warnings, f"not a web page: {kind}")
    decoded = decode(data, page.charset)
    return decoded.source, decoded.encoding, (*warnings, *decoded.warnings)


def _segmented(tree: Tree) -> tuple[Layout, tuple[str, ...]]:
    """Return the blocks of a page, after them those of its scripts' data if it is a shell."""
    from cleaner.segment import segment

    layout = segment(tree.root)
    if (visible := sum(layout.words)) >= _SHELL or (root := tree.whole()) is None:
        return layout, ()
    from cleaner.parse import parse
    from cleaner.shell import shell_markup

    markup = shell_markup(root)
    hidden = segment(parse(markup).root) if markup else Layout()
    if sum(hidden.words) <= _TIMES * visible:
        return layout, _RENDER_IT if visible < _HARDLY_ANY and _has_program(root) else ()
    layout.append(hidden)
    return layout, ("the page is an empty shell: its text was taken out of its scripts",)


def _has_program(root: _Element) -> bool:
    """Tell a page with a script that runs; one of a media type of its own is data."""
    return any(
        "json" not in script.get("type", "").lower() and (script.get("src") or script.text)
        for script in root.iter("script", "{*}script")
    )


def _doubts(document: Document) -> tuple[str, ...]:
    if not any(document.layout.texts):
        return ("the page has no visible text",)
    if not any(document.kept):
        return ("nothing on the page looks like main content",)
    if document.confidence < _DOUBT:
        return (f"low confidence: {document.confidence:.2f} of 1",)
    return ()

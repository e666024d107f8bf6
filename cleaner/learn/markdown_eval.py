"""How much of a page's markup its Markdown keeps: F1 for each kind of element.

Both sides are parsed by markdown-it-py into bags of elements; a page's true positives are the
elements in both bags. Precision, recall and F1 are those of all pages together. Beside whole
extractors there are converters: they get the part of the page that the gold text covers, so that
only the conversion is measured.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin

from cleaner.document import CleanerError
from cleaner.learn.datasets import load_all, markdown_parser, markdown_text
from cleaner.learn.tables import Table, number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from lxml.etree import _Element
    from markdown_it.token import Token

    from cleaner.document import Layout
    from cleaner.learn.datasets import LabelledPage

KINDS = "headings items code languages rows quotes links images footnotes math".split()
"""What is counted: see `elements`."""

Convert = Callable[["LabelledPage"], str]
_FENCED = re.compile(
    r"^( {0,3}(?:[-*+>] )?)(`{3,}|~{3,})[^\n]*\n.*?^ {0,3}\2[`~]*[ \t]*$", re.MULTILINE | re.DOTALL
)
_FOOTNOTE = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?!\[\^).*)*)", re.MULTILINE)
_MATH = re.compile(
    r"(?<![\\$])\$\$(.+?)\$\$|(?<![\\$\w])\$(?=[^\s$])([^$\n]{0,2000}?(?:\n[^$\n]+){0,12}?[^\s$\\])\$(?![\d$])",
    re.DOTALL,
)
_TARGET = re.compile(r"\]\([^)\s]*")
_MATH_OR_TARGET = re.compile(rf"(?P<target>\]\([^)\s]*)|{_MATH.pattern}", re.DOTALL)
_MARK = re.compile(r"\[\^[^\]\s]+\]")
_LATEX = re.compile(r"\\|[\^_{}]|^\w$")


def elements(markdown: str, base: str = "") -> dict[str, Counter[str]]:
    """Return the elements of a Markdown text by their kind.

    Headings, list items and quotes count by their words, code by its characters without white
    space, a language with its code, table rows cell by cell, links and images by their address
    made absolute by `base`, footnotes by the words of their definition, formulas by their LaTeX.
    """
    found: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    prose = _FENCED.sub("", markdown)
    for match in _MATH.finditer(_TARGET.sub("](", prose)):
        latex = match[1] or match[2] or ""
        if match[1] or _LATEX.search(latex):
            found["math"][_latex(latex)] += 1
    for match in _FOOTNOTE.finditer(prose):
        found["footnotes"][_words(markdown_text(match[2].strip().split("\n\n", 1)[0]))] += 1
    if "$" in prose:
        markdown = _MATH_OR_TARGET.sub(lambda match: match["target"] or " formula ", markdown)
    if "[^" in prose:
        # Without footnotes, `[^1]: https://…` would be the target of a link.
        markdown = _FOOTNOTE.sub(lambda match: _dedented(match[2]), markdown)
        markdown = _MARK.sub("", markdown)
    _collect(markdown_parser().parse(markdown), found, base)
    return found


def _collect(tokens: list[Token], found: dict[str, Counter[str]], base: str) -> None:
    """Walk the blocks, each with what it stands in."""
    around: list[str] = []
    row: list[str] = []
    for token in tokens:
        if token.nesting > 0:
            around.append(token.type)
        elif token.nesting < 0:
            around.pop()
            if token.type == "tr_close":
                found["rows"]["|".join(row)] += any(row)
                row = []
        elif token.type in ("fence", "code_block"):
            _add_code(token, found)
        elif token.type == "inline":
            text = _words(_inline_text(token, found, base))
            if around and around[-1] in ("th_open", "td_open"):
                row.append(text)
            elif text:
                _add_text(text, around, found)


def _add_text(text: str, around: list[str], found: dict[str, Counter[str]]) -> None:
    if around[-1] == "heading_open":
        found["headings"][text] += 1
    elif "blockquote_open" in around:
        found["quotes"][text] += 1
    if around[-2:] == ["list_item_open", "paragraph_open"]:
        found["items"][text] += 1


def _dedented(body: str) -> str:
    """Return the body of a footnote definition as blocks of their own."""
    return re.sub(r"^(?: {4}|\t)", "", body, flags=re.MULTILINE)


def _add_code(token: Token, found: dict[str, Counter[str]]) -> None:
    text = "".join(token.content.split())
    if text:
        found["code"][text] += 1
        language = token.info.strip().split(" ")[0].lower()
        if language:
            found["languages"][f"{language}|{text[:40]}"] += 1


def _inline_text(token: Token, found: dict[str, Counter[str]], base: str) -> str:
    parts = []
    for child in token.children or ():
        if child.type == "link_open":
            found["links"][_address(str(child.attrGet("href") or ""), base)] += 1
        elif child.type == "image":
            found["images"][_address(str(child.attrGet("src") or ""), base)] += 1
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type != "html_inline":
            parts.append(child.content)
    return "".join(parts)


def _address(url: str, base: str) -> str:
    return unquote(urljoin(base, url)).rstrip("/")


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _latex(latex: str) -> str:
    return re.sub(r"\\displaystyle|[\s{}]|\\[,;!]", "", latex)


@dataclass(slots=True)
class Score:
    """The counts of one kind of element over pages."""

    found: int = 0
    given: int = 0
    wanted: int = 0

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where nothing was wanted or given."""
        total = self.given + self.wanted
        return 2 * self.found / total if total else None


@dataclass(slots=True)
class MarkdownReport:
    """The scores of each engine on each dataset; a `cleaner.learn.tables.Report`."""

    scores: dict[str, dict[str, dict[str, Score]]] = field(default_factory=dict)
    seconds: dict[str, dict[str, float]] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)

    def tables(self) -> list[Table]:
        """Return one table a dataset: an engine a row, a kind of element a column."""
        return [
            Table(
                f"Markdown, {name}: F1 by kind of element ({self.pages[name]} pages)",
                ("engine", *KINDS, "ms a page"),
                [
                    [engine, *(number(scores[kind].f1) for kind in KINDS),
                     f"{1000 * self.seconds[name][engine] / max(self.pages[name], 1):.1f}"]
                    for engine, scores in engines.items()
                ],
            )
            for name, engines in self.scores.items()
        ]  # fmt: skip

    def as_dict(self) -> dict[str, Any]:
        """Return dataset → engine → kind → F1 and its counts."""
        return {
            name: {
                engine: {
                    **{
                        kind: {"f1": score.f1, "found": score.found, "given": score.given,
                               "wanted": score.wanted}
                        for kind, score in scores.items()
                    },
                    "seconds": self.seconds[name][engine],
                }
                for engine, scores in engines.items()
            }
            for name, engines in self.scores.items()
        }  # fmt: skip


def run(paths: Sequence[Path], against: Sequence[str] = ()) -> MarkdownReport:
    """Measure our Markdown, and that of the engines named in `against`, on labelled pages.

    Pages without a wanted Markdown are left aside. Raises `DatasetError` for a folder without
    labelled pages, `CleanerError` for an engine that is unknown or not installed.
    """
    engines = {name: _load(name) for name in dict.fromkeys(("cleaner", *against))}
    report = MarkdownReport()
    for dataset in load_all(paths):
        pages = [page for page in dataset.pages if page.markdown is not None]
        report.pages[dataset.name] = len(pages)
        report.scores[dataset.name] = {}
        report.seconds[dataset.name] = {}
        for name, convert in engines.items():
            scores, seconds = measure(pages, convert)
            report.scores[dataset.name][name] = scores
            report.seconds[dataset.name][name] = seconds
    return report


def measure(pages: Iterable[LabelledPage], convert: Convert) -> tuple[dict[str, Score], float]:
    """Return the scores of one engine over pages, and the seconds that it took."""
    scores = {kind: Score() for kind in KINDS}
    seconds = 0.0
    for page in pages:
        start = time.process_time()
        markdown = convert(page)
        seconds += time.process_time() - start
        base = base_of(page)
        given, wanted = elements(markdown, base), elements(page.markdown or "", base)
        for kind, score in scores.items():
            score.found += (given[kind] & wanted[kind]).total()
            score.given += given[kind].total()
            score.wanted += wanted[kind].total()
    return scores, seconds


def base_of(page: LabelledPage) -> str:
    """Return the address of a page; for one without, that which its name stands for."""
    if page.url:
        return page.url
    said = re.search(rb'<!--\s*\{\s*"url":\s*"([^"\s]+)"', page.read()[:20_000])
    return said[1].decode() if said else f"https://{page.id.rpartition('--')[2]}/"


def _load(name: str) -> Convert:
    if name not in ENGINES:
        raise CleanerError(f"no Markdown engine {name!r}; there are {', '.join(ENGINES)}")
    try:
        return ENGINES[name]()
    except ImportError as error:
        raise CleanerError(f"{name} is not installed ({error})") from error


def _cleaner() -> Convert:
    from cleaner.pipeline import Cleaner

    cleaner = Cleaner()
    return lambda page: cleaner.clean(page.read(), base_of(page)).markdown


def _cleaner_at_gold() -> Convert:
    """Our exporter over the blocks that the gold covers, whatever the content model keeps."""
    from cleaner.document import Document, Page
    from cleaner.learn.label import label_blocks
    from cleaner.segment import segment

    def convert(page: LabelledPage) -> str:
        layout = segment(page.tree())
        kept = _covered(
            layout, label_blocks(layout.texts, page.gold or "").tolist(), page.markdown or ""
        )
        return Document(Page(b"", base_of(page)), layout, kept, [1.0] * len(kept)).markdown

    return convert


def _covered(layout: Layout, shares: Sequence[float], wanted: str) -> list[bool]:
    """Return which blocks the gold covers: by words, or, for code and formulas, by characters."""
    everything = _characters(wanted)
    sure = [bool(share >= 0.5) for share in shares]
    covered = list(sure)
    for index, text in enumerate(layout.texts):
        if sure[index]:
            continue
        near = any(sure[max(0, index - 4) : index + 5])
        inside = _characters(text)
        media = not inside or any(
            layout.tags[layout.piece_nodes[piece]] in ("annotation", "script", "mjx-c", "mi")
            for piece in range(layout.starts[index], layout.ends[index])
        )
        covered[index] = near and (media or inside in everything)
    return covered


def _characters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _trafilatura() -> Convert:
    from trafilatura import extract

    return lambda page: (
        extract(page.read(), url=base_of(page), output_format="markdown", include_links=True,
                include_images=True, include_formatting=True, include_comments=False) or ""
    )  # fmt: skip


def _markdownify() -> Convert:
    from lxml.html import tostring
    from markdownify import markdownify

    return lambda page: str(
        markdownify(tostring(_region(page), encoding="unicode"), heading_style="ATX", bullets="-")
    )


def _html_to_markdown() -> Convert:
    from html_to_markdown import convert
    from lxml.html import tostring

    def run_it(page: LabelledPage) -> str:
        result = convert(tostring(_region(page), encoding="unicode"))
        return str(getattr(result, "content", result))

    return run_it


def _readability() -> Convert:
    from markdownify import markdownify
    from readability import Document

    return lambda page: str(
        markdownify(Document(page.read(), url=base_of(page)).summary(html_partial=True),
                    heading_style="ATX", bullets="-")
    )  # fmt: skip


def _region(page: LabelledPage) -> _Element:
    """Return the smallest element that holds nine tenths of the gold's words."""
    from lxml.etree import strip_elements

    root = page.tree()
    assert root is not None
    strip_elements(root, "script", "style", "template", "noscript", with_tail=False)
    wanted = Counter(_words(page.gold or "").split())
    best = root
    while True:
        for child in best.iterchildren("*"):
            held = Counter(_words(" ".join(map(str, child.itertext()))).split())
            if (held & wanted).total() >= 0.9 * wanted.total():
                best = child
                break
        else:
            return best


ENGINES: dict[str, Callable[[], Convert]] = {
    "cleaner": _cleaner,
    "cleaner-at-gold": _cleaner_at_gold,
    "trafilatura": _trafilatura,
    "markdownify": _markdownify,
    "html-to-markdown": _html_to_markdown,
    "readability": _readability,
}
"""Every engine by its name; the converters get the part of the page that the gold covers."""

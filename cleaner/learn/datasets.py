"""Labelled pages on disk, in three layouts; `docs/evaluation.md` describes each."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cleaner.decode import decode
from cleaner.document import CleanerError
from cleaner.parse import parse
from cleaner.twice import read_once_more

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from lxml.etree import _Element
    from markdown_it import MarkdownIt

FOLDS = 5
"""Parts into which pages are split: each is judged by what the others say."""

_PAGE_ENDINGS = (".html", ".htm", ".html.gz", ".htm.gz")
# Saved fixtures say in a leading comment where they are from: <!-- {"url": "https://…"} -->
_ORIGIN = re.compile(rb'^\s*<!--\s*\{\s*"url":\s*"([^"\s]{1,2000})"')
_SCHEME = re.compile(r"^[A-Za-z]+:+/*")


class DatasetError(CleanerError):
    """A folder without labelled pages, labels that cannot be read, or too few to learn from."""


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """One page and what a reader would want of it.

    `gold` is the main content as plain text, "" if the page has none, None if it is not known.
    `with_` must stand in a good output, `without` must not. `markdown` is the wanted Markdown.
    """

    id: str
    path: Path
    url: str | None = None
    page_type: str = "all"
    gold: str | None = None
    title: str | None = None
    author: str | None = None
    date: str | None = None
    with_: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    markdown: str | None = None

    def read(self) -> bytes:
        """Return the page as it was fetched; `.gz` is unpacked. Raises `DatasetError`."""
        try:
            data = self.path.read_bytes()
            return gzip.decompress(data) if self.path.suffix == ".gz" else data
        except (OSError, EOFError, zlib.error) as error:
            raise DatasetError(f"{self.path}: {getattr(error, 'strerror', 0) or error}") from error

    def tree(self, *, settled: bool = True) -> _Element | None:
        """Return the page as a tree, None if it is blank; see `parse`. Raises `DatasetError`."""
        text = decode(self.read()).text
        return parse(read_once_more(text) or text, settled=settled).root

    @property
    def group(self) -> str:
        """What must stay on one side of a split: the registered domain, else the page alone."""
        return registered_domain(self.url) or f"{self.path.parent.name}/{self.id}"

    @property
    def fold(self) -> int:
        """The one of `FOLDS` folds that the group falls into."""
        return zlib.crc32(self.group.encode()) % FOLDS


@dataclass(frozen=True, slots=True)
class Dataset:
    """Labelled pages under one name."""

    name: str
    pages: tuple[LabelledPage, ...]

    def __len__(self) -> int:
        return len(self.pages)

    def __iter__(self) -> Iterator[LabelledPage]:
        return iter(self.pages)

    def sample(self, limit: int | None) -> Dataset:
        """Return at most `limit` pages, spread evenly over all; None keeps all."""
        if limit is None or limit >= len(self.pages):
            return self
        picked = (index * len(self.pages) // limit for index in range(limit))
        return Dataset(self.name, tuple(self.pages[index] for index in picked))


def load(path: Path | str) -> Dataset:
    """Read the labelled pages in the folder `path`, whichever layout it has.

    Raises `DatasetError` if it has none of the layouts, a label cannot be read, or two pages have
    one name.
    """
    folder = Path(path)
    if folder.name == "gold.jsonl":
        folder = folder.parent
    for suits, read in _LAYOUTS:
        if suits(folder):
            try:
                pages = tuple(sorted(read(folder), key=lambda page: page.id))
            except (OSError, UnicodeDecodeError) as error:
                raise DatasetError(f"{path}: a label cannot be read: {error}") from error
            for page, following in pairwise(pages):
                if page.id == following.id:
                    raise DatasetError(f"{path}: two pages are called {page.id}")
            if pages:
                return Dataset(folder.resolve().name, pages)
    raise DatasetError(
        f"{path}: no labelled pages; expected gold.jsonl, html/ with ground-truth/, "
        "or NAME.html with NAME.md or NAME.txt"
    )


def load_all(paths: Sequence[Path | str]) -> list[Dataset]:
    """Read several folders; where two have one name, their paths are the names.

    Raises `DatasetError` as `load` does, and where a page is missing.
    """
    found = [load(path) for path in paths]
    for page in (page for dataset in found for page in dataset):
        if not page.path.is_file():
            raise DatasetError(f"{page.path}: no such page")
    seen = Counter(data.name for data in found)
    return [
        data if seen[data.name] == 1 else Dataset(str(path), data.pages)
        for path, data in zip(paths, found, strict=True)
    ]


def check_folds(folds: Iterable[int]) -> None:
    """Raise `DatasetError` unless pages to learn from, given by their folds, stand in two or more.

    Pages of one registered domain are in one fold, and each fold is judged by what the others say.
    """
    count = len(set(folds))
    if not count:
        raise DatasetError("nothing to learn from: no page has a main_content that stands on it")
    if count == 1:
        raise DatasetError("too little to learn from: pages of more registered domains are needed")


def registered_domain(url: str | None) -> str:
    """Return the domain that an owner registers, "" if `url` names no host; never connects.

    Hosts under a public suffix where anyone gets a name (blogspot.com, github.io) are domains
    of their own. A host that is no domain (an IP address) is returned whole. A label such as
    `hard::blog.example.org-article.html`, where the name runs on, is cut at the last known suffix.

    >>> registered_domain("https://www.news.example.co.uk/a?b")
    'example.co.uk'
    """
    if not url:
        return ""
    return _host_domain(_host(url))


def _host(url: str) -> str:
    rest = _SCHEME.sub("", url.strip(), count=1)
    try:
        return (urlsplit(f"//{rest}").hostname or "").strip(".")
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def _host_domain(host: str) -> str:
    from tld import get_fld

    name = host
    while name:
        found = get_fld(f"http://{name}", fail_silently=True)
        if found:
            return str(found)
        cut = max(name.rfind("."), name.rfind("-"))
        name = name[:cut] if cut > 0 else ""
    return host


# --- the layouts -------------------------------------------------------------------------


def _read_gold(folder: Path) -> Iterator[LabelledPage]:
    """Read `gold.jsonl`: one object a line, `file` relative to the folder."""
    with (folder / "gold.jsonl").open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            row = _parse(line, f"{folder / 'gold.jsonl'}, line {number}")
            identity = str(row.get("id") or row.get("file") or number)
            path = folder / str(row.get("file") or f"{identity}.html")
            yield _labelled(identity, path, row)


def _wcxb_root(folder: Path) -> Path | None:
    """Return the folder that holds html/ and ground-truth/: `folder`, else its dev/."""
    for root in (folder, folder / "dev"):
        if (root / "html").is_dir() and (root / "ground-truth").is_dir():
            return root
    return None


def _read_wcxb(folder: Path) -> Iterator[LabelledPage]:
    root = _wcxb_root(folder)
    assert root is not None
    for label in sorted((root / "ground-truth").glob("*.json")):
        path = next(
            (found for e in _PAGE_ENDINGS if (found := root / "html" / (label.stem + e)).is_file()),
            None,
        )
        if path is None:
            continue
        row = _parse(label.read_text(encoding="utf-8"), str(label))
        internal = _mapping(_mapping(row.get("_internal")).get("page_type"))
        truth = _mapping(row.get("ground_truth")) or row
        page_type = row.get("page_type") or internal.get("primary")
        if isinstance(page_type, dict):
            page_type = page_type.get("primary")
        yield _labelled(label.stem, path, {**truth, "url": row.get("url"), "page_type": page_type})


def _is_fixtures(folder: Path) -> bool:
    return folder.is_dir() and any(_expected(path) for path in folder.glob("*.html"))


def _read_fixtures(folder: Path) -> Iterator[LabelledPage]:
    """Read NAME.html with NAME.txt or NAME.md, and NAME.json if there is one, beside it."""
    for path in sorted(folder.glob("*.html")):
        expected = _expected(path)
        if not expected:
            continue
        meta, wanted = path.with_suffix(".json"), path.with_suffix(".md")
        row = _parse(meta.read_text(encoding="utf-8"), str(meta)) if meta.is_file() else {}
        text = expected.read_text(encoding="utf-8")
        origin = _ORIGIN.match(path.read_bytes()[:4096])
        labels = {
            "main_content": text if expected.suffix == ".txt" else markdown_text(text),
            "title": row.get("title"),
            "author": row.get("author"),
            "publish_date": row.get("publish_date") or row.get("published") or row.get("date"),
            "markdown": wanted.read_text(encoding="utf-8") if wanted.is_file() else None,
            "url": row.get("url") or (origin[1].decode("utf-8", "replace") if origin else None),
            "page_type": row.get("page_type"),
        }
        yield _labelled(path.stem, path, labels)


def _expected(path: Path) -> Path | None:
    for ending in (".txt", ".md"):
        if path.with_suffix(ending).is_file():
            return path.with_suffix(ending)
    return None


_LAYOUTS: tuple[tuple[Callable[[Path], object], Callable[[Path], Iterator[LabelledPage]]], ...] = (
    (lambda folder: (folder / "gold.jsonl").is_file(), _read_gold),
    (_wcxb_root, _read_wcxb),
    (_is_fixtures, _read_fixtures),
)


@cache
def markdown_parser() -> MarkdownIt:
    """Return the parser of labels and of what is measured by them."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def markdown_text(markdown: str) -> str:
    """Return the words of a Markdown text without its syntax, one line a block."""
    lines = []
    for token in markdown_parser().parse(markdown):
        if token.type in {"fence", "code_block"}:
            lines.append(token.content)
        elif token.children:
            breaks = ("\n" if "break" in part.type else part.content for part in token.children)
            lines.append("".join(breaks))
    return "\n".join(lines)


def _labelled(identity: str, path: Path, row: Mapping[str, Any]) -> LabelledPage:
    gold = row.get("main_content")
    return LabelledPage(
        id=identity,
        path=path,
        url=_text(row.get("url")),
        page_type=_text(row.get("page_type")) or "all",
        gold=gold if isinstance(gold, str) else None,
        title=_text(row.get("title")),
        author=_text(row.get("author")),
        date=_text(row.get("publish_date")),
        with_=_snippets(row.get("with")),
        without=_snippets(row.get("without")),
        markdown=row.get("markdown"),
    )


def _parse(text: str, where: str) -> Mapping[str, Any]:
    try:
        row = json.loads(text)
    except ValueError as error:
        raise DatasetError(f"{where}: no JSON ({error})") from error
    if not isinstance(row, dict):
        raise DatasetError(f"{where}: a JSON object was expected")
    return row


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str | None:
    if isinstance(value, list | tuple):
        value = ", ".join(str(part) for part in value if part)
    return str(value).strip() or None if value is not None else None


def _snippets(value: object) -> tuple[str, ...]:
    parts = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(part for part in parts if isinstance(part, str) and part.strip())

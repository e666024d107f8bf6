"""The extractors that can be measured: one row of a table each."""

from __future__ import annotations

import importlib
import importlib.metadata
import warnings
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cleaner.document import CleanerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Extract = Callable[[bytes, str | None], str]
    """From a page as fetched, and its address, to the plain text of its main content."""

_RESILIPARSE = "resiliparse.extract.html2text"

# Elements that end a line where text is made of another engine's HTML.
_BREAKS = (
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6"
    " header hr li main nav ol p pre section table td th tr ul"
).split()


@dataclass(frozen=True, slots=True)
class Engine:
    """One extractor: `load` imports the module `needs` and returns the function to call."""

    needs: str
    package: str
    load: Callable[[Any], Extract]


def load(names: Iterable[str]) -> tuple[dict[str, Extract], list[str]]:
    """Load engines by name, in order.

    Returns the functions of those that are installed, and one line for each that is not. Raises
    `CleanerError` for a name that is not in `ENGINES`.
    """
    ready: dict[str, Extract] = {}
    notes = []
    for name in dict.fromkeys(names):
        engine = ENGINES.get(name)
        if engine is None:
            raise CleanerError(f"no engine {name!r}; there are {', '.join(ENGINES)}")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                ready[name] = engine.load(importlib.import_module(engine.needs))
        except ImportError as error:
            notes.append(f"{name} is left out: pip install {engine.package} ({error})")
    return ready, notes


def versions(names: Iterable[str]) -> dict[str, str]:
    """Return the installed version of the package behind each engine, where there is one."""
    found = {}
    for name in names:
        with suppress(importlib.metadata.PackageNotFoundError):
            found[name] = importlib.metadata.version(ENGINES[name].package)
    return found


def _cleaner(favor: str) -> Callable[[Any], Extract]:
    def load_it(module: Any) -> Extract:
        cleaner = module.Cleaner(favor=favor)
        return lambda data, url: str(cleaner.clean(data, url=url).text)

    return load_it


def _trafilatura(**options: bool) -> Callable[[Any], Extract]:
    return lambda module: lambda data, url: module.extract(data, url=url, **options) or ""


def _resiliparse(**options: bool) -> Callable[[Any], Extract]:
    """Leave out what is no text of the page: list bullets, and what images are called."""

    def load_it(module: Any) -> Extract:
        from resiliparse.parse.encoding import bytes_to_str, detect_encoding

        extract_plain_text = partial(
            module.extract_plain_text,
            main_content=True,
            alt_texts=False,
            list_bullets=False,
            **options,
        )
        return lambda data, _url: str(
            extract_plain_text(bytes_to_str(data, detect_encoding(data) or "utf-8"))
        )

    return load_it


def _readability(module: Any) -> Extract:
    return lambda data, url: html_text(module.Document(data, url=url).summary(html_partial=True))


def _justext(module: Any, language: str | None = None) -> Extract:
    names = [language] if language else module.get_stoplists()
    stop = frozenset[str]().union(*(module.get_stoplist(name) for name in names))

    def extract(data: bytes, _url: str | None) -> str:
        paragraphs = module.justext(data, stop)
        return "\n".join(part.text for part in paragraphs if not part.is_boilerplate)

    return extract


def _newspaper(module: Any) -> Extract:
    from trafilatura.utils import decode_file

    def extract(data: bytes, url: str | None) -> str:
        article = module.Article(url or "http://localhost/", fetch_images=False)
        article.download(input_html=decode_file(data))
        article.parse()
        return str(article.text)

    return extract


def html_text(html: str) -> str:
    """Return the text of HTML that an engine made, block elements on lines of their own."""
    from lxml.html import fragment_fromstring

    root = fragment_fromstring(html, create_parent="div")
    for element in root.iter(*_BREAKS):
        element.tail = "\n" + (element.tail or "")
    lines = ("".join(root.itertext())).splitlines()
    return "\n".join(text for line in lines if (text := " ".join(line.split())))


ENGINES: Mapping[str, Engine] = MappingProxyType(
    {
        "cleaner": Engine("cleaner", "page-cleaner", _cleaner("balance")),
        "cleaner-precision": Engine("cleaner", "page-cleaner", _cleaner("precision")),
        "cleaner-recall": Engine("cleaner", "page-cleaner", _cleaner("recall")),
        "trafilatura": Engine("trafilatura", "trafilatura", _trafilatura(include_comments=False)),
        "trafilatura-default": Engine("trafilatura", "trafilatura", _trafilatura()),
        "resiliparse": Engine(_RESILIPARSE, "resiliparse", _resiliparse()),
        "resiliparse-no-comments": Engine(
            _RESILIPARSE, "resiliparse", _resiliparse(comments=False)
        ),
        "readability": Engine("readability", "readability-lxml", _readability),
        "justext": Engine("justext", "justext", _justext),
        "justext-english": Engine("justext", "justext", partial(_justext, language="English")),
        "newspaper": Engine("newspaper", "newspaper4k", _newspaper),
    }
)
"""Every engine by its name. To add one, write how it is loaded and add a row."""

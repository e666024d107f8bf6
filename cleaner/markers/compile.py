"""The TOML files of a lexicon, checked and turned into the tables that matching uses."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.document import CleanerError
from cleaner.markers.normal import key, normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KINDS = tuple("ad continue related share newsletter comments consent credits login".split())
"""What a marker can announce; each is a table of a lexicon file."""

PLACES = ("line", "start", "link", "name", "sentence", "ambiguous")
"""Where a phrase may stand; each is a list in such a table. `ambiguous` is a whole line too."""

LEADS = ("start", "link", "name", "sentence")
"""The places of phrases that something follows: a headline, a link, a name, more of a sentence."""

GAP = "…"
"""Stands in a sentence for any words: "follow … on google news"."""

WORD_CLASSES = ("ad", "story", "go", "place", "filler")
"""The sets of `[words]`, of which unseen phrasings are made."""

HOME = Path(__file__).with_name("lexicon")
COMPILED = Path(__file__).with_name("compiled.txt")

Row = tuple[str, str, str, str]
"""One entry of the lexicon as stored: kind, language, place, phrase."""


class LexiconError(CleanerError):
    """A lexicon file that cannot be used; the message names the file and the place in it."""


def contents(path: Path) -> dict[str, Any]:
    """Return the contents of a lexicon file, unchecked. Raises `LexiconError` if it is no TOML."""
    import tomllib  # needed for extra files alone: the lexicon itself is compiled

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path}: {getattr(error, 'strerror', None) or error}") from error


def read(path: Path) -> dict[str, Any]:
    """Return the checked contents of one lexicon file. Raises `LexiconError`."""
    data = contents(path)
    for fault in faults(data):
        raise LexiconError(f"{path}: {fault}")
    return data


def faults(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the contents of a lexicon file, in words."""
    for name in data.keys() - {"name", "tags", "stop", "unspaced", "words", *KINDS}:
        yield f"unknown key {name!r}"
    for name in ("name", "stop"):
        if not isinstance(data.get(name, ""), str):
            yield f"{name}: not a string"
    for name in (*KINDS, "words"):
        table = data.get(name, {})
        if not isinstance(table, dict):
            yield f"{name}: not a table"
            continue
        for part, value in table.items():
            yield from _word_faults(part, value) if name == "words" else _faults(name, part, value)


def _word_faults(name: str, value: object) -> Iterator[str]:
    if name not in WORD_CLASSES:
        yield f"[words]: unknown set {name!r}, not one of {', '.join(WORD_CLASSES)}"
    elif not isinstance(value, str):
        yield f"[words] {name}: not a string of words"


def _faults(kind: str, place: str, phrases: object) -> Iterator[str]:
    if place not in PLACES:
        yield f"[{kind}]: unknown place {place!r}, not one of {', '.join(PLACES)}"
        return
    if not isinstance(phrases, list) or not all(isinstance(phrase, str) for phrase in phrases):
        yield f"[{kind}] {place}: not a list of phrases"
        return
    seen: set[str] = set()
    for phrase in phrases:
        spelt = key(phrase)
        if not key(phrase.partition(GAP)[0]):
            yield f"[{kind}] {place}: {phrase!r} holds no word"
        elif "\t" in phrase or "\n" in phrase:
            yield f"[{kind}] {place}: {phrase!r} is more than one line"
        elif spelt in seen:
            yield f"[{kind}] {place}: {phrase!r} is there twice"
        seen.add(spelt)


@dataclass(slots=True)
class Tables:
    """The lexicon as strings that are taken apart only where a line asks for it.

    `languages` maps a code to name, further tags, and "unspaced" or nothing; `entries` a key to
    its rows; `words` a word to its sets, as "no=ad da=ad"; `stop` a stop word to its languages;
    `leads` the words that a phrase before something begins with to the kinds of such phrases.
    """

    languages: dict[str, str] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    stop: dict[str, str] = field(default_factory=dict)
    leads: dict[str, str] = field(default_factory=dict)

    def add(self, language: str, data: Mapping[str, Any]) -> None:
        """Take in the contents of one lexicon file."""
        told = (data.get("name", language), " ".join(data.get("tags", ())))
        unspaced = "unspaced" if data.get("unspaced") else ""
        self.languages.setdefault(language, "\t".join((*told, unspaced)))
        for kind, place, phrase in _phrases(data):
            spelt = key(phrase.partition(GAP)[0])
            _append(self.entries, spelt, "\t", "|".join((kind, language, place, phrase)))
            if place in LEADS:
                _append(self.leads, spelt.partition(" ")[0], " ", kind)
        for name in WORD_CLASSES:
            for word in normal(data.get("words", {}).get(name, "")).split():
                if f"{language}=" not in self.words.get(word, ""):
                    _append(self.words, word, " ", f"{language}={name}")
        for word in normal(data.get("stop", "")).split():
            _append(self.stop, word, " ", language)

    def dumped(self) -> str:
        """Return the text of the compiled file: a section a table, a word and below it its row."""
        sections = []
        for table in fields(self):
            rows = getattr(self, table.name).items()
            sections.append("\n".join(f"{word}\n{row}" for word, row in sorted(rows)))
        return "\n\n".join(sections) + "\n"


def loaded(text: str) -> Tables:
    """Return the tables that `Tables.dumped` gave as text."""
    tables = []
    for section in text.rstrip("\n").split("\n\n"):
        lines = section.split("\n")
        tables.append(dict(zip(lines[::2], lines[1::2], strict=True)))
    return Tables(*tables)


def rows_of(packed: str) -> list[Row]:
    """Return the rows of one entry of `Tables.entries`."""
    return [tuple(row.split("|", 3)) for row in packed.split("\t")]  # type: ignore[misc]


def _phrases(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for kind in KINDS:
        for place, phrases in data.get(kind, {}).items():
            for phrase in phrases:
                yield kind, place, phrase


def _append(table: dict[str, str], word: str, separator: str, value: str) -> None:
    known = table.get(word)
    if known is None:
        table[word] = value
    elif value not in known.split(separator):
        table[word] = known + separator + value


def compile_home() -> str:
    """Return what `compiled.txt` should hold, made anew from the files in `lexicon/`."""
    made = Tables()
    files = {path.stem: read(path) for path in sorted(HOME.glob("*.toml"))}
    # Of languages that share a phrase, the one that is known best names it.
    for language in sorted(files, key=lambda code: -sum(1 for _ in _phrases(files[code]))):
        made.add(language, files[language])
    return made.dumped()

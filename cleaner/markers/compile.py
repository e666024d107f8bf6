"""The TOML files of a lexicon, checked and turned into the tables that matching uses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TYPE_CHECKING

from cleaner.document import CleanerError
from cleaner.markers.normal import key, normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

KINDS = (
    "ad",
    "continue",
    "related",
    "share",
    "newsletter",
    "comments",
    "consent",
    "credits",
    "login",
)
"""What a marker can announce; each is a table of a lexicon file."""

PLACES = ("line", "start", "link", "name", "ambiguous")
"""Where a phrase may stand; each is a list in such a table. `ambiguous` is a whole line too."""

WORD_CLASSES = ("ad", "story", "go", "place", "filler")
"""The sets of `[words]`, of which unseen phrasings are made."""

HOME = Path(__file__).with_name("lexicon")
COMPILED = Path(__file__).with_name("lexicon.json")

Tables = dict[str, dict[str, Any]]


class LexiconError(CleanerError):
    """A lexicon file that cannot be used; the message names the file and the place in it."""


def read(path: Path) -> dict[str, Any]:
    """Return the checked contents of one lexicon file. Raises `LexiconError`."""
    import tomllib  # needed for extra files alone: the lexicon itself is compiled

    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path}: {error}") from error
    for fault in faults(data):
        raise LexiconError(f"{path}: {fault}")
    return data


def faults(data: Mapping[str, Any]) -> Iterable[str]:
    """Yield what is wrong with the contents of a lexicon file, in words."""
    for name in data.keys() - {"name", "tags", "stop", "unspaced", "words", *KINDS}:
        yield f"unknown key {name!r}"
    for kind in KINDS:
        seen: set[str] = set()
        for place, phrases in data.get(kind, {}).items():
            if place not in PLACES:
                yield f"[{kind}]: unknown place {place!r}, not one of {', '.join(PLACES)}"
            for phrase in phrases:
                if not key(phrase):
                    yield f"[{kind}] {place}: {phrase!r} holds no word"
                elif f"{place} {key(phrase)}" in seen:
                    yield f"[{kind}] {place}: {phrase!r} is there twice"
                seen.add(f"{place} {key(phrase)}")
    for name in data.get("words", {}).keys() - set(WORD_CLASSES):
        yield f"[words]: unknown set {name!r}, not one of {', '.join(WORD_CLASSES)}"


def tables(paths: Iterable[Path]) -> Tables:
    """Return the tables of the lexicon files at `paths`, in the shape that is stored as JSON.

    `languages` maps a code to what is told of it; `entries` a key to its entries, each a list of
    kind, language, phrase, place; `words` a word to its set by language; `stop` a stop word to
    its languages.
    """
    made: Tables = {"languages": {}, "entries": {}, "words": {}, "stop": {}}
    for path in sorted(paths):
        data = read(path)
        language = path.stem
        made["languages"][language] = {
            "name": data.get("name", language),
            "tags": data.get("tags", []),
            "unspaced": data.get("unspaced", False),
        }
        _add_entries(made["entries"], language, data)
        for name in WORD_CLASSES:
            for word in normal(data.get("words", {}).get(name, "")).split():
                made["words"].setdefault(word, {}).setdefault(language, name)
        for word in normal(data.get("stop", "")).split():
            languages = made["stop"].setdefault(word, [])
            if language not in languages:
                languages.append(language)
    return made


def _add_entries(entries: dict[str, Any], language: str, data: Mapping[str, Any]) -> None:
    for kind in KINDS:
        for place, phrases in data.get(kind, {}).items():
            for phrase in phrases:
                entries.setdefault(key(phrase), []).append([kind, language, phrase, place])


def text_of(made: Tables) -> str:
    """Return the tables as the text of the compiled file, one table entry a line."""
    parts = []
    for name, table in made.items():
        rows = ",\n".join(
            f"{json.dumps(word, ensure_ascii=False)}:"
            + json.dumps(row, ensure_ascii=False, separators=(",", ":"))
            for word, row in sorted(table.items())
        )
        parts.append(f"{json.dumps(name)}:{{\n{rows}\n}}")
    return "{" + ",\n".join(parts) + "}\n"


def compile_home() -> str:
    """Return what `lexicon.json` should hold, made anew from the files in `lexicon/`."""
    return text_of(tables(HOME.glob("*.toml")))

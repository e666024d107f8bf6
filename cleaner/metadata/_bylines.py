"""Bylines: the names in the text around the title, after "by", beside the day, of an agency."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from cleaner.metadata._collect import Page, aside
from cleaner.metadata._data import alternatives, bylines, words
from cleaner.metadata._dates import day, is_day
from cleaner.metadata._names import ADDRESS, is_person, split_names, without_by
from cleaner.scripts import HANGUL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.metadata._near import Piece

_LABEL_CLASS = re.compile(alternatives("label_class"))
_REPORTER = re.compile(alternatives("reporter"))
_AROUND = "–—-·•|'’” ()[]（）〔〕【】"
_DIGITS = re.compile(r"\d\d")
_KOREAN = re.compile(rf"(?:\S*[^\s,] )+[{HANGUL}]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]{2,4}(?: [\u3400-\u9fff]{2,4}(?<!報導)(?<!报道))+")  # names
_SENTENCE = re.compile(r"\w+, (?!\w+$)[a-zà-ÿ]")  # one word and what goes on in lower case
_NO_TEXT = frozenset({"a", "button", "label", "li", "h2", "h3", "option", "strong", "b"})


def find_bylines(near: Sequence[Piece], language: str) -> Iterator[tuple[str, Piece]]:
    """The names after "by" and its like in the text around the title, with where they stand."""
    after = words().after.get(language, ())
    for index, piece in enumerate(near):
        text = piece.text.strip(_AROUND)
        if len(text) > 160:
            continue
        if after and (name := _before(text, after)):
            yield name, piece
        rest, phrase = without_by(text if piece.tail else _after_day(text, language), language)
        if not phrase or _runs_on(piece):
            continue
        if language == "zh" and _CHINESE.fullmatch(rest):
            rest = rest.replace(" ", "、")
        rest = _continued(rest, near[index + 1 : index + 12])
        asked = " " in phrase and len(rest) > 2 and " " not in rest
        if (
            len(rest) <= 160
            and not _SENTENCE.match(rest)
            and (asked or any(is_person(name) for name in split_names(rest)))
        ):
            yield rest, piece


def _after_day(text: str, language: str) -> str:
    """A text without the day of publication that it begins with, where a byline follows it."""
    # In lower case, without the only letter that gets longer thereby.
    found = _by(language).search(text.replace("İ", "i").lower()) if _DIGITS.search(text) else None
    if not found:
        return text
    before = text[: found.start()]
    announced = before.lower().startswith(words().published)
    is_short = announced or len(before.split()) <= 4
    return text[found.end() :] if is_short and is_day(before[:60], language) else text


@cache
def _by(language: str) -> re.Pattern[str]:
    """Find the space before a "by" of the language, English or unmistakable, in lower case."""
    return re.compile(rf"\s(?=(?:{'|'.join(map(re.escape, bylines(language).all))})(?!\w))")


def _runs_on(piece: Piece) -> bool:
    """Whether a text goes on with the sentence that its element begins with."""
    opening = (piece.element.text or "") if piece.tail else ""
    return len(opening.split()) > 2 and not _DIGITS.search(opening)


def _before(text: str, words_after: Sequence[str]) -> str:
    """The name that one of the words follows, in a text that begins with it."""
    tokens = text.split()[:4]
    end = next((at for at, token in enumerate(tokens) if token in words_after), 0)
    name = " ".join(tokens[:end])
    # Before a name in Korean, which is one word, may stand that of the paper.
    name = name.rpartition(" ")[2] if _KOREAN.fullmatch(name) else name
    return name if end and is_person(name) else ""


def _continued(text: str, following: Sequence[Piece]) -> str:
    """A byline with the names that stand in elements of their own after it."""
    joiners, weak = words().joiner_words, words().weak_joiner_words
    for piece in following:
        if ADDRESS.search(piece.text):
            break
        first = piece.text.split(maxsplit=1)[0].lower()
        last = text.rsplit(maxsplit=1)[-1].lower() if text else ""
        open_ended = not text or text.endswith((",", "&")) or last in joiners
        goes_on = first in joiners or first.startswith((",", "&"))
        goes_on = goes_on or (piece.tail and piece.text in weak)
        if not open_ended and not goes_on and last not in weak:
            break
        text = f"{text} {piece.text}".strip()
    return text


def beside_date(near: Sequence[Piece], page: Page) -> list[str]:
    """A name of two to four words that stands right beside a date under the title."""
    close = [p for p in near if -4 <= p.distance <= 25 and len(p.text) <= 90][:12]
    dated = [bool(_DIGITS.search(p.text)) and day(p.text) is not None for p in close]
    labelled = [False, *(p.text.endswith(":") for p in close)]  # as what is no author
    for index, piece in enumerate(close):
        is_beside = any(dated[max(0, index - 2) : index + 3]) and not labelled[index]
        if not is_beside or aside(piece.element, page.around):
            continue
        name = next(split_names(piece.text), "")
        named = 2 <= len(name.split()) <= 4 and is_person(name) and not name.isupper()
        named = named and not any(map(str.isdecimal, name))
        if named and _is_text(piece) and not _is_label(name, piece) and not day(name):
            return [name]
    return []


def beside_address(near: Sequence[Piece]) -> list[str]:
    """A name of two to four words right before a mail address below the title."""
    below = [piece for piece in near if 0 < piece.distance <= 25]
    for piece, following in pairwise(below):
        is_address = (following.element.get("href") or "").startswith("mailto:")
        name = piece.text.strip(f"{_AROUND}:<")
        if is_address and name and not following.tail:
            return [name] if 2 <= len(name.split()) <= 4 and is_person(name) else []
    return []


def of_reporter(near: Sequence[Piece]) -> list[str]:
    """The names of the reporters that a paper names where the story begins."""
    below = (piece.text[:90] for piece in near if piece.distance > 0)
    found = next(filter(None, map(_REPORTER.match, below)), None)
    names = next(filter(None, found.groups())) if found else ""
    return ["、".join(names.split())] if names else []


def of_agency(near: Sequence[Piece]) -> list[str]:
    """The agency, with names that follow it, that stands alone in a text under the title."""
    for piece in near:
        text = piece.text.strip(" ()/[]–—-|:") if len(piece.text) <= 60 else ""
        if text.partition(",")[0].lower() in words().agencies and 0 < piece.distance <= 25:
            return [text]
    return []


def _is_label(name: str, piece: Piece) -> bool:
    """Whether what looks like a name is a category, a kind of text or the label of a day.

    Scripts without letter case do not tell names from other words.
    """
    lowered = name.lower()
    around = (piece.element, piece.element.getparent())
    marks = " ".join(e.get("class") or "" for e in around if e is not None).lower()
    said = (*words().changed, *words().published)
    return (
        lowered == name
        or lowered in words().kinds
        or any(word in lowered for word in said)
        or bool(_LABEL_CLASS.search(marks))
    )


def _is_text(piece: Piece) -> bool:
    around = [piece.element, *islice(piece.element.iterancestors(), 2)]
    return not any(element.tag == "h1" for element in around) and piece.element.tag not in _NO_TEXT

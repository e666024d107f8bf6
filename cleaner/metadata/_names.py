"""The names of persons: told from other texts, and cut out of bylines."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from cleaner.metadata._collect import clean
from cleaner.metadata._data import bylines, words
from cleaner.scripts import HANGUL, KANA_AND_HAN

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

_TITLES = "".join(rf"(?<!\b{title})" for title in words().titles)
_CUT = re.compile(
    r"(?=[\s|•·／｜\[<:：.])(?:"  # what a cut begins with, which nearly no character is
    rf"\s[|•·»–—/-]\s|\s?[|•／｜]\s?|\s·\s?|(?<![{HANGUL}])·\s?|\s{{2,}}|\s\((?![^\W\d][\w.’'-]{{1,20}}\)\s\w)|[\[<:：]"
    r"|\s\(?(?=[\w.+-]{0,64}@\w)"
    rf"|\s(?=[{KANA_AND_HAN}]{{0,4}}(?:報導|报道))"
    r"|\s(?=(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[.,]?\s(?:[A-Z][a-z]{2,8}\s)?\d)"
    rf"|(?<=[a-z]{{3}}){_TITLES}[.]\s"
    r"|\s(?:(?:le|el|den|em|il|på|dne|dnia|um|kl[.]?|om|à|às|alle)\s)?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[.]?\s)?(?=\d))",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s?[;/&+、·]\s?|[,，،]\s?")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
_PLACEHOLDER = re.compile(r"[{}<>=$%]|^\d+\s|^\w+(?:[.]\w+)*[.](?:author|name)\b")
ADDRESS = re.compile(r"https?:|www\.|\w@\w|\.(?:com|org|net)/")
_GIVEN = re.compile(r"\S+(?:\s[^\W\d_][.]?)*")  # one name, and initials
_DIGIT = re.compile(r"\d")
_WIDE = re.compile(f"[{KANA_AND_HAN}{HANGUL}]")
_BEFORE_PLACE = re.compile(rf"[{KANA_AND_HAN}、]{{2,12}}／")  # as in "記者王小明／台北報導"
_MARKS = " :\xa0：／＝=|｜丨՝៖"  # between "by" and the name


def names_in(
    values: Iterable[str],
    language: str = "",
    *,
    credentials: bool = False,
    whole: Container[str] = (),
) -> tuple[str, ...]:
    """Clean names, each once, out of the texts that name authors; those of groups stay whole."""
    found: dict[str, None] = {}
    few = list(islice(values, 20))
    for value in turned(few) if credentials else few:
        if value in whole:
            found.setdefault(clean(value))
            continue
        for name in split_names(without_by(value, language)[0], credentials=credentials):
            found.setdefault(name)
    return tuple(found)


def split_names(text: str, *, credentials: bool = False) -> Iterator[str]:
    """The names in one text; roles, dates, addresses and what follows them are cut off."""
    text, _ = without_by(clean(text)[:300].removeprefix("u/"))  # an account of Reddit
    if ADDRESS.match(text):
        return
    text = words().joiners.sub("; ", _CUT.split(words().places.sub("", text), maxsplit=1)[0])
    if ADDRESS.search(text):
        return
    found: list[str] = []
    for part in filter(None, map(str.strip, _parts(text))):
        name = _trimmed(part, declared=credentials)
        if not found:
            if not name:
                return
            found.append(name)
            if len(name.split()) < len(part.split()):
                break  # a role follows, and perhaps who has another
        elif part.lower() in words().agencies:
            continue
        elif part.isupper() and len(part) <= 7:
            found[-1] += f", {part}" if credentials else ""
        elif name != part or not is_person(name) or not _is_like(name, found[0]):
            break
        else:
            found.append(name)
    yield from found


def _parts(text: str) -> Iterator[str]:
    """What commas and their like part, and "e" or "y" where full names stand on both sides."""
    for part in _SPLIT.split(text):
        weak = words().weak_joiners.split(part)
        full = all(" " in name.strip() and is_person(name) for name in weak)
        yield from weak if full else [part]


def is_group(name: str) -> bool:
    """Whether a name has several parts, none of them that of a person.

    >>> is_group("Ministry of Fisheries, Food and Ferries"), is_group("Ada Holm, Jo Berg")
    (True, False)
    """
    parts = _SPLIT.split(words().joiners.sub(";", name))
    return len(parts) > 1 and not any(" " in part and is_person(part) for part in parts)


def _is_like(name: str, first: str) -> bool:
    """Whether a name after another can be one more person, no place or paper."""
    return (" " in name or " " not in first) and not _DIGIT.search(name)


def turned(values: list[str]) -> list[str]:
    """Names that all have the family name first, before a comma, the usual way round.

    >>> turned(["Holm, Ada", "de Vries, Jo"])
    ['Ada Holm', 'Jo de Vries']
    """
    pairs = [tuple(value.split(", ")) for value in values]
    if not all(len(pair) == 2 and is_person(pair[1]) and not pair[1].isupper() for pair in pairs):
        return values
    single = [pair for pair in pairs if " " not in pair[0] and is_person(pair[0])]
    sure = single and (len(pairs) > 1 or _GIVEN.fullmatch(pairs[0][1]))
    return [f"{given} {family}" for family, given in pairs] if sure else values


def without_by(text: str, language: str = "") -> tuple[str, str]:
    """What follows the "by" of a byline, and that "by", of the language, English or unmistakable.

    >>> without_by("Av: Ada Holm", "nb")
    ('Ada Holm', 'av')
    """
    longest = bylines(language).opening(text[:30].lower())
    if not longest:
        return text, ""
    rest = text[len(longest) :]
    runs_on = rest[:1].isalnum() and longest[-1].isalnum() and rest[0] not in _MARKS
    runs_on = runs_on and not _BEFORE_PLACE.match(rest)
    if longest in words().by["und"] and language == "und":  # "Von Trapp" is a name
        runs_on |= " " not in rest.strip() or rest.lstrip()[:1].islower()
    return (text, "") if runs_on else (rest.strip(_MARKS), longest)


def _trimmed(part: str, *, declared: bool = False) -> str:
    """A name without the role that follows it; nothing when no name is left.

    In a name that is declared as such, "Sun" and "More" are parts of it.
    """
    kept: list[str] = []
    tokens = part.strip(" .,@\"'“”*:").split()
    group = bool(tokens) and tokens[-1].lower() in words().groups
    for at, word in enumerate(tokens, 1):
        plain = word.lower().strip(".,:")
        stops = not declared or len(tokens) == 1 or word[0].islower()
        if (
            stops and plain in words().weekdays and at == len(tokens)
        ):  # unlike "Sun Li" and "Hoang Thu Le"
            break
        if (stops and plain in words().stops) or (kept and plain in words().roles and not group):
            break
        kept.append(word)
    name = " ".join(kept)
    if " ".join(tokens).lower() in words().generic:
        return ""
    if not kept or _PLACEHOLDER.search(name) or len(kept) > 8 or len(name) > 80:
        return ""
    return name if name.lower() not in words().generic and any(map(str.isalpha, name)) else ""


def is_person(name: str) -> bool:
    """Whether a text has the shape of a name: a few words, all but particles in upper case."""
    tokens = name.split()
    if not 1 <= len(tokens) <= 5 or tokens[-1].lower() in words().particles:
        return False
    if _WIDE.search(name) and len(name) > 8:
        return False
    if tokens[0].lower() in words().roles and tokens[-1].lower() not in words().groups:
        return False
    big = [t for t in tokens if t.lower() not in words().particles]
    return bool(big) and all(
        t[0] == t[0].title() and t[0].isalpha() and not t.endswith(("'s", "’s", "-")) for t in big
    )


def is_wide(name: str) -> bool:
    """Whether a name has signs of Chinese, Japanese or Korean."""
    return bool(_WIDE.search(name))


def length(name: str) -> int:
    """The words of a name; one of three signs in a script without spaces counts as two."""
    return len(name.split()) + (len(name) > 2 and is_wide(name))


def names_site(name: str, sites: list[str]) -> bool:
    """Whether a name is one of the site, whatever stands between its words.

    A name in Chinese may go on with what of the paper the site is.

    >>> names_site("Quay Post", ["quaypost"]), names_site("海岸", ["海岸新闻"])
    (True, True)
    """
    own = "".join(_WORD.findall(name.lower()))
    begins = len(own) > 1 and is_wide(own)
    named = ("".join(_WORD.findall(site.lower())) for site in sites)
    return any(own == site or (begins and site.startswith(own)) for site in named)

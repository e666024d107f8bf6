"""One spelling for every way a line can be written: the words that the look-up compares."""

from __future__ import annotations

import re
import unicodedata

# Scripts whose vowel signs are marks, which `\w` does not match; their punctuation is left out.
_SIGNS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u0df3"
    "\u0e00-\u0e4e\u0e50-\u0ecf\u1000-\u1049\u1050-\u109f\u135d-\u135f\u1780-\u17d3\u17dd"
    "\u3099\u309a"
)
# Soft hyphens, joiners, direction marks, variation selectors, tatweel: seen by nobody.
_UNSEEN = "\u00ad\u0640\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
# Accents are lost in capitals (ΔΙΑΦΗΜΙΣΗ, PUBLICITE) and points in Hebrew and Arabic print.
_LOST = re.compile(f"[{_UNSEEN}\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]+")
# Letters that one keyboard writes for another: Turkish dotless i, Arabic and Persian forms.
_SAME = str.maketrans("ıىیئکگةۀہەؤ", "iيييككههههو")

WORD = re.compile(f"\\d+|(?:[^\\W\\d_]|[{_SIGNS}])+")
FIRST = re.compile(f"[\\W\\d_]*((?:[^\\W\\d_]|[{_SIGNS}])(?:\\w|[{_SIGNS}{_UNSEEN}])*)")


def normal(text: str) -> str:
    """Return `text` in the one spelling that is compared: no case, width, accent or joiner.

    >>> normal("ＡＮＺＥＩＧＥ"), normal("Straße"), normal("İlan"), normal("ΔΙΑΦΉΜΙΣΗ")
    ('anzeige', 'strasse', 'ilan', 'διαφημιση')
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFC", _LOST.sub("", text).translate(_SAME))


def words(text: str) -> list[str]:
    """Return the words and the numbers of `text` as they are compared.

    >>> words("— ANNONSE 2 —")
    ['annonse', '2']
    """
    return WORD.findall(normal(text))


def fold(parts: list[str]) -> list[str]:
    """Return the words once, if the line says the same again and again.

    >>> fold(["les", "også", "les", "også"])
    ['les', 'også']
    """
    count = len(parts)
    for period in range(1, count // 2 + 1):
        if count % period == 0 and parts == parts[:period] * (count // period):
            return parts[:period]
    return parts


def key(text: str) -> str:
    """Return the look-up key of a phrase: its words with one space between.

    >>> key("[Artikkelen fortsetter under annonsen ↓]")
    'artikkelen fortsetter under annonsen'
    """
    return " ".join(words(text))

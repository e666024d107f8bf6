"""Read a day out of what pages write: ISO 8601, RFC 2822, and dates in words of many languages."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from cleaner.metadata._data import load, primary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6}Z?|;\d{1,8})?$")
_SECONDS = re.compile(r"(1\d{9})(?:\d{3})?")
_YEAR_FIRST = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?(?:[./年년]|оны)\s?(\d{1,2})\s?(?:[./月월]|(?:-?р\s)?сарын)\s?"
    r"(\d{1,2})(?!\d|[.]\d)"
)
# A year of two figures stands before no word: that counts, as in "over 12/24/36 months".
_NUMERIC = re.compile(
    r"(?<![\d./-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?"
    r"((?:19|20)\d\d|\d\d(?!\s?[^\W\d_]{4}))(?!\d|/|[.:]\d)"
)
_VERSION = re.compile(r"(?<!\d)(?:\d[.]\d\d?|\d\d[.]\d)[.]\d\d(?!\d)")
# Not `\w`: in the scripts of India and Thailand a word has signs that are none.
# Thai months are shortened with dots; some Arabic and all Vietnamese ones have two words, or two
# names; in East Asia they may be numbers.
_WORD = r"[^\s\d_.,;:/()|-]{2,14}"
_MONTH = (
    r"(?:[\u0e00-\u0e7f]{1,3}[.][\u0e00-\u0e7f]{1,2}"
    rf"|(?:تشرين|كانون|تشرینی|کانوونی)\s{_WORD}|\d{{1,2}}\s?[月월]|[Tt]h(?:áng\s)?\d{{1,2}}"
    rf"|[Tt]háng\s[^\W\d]{{2,4}}(?:\s[^\W\d]{{3}})?(?=[\s,])|{_WORD})"
)
# The number of a volume, as in "Issue 3, May 2021", is no day.
_DAY_FIRST = re.compile(
    r"(?<!\d)(?<![Vv]olume\s)(?<![Ii]ssue\s)(?<![Vv]ol[.]\s)(?<![Nn]o[.]\s)(\d{1,2})(?:st|nd|rd|th|er|ª|º|°|:e|ی|ই|লা|রা|ঠা|শে|[.])?,?\s?[/-]?"
    rf"(?:of |de |d[’']|ta[’'] |ga |ng |เดือน|ខែ)?({_MONTH})(?:/{_WORD})?[.,]?\s?[/-]?"
    r"(?:de |del |do |of |năm |соли |ឆ្នាំ)?,?\s?((?:19|20)\d\d)(?!\d)"
)
_TIME = r"\d\d:\d\d(?::\d\d)?\s(?:[A-Z]{2,5}\s)?"  # as in "Mon Mar  4 10:00:00 UTC 2024"
_WEEKDAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\s"  # as in "Mar 4 Mon 2024"
_MONTH_FIRST = re.compile(
    rf"({_MONTH})[.,]?[\s-]{{0,2}}(\d{{1,2}})(?:st|nd|rd|th|\sရက်၊|[.]\sb[.]|[.])?,?[\s-]{{0,2}}"
    rf"(?:at\s|del?\s|{_TIME}|{_WEEKDAY})?"
    r"((?:19|20)\d\d)(?!\d)"
)
_YEAR_MONTH_DAY = re.compile(
    rf"(?<!\d)((?:19|20)\d\d)(?:ko|-ի)?[.,]?\s(?:m[.]\s|թ[.]\s|ခုနှစ်၊?\s)?({_MONTH})[.]?\s(\d{{1,2}})(?!\d)"
)
_YEAR_DAY_MONTH = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[.]\s?gada|\sжылғы|\sж[.]|-yil|-йил|-c[iıuü] il|-жылдын|\sწლის)\s"
    rf"(\d{{1,2}})[.-]?\s?({_MONTH})"
)
_BUDDHIST = re.compile(
    r"(?:พ[.]\s?ศ[.]\s?)?(?<!\d)25([3-9]\d)(?!\d)|(?:(?<=[\u0e00-\u0e7f.]\s)|(?<=\d/))([5-7]\d)(?![\d:./])"
)
_PATH = re.compile(
    r"/((?:19|20)\d\d)[/-](?:(\d{1,2})|([a-z]{3,9}))[/-](\d{1,2})(?=[/_.-]|$)", re.IGNORECASE
)
_FIGURES = re.compile(r"\d{1,2}")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LIMIT = 400
_BUDDHIST_ERA = 543
_YEAR_GOES_FIRST = frozenset(("hu", "ja", "ko", "lt", "mn", "zh"))
_NEPALI = 2050  # Years from here on are those of Nepal's calendar.
_ERA = re.compile(r"(令和|平成|民[國国])\s?(\d{1,3}|元)\s?年")
_ERAS = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
_HAN_DIGITS = "〇一二三四五六七八九"
_HAN_NUMBER = re.compile(rf"[{_HAN_DIGITS}十]{{1,4}}(?=[年月日])")
_REPUBLIC = re.compile(
    r"(?<![\d./-])(1[0-2]\d)\s?[./年-]\s?(\d{1,2})\s?[./月-]\s?(\d{1,2})(?![\d./-])"
)
_REPUBLIC_ERA = 1911
_PERSIAN = re.compile(
    r"(?<!\d)(?:(1[34]\d\d)[/.-](\d\d?)[/.-](\d\d?)"
    rf"|(?:(\d\d?)\s({_WORD})|({_WORD})\s(\d\d?)[,،]?)\s(?:ماه\s)?(1[34]\d\d))(?!\d)"
)
_SCANDINAVIAN = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})[\s–-]{1,3}((?:19|20)\d\d)(?![\d/])")
_PERSIAN_EPOCH = 226_894  # the day before its first year, counted as by `dt.date`


def day(text: str, language: str = "") -> str | None:
    """The first day a text tells, as "YYYY-MM-DD".

    A day written in figures alone is read month first on pages in American English, else day first;
    ten or thirteen figures are the seconds or milliseconds since 1970.

    >>> day("Published 4. mars 2024", "no")
    '2024-03-04'
    """
    return next(_days(_western(text[:_LIMIT].strip(), language), language), None)


def is_day(text: str, language: str = "") -> bool:
    """Whether a text is hardly more than a date."""
    return len(text) < 90 and day(text, language) is not None


def path_day(url: str) -> str | None:
    """The day that the path of an address names, as news and blogs do.

    >>> path_day("https://example.com/tides/2024/may/12/low-tide")
    '2024-05-12'
    """
    match = _PATH.search(url[:2000])
    year, number, word, date = match.groups() if match else ("", "", "", "")
    month = number or month_number(word or "")
    return _checked(year, month, date) if month else None


def _western(text: str, language: str) -> str:
    """The text with figures of any script as those of ASCII, and days as other countries write."""
    if seconds := _SECONDS.fullmatch(text):
        return str(dt.datetime.fromtimestamp(int(seconds[1]), dt.UTC))
    if not text.isascii():
        text = "".join(
            str(unicodedata.decimal(c)) if c.isdecimal() and not c.isascii() else c for c in text
        )
    if "月" in text:
        text = _ERA.sub(_year_of_era, _HAN_NUMBER.sub(_in_figures, text))
    for languages, pattern, as_ours in _CALENDARS:
        if language.lower().startswith(languages):
            return pattern.sub(as_ours, text)
    return text


def _of_persian_year(match: re.Match[str]) -> str:
    """A day of the Persian calendar, as ISO 8601 has it; anything else as it was."""
    word = match[5] or match[6]
    month = month_number(word, "persian") if word else int(match[2])
    year, date = int(match[1] or match[8]), int(match[3] or match[4] or match[7])
    # Six months of 31 days, then of 30; the last has 29 in most years.
    if not month or not (month <= 12 and 1 <= date <= 30 + (month < 7)):
        return match[0]
    before = 365 * (year - 1) + (8 * year + 21) // 33 + 30 * (month - 1) + min(month - 1, 6)
    return str(dt.date.fromordinal(_PERSIAN_EPOCH + before + date))


def _year_of_era(match: re.Match[str]) -> str:
    return f"{_ERAS[match[1]] + int(match[2].replace('元', '1'))}年"


def _in_figures(match: re.Match[str]) -> str:
    """A number in Chinese signs in figures: 二〇二六, 三十一.

    A number with the sign of ten has that many tens before it, one if there is none.
    """
    tens, ten, ones = match[0].rpartition("十")
    digits = [str(_HAN_DIGITS.find(sign)) for sign in (tens or "一") * bool(ten) + ones]
    return "".join(digits) + "0" * (bool(ten) and not ones)


_CALENDARS: tuple[
    tuple[tuple[str, ...], re.Pattern[str], str | Callable[[re.Match[str]], str]], ...
] = (
    (("th",), _BUDDHIST, lambda match: str(2500 + int(match[1] or match[2]) - _BUDDHIST_ERA)),
    (("fa", "prs", "ps"), _PERSIAN, _of_persian_year),
    (("da", "nb", "nn", "no", "sv"), _SCANDINAVIAN, r"\1/\2/\3"),
    (
        ("zh-tw", "zh-hant"),
        _REPUBLIC,
        lambda match: f"{int(match[1]) + _REPUBLIC_ERA}-{match[2]}-{match[3]}",
    ),
)


# Each with the groups of year, month and day.
_PATTERNS = (
    (_COMPACT, 1, 2, 3),
    (_ISO, 1, 2, 3),
    (_YEAR_FIRST, 1, 2, 3),
    (_MONTH_FIRST, 3, 1, 2),
    (_DAY_FIRST, 3, 2, 1),
    (_YEAR_MONTH_DAY, 1, 2, 3),
    (_YEAR_DAY_MONTH, 1, 3, 2),
)


def _days(text: str, language: str) -> Iterator[str]:
    for pattern, year, month, date in _PATTERNS if "20" in text or "19" in text else ():
        for match in pattern.finditer(text):
            word = match[month]
            number = int(word) if word.isdecimal() else month_number(word, language)
            found = _checked(match[year], number, match[date]) if number else None
            if found:
                yield found
    if primary(language) in ("", "en"):
        text = _VERSION.sub("", text)
    for match in _NUMERIC.finditer(text):
        first, mark, second, year_text = match.groups()
        found = _numeric(int(first), int(second), mark, year_text, language)
        if found:
            yield found


def _numeric(first: int, second: int, mark: str, year: str, language: str) -> str | None:
    if len(year) == 2:
        if primary(language) in _YEAR_GOES_FIRST and second <= 12:
            first, year = int(year), f"{first:02}"
        year = ("20" if int(year) < 70 else "19") + year
    american = mark != "." and language.lower() in ("", "en", "en-us", "en_us", "en-ph")
    month, date = (first, second) if american else (second, first)
    if month > 12:
        month, date = date, month
    return _checked(year, month, date)


def _checked(year: str, month: str | int, date: str | int) -> str | None:
    y, m, d = int(year), int(month), int(date)
    if not (1 <= m <= 12 and 1 <= d <= _DAYS[m - 1] and 1990 <= y < _NEPALI):
        return None
    if m == 2 and d == 29 and y % 4:
        return None
    return f"{y:04}-{m:02}-{d:02}"


def month_number(word: str, language: str = "") -> int | None:
    """The number of the month that a word names, in the page's language, English or any other."""
    if figures := _FIGURES.search(word):
        return int(figures[0])
    word = word.lower().replace("\u0307", "")  # which the Turkish capital leaves
    if len(word) < 2:
        return None
    tables = _months()
    own = tables.get(primary(language))
    for table in (own, tables["en"]):
        number = _match(table, word) if table else None
        if number:
            return number
    found = {number for table in tables.values() if (number := _match(table, word))}
    return found.pop() if len(found) == 1 else None


def _match(table: tuple[tuple[str, int], ...], word: str) -> int | None:
    return next((number for stem, number in table if word.startswith(stem)), None)


@cache
def _months() -> dict[str, tuple[tuple[str, int], ...]]:
    return {
        language: tuple(
            sorted(
                (
                    (stem, number)
                    for number, stems in enumerate(row, 1)
                    for stem in stems.split("|")
                ),
                key=lambda pair: -len(pair[0]),
            )
        )
        for language, row in load("months.toml").items()
    }

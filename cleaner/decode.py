"""Bytes to text: which encoding a page is in, whatever it says of itself.

The order is that of the WHATWG Encoding Standard: byte order mark, HTTP charset, declaration in the
page, detection. Two things differ, because scraped pages lie: bytes that are valid
UTF-8 are UTF-8, and a declared legacy encoding is believed only when it gives plausible text.

Plausibility is measured on a sample of the runs that hold non-ASCII bytes: the share of the
characters that are frequent in a language written in the encoding, over the share usual for it.
"""

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import BinaryIO, Final, NamedTuple

from cleaner.data import read_table
from cleaner.twins import compiled


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded page.

    Attributes:
        source: The page without a byte order mark, as text; as bytes where they are valid UTF-8.
        encoding: The WHATWG name of the encoding used, such as ``"utf-8"`` or ``"windows-1252"``.
        warnings: What was wrong with the bytes or with what was declared, one sentence each.

    """

    source: str | bytes
    encoding: str
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The page as text."""
        return self.source if isinstance(self.source, str) else self.source.decode()


def is_utf8_in_python(data: bytes) -> bool:
    """Return whether bytes are valid UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


is_utf8 = compiled("cleaner._source", "is_utf8", is_utf8_in_python)


BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks and their codecs; UTF-32 first, as UTF-16 begins alike."""
ANY_BOM: Final = tuple(bom for bom, _ in BOMS)


class _Language(NamedTuple):
    letters: frozenset[str]
    usual: float
    latin: bool


class _Known(NamedTuple):
    """What the table says: encodings by label and by codec, and what text in them looks like."""

    codecs: dict[str, str]
    names: dict[str, str]
    languages: dict[str, list[_Language]]
    neutral: frozenset[str]


@cache
def _known() -> _Known:
    table = read_table("encodings.toml")
    languages: dict[str, list[_Language]] = {codec: [] for codec in table["order"]}
    for row in table["language"]:
        language = _Language(frozenset(row["letters"]), row["usual"], row["latin"])
        for codec in row["encodings"]:
            languages[codec].append(language)
    return _Known(
        {label: row["codec"] for row in table["encoding"] for label in row["labels"]},
        {row["codec"]: row["name"] for row in table["encoding"]},
        languages,
        frozenset(table["neutral"]),
    )


_HEAD_BYTES: Final = 4096
_PART_BYTES: Final = 1 << 20
_SAMPLE_BYTES: Final = 8192
_BELIEVED: Final = 0.85  # a declared encoding that scores this is not doubted
_PLAUSIBLE: Final = 0.4  # below it, no encoding of the table is the one
_DECLARED_BONUS: Final = 0.15
_COMMONEST_BONUS: Final = 0.5
_VALID_BONUS: Final = 0.15  # a multi-byte encoding without an invalid pair is rarely chance
_MULTI_BYTE: Final = frozenset(("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949"))

_META = re.compile(rb"<meta\b[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:+-]{2,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(rb"\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:+-]{2,40})")
# No second byte of a character is under 0x40, so a run starts at a first byte.
_RUN = re.compile(rb"[A-Za-z]{0,20}[\x80-\xff][\x40-\x7e\x80-\xff]*")
_FOREIGN_IN_LATIN = re.compile(r"[^\W\d_a-zA-Z]{3,}|(?<=[a-zA-Z])[\xa1-\xbf](?=[a-zA-Z])")
_LATIN_IN_FOREIGN = re.compile(r"[^\W\d_a-zA-Z](?=[a-zA-Z])|(?<=[a-zA-Z])[^\W\d_a-zA-Z]")
_ASCII = bytes(range(128))
_NOT_LEAD = bytes(set(range(256)) - set(range(0xC2, 0xF5)))


def decode(data: bytes, http_charset: str | None = None) -> Decoded:
    """Decode a page, and say which encoding it was in.

    Args:
        data: The page as it was fetched, any bytes.
        http_charset: The charset parameter of the Content-Type header, as it stands there.

    Returns:
        The text, the WHATWG name of the encoding and warnings. Bytes that stand for nothing in the
        encoding become U+FFFD. Nothing is raised, whatever the bytes.

    >>> decode("<p>blåbærsyltetøy".encode(), http_charset="iso-8859-1").text
    '<p>blåbærsyltetøy'
    >>> decode('<meta charset="gb2312"><p>中文'.encode("gbk")).encoding
    'gb18030'

    """
    if not data:
        return Decoded("", "utf-8")
    for bom, name in BOMS if data.startswith(ANY_BOM) else ():
        if data.startswith(bom):
            return _finish(data[len(bom) :], name, name, [])
    wide = wide_without_bom(data)
    if wide is not None:
        return _finish(data, wide, wide, [f"no byte order mark: read as {wide}"])
    warnings: list[str] = []
    declared = _declared(data, http_charset, warnings)
    if data.isascii():
        return _ascii(data, declared)
    utf8 = _utf8(data, declared, warnings)
    return utf8 if utf8 is not None else _legacy(data, declared, warnings)


def encoding_of(file: BinaryIO) -> str:
    """Return the Python codec to read a text file with.

    The file is read up to the first megabyte that is not ASCII, and told by that.

    Raises:
        OSError: the file cannot be read.

    """
    first = part = file.read(_PART_BYTES)
    while part.isascii() and (more := file.read(_PART_BYTES)):
        part = more
    part = part[part.find(b"\n") + 1 :] if part is not first else part
    for bom, name in BOMS:
        if first.startswith(bom):
            return {"utf-8": "utf-8-sig"}.get(name, name.rsplit("-", 1)[0])
    encoding = decode(part).encoding
    return encoding if encoding.startswith("utf-16") else _codec(encoding) or "utf-8"


def _finish(data: bytes, codec: str, name: str, warnings: list[str]) -> Decoded:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
        warnings.append(f"some bytes are not valid {name}")
    return Decoded(text, name, tuple(warnings))


def wide_without_bom(data: bytes) -> str | None:
    """Name UTF-16 by the NULs of its ASCII characters: markup, or the spaces between words."""
    if data.find(b"\0", 0, 1024) < 0:
        return None
    head = data[:1024]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd * 25 > len(head) and even * 5 < odd:
        return "utf-16-le"
    return "utf-16-be" if even * 25 > len(head) and odd * 5 < even else None


def _declared(data: bytes, http_charset: str | None, warnings: list[str]) -> list[str]:
    """Find the Python codecs that the header and the page name, most trusted first."""
    labels = [http_charset] if http_charset else []
    # Some pages put a long script before their <meta>.
    end = _HEAD_BYTES if labels else 16 * _HEAD_BYTES
    match = _XML_DECLARATION.match(data, 0, _HEAD_BYTES) or _META.search(data, 0, end)
    if match is not None:
        labels.append(match[1].decode("ascii", "ignore"))
    found = [(label, _codec(label)) for label in labels]
    warnings += [
        f"unknown encoding declared: {label[:40]!r}" for label, codec in found if not codec
    ]
    return list(dict.fromkeys(codec for _, codec in found if codec))


def _codec(label: str) -> str | None:
    """Find the Python codec for a label, as browsers understand it."""
    label = label.strip(" \t\r\n\f\"';,").lower()
    if label in ("utf-8", "utf8"):
        return "utf-8"
    known = _known().codecs
    if label in known:
        return known[label]
    try:
        return known.get(codecs.lookup(label).name)
    except (LookupError, ValueError):
        return None


def _name(codec: str) -> str:
    return _known().names[codec]


def _ascii(data: bytes, declared: list[str]) -> Decoded:
    """Decode as UTF-8, or as one of the encodings that shift by escape sequences."""
    if b"\x1b$" in data or (b"~{" in data and "hz" in declared):
        codec = next((c for c in declared if c.startswith(("iso2022", "hz"))), "iso2022_jp")
        return _finish(data, codec, _name(codec), [])
    return Decoded(data, "utf-8")


def _utf8(data: bytes, declared: list[str], warnings: list[str]) -> Decoded | None:
    """Decode as UTF-8 when the bytes are that, but for a few stray ones."""
    says_utf8 = "utf-8" in declared
    if not is_utf8(data):
        return _nearly_utf8(data, warnings, says_utf8=says_utf8)
    if declared and not says_utf8:
        # Two characters of a legacy encoding can look like UTF-8; a page of them cannot.
        if (
            len(data.translate(None, _NOT_LEAD)) < 3
            and _score(_sample(data), declared[0]) >= _BELIEVED
        ):
            return None
        warnings.append(f"declared as {_name(declared[0])}, but the bytes are utf-8")
    return Decoded(data, "utf-8", tuple(warnings))


def _nearly_utf8(data: bytes, warnings: list[str], *, says_utf8: bool) -> Decoded | None:
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    sequences = len(data.translate(None, _NOT_LEAD))
    try:
        data.decode()
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and (says_utf8 or sequences > 1):
            cut = f"the last {len(data) - error.start} bytes are half a character"
            return Decoded(data[: error.start], "utf-8", (*warnings, cut))
    if bad * (10 if says_utf8 else 20) > sequences - bad:
        return None
    return Decoded(text, "utf-8", (*warnings, f"{bad} stray bytes are not valid utf-8"))


def _legacy(data: bytes, declared: list[str], warnings: list[str]) -> Decoded:
    declared = [codec for codec in declared if codec != "utf-8"] or declared
    sample = _sample(data)
    for codec in declared:
        believed = codec != "utf-8" and _score(sample, codec) >= _BELIEVED
        if believed or _is_of_signs(sample, codec):
            return _finish(data, codec, _name(codec), warnings)
    codec = _detect(sample, declared)
    name = _name(codec)
    if not declared:
        warnings.append(f"no usable declaration: detected {name}")
    elif codec not in declared:
        warnings.append(f"declared as {_name(declared[0])}, but the bytes look like {name}")
    return _finish(data, codec, name, warnings)


def _sample(data: bytes) -> bytes:
    """Take the runs around non-ASCII bytes, up to a bounded length: markup has none."""
    size = 0
    runs = []
    for match in _RUN.finditer(data):
        run = match[0][:_SAMPLE_BYTES]
        runs.append(run)
        size += len(run)
        if size >= _SAMPLE_BYTES:
            break
    return b" ".join(runs)


def _score(sample: bytes, codec: str) -> float:
    """How much like text the sample is in an encoding: 1 is usual text, 0 and less is not."""
    known = _known()
    text = sample.decode(codec, "replace")
    foreign = {c: n for c, n in Counter(text).items() if c > "\x7f" and c not in known.neutral}
    total = sum(foreign.values())
    if not total:
        return 0.9
    bad = sum(
        n for c, n in foreign.items() if c < "\xa0" or "\ue000" <= c < "\uf900" or c == "\ufffd"
    )
    languages = known.languages.get(codec)
    if languages is None:
        return 0.85 - 3 * bad / total
    likeness = max(
        sum(n for c, n in foreign.items() if c in language.letters) / language.usual
        for language in languages
    )
    valid = _VALID_BONUS * (bad == 0 and codec in _MULTI_BYTE)
    score = min(likeness / total + valid, 1.0) - 3 * bad / total
    if score < _PLAUSIBLE / 2:
        return score
    if languages[0].latin:
        return score - sum(map(len, _FOREIGN_IN_LATIN.findall(text))) / total
    return score - len(_LATIN_IN_FOREIGN.findall(text)) / total


def _is_of_signs(sample: bytes, codec: str) -> bool:
    """Return whether all that is not ASCII are signs of two bytes: arrows, stars and the like.

    No letter speaks for the encoding, but signs rarely come about by chance.
    """
    text = sample.decode(codec, "replace") if codec in _MULTI_BYTE else "\ufffd"
    return not any(_is_no_sign(character) for character in text if character > "\x7f")


def _is_no_sign(character: str) -> bool:
    half_width = "\uff61" <= character <= "\uff65"
    return half_width or character == "\ufffd" or unicodedata.category(character)[0] in "LMC"


def _detect(sample: bytes, declared: list[str]) -> str:
    """Find the codec that gives the most plausible text, in doubt a declared one."""
    legacy = [codec for codec in declared if codec != "utf-8"]
    # One letter or sign fits many encodings; the commonest has it until there are more.
    few = ["cp1252"] if len(sample.translate(None, _ASCII)) < 3 else []
    best, highest = "cp1252", 0.0
    for codec in dict.fromkeys(chain(legacy, few, _known().languages)):
        score = _score(sample, codec) + _DECLARED_BONUS * (codec in legacy)
        score += _COMMONEST_BONUS * (codec in few)
        if score > highest:
            best, highest = codec, score
        if highest >= (_BELIEVED if best in _MULTI_BYTE else 1.0):
            break
    if highest >= _PLAUSIBLE:
        return best
    if legacy:
        return legacy[0]
    from charset_normalizer import from_bytes

    guess = from_bytes(sample[:4096], steps=3, chunk_size=512).best()
    return (guess and _codec(guess.encoding)) or "cp1252"

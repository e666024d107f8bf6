"""Pages saved as what carried them writes them: as a value of a program, as HTML in HTML, as mail.

Such a file begins with `b'<html>`, `"<!doctype html>\\n`, `&lt;html` or `<html lang=3D"nb"`.
"""

from __future__ import annotations

import quopri
import re
from html import unescape
from typing import TYPE_CHECKING, Final

from cleaner.reading import head_of

if TYPE_CHECKING:
    from collections.abc import Callable

_PAGE: Final = r"(?:!doctype|html|head|body|\?xml)\b"
_STRING = re.compile(
    rf"\A[\"'](?:\s|\\[nrtf]|\\ufeff)*(?:<|\\u003c|\\x3c){_PAGE}|<{_PAGE}[^<>]*(?:=\\[\"']|>\\[nr])",
    re.IGNORECASE,
)
_FIELD = re.compile(rf"\A\"\s*<{_PAGE}.*?=\"\"[\w/#.]", re.IGNORECASE | re.DOTALL)
_BYTES = re.compile(rf"\Ab[\"'](?:\s|\\[nrtf])*<{_PAGE}", re.IGNORECASE)
_HTML = re.compile(rf"\A(?:&lt;|&#0*60;|&#x0*3c;){_PAGE}", re.IGNORECASE)
_XML = re.compile(rf"<!\[CDATA\[\s*<{_PAGE}", re.IGNORECASE)
_MAIL = re.compile(r"<(?:html|head|body|meta|link)\b[^<>]*=3D[\"']", re.IGNORECASE)
_ESCAPE = re.compile(
    r"\\(?:u([\da-fA-F]{4})|U(00(?:0[\da-fA-F]|10)[\da-fA-F]{4})|x([\da-fA-F]{2})|(.))", re.DOTALL
)
_CHARACTERS: Final = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "b": "", "\n": ""}


def unwrapped(source: str | bytes) -> tuple[str | bytes, str] | None:
    """Return a page as it was before it was saved so, and how it was; None for one that was not.

    >>> unwrapped(r'"<html lang=\\"nb\\"><p>H\\u00e5p<\\/p>"')
    ('<html lang="nb"><p>Håp</p>', 'a string of a program')
    >>> unwrapped(r"b'<html><p>H\\xc3\\xa5p'")
    (b'<html><p>H\\xc3\\xa5p', 'bytes of a program')
    >>> unwrapped("&lt;html&gt;&lt;p&gt;Bl&amp;aring;"), unwrapped("<p>b'<html>'")
    (('<html><p>Bl&aring;', 'text of a page'), None)
    >>> unwrapped(b'<html lang=3D"nb"><p>H=C3=A5p')
    (b'<html lang="nb"><p>H\\xc3\\xa5p', 'a part of a mail')
    """
    head = head_of(source).lstrip().partition("<script")[0]
    for sign, how, unwrap in _WAYS:
        if sign.search(head):
            text = source if isinstance(source, str) else source.decode()
            page = unwrap(text.strip())
            return None if page == text else (page, how)
    return None


def _read_string(text: str) -> str:
    text = text.removesuffix(text[0]) if text[0] in "\"'" else text
    text = _ESCAPE.sub(_character, text).lstrip("\"'")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")  # in pairs


def _read_bytes(text: str) -> bytes:
    return _read_string(text[1:]).encode("latin-1", "ignore")


def _read_field(text: str) -> str:
    return text[1:].removesuffix('"').replace('""', '"')


def _read_xml(text: str) -> str:
    return text.partition("<![CDATA[")[2].rpartition("]]>")[0] or text


def _read_mail(text: str) -> bytes:
    return quopri.decodestring(text.encode("utf-8", "replace"))


def _character(escape: re.Match[str]) -> str:
    *codes, other = escape.groups()
    code = next(filter(None, codes), None)
    return chr(int(code, 16)) if code else _CHARACTERS.get(other, other)


_WAYS: Final[tuple[tuple[re.Pattern[str], str, Callable[[str], str | bytes]], ...]] = (
    (_FIELD, "a field of a table", _read_field),
    (_BYTES, "bytes of a program", _read_bytes),
    (_STRING, "a string of a program", _read_string),
    (_HTML, "text of a page", unescape),
    (_XML, "a field of XML", _read_xml),
    (_MAIL, "a part of a mail", _read_mail),
)
"""What tells a page so saved, what it was saved as, and what undoes it."""

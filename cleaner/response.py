"""A response that was saved as the network sent it: with its head, or with its body in chunks."""

from __future__ import annotations

import re
from typing import Final

from cleaner.media_type import parted

_HEAD = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+\d{3}\b[^\r\n]*\r?\n((?:[^\r\n]+\r?\n)*)\r?\n")
_TYPE = re.compile(rb"^content-type[ \t]*:[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_CHUNK: Final = re.compile(rb"(?:\r\n)?([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r\n")


def body_of(data: bytes) -> tuple[bytes, str | None]:
    r"""Return the body of a response, and the charset that its head names; all data if it is none.

    Of several responses in a row, as redirects leave them, the last one counts.

    >>> body_of(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hei")
    (b'<p>Hei', 'utf-8')
    >>> body_of(b"7\r\n<p>Hei \r\n3\r\nhei\r\n0\r\n\r\n")
    (b'<p>Hei hei', None)
    """
    charset, begin = None, 0
    while head := _HEAD.match(data, begin):
        told = _TYPE.search(head[1])
        charset, begin = parted(told[1])[1] if told else None, head.end()
    chunk = _CHUNK.match(data, begin)
    if chunk and _CHUNK.match(data, chunk.end() + int(chunk[1], 16)):
        return unchunked(data[begin:]), charset
    return data[begin:], charset


def unchunked(body: bytes) -> bytes:
    r"""Return what stands in chunks, as far as there are any.

    >>> unchunked(b"5\r\nThree\r\n6\r\n wor")
    b'Three wor'
    """
    found = bytearray()
    at = 0
    while (chunk := _CHUNK.match(body, at)) and (size := int(chunk[1], 16)):
        found += body[chunk.end() : chunk.end() + size]
        at = chunk.end() + size
    return bytes(found)

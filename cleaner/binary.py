"""Bytes that are no text: which kind of file they are, and what gzip data holds."""

import re
import zlib
from typing import Final

from cleaner.decode import ANY_BOM, wide_without_bom

# A text could begin with a magic number in plain ASCII: those need a NUL near the start as well.
_MAGIC: Final = (
    (0, b"\xff\xd8\xff", "JPEG image"),
    (0, b"\x89PNG\r\n\x1a\n", "PNG image"),
    (0, b"GIF87a", "GIF image"),
    (0, b"GIF89a", "GIF image"),
    (0, b"II*\0", "TIFF image"),
    (0, b"MM\0*", "TIFF image"),
    (0, b"PK\x03\x04", "ZIP archive"),
    (0, b"PK\x05\x06", "ZIP archive"),
    (0, b"\x1f\x8b", "gzip data"),
    (0, b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (0, b"BZh91AY&SY", "bzip2 data"),
    (0, b"\xfd7zXZ\0", "xz data"),
    (0, b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
    (0, b"Rar!\x1a\x07", "RAR archive"),
    (0, b"\x7fELF", "ELF program"),
    (0, b"MZ", "Windows program"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Microsoft Office document"),
    (0, b"SQLite format 3\0", "SQLite database"),
    (0, b"PAR1", "Parquet file"),
    (0, b"wOFF", "font"),
    (0, b"wOF2", "font"),
    (0, b"OTTO", "font"),
    (0, b"\0\1\0\0", "font"),
    (0, b"ID3", "MP3 audio"),
    (0, b"OggS", "Ogg media"),
    (0, b"\x1aE\xdf\xa3", "Matroska video"),
    (0, b"%PDF-", "PDF"),
    (8, b"WEBP", "WebP image"),
    (0, b"RIFF", "RIFF media"),
    (4, b"ftyp", "MP4 video"),
    (257, b"ustar", "tar archive"),
)

_HEAD: Final = 1024
_MARKUP = re.compile(rb"\s*<")
_GZIP_STEP: Final = 512

_IN_TEXT: Final = b"\t\n\v\f\r\x0e\x0f\x1a\x1b" + bytes(range(32, 256))
"""The bytes that texts hold; every ninth byte of random or compressed data is another."""


def binary_kind(data: bytes) -> str | None:
    """Name the kind of file when bytes are no text at all.

    Args:
        data: The bytes of a page. Only the first kilobyte is looked at.

    Returns:
        A name such as ``"JPEG image"`` or ``"PDF"``, ``"binary data"`` for bytes full of controls,
        and None for what may be text, UTF-16 and UTF-32 included.

    >>> binary_kind(b"%PDF-1.7")
    'PDF'
    >>> binary_kind("tekst".encode("utf-16")) is None
    True

    """
    if data.find(b"\0", 0, _HEAD) < 0 and _MARKUP.match(data, 0, _HEAD):  # nothing below begins so
        return None
    head = data[:_HEAD]
    if head.startswith(ANY_BOM):
        return None
    has_nul = b"\0" in head
    for offset, magic, kind in _MAGIC:
        if head.startswith(magic, offset) and (has_nul or not magic.isalnum()):
            return kind
    many = len(head.translate(None, _IN_TEXT)) * 20 > len(head)
    return "binary data" if many and wide_without_bom(data) is None else None


def gunzip(data: bytes, limit: int) -> tuple[bytes, str | None]:
    """Decompress gzip data as far as it goes.

    Args:
        data: One or more gzip members; the last may be cut short or damaged.
        limit: The most bytes to give back.

    Returns:
        What could be decompressed, at most ``limit`` bytes, and what was wrong, if anything was.

    >>> import gzip
    >>> gunzip(gzip.compress(b"<p>hei"), 1000)
    (b'<p>hei', None)

    """
    out = bytearray()
    position = 0
    while data.startswith(b"\x1f\x8b", position):
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            # Small steps: what a failing call had decompressed is lost with it.
            piece = data[position : position + _GZIP_STEP]
            if not piece:
                return bytes(out), "the gzip data is cut short"
            position += len(piece)
            try:
                out += member.decompress(piece, limit - len(out) + 1)
            except zlib.error:
                return bytes(out), "the gzip data is damaged"
            if len(out) > limit:
                return bytes(out[:limit]), f"the gzip data is longer than {limit} bytes: cut there"
        position -= len(member.unused_data)
    return bytes(out), None if position else "not gzip data"

"""WARC conversion records, as in the WET files of web archives: one record a page and form."""

from __future__ import annotations

import hashlib
import io
import uuid
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from cleaner.extras import load_extra
from cleaner.sinks import SinkError
from cleaner.sinks.onefile import Format, OneFile, gzip_member
from cleaner.sinks.rows import columns, valid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cleaner.sinks import Record, Sink

_NO_DATE = "1970-01-01T00:00:00Z"
_MEDIA_TYPES = {
    "markdown": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "tei": "application/tei+xml",
}
_OTHERWISE = "text/plain; charset=utf-8"
_AS_IS = "".join(chr(code) for code in range(0x21, 0x7F))


def make(target: Path, forms: Sequence[str], *, resume: str | None) -> Sink:
    """Return a sink that writes WARC, each record a gzip member if the name ends in `.gz`."""
    load_extra("fastwarc", "warc", "this needs an extra", SinkError)
    columns(forms)
    packed = target.suffix.lower() == ".gz"
    types = {form: _MEDIA_TYPES.get(form, _OTHERWISE) for form in forms}
    info = _info()
    form = Format(partial(encode, types=types, packed=packed), head=_pack(info) if packed else info)
    return OneFile(target, form, resume=resume)


def encode(record: Record, types: Mapping[str, str], *, packed: bool) -> bytes:
    """Return the records of a page, one for each of the forms that `types` gives a media type."""
    name = valid(record.name)
    address = quote(valid(record.url or ""), safe=_AS_IS) or f"file:///{quote(name)}"
    made = b""
    for form, media_type in types.items():
        headers = {
            "WARC-Date": record.captured or _NO_DATE,
            "WARC-Target-URI": address,
            "Content-Type": media_type,
        }
        body = valid(record.forms[form]).encode()
        one = _record("conversion", headers, body, key=f"{name}\0{form}")
        made += _pack(one) if packed else one
    return made


def _info() -> bytes:
    from cleaner import __version__

    body = f"software: page-cleaner/{__version__}\r\nformat: WARC File Format 1.1\r\n"
    headers = {"WARC-Date": _NO_DATE, "Content-Type": "application/warc-fields"}
    return _record("warcinfo", headers, body.encode(), key="")


def _record(kind: str, headers: Mapping[str, str], body: bytes, *, key: str) -> bytes:
    """Return a record; its identifier follows from the key and the body."""
    from fastwarc.warc import WarcRecord, WarcRecordType

    space = uuid.uuid5(uuid.NAMESPACE_URL, key)
    identifier = uuid.uuid5(space, hashlib.sha256(body).hexdigest())
    record = WarcRecord()
    record.init_headers(
        content_length=len(body),
        record_type=getattr(WarcRecordType, kind),
        record_urn=f"uuid:{identifier}".encode(),
    )
    for name, value in headers.items():
        record.headers[name] = value
    record.set_bytes_content(body)
    buffer = io.BytesIO()
    record.write(buffer, checksum_data=True)
    return buffer.getvalue()


def _pack(data: bytes) -> bytes:
    packer = gzip_member()
    return packer.compress(data) + packer.flush()

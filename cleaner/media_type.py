"""What a Content-Type says: its media type and charset, and if that may be of a page."""

from __future__ import annotations

import re

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s;,\"']+)", re.IGNORECASE)
_PAGE = re.compile(r"text/|.*(?:html|xml|octet-stream)")


def parted(content_type: str | bytes | None) -> tuple[str, str | None]:
    """Return the media type, in lower case, and the charset as it stands there.

    >>> parted('Text/HTML; Charset="UTF-8"'), parted(None)
    (('text/html', 'UTF-8'), ('', None))
    """
    content_type = content_type or ""
    if isinstance(content_type, bytes):
        content_type = content_type.decode("latin-1")
    found = _CHARSET.search(content_type)
    return content_type.partition(";")[0].strip().lower(), found[1] if found else None


def may_be_page(media_type: str) -> bool:
    """Return whether a page may have a media type; one without any may be a page.

    >>> [may_be_page(kind) for kind in ("text/plain", "application/xhtml+xml", "", "image/png")]
    [True, True, True, False]
    """
    return not media_type or bool(_PAGE.match(media_type))

"""What tests read: the records of an archive."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def responses(path: Path) -> dict[str, list[tuple[int, bytes]]]:
    """Return the responses in an archive: address → (status, body), as warcio reads them."""
    from warcio.archiveiterator import ArchiveIterator

    found: dict[str, list[tuple[int, bytes]]] = {}
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests=True):
            body = record.content_stream().read()
            assert record.digest_checker.passed
            if record.rec_type == "response":
                url = record.rec_headers.get_header("WARC-Target-URI")
                status = int(record.http_headers.get_statuscode())
                found.setdefault(url, []).append((status, body))
    return found


def kinds(path: Path) -> Counter[str]:
    """Return how many records of each kind an archive has, as fastwarc reads them."""
    from fastwarc.warc import ArchiveIterator

    with path.open("rb") as file:
        found = ArchiveIterator(file, verify_digests=True)
        return Counter(str(record.record_type) for record in found)

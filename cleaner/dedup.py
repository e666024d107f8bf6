"""Repeated documents across a run, found exactly or nearly, with a memory that is a database.

Nearly means: of all runs of five characters that occur in either text, at least 80 % occur in both
(the Jaccard similarity). It is estimated from 256 MinHash values, within 0.03 two times in three;
texts that share one of 32 groups of eight values are compared. See "Duplicates" in the docs.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any, Literal, cast

from cleaner.document import CleanerError
from cleaner.extras import load_extra

if TYPE_CHECKING:
    import sqlite3

    from numpy.typing import NDArray

Mode = Literal["exact", "near"]
MODES: tuple[Mode, ...] = ("exact", "near")

THRESHOLD = 0.8
"""The least similarity of texts that are near-duplicates."""

_SHINGLE = 5
_VALUES = 256
_BANDS = 32
_SEED = 1
_DIGEST = 16
_MOST_ALIKE = 64
"""Texts that are kept of those that share a band, so that a text costs the same however many."""
_MOST_PARAMETERS = 500

# 2**64 divided by the golden ratio: multiplying by it spreads what differs over all bits.
_SPREAD = 0x9E3779B97F4A7C15

_TABLES = """
CREATE TABLE IF NOT EXISTS dedup_method (method TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS dedup_documents (
    id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, name TEXT NOT NULL, signature BLOB
);
CREATE TABLE IF NOT EXISTS dedup_bands (
    band INTEGER, document INTEGER, PRIMARY KEY (band, document)
) WITHOUT ROWID;
"""


class Dedup:
    """Finds the texts that repeat an earlier one.

    Only texts that repeat none are remembered, so that a text is always compared with texts that
    were kept. What is remembered stands in tables of `connection` whose names begin with `dedup_`,
    written in the transaction of the caller: going back to an earlier state of the database goes
    back to what was known then. A text takes about 100 bytes of it, or 2,000 in the mode "near".

    Args:
        mode: "exact" or "near".
        connection: the database.

    Raises:
        CleanerError: `mode` is not known, the package for "near" is missing, or what the database
            remembers was found in another way.

    >>> import sqlite3
    >>> dedup = Dedup("exact", sqlite3.connect(":memory:"))
    >>> dedup.seen("a", "One text."), dedup.seen("b", "One  text."), dedup.seen("c", "")
    (None, ('a', 1.0), None)

    """

    def __init__(self, mode: Mode, connection: sqlite3.Connection) -> None:
        self.mode = mode
        self._connection = connection
        method = _method(mode)
        for table in _TABLES.split(";"):
            connection.execute(table)
        found = connection.execute("SELECT method FROM dedup_method").fetchone()
        if found is None:
            connection.execute("INSERT INTO dedup_method VALUES (?)", (method,))
        elif found[0] != method:
            raise CleanerError(f"duplicates were looked for by {found[0]}, not by {method}")

    def seen(self, name: str, text: str) -> tuple[str, float] | None:
        """Return the name of the earlier text most like this one, and the similarity, 0.8 to 1.

        None if there is none, and for a text without a visible character; the text is remembered.
        """
        return self.look_up(name, sign(text, self.mode))

    def look_up(self, name: str, signature: bytes) -> tuple[str, float] | None:
        """Do what `seen` does, for a text that `sign` was given, in whichever process."""
        if not signature:
            return None
        digest, values = signature[:_DIGEST], signature[_DIGEST:]
        same = self._connection.execute(
            "SELECT name FROM dedup_documents WHERE digest = ?", (digest,)
        ).fetchone()
        if same:
            return same[0], 1.0
        bands = _bands(values) if values else []
        sharing = self._sharing(bands)
        alike = self._most_alike(values, sorted({document for _, document in sharing}))
        if not alike:
            self._remember(name, digest, values, bands, Counter(band for band, _ in sharing))
        return alike

    def _sharing(self, bands: list[int]) -> list[tuple[int, int]]:
        marks = ", ".join("?" * len(bands))
        return self._connection.execute(
            f"SELECT band, document FROM dedup_bands WHERE band IN ({marks})", bands
        ).fetchall()

    def _most_alike(self, values: bytes, documents: list[int]) -> tuple[str, float] | None:
        best: tuple[str, float] | None = None
        for start in range(0, len(documents), _MOST_PARAMETERS):
            part = documents[start : start + _MOST_PARAMETERS]
            marks = ", ".join("?" * len(part))
            found = self._connection.execute(
                f"SELECT name, signature FROM dedup_documents WHERE id IN ({marks}) ORDER BY id",
                part,
            ).fetchall()
            shares = _similarities(values, [signature for _, signature in found])
            for (name, _), share in zip(found, shares, strict=True):
                if share >= THRESHOLD and (best is None or share > best[1]):
                    best = (name, share)
        return best

    def _remember(
        self, name: str, digest: bytes, values: bytes, bands: list[int], shared: Counter[int]
    ) -> None:
        document = self._connection.execute(
            "INSERT INTO dedup_documents (digest, name, signature) VALUES (?, ?, ?)",
            (digest, name, values or None),
        ).lastrowid
        self._connection.executemany(
            "INSERT INTO dedup_bands VALUES (?, ?)",
            ((band, document) for band in bands if shared[band] < _MOST_ALIKE),
        )


def sign(text: str, mode: Mode) -> bytes:
    """Return what `Dedup.look_up` compares a text by: 16 bytes, or 1,040 in the mode "near".

    Case, white space and the Unicode normal form make no difference. Nothing comes back for a
    text without a visible character, which repeats no other.
    """
    folded = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    if not folded:
        return b""
    raw = folded.encode("utf-32-le", "surrogatepass")
    digest = hashlib.blake2b(raw, digest_size=_DIGEST).digest()
    return digest + _minhash(raw) if mode == "near" else digest


def _minhash(raw: bytes) -> bytes:
    """Return the MinHash values of the runs of characters in a text of UTF-32."""
    import numpy as np

    matrix = _rensa().RMinHash.digest_matrix_from_flat_token_hashes(
        hashes := _shingles(np.frombuffer(raw, np.uint32)), [0, len(hashes)], _VALUES, _SEED
    )
    return np.array(matrix.to_rows()[0], "<u4").tobytes()


def _shingles(characters: NDArray[Any]) -> NDArray[Any]:
    """Return a hash for each run of characters; for a text that is shorter, one for all of it."""
    import numpy as np

    size = min(_SHINGLE, len(characters))
    hashes = np.zeros(len(characters) - size + 1, np.uint64)
    for start in range(size):
        hashes = (hashes + characters[start : start + len(hashes)]) * np.uint64(_SPREAD)
    return cast("NDArray[Any]", hashes ^ (hashes >> np.uint64(32)))


def _bands(values: bytes) -> list[int]:
    """Return a number for each group of values, such that equal groups give equal numbers."""
    import numpy as np

    pairs = np.frombuffer(values, "<u8").reshape(_BANDS, -1)
    hashes = np.arange(1, _BANDS + 1, dtype=np.uint64)
    for column in pairs.T:
        hashes = (hashes ^ column) * np.uint64(_SPREAD)
        hashes ^= hashes >> np.uint64(29)
    return hashes.view(np.int64).tolist()


def _similarities(values: bytes, others: list[bytes]) -> list[float]:
    import numpy as np

    table = np.frombuffer(b"".join(others), "<u4").reshape(len(others), -1)
    return cast("list[float]", (table == np.frombuffer(values, "<u4")).mean(axis=1).tolist())


def _method(mode: Mode) -> str:
    """Return what signatures must have in common to be compared."""
    if mode not in MODES:
        raise CleanerError(f"duplicates are looked for by {' or '.join(MODES)}, not by {mode}")
    return f"near/{_rensa().RMinHash.ALGORITHM_VERSION}" if mode == "near" else mode


def _rensa() -> Any:
    return load_extra("rensa", "dedup", "near-duplicates need an extra")

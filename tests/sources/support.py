"""What the tests of sources share."""

from __future__ import annotations

import io


class _Pipe(io.RawIOBase):
    """Bytes that come a few at a time and only once."""

    def __init__(self, data):
        self._data = io.BytesIO(data)

    def readable(self):
        return True

    def readinto(self, buffer):
        return self._data.readinto(memoryview(buffer)[:1000])


def pipe(data):
    """Return bytes as standard input gives them."""
    return io.TextIOWrapper(io.BufferedReader(_Pipe(data)))

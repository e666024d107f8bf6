"""trouble: why a request has no response, in words, and whether it is worth another try."""

from __future__ import annotations

from dataclasses import dataclass
from gzip import BadGzipFile
from typing import TYPE_CHECKING

from scrapy import exceptions as scrapy
from twisted.internet.error import ConnectionRefusedError as Refused
from twisted.python.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

NOT_A_PAGE = "not a page"
_UNKNOWN = "the host name is not known"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no response: `passing` if it may be over soon, `ours` if we did not want it."""

    note: str
    passing: bool = False
    ours: bool = False

    @property
    def unknown_host(self) -> bool:
        return self.note == _UNKNOWN


# Exception of Scrapy → what is told of it. The first that fits counts.
_TABLE: tuple[tuple[type[BaseException], Trouble], ...] = (
    (scrapy.CannotResolveHostError, Trouble(_UNKNOWN, passing=True)),
    (scrapy.DownloadConnectionRefusedError, Trouble("no connection: refused", passing=True)),
    (scrapy.DownloadTimeoutError, Trouble("no answer in time", passing=True)),
    (scrapy.DownloadCancelledError, Trouble("larger than allowed", ours=True)),
    (scrapy.StopDownload, Trouble(NOT_A_PAGE, ours=True)),
    (scrapy.ResponseDataLossError, Trouble("the answer broke off", passing=True)),
    (BadGzipFile, Trouble("the answer is not packed as it says")),
    (scrapy.UnsupportedURLSchemeError, Trouble("not of http or https", ours=True)),
    (scrapy.NotSupported, Trouble("not of http or https", ours=True)),
    (scrapy.IgnoreRequest, Trouble("larger than allowed when unpacked", ours=True)),
)
_TLS = frozenset(("Error", "SSLError", "VerificationError", "CertificateError"))


def trouble(error: BaseException) -> Trouble:
    """Return what an error of a request means.

    >>> trouble(scrapy.DownloadTimeoutError()).note
    'no answer in time'
    >>> trouble(BadGzipFile("Not a gzipped file")).note
    'the answer is not packed as it says'
    """
    causes = list(_causes(error))
    for cause in causes:
        if type(cause).__name__ in _TLS and _is_tls(cause):
            return Trouble(f"the secure connection failed: {_tls_words(cause)}")
    if any(isinstance(cause, Refused) for cause in causes):
        return Trouble("no connection: refused", passing=True)
    for kind, told in _TABLE:
        if isinstance(error, kind):
            return told
    if isinstance(error, scrapy.DownloadFailedError):
        return Trouble(f"the connection failed: {_in_words(causes[-1])}", passing=True)
    module = type(error).__module__
    if module.startswith(("twisted.", "builtins")) and isinstance(error, OSError):
        return Trouble(f"no connection: {_in_words(error)}", passing=True)
    return Trouble(f"{type(error).__name__}: {_in_words(error)}")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and those that it came of, some levels down."""
    level: list[BaseException] = [error]
    for _ in range(5):
        yield from level
        level = [cause for one in level for cause in _below(one)]


def _below(error: BaseException) -> Iterator[BaseException]:
    if error.__cause__:
        yield error.__cause__
    for reason in getattr(error, "reasons", None) or ():
        if isinstance(reason, Failure) and reason.value is not None:
            yield reason.value


def _is_tls(error: BaseException) -> bool:
    return type(error).__module__.startswith(("OpenSSL", "service_identity", "ssl"))


def _tls_words(error: BaseException) -> str:
    """Return what OpenSSL or the check of the host's name says: the last part of its list."""
    found: object = error.args[0] if error.args else ""
    while isinstance(found, (list, tuple)) and found:
        found = found[-1]
    if not isinstance(found, str) or not found or "Verification" in type(error).__name__:
        return "the certificate is for another host"
    return found


def _in_words(error: BaseException) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__

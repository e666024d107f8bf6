"""One page from the web."""

from __future__ import annotations

import re
import socket
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

import certifi
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager, Retry, make_headers
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError

from cleaner.document import CleanerError, Page
from cleaner.media_type import may_be_page, parted
from cleaner.scrape.public import is_public

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

_TIMEOUT: Final = 30
_LARGEST: Final = 20_000_000
# A connection that was kept open may be closed by now; no other error is waited out.
_TRIES: Final = Retry(total=None, connect=0, read=1, redirect=5, status=0, other=0)
_STEP: Final = 2**16
_ERROR_NUMBER = re.compile(r"\[Errno -?\d+\] ")

# Class of urllib3 or the like → what happened, in words.
_CAUSES = {
    "NameResolutionError": "the host name is not known",
    "ConnectTimeoutError": "no answer in time",
    "ReadTimeoutError": "no answer in time",
    "SSLError": "the secure connection failed: {}",
    "NewConnectionError": "no connection: {}",
    "ProtocolError": "the answer broke off",
    "DecodeError": "the answer is not packed as it says",
    "LocationParseError": "not an address of a page",
}


class FetchError(CleanerError):
    """A page could not be fetched; the message says why."""


def fetch(url: str) -> Page:
    """Return the page at an address, with the address it was found at after redirects.

    Raises:
        FetchError: there is no such page, no answer, or the answer is not a page.
    """
    from cleaner import __version__

    headers = make_headers(accept_encoding=True, user_agent=f"page-cleaner/{__version__}")
    manager = _manager(guarded=not is_private(url))
    try:
        response = manager.request(
            "GET", url, headers=headers, retries=_TRIES, timeout=_TIMEOUT, preload_content=False
        )
        try:
            return _page(url, response)
        finally:
            response.close()
    except (HTTPError, OSError, ValueError) as error:
        raise FetchError(_in_words(error)) from None


def _page(url: str, response: BaseHTTPResponse) -> Page:
    if response.status != 200:
        raise FetchError(f"the server answered {response.status}")
    media, charset = parted(response.headers.get("content-type"))
    if not may_be_page(media):
        raise FetchError(f"the server sent {media}, which is not a page")
    data = bytearray()
    for piece in response.stream(_STEP):
        data += piece
        if len(data) > _LARGEST:
            raise FetchError(f"larger than the {_LARGEST // 10**6} MB that a page may have")
    for hop in response.retries.history if response.retries else ():
        url = urljoin(url, hop.redirect_location or "")
    return Page(bytes(data), url, charset, "text" if media == "text/plain" else "html")


def _in_words(error: Exception) -> str:
    """Return the cause of an error of the network on one line."""
    cause = getattr(error, "reason", None) or error
    message = " ".join(str(cause).split())
    known = (_CAUSES.get(kind.__name__) for kind in type(cause).__mro__)
    words = next(filter(None, known), "{}")
    return words.format(_ERROR_NUMBER.sub("", message.rpartition(": ")[2]))


class _Guarded(HTTPConnection):
    """A connection to the open internet alone, whatever the name of the host led to."""

    def _new_conn(self) -> socket.socket:
        made = super()._new_conn()
        if is_public(made.getpeername()[0]):
            return made
        made.close()
        raise NewConnectionError(self, "the address is of a private network")


class _GuardedHTTPS(_Guarded, HTTPSConnection):
    pass


@cache
def _manager(*, guarded: bool) -> PoolManager:
    """Return what connects to hosts; a public page may not redirect to a private one."""
    manager = PoolManager(ca_certs=certifi.where())
    if guarded:
        plain = type("_Plain", (HTTPConnectionPool,), {"ConnectionCls": _Guarded})
        secure = type("_Secure", (HTTPSConnectionPool,), {"ConnectionCls": _GuardedHTTPS})
        manager.pool_classes_by_scheme = {"http": plain, "https": secure}
    return manager


def is_private(url: str) -> bool:
    """Return whether the host of an address is of this machine or of a private network."""
    try:
        host = urlsplit(url).hostname or ""
        found = socket.getaddrinfo(host, None)
        return not all(is_public(str(entry[4][0])) for entry in found)
    except (OSError, ValueError):
        return False

"""One page from the web, by trafilatura's downloader."""

from __future__ import annotations

import logging
import re
import socket
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from cleaner.document import CleanerError, Page
from cleaner.media_type import may_be_page, parted
from cleaner.scrape.public import is_public

if TYPE_CHECKING:
    from configparser import ConfigParser

_ERROR_NUMBER = re.compile(r"\[Errno -?\d+\] ")

# Class of urllib3 or the like → what happened, in words.
_CAUSES = {
    "NameResolutionError": "the host name is not known",
    "ConnectTimeoutError": "no answer in time",
    "ReadTimeoutError": "no answer in time",
    "SSLError": "the secure connection failed: {}",
    "NewConnectionError": "no connection: {}",
    "ResponseError": "{}",
    "LocationParseError": "not an address of a page",
}


class FetchError(CleanerError):
    """A page could not be fetched; the message says why."""


def fetch(url: str) -> Page:
    """Return the page at an address, with the address it was found at after redirects.

    Raises:
        FetchError: there is no such page, no answer, or the answer is not a page.
    """
    from trafilatura import fetch_response

    logger = logging.getLogger("trafilatura.downloads")
    said = _Said()
    logger.addHandler(said)
    try:
        response = fetch_response(url, with_headers=True, config=_config(url))
    finally:
        logger.removeHandler(said)
    if response is None:
        raise FetchError(said.reason or "no answer")
    if response.status != 200:
        raise FetchError(f"the server answered {response.status}")
    media, charset = parted((response.headers or {}).get("content-type", ""))
    if not may_be_page(media):
        raise FetchError(f"the server sent {media}, which is not a page")
    return Page(
        response.data,
        url=urljoin(url, response.url or ""),
        charset=charset,
        media="text" if media == "text/plain" else "html",
    )


class _Said(logging.Handler):
    """Keeps the error that the downloader tells only its log."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.reason = ""

    def emit(self, record: logging.LogRecord) -> None:
        arguments = record.args if isinstance(record.args, tuple) else ()
        error = arguments[-1] if arguments else record.getMessage()
        self.reason = _in_words(error)


def _in_words(error: Any) -> str:
    """Return the cause of an error of the network on one line."""
    cause = getattr(error, "reason", None) or error
    message = " ".join(str(cause).split())
    words = _CAUSES.get(type(cause).__name__, "{}")
    return words.format(_ERROR_NUMBER.sub("", message.rpartition(": ")[2]))


def _config(url: str) -> ConfigParser:
    """Return the downloader's settings, safer and with more redirects than its own.

    A private host that the user names is fetched, but no public page may redirect to one.
    """
    from copy import deepcopy

    from trafilatura.settings import DEFAULT_CONFIG

    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["MAX_REDIRECTS"] = "5"
    config["DEFAULT"]["INSECURE_SSL_FALLBACK"] = "off"
    config["DEFAULT"]["SSRF_PROTECTION"] = "off" if is_private(url) else "on"
    return config


def is_private(url: str) -> bool:
    """Tell an address whose host is of this machine or of a private network."""
    try:
        host = urlsplit(url).hostname or ""
        found = socket.getaddrinfo(host, None)
        return not all(is_public(str(entry[4][0])) for entry in found)
    except (OSError, ValueError):
        return False

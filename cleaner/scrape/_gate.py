"""gate: the one way out of a browser, a SOCKS proxy that checks every address it connects to.

A browser's own hooks see the first address of a request and none that it is redirected to, and the
name they see may lead elsewhere by the time the browser looks it up. A proxy sees each connection,
and connects to the very address it has checked.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING

from cleaner.scrape.public import is_public

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_CHUNK = 2**16
_PATIENCE = 15.0
"""Seconds for a connection to be made."""
_MESSAGE = struct.Struct("!BBBB4sH")
# What the SOCKS protocol (RFC 1928) calls the ends of a request.
_DONE, _NOT_ALLOWED, _UNREACHABLE, _REFUSED = 0, 2, 4, 5

PRIVATE = "the address is of a private network"


class GateError(OSError):
    """A connection that was not made: why in words, and the code of SOCKS for it."""

    def __init__(self, reason: str, code: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code


class Gate:
    """The proxy of one page, open inside `async with`.

    Args:
        allow_private: also connect to addresses of this machine and of private networks; or only
            for the hosts of these names.
        largest: bytes that may come in, over all connections.
        overflow: called once when more have come; everything is cut then.
    """

    def __init__(
        self, *, allow_private: bool | Collection[str], largest: int, overflow: Callable[[], None]
    ) -> None:
        self.port = 0
        self.reasons: dict[str, str] = {}
        """Host → why there is no connection to it."""
        self._allow_private = allow_private
        self._left = largest
        self._overflow = overflow
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Gate:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self._cut()

    def _cut(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._connect(reader, writer)
        except (OSError, EOFError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = await _asked_for(reader, writer)
        try:
            far_reader, far_writer = await self._open(host, port)
        except GateError as error:
            self.reasons[host] = error.reason
            _answer(writer, error.code)
            await writer.drain()
            return
        _answer(writer, _DONE)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_copy(reader, far_writer))
                group.create_task(self._receive(far_reader, writer))
        except* OSError:
            pass
        finally:
            far_writer.close()

    async def _open(
        self, host: str, port: int
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        addresses = await _look_up(host, port)
        allowed = self._allow_private
        if not (allowed if isinstance(allowed, bool) else host in allowed):
            addresses = [address for address in addresses if is_public(address)]
        if not addresses:
            raise GateError(PRIVATE, _NOT_ALLOWED)
        trouble: Exception = OSError()
        for address in addresses:
            try:
                async with asyncio.timeout(_PATIENCE):
                    return await asyncio.open_connection(address, port)
            except (OSError, TimeoutError) as error:
                trouble = error
        if isinstance(trouble, TimeoutError):
            raise GateError("no answer in time", _UNREACHABLE)
        reason = "Connection refused" if isinstance(trouble, ConnectionRefusedError) else trouble
        raise GateError(f"no connection: {reason}", _REFUSED)

    async def _receive(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(_CHUNK):
            self._left -= len(data)
            if self._left < 0:
                self._overflow()
                self._cut()
                return
            writer.write(data)
            await writer.drain()
        with suppress(OSError):
            writer.write_eof()


async def _look_up(host: str, port: int) -> list[str]:
    with suppress(ValueError):
        return [str(ip_address(host))]
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise GateError("the host name is not known", _UNREACHABLE) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def _asked_for(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[str, int]:
    """Shake hands, and return the host and port that a connection is wanted to."""
    _, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(b"\x05\x00")
    _, command, _, kind = await reader.readexactly(4)
    if kind == 1:
        host = socket.inet_ntop(socket.AF_INET, await reader.readexactly(4))
    elif kind == 4:
        host = socket.inet_ntop(socket.AF_INET6, await reader.readexactly(16))
    else:
        length = (await reader.readexactly(1))[0]
        host = (await reader.readexactly(length)).decode("ascii", "replace")
    (port,) = struct.unpack("!H", await reader.readexactly(2))
    if command != 1:
        raise OSError("only connections are made")
    return host, port


def _answer(writer: asyncio.StreamWriter, code: int) -> None:
    writer.write(_MESSAGE.pack(5, code, 0, 1, bytes(4), 0))


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(_CHUNK):
        writer.write(data)
        await writer.drain()
    with suppress(OSError):
        writer.write_eof()

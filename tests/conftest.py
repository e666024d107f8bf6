"""Shuts the network for all tests: a connection to anything but this machine is an error."""

from __future__ import annotations

import os
import socket
from ipaddress import ip_address
from typing import Any

from hypothesis import settings

# Threads of a training wait asleep: the cores are busy with other tests.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


class NetworkShutError(AssertionError):
    """A test, or the code that it runs, tried to reach another machine."""


def _is_here(host: object) -> bool:
    try:
        return ip_address(str(host).split("%", maxsplit=1)[0]).is_loopback
    except ValueError:
        return host in (None, "", "localhost")


def _guarded(method: Any) -> Any:
    def guard(self: socket.socket, address: Any, *rest: Any) -> Any:
        if self.family != getattr(socket, "AF_UNIX", None) and not _is_here(address[0]):
            raise NetworkShutError(f"a connection to {address!r}")
        return method(self, address, *rest)

    return guard


def _guarded_look_up(host: Any, *rest: Any, **options: Any) -> Any:
    if not _is_here(host):
        raise NetworkShutError(f"a look-up of {host!r}")
    return _look_up(host, *rest, **options)


_look_up = socket.getaddrinfo
socket.getaddrinfo = _guarded_look_up
socket.socket.connect = _guarded(socket.socket.connect)  # type: ignore[method-assign]
socket.socket.connect_ex = _guarded(socket.socket.connect_ex)  # type: ignore[method-assign]

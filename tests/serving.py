"""A web server on this machine, for a test to ask."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path


Answer = tuple[int, Mapping[str, str], bytes]
"""A status, headers and a body."""


def served(answer: Callable[[str], Answer]) -> AbstractContextManager[str]:
    """Let a function answer the requests for each path; gives the address."""

    def do_get(request: BaseHTTPRequestHandler) -> None:
        status, headers, body = answer(request.path)
        request.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return _serving(type("Answering", (_Quiet,), {"do_GET": do_get}))


def served_folder(folder: Path) -> AbstractContextManager[str]:
    """Let the files of a folder be asked for; gives the address."""
    return _serving(partial(_Files, directory=str(folder)))


class _Quiet(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Files(_Quiet, SimpleHTTPRequestHandler):
    pass


@contextmanager
def _serving(handler: Any) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()

"""What the tests of rendering share: the server and the browser."""

import threading
from http.server import ThreadingHTTPServer

import pytest

from cleaner.scrape.render import Renderer, RenderError
from tests.scrape.render.served import Handler


@pytest.fixture(scope="package")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.log, server.lock, server.now, server.most = [], threading.Lock(), 0, 0
        server.two = threading.Barrier(2)
        server.handle_error = lambda *_: None  # a browser that hangs up is no error of the test
        server.base = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="package")
def renderer():
    """Let in what the test server is called by its number; by any other name it is private."""
    renderer = Renderer(
        pages=2, allow_private=["127.0.0.1"], largest=4 * 2**20, timeout=20, settle=0.8
    )
    try:
        renderer.__enter__()
    except RenderError as error:
        pytest.skip(str(error))
    yield renderer
    renderer.__exit__()

import asyncio
import gzip
import json
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import cleaner
from cleaner.scrape.render import (
    Renderer,
    RenderError,
    RenderTimeoutError,
    find_chromium,
)

STORY = (
    "The ferry to the outer islands will sail again from Monday, the harbour office says. "
    "The old Gullholm has been in the yard since the storm of last November, and its crew has "
    "spent the winter on the breakwater. Tickets are sold on board, as they were before the war. "
    "Those who wait on the far side have been told to look for the smoke, and to bring an umbrella."
)
SHELL = "<!DOCTYPE html><title>Ferry</title><div id='app'></div><script>{}</script>"
FILL = f"document.getElementById('app').innerHTML = '<article><p>{STORY}</p></article>';"


def shell(script):
    return SHELL.format(script)


def tried(expression):
    """Return a page that writes down what became of a promise."""
    return shell(
        "const app = document.getElementById('app');"
        f"{expression}.then(value => app.textContent = `done: ${{value}}`,"
        " error => app.textContent = `failed: ${error.name}`);"
    )


COMPONENT = """<!DOCTYPE html><title>Ferry</title>
<body><story-card><p>Given by the page.</p></story-card><script>
customElements.define("story-card", class extends HTMLElement {
  connectedCallback() {
    const shadow = this.attachShadow({mode: "open"});
    shadow.innerHTML = "<h2>Made by the component.</h2><slot></slot><in-ner></in-ner>";
  }
});
customElements.define("in-ner", class extends HTMLElement {
  connectedCallback() { this.attachShadow({mode: "open"}).innerHTML = "<p>And deeper.</p>"; }
});
</script>"""

GREEDY = f"""<!DOCTYPE html><title>Ferry</title><p>{STORY}</p>
<style>@font-face {{ font-family: f; src: url(/face.woff2) }} p {{ font-family: f }}</style>
<img src="/picture.png"><video src="/film.mp4" autoplay></video>
<script src="http://ads.localhost:PORT/tag.js"></script>
<script src="http://localhost:PORT/adserver/tag.js"></script>
<script src="http://localhost:PORT/library.js"></script>
<script src="/api/ads/17.js"></script>"""

SNEAKY = f"""<!DOCTYPE html><title>Ferry</title><p>{STORY}</p>
<script src="http://localhost:PORT/secret/script"></script>
<iframe src="http://localhost:PORT/secret/frame"></iframe>
<script>
fetch("http://localhost:PORT/secret/fetch", {{mode: "no-cors"}});
navigator.sendBeacon("http://localhost:PORT/secret/beacon", "x");
fetch("/to-secret", {{mode: "no-cors"}});
new WebSocket("ws://localhost:PORT/secret/socket");
new Worker(URL.createObjectURL(new Blob(["fetch('http://localhost:PORT/secret/worker')"])));
open("http://localhost:PORT/secret/popup");
</script>"""

HTML = {"Content-Type": "text/html; charset=utf-8"}
PAGES = {
    "/late": shell(f"setTimeout(() => {{ {FILL} }}, 200)"),
    "/fetched": shell(
        "fetch('/data').then(r => r.text()).then(text => "
        "document.getElementById('app').innerHTML = `<article><p>${text}</p></article>`)"
    ),
    "/data": STORY,
    "/component": COMPONENT,
    "/greedy": GREEDY,
    "/sneaky": SNEAKY,
    "/api/ads/17.js": "",
    "/library.js": "",
    "/hang": shell(f"{FILL} while (true) {{}}"),
    "/busy": shell(f"{FILL} setInterval(() => fetch('/data'), 50)"),
    "/reload": shell("setTimeout(() => location.reload(), 1)"),
    "/moves": shell("location.replace('/late')"),
    "/to-file": shell("location.href = 'file:///etc/hostname'"),
    "/grows": shell("document.body.append('x'.repeat(5_000_000))"),
    "/worker": tried("navigator.serviceWorker.register('/worker.js')"),
    "/place": tried("new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no))"),
    "/alert": shell(f"alert('stop'); confirm('really?'); {FILL}"),
    "/cookie": shell(
        "document.getElementById('app').textContent = document.cookie || 'no cookie';"
        " document.cookie = 'seen=1'; localStorage.seen = 1;"
    ),
    "/slow": f"<p>{STORY}",
}
ANSWERS = {
    "/moved": (302, {"Location": "/late"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/to-secret": (302, {"Location": "http://localhost:PORT/secret/redirect"}, b""),
    "/file": (200, {"Content-Disposition": "attachment", **HTML}, b"<p>kept"),
    "/archive": (200, {"Content-Type": "application/zip"}, b"PK\3\4"),
    "/json": (200, {"Content-Type": "application/json"}, b"{}"),
    "/text": (200, {"Content-Type": "text/plain; charset=utf-8"}, "Blåbær\n<b>".encode()),
    "/worker.js": (200, {"Content-Type": "text/javascript"}, b""),
    "/large": (200, HTML, b"<p>word " * 1_000_000),
    "/bomb": (200, {"Content-Encoding": "gzip", **HTML}, gzip.compress(b"<p>word " * 1_000_000)),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        server = self.server
        server.log.append(self.path)
        with server.lock:
            server.now += 1
            server.most = max(server.most, server.now)
        if self.path == "/slow":
            time.sleep(0.3)
        status, headers, body = ANSWERS.get(self.path, (404, HTML, b"<p>nothing here"))
        if self.path in PAGES:
            status, headers, body = 200, HTML, PAGES[self.path].encode()
        port = str(server.server_port).encode()
        body = body.replace(b"PORT", port)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value.replace("PORT", port.decode()))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with server.lock:
            server.now -= 1
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.log, server.lock, server.now, server.most = [], threading.Lock(), 0, 0
        server.handle_error = lambda *_: None  # a browser that hangs up is no error of the test
        server.base = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
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


def visit(renderer, server, path, timeout=None):
    return renderer.submit(server.base + path, timeout).result()


@pytest.mark.parametrize("path", ["/late", "/fetched", "/busy", "/alert"])
def test_the_text_that_a_script_makes_is_in_the_page(renderer, server, path):
    page = renderer.render(server.base + path)
    assert page.url == server.base + path
    assert cleaner.clean(page).text == STORY + "\n"


RENDER_IT = "the page is an empty shell: rendering it would help (cleaner fetch --render)"


def test_the_same_page_without_rendering_is_empty_and_says_that_rendering_helps():
    document = cleaner.clean(PAGES["/fetched"])
    assert STORY not in document.text
    assert RENDER_IT in document.warnings


@pytest.mark.parametrize(
    "page",
    [
        "<body><script src=app.js></script><noscript>Enable JavaScript to go on.</noscript>",
        "<body><h1>Loading…</h1><app-root></app-root><script type=module src=/a.js></script>",
    ],
)
def test_a_page_of_next_to_no_text_but_scripts_is_told_to_be_rendered(page):
    assert RENDER_IT in cleaner.clean(page).warnings


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<p>Gone fishing.",
        f"<p>{STORY}<script src=app.js></script>",
        "<p>Gone fishing.<script type=application/json>{}</script>",
        f"<script>var state = {json.dumps({'text': STORY})};</script>",
    ],
)
def test_other_pages_are_not_told_to_be_rendered(page):
    assert RENDER_IT not in cleaner.clean(page).warnings


def test_the_text_of_web_components_is_in_the_page_in_its_order(renderer, server):
    text = [b.text for b in cleaner.clean(renderer.render(server.base + "/component")).blocks]
    assert text == ["Made by the component.", "Given by the page.", "And deeper."]


@pytest.mark.parametrize("path", ["/moved", "/moves"])
def test_the_address_is_the_one_that_the_page_ended_at(renderer, server, path):
    assert renderer.render(server.base + path).url == server.base + "/late"


def test_plain_text_stays_text(renderer, server):
    page = renderer.render(server.base + "/text")
    assert (page.media, page.data) == ("text", "Blåbær\n<b>")


def test_images_films_fonts_and_ads_are_not_asked_for(renderer, server, monkeypatch):
    monkeypatch.setattr(renderer, "allow_private", True)
    server.log.clear()
    found = visit(renderer, server, "/greedy")
    assert set(server.log) == {"/greedy", "/library.js", "/api/ads/17.js"}
    assert found.blocked == 5


def test_no_request_of_a_page_reaches_a_private_address(renderer, server):
    server.log.clear()
    found = visit(renderer, server, "/sneaky")
    assert STORY in found.html
    assert not [path for path in server.log if path.startswith("/secret")]
    assert "/to-secret" in server.log
    assert found.refused == {"localhost": "the address is of a private network"}


def test_no_redirect_leads_to_a_private_address(renderer, server):
    server.log.clear()
    with pytest.raises(RenderError, match=r"^the address is of a private network$"):
        renderer.render(server.base + "/to-secret")
    assert server.log == ["/to-secret"]


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8080", "localhost", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "0"]
)
def test_private_addresses_are_refused(renderer, host, monkeypatch):
    monkeypatch.setattr(renderer, "allow_private", Renderer().allow_private)
    with pytest.raises(RenderError, match=r"^the address is of a private network$"):
        renderer.render(f"http://{host}/")


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "data:text/html,x", "ftp://127.0.0.1/", "chrome://gpu", "x"]
)
def test_only_http_is_rendered(renderer, address):
    with pytest.raises(RenderError, match=r"^only addresses of http and https are rendered$"):
        renderer.render(address)


def test_a_page_cannot_move_to_a_file(renderer, server):
    found = visit(renderer, server, "/to-file")
    assert found.url == server.base + "/to-file"
    assert '<div id="app"></div>' in found.html


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/missing", "the server answered 404"),
        ("/file", "the address is a download, not a page"),
        ("/archive", "the address is a download, not a page"),
        ("/json", "the server sent application/json, which is not a page"),
        ("/loop", "too many redirects"),
        ("/large", "the page and what it loads exceed 4 MiB"),
        ("/bomb", "the page and what it loads exceed 4 MiB"),
        ("/grows", "the page and what it loads exceed 4 MiB"),
    ],
)
def test_what_went_wrong_is_said_in_words(renderer, server, path, message):
    with pytest.raises(RenderError, match=f"^{message}$"):
        renderer.render(server.base + path)


def test_a_server_that_is_not_there_is_said_in_words(renderer):
    with pytest.raises(RenderError, match=r"^no connection: Connection refused$"):
        renderer.render("http://127.0.0.1:2/")


def test_a_page_of_an_error_is_there_for_those_who_want_it(renderer, server):
    found = visit(renderer, server, "/missing")
    assert (found.status, "nothing here" in found.html) == (404, True)
    assert found.headers["content-type"] == HTML["Content-Type"]


def test_a_script_that_never_ends_ends_in_time_and_harms_no_other_page(renderer, server):
    hanging = renderer.submit(server.base + "/hang", 3)
    other = renderer.submit(server.base + "/late")
    with pytest.raises(RenderTimeoutError, match=r"^no answer in time$"):
        hanging.result()
    assert STORY in other.result().html
    assert STORY in visit(renderer, server, "/late").html


def test_a_page_that_never_stops_reloading_comes_to_an_end(renderer, server):
    failed = renderer.submit(server.base + "/reload").exception()
    assert failed is None or isinstance(failed, RenderError)
    assert STORY in visit(renderer, server, "/late").html


def test_a_page_gets_no_service_worker(renderer, server):
    server.log.clear()
    visit(renderer, server, "/worker")
    assert "/worker.js" not in server.log


def test_a_page_gets_no_permission(renderer, server):
    assert "failed: " in visit(renderer, server, "/place").html


def test_nothing_is_kept_from_one_page_to_the_next(renderer, server):
    pages = [visit(renderer, server, "/cookie").html for _ in range(2)]
    assert all("no cookie" in page for page in pages)


def test_a_browser_that_dies_is_started_again(renderer, server):
    asyncio.run_coroutine_threadsafe(renderer._browser.close(), renderer._loop).result()
    assert STORY in visit(renderer, server, "/late").html


def test_a_page_whose_browser_dies_under_it_is_tried_again(renderer, server):
    server.log.clear()
    waiting = renderer.submit(server.base + "/late")
    while not server.log:
        time.sleep(0.01)
    asyncio.run_coroutine_threadsafe(renderer._browser.close(), renderer._loop).result()
    assert STORY in waiting.result().html


def test_pages_are_rendered_side_by_side_but_no_more_than_allowed(renderer, server):
    server.most = 0
    with ThreadPoolExecutor(6) as threads:
        pages = list(threads.map(renderer.render, [server.base + "/slow"] * 6))
    assert Counter(STORY in page.data for page in pages) == {True: 6}
    assert server.most == 2


def test_asyncio_need_not_wait(renderer, server):
    async def both():
        futures = [renderer.submit(server.base + path) for path in ("/late", "/fetched")]
        return await asyncio.gather(*map(asyncio.wrap_future, futures))

    assert all(STORY in found.html for found in asyncio.run(both()))


SPIDER = """
import scrapy

HANDLER = "cleaner.scrape.render_handler.RenderHandler"

class Spider(scrapy.Spider):
    name = "ferry"
    custom_settings = {
        "DOWNLOAD_HANDLERS": {"http": HANDLER, "https": HANDLER},
        "DOWNLOAD_MAXSIZE": 4 * 2**20,
        "RENDER_ALLOW_PRIVATE": True,
        "RENDER_SETTLE": 0.8,
        "RETRY_ENABLED": False,
        "ROBOTSTXT_OBEY": True,
    }

    async def start(self):
        for path, render in [("/fetched", True), ("/fetched", False), ("/large", True)]:
            yield scrapy.Request(
                BASE + path, self.parse, meta={"render": render}, errback=self.failed,
                dont_filter=True,
            )

    def parse(self, response):
        yield {"body": response.text, "flags": response.flags, "status": response.status}

    def failed(self, failure):
        yield {"failed": str(failure.value)}
"""


def test_a_spider_of_scrapy_renders_the_requests_that_are_marked(renderer, server, tmp_path):
    server.log.clear()
    (tmp_path / "spider.py").write_text(f"BASE = {server.base!r}\n{SPIDER}")
    command = [sys.executable, "-m", "scrapy", "runspider", "spider.py", "-o", "items.jsonl"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    items = [json.loads(line) for line in (tmp_path / "items.jsonl").read_text().splitlines()]
    failed = [item["failed"] for item in items if "failed" in item]
    rendered = {STORY in item["body"]: item["flags"] for item in items if "body" in item}
    assert rendered == {True: ["rendered"], False: []}
    assert failed == ["the page and what it loads exceed 4 MiB"]
    assert server.log.count("/robots.txt") == 1


def test_the_browser_says_who_it_works_for(renderer):
    assert renderer.user_agent.endswith(f" page-cleaner/{cleaner.__version__}")


@pytest.mark.parametrize("command", ["fetch", "crawl"])
def test_the_command_line_renders_what_it_fetches(renderer, server, tmp_path, command):
    """Ask in a process of its own, since Scrapy's reactor runs only once in one."""
    code = "import sys; from cleaner.cli import main; sys.argv[0] = 'cleaner'; main()"
    options = ["--render", "--allow-private", "--delay", "0", "--clean-to", str(tmp_path / "out")]
    done = subprocess.run(
        [sys.executable, "-c", code, command, f"{server.base}/late", *options],
        check=False,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    (text,) = (path for path in (tmp_path / "out").rglob("*.txt"))
    assert STORY in text.read_text()


@pytest.fixture
def browsers(tmp_path, monkeypatch):
    """Put three files that could be browsers in three places."""
    for name in ("given", "named", "chromium"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CLEANER_CHROMIUM", raising=False)
    return tmp_path


def test_the_browser_is_the_one_given_or_named_or_found(browsers, monkeypatch):
    assert find_chromium() == str(browsers / "chromium")
    monkeypatch.setenv("CLEANER_CHROMIUM", str(browsers / "named"))
    assert find_chromium() == str(browsers / "named")
    assert find_chromium(str(browsers / "given")) == str(browsers / "given")


def test_without_a_browser_it_is_left_to_playwright(browsers):
    (browsers / "chromium").unlink()
    assert find_chromium() is None


def test_a_browser_that_is_not_there_is_said_in_words():
    with pytest.raises(RenderError, match=r"^Chromium does not start: "), Renderer(chromium="/x/y"):
        pass

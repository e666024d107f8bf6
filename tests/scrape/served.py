"""A site of some hundred pages on this machine, with what goes wrong on real ones, and a log."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli
import zstandard

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures").glob("*.html"))
PAGES = 180
OWN = r"/(?:list|loop|far|calendar|private)/|/page/\d+\.html(?:\?utm_source=list)?$|:\d+/[a-z]+$"
"""A pattern for the addresses of the site: the fixtures link to others, which are not there."""

_PACKINGS = {
    "gzip": gzip.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
    "deflate": zlib.compress,
    "": bytes,
}


@dataclass
class Asked:
    """A line of the log: what was asked for, when, and whether the answer was sent to its end."""

    path: str
    host: str
    agent: str
    at: float
    headers: dict[str, str] = field(default_factory=dict)
    done: float | None = None


def number_of(path: str) -> int | None:
    """Return the number of the page at /page/17.html."""
    name = path.removeprefix("/page/").removesuffix(".html")
    return int(name) if path.startswith("/page/") and name.isdigit() else None


@cache
def page(number: int) -> bytes:
    """Return a fixture as it stands, told from the other pages of the same by a comment."""
    return FIXTURES[number % len(FIXTURES)].read_bytes() + f"<!-- {number} -->".encode()


@cache
def bomb() -> bytes:
    return gzip.compress(bytes(30_000_000), compresslevel=1)


class Site:
    """The server, open inside `with`.

    Args:
        pages: how many.
        robots: the text of robots.txt; None for none.
        hold: a page that is answered only when `released` is set.
        certificate: a file with a certificate and its key, for https.
    """

    def __init__(self, pages=PAGES, *, robots=None, hold=None, certificate=None, address=None):
        self.pages = pages
        self.robots = robots
        self.robots_status = 200
        self.hold = hold
        self.held = threading.Event()
        self.released = threading.Event()
        self.log: list[Asked] = []
        self.tries: Counter[str] = Counter()
        self.open = 0
        self.most_open: Counter[str] = Counter()
        self.lock = threading.Lock()
        handler = type("Handler", (_Handler,), {"site": self})
        self._server = ThreadingHTTPServer((address or "127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            scheme = "https"
        self.port = self._server.server_port
        self.url = f"{scheme}://{address or '127.0.0.1'}:{self.port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.released.set()
        self._server.shutdown()
        self._server.server_close()

    def asked(self, path=None):
        """Return how often each path was asked for, or one."""
        counts = Counter(asked.path for asked in self.log)
        return counts if path is None else counts[path]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    site: Site

    def log_message(self, *_):
        pass

    def do_GET(self):
        site = self.site
        entry = Asked(
            self.path,
            self.headers.get("Host", ""),
            self.headers.get("User-Agent", ""),
            time.time(),
            dict(self.headers),
        )
        with site.lock:
            site.log.append(entry)
            site.tries[self.path] += 1
            site.open += 1
            site.most_open[""] = max(site.most_open[""], site.open)
        try:
            self.answer(self.path.partition("?")[0])
            before = time.time()  # a busy machine may come back late from sending
            self.wfile.flush()
            entry.done = before
        except OSError:
            self.close_connection = True
        finally:
            with site.lock:
                site.open -= 1

    def answer(self, path):
        site = self.site
        number = number_of(path)
        if number is not None and number < site.pages:
            if number == site.hold and not site.released.is_set():
                site.held.set()
                site.released.wait(90)
                self.check_client()
            self.page(number)
            return
        first, _, rest = path.removeprefix("/").partition("/")
        name = f"at_{first.replace('.', '_').replace('-', '_') or 'home'}"
        getattr(self, name, self.at_nothing)(rest)

    def check_client(self):
        """Raise an error if the client is gone."""
        self.connection.setblocking(False)
        try:
            if not self.connection.recv(1, socket.MSG_PEEK):
                raise ConnectionAbortedError
        except BlockingIOError:
            pass
        finally:
            self.connection.setblocking(True)

    def page(self, number):
        body = page(number)
        packing = list(_PACKINGS)[number % len(_PACKINGS)]
        accepted = self.headers.get("Accept-Encoding", "")
        headers = {}
        if packing and packing in accepted:
            body = _PACKINGS[packing](body)
            headers["Content-Encoding"] = packing
        charset = "; charset=utf-8" if number % 2 else ""
        if number % 7 == 3:
            charset = "; charset=iso-8859-1"  # wrong: all pages are UTF-8
        if number % 11 == 5:
            self.chunked(body, {"Content-Type": f"text/html{charset}", **headers})
            return
        self.send(200, body, {"Content-Type": f"text/html{charset}", **headers})

    def send(self, status, body=b"", headers=None, *, length=None):
        self.send_response(status)
        for name, value in {"Content-Type": "text/html", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def chunked(self, body, headers):
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for start in range(0, len(body), 1000):
            part = body[start : start + 1000]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        self.wfile.write(b"0\r\n\r\n")

    def at_home(self, _):
        odd = (
            "/loop/a /moved /missing /busy /heals /short /calendar/2026-1 /bomb"
            " /private/secret.html /picture /big /noai /page/1.html#top /page/1.html"
        ).split()
        lists = [f"/list/{number}" for number in range(self.site.pages // 20 + 1)]
        links = "".join(f'<li><a href="{path}">{path}</a></li>' for path in odd + lists)
        head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        html = f"<html><head><title>Home</title>{head}</head><body><ul>{links}</ul></body></html>"
        self.send(200, html.encode())

    def at_list(self, rest):
        numbers = range(20 * int(rest), min(20 * int(rest) + 20, self.site.pages))
        links = "".join(f'<a href="/page/{n}.html?utm_source=list">{n}</a> ' for n in numbers)
        self.send(200, f"<html><body><nav>{links}</nav></body></html>".encode())

    def at_robots_txt(self, _):
        if self.site.robots_status != 200:
            self.send(self.site.robots_status)
        elif self.site.robots is None:
            self.at_nothing("")
        else:
            self.send(200, self.site.robots.encode(), {"Content-Type": "text/plain"})

    def at_nothing(self, _):
        self.send(404, b"<p>Nothing here.")

    def at_page(self, _):
        self.at_nothing("")

    def at_loop(self, rest):
        self.send(302, b"", {"Location": "/loop/b" if rest == "a" else "/loop/a"})

    def at_far(self, rest):
        self.send(302, b"", {"Location": f"/far/{int(rest) + 1}"})

    def at_moved(self, _):
        self.send(301, b"", {"Location": "/page/2.html"})

    def at_inside(self, _):
        self.send(302, b"", {"Location": f"http://127.0.0.1:{self.site.port}/page/3.html"})

    def at_busy(self, _):
        if self.site.tries["/busy"] == 1:
            self.send(429, b"<p>Slowly!", {"Retry-After": "1"})
        else:
            self.send(200, b"<p>Not busy any more, at last.")

    def at_heals(self, _):
        if self.site.tries["/heals"] == 1:
            self.send(500, b"<p>Oh no")
        else:
            self.send(200, b"<p>It has healed.")

    def at_broken(self, _):
        self.send(502)

    def at_short(self, _):
        self.send(200, b"<p>This is not all that was promised.", length=5000)
        self.close_connection = True

    def at_slow(self, _):
        self.send(200, b"<p>It begins", length=1000)
        self.wfile.flush()
        self.site.released.wait(20)

    def at_calendar(self, rest):
        year, month = map(int, rest.split("-"))
        after = f"/calendar/{year + month // 12}-{month % 12 + 1}"
        self.send(200, f'<p>{rest}</p><a href="{after}">next month</a>'.encode())

    def at_bomb(self, _):
        self.send(200, bomb(), {"Content-Encoding": "gzip"})

    def at_big(self, _):
        self.send(200, b"<p>" + b"big " * 2_000_000)

    def at_picture(self, _):
        self.send(200, b"\x89PNG" + bytes(1000), {"Content-Type": "image/png"})

    def at_noai(self, _):
        self.send(200, b"<p>Read me, do not learn from me.", {"X-Robots-Tag": "noai, noindex"})

    def at_cookie(self, _):
        self.send(200, b"<p>A cookie.", {"Set-Cookie": "taste=good"})

    def at_same(self, _):
        """A page that can be asked for again on condition."""
        if self.headers.get("If-None-Match") == '"one"':
            self.send_response(304)
            self.send_header("ETag", '"one"')
            self.end_headers()
        else:
            body = b"<p>It stays the same."
            self.send(200, body, {"ETag": '"one"', "Cache-Control": "no-cache"})

    def at_fresh(self, _):
        self.send(200, b"<p>Good for an hour.", {"Cache-Control": "max-age=3600"})

    def at_private(self, _):
        self.send(200, b"<p>Not for robots.")

    def at_sitemap_xml(self, _):
        urls = "".join(
            f"<url><loc>{self.site.url}/page/{number}.html</loc></url>"
            for number in range(self.site.pages)
        )
        xml = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
        self.send(200, xml.encode(), {"Content-Type": "application/xml"})

    def at_feed_xml(self, _):
        items = f"<item><link>{self.site.url}/page/0.html</link></item>"
        xml = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
        self.send(200, xml.encode(), {"Content-Type": "application/rss+xml"})

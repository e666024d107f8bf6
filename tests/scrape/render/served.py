"""The pages that are rendered, and the server that has them."""

import gzip
import time
from http.server import BaseHTTPRequestHandler

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
        if self.path == "/slow":
            with server.lock:
                server.now += 1
                server.most = max(server.most, server.now)
            server.two.wait(15)  # for another that is asked for meanwhile
            time.sleep(0.3)  # for a third, which should not come
            with server.lock:
                server.now -= 1
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
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_):
        pass


def visit(renderer, server, path, timeout=None):
    return renderer.submit(server.base + path, timeout).result()

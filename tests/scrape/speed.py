"""How many pages a second, beside a plain Scrapy spider that only saves what it fetches.

    python tests/scrape/speed.py [PAGES] [HOSTS]

Both fetch the same pages from the same servers on this machine, one connection a host and no pause.
"""

import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.scrape.served import Site

SPIDER = """
import sys
from hashlib import sha256
from pathlib import Path
from scrapy import Spider
from scrapy.crawler import CrawlerProcess

class Plain(Spider):
    name = "plain"
    start_urls = sys.argv[2:]

    def parse(self, response):
        name = sha256(response.url.encode()).hexdigest()
        (Path(sys.argv[1]) / name).write_bytes(response.body)

process = CrawlerProcess({
    "LOG_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "CONCURRENT_REQUESTS": 64,
    "TELNETCONSOLE_ENABLED": False,
})
process.crawl(Plain)
process.start()
"""


def timed(command, urls, given=None):
    started = time.monotonic()
    subprocess.run(command, input=given, check=True, capture_output=True)
    return len(urls) / (time.monotonic() - started)


def main(pages=600, hosts=4):
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        sites = [
            stack.enter_context(Site(pages, address=f"127.0.0.{number + 1}"))
            for number in range(hosts)
        ]
        urls = [f"{site.url}/page/{n}.html" for n in range(pages // hosts) for site in sites]
        program = [sys.executable, "-c"]
        plain = timed([*program, SPIDER, folder, *urls], urls)
        print(f"plain Scrapy, saving only: {plain:.0f} pages/s")
        for name, options in {
            "cleaner fetch -o": ["-o", f"{folder}/a.warc.gz"],
            "cleaner fetch -o --job": ["-o", f"{folder}/b.warc.gz", "--job", f"{folder}/job"],
            "cleaner fetch --clean-to": ["--clean-to", f"{folder}/clean"],
        }.items():
            call = "from cleaner.cli import main; main()"
            command = [*program, call, "fetch", "--from", "-", "--allow-private", "--delay", "0"]
            ours = timed([*command, *options], urls, "\n".join(urls).encode())
            print(f"{name}: {ours:.0f} pages/s, {ours / plain:.2f} of plain Scrapy")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

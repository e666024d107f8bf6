"""What threads and processes give a program that fetches by aiohttp and cleans as pages come.

    python tests/integrations/speed.py [PAGES]

Fetches pages under fixtures/ from a server on this machine, many times over, and prints how many
times faster than cleaning in the event loop each way is, and the longest that the loop was held up.
"""

from __future__ import annotations

import asyncio
import sys
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import aiohttp
from aiohttp import web

import cleaner

FIXTURES = Path(__file__).parents[2] / "fixtures"
AT_ONCE = 16


def serve(connection) -> None:
    bodies = [p.read_bytes() for p in sorted(FIXTURES.rglob("*.html")) if p.stat().st_size > 3000]

    async def answer(request: web.Request) -> web.Response:
        body = bodies[int(request.match_info["number"]) % len(bodies)]
        return web.Response(body=body, content_type="text/html")

    async def main() -> None:
        app = web.Application()
        app.router.add_get("/{number}", answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        connection.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(main())


def clean(page: cleaner.Page) -> int:
    return len(cleaner.clean(page).text)


async def watched(delays: list[float]) -> None:
    """Note by how much a sleep of a hundredth of a second is late."""
    while True:
        before = time.perf_counter()
        await asyncio.sleep(0.01)
        delays.append(time.perf_counter() - before - 0.01)


async def fetch(port: int, count: int, executor: Executor | None, how: str) -> float:
    """Fetch pages, clean each as `how` says, and return the longest delay in seconds."""
    delays: list[float] = []
    watching = asyncio.create_task(watched(delays))
    gate = asyncio.Semaphore(AT_ONCE)
    async with aiohttp.ClientSession() as session:

        async def one(number: int) -> None:
            async with gate, session.get(f"http://127.0.0.1:{port}/{number}") as response:
                page = cleaner.Page(await response.read(), str(response.url), response.charset)
                if how == "in the loop":
                    clean(page)
                elif executor:
                    await asyncio.get_running_loop().run_in_executor(executor, clean, page)
                else:
                    pages.append(page)

        pages: list[cleaner.Page] = []
        await asyncio.gather(*(one(number) for number in range(count)))
    watching.cancel()
    if how == "clean_many":
        sum(len(doc.text) for doc in cleaner.clean_many(pages))
    return max(delays)


def run(port: int, count: int, how: str) -> tuple[float, float]:
    threads = {"one thread": 1, "two threads": 2, "four threads": 4}.get(how)
    executor = ThreadPoolExecutor(threads) if threads else None
    start = time.perf_counter()
    delay = asyncio.run(fetch(port, count, executor, how))
    took = time.perf_counter() - start
    if executor:
        executor.shutdown()
    return took, delay


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    port = ours.recv()
    clean(cleaner.Page(next(FIXTURES.rglob("*.html")).read_bytes()))
    ways = (
        "fetching alone",
        "in the loop",
        "one thread",
        "two threads",
        "four threads",
        "clean_many",
    )
    best = {how: min(run(port, count, how) for _ in range(3)) for how in ways}
    base = best["in the loop"][0]
    for how, (took, delay) in best.items():
        print(f"{how:15} {base / took:5.2f} times  loop held up {1000 * delay:4.0f} ms")


if __name__ == "__main__":
    main()

"""How well and how fast near-duplicates are found: python tests/measure_dedup.py [DOCUMENTS].

Half of the documents are made up, in words of Latin letters or in Han characters, 300 to 9,000
characters long; the other half are copies of them with letters changed, words changed, or passages
left out and put in. The truth is the Jaccard similarity of their runs of five characters. Speed is
measured against cleaning the pages of `fixtures/`, on one core.
"""

import random
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from itertools import accumulate
from pathlib import Path

import cleaner
from cleaner.dedup import THRESHOLD, Dedup, sign

FIXTURES = Path(__file__).parents[1] / "fixtures"
LETTERS = "eeetaaoinnshrdlucmfwypvbgkøæå"
HAN = [chr(code) for code in range(0x4E00, 0x5800)]


def measure(documents):
    chance = random.Random(1)
    latin = ["".join(chance.choices(LETTERS, k=chance.randint(1, 9))) for _ in range(20_000)]
    weights = list(accumulate(1 / rank for rank in range(1, len(latin) + 1)))
    signing = looking = 0.0
    verdicts = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "dedup.sqlite")
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            dedup = Dedup("near", connection)
            for number in range(documents // 2):
                is_han = number % 4 == 0
                size = round(300 * 30 ** chance.random()) // (1 if is_han else 6)
                units = (
                    chance.choices(HAN, k=size)
                    if is_han
                    else chance.choices(latin, cum_weights=weights, k=size)
                )
                original, copy = ("".join if is_han else " ".join, units), vary(chance, units)
                join = original[0]
                pair = join(units), join(copy)
                for at, text in enumerate(pair):
                    start = time.perf_counter()
                    signature = sign(text, "near")
                    signed = time.perf_counter()
                    found = dedup.look_up(f"{number}/{at}", signature)
                    looking += time.perf_counter() - signed
                    signing += signed - start
                    verdicts.append((jaccard(*pair) if at else 0.0, found, f"{number}/0"))
                if number % 500 == 499:
                    connection.commit()
            connection.commit()
        size = path.stat().st_size
    report(verdicts)
    clean = cleaning()
    print(f"signing {documents / signing:,.0f} documents/s, looking up {documents / looking:,.0f}")
    shares = signing / documents / clean, looking / documents / clean
    print(f"of the time of cleaning: {shares[0]:.1%}, {shares[1]:.1%}")
    print(f"{size / documents:,.0f} bytes a document")


def vary(chance, units):
    """Return units with some of them changed, one of three ways."""
    share = chance.uniform(0, 0.1)
    match chance.randrange(3):
        case 0:
            return [chance.choice(units) if chance.random() < share / 3 else unit for unit in units]
        case 1:
            end = round(len(units) * (1 - 2 * share))
            return units[:end]
        case _:
            start = round(len(units) * share)
            return [*chance.sample(units, start), *units[start:]]


def jaccard(one, two):
    """Return the true similarity, without anything that the code under test uses."""
    sets = [{text[at : at + 5] for at in range(len(text) - 4)} for text in (one, two)]
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


def report(verdicts):
    for margin in (0.0, 0.05):
        counted = [
            (truth >= THRESHOLD, found is not None and found[0] == name, found)
            for truth, found, name in verdicts
            if not truth or abs(truth - THRESHOLD) >= margin
        ]
        right = sum(like and named for like, named, _ in counted)
        marked = sum(found is not None for _, _, found in counted)
        like = sum(like for like, _, _ in counted)
        print(
            f"{margin:.2f} and more from the threshold: {len(counted):,} documents, "
            f"{like:,} alike; precision {right / marked:.4f}, recall {right / like:.4f}"
        )
    errors = [found[1] - truth for truth, found, name in verdicts if found and found[0] == name]
    deviation = (sum(error**2 for error in errors) / len(errors)) ** 0.5
    print(f"the similarity is {deviation:.3f} off (root mean square)")


def cleaning():
    """Return the seconds that cleaning takes a page."""
    pages = [path.read_bytes() for path in sorted(FIXTURES.rglob("*.html"))]
    cleaner.clean(pages[0])
    start = time.perf_counter()
    for page in pages:
        _ = cleaner.clean(page).text
    return (time.perf_counter() - start) / len(pages)


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

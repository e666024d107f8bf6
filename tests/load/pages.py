"""Pages made up for the tests: articles of many sizes, and everything that is no article."""

from __future__ import annotations

import random
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = (
    "harbour morning council ferry winter bridge school teacher river letter garden window market"
    " village engine railway evening forest kitchen doctor summer island valley painter weather"
    " answer question number report member minister price season record meeting corner border"
    " walked opened found carried counted closed began reached decided measured painted repaired"
    " the a of in on with over under between after before because when while and but or not very"
    " slowly often never always early late quiet heavy narrow bright distant local new old first"
).split()


def page(number: int, scale: int = 1) -> str:
    """Return article number so and so: always the same, some 1 to 40 kB, no two alike.

    `scale` times as much of everything gives larger ones.
    """
    dice = random.Random(number)
    paragraphs = "\n".join(
        f"<p>{_sentences(dice)}</p>" + ("<p>Advertisement</p>" if not dice.randrange(5) else "")
        for _ in range(scale * (2 + min(60, int(dice.expovariate(0.12)))))
    )
    links = "\n".join(
        f'<li><a href="/{n}">{_words(dice, 2, 5)}</a></li>'
        for n in range(scale * dice.randrange(5, 40))
    )
    title = f"{_words(dice, 3, 8).capitalize()} {number}"
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<link rel="canonical" href="https://example.org/articles/{number}"></head>
<body><nav><ul>{links}</ul></nav>
<main><article><h1>{title}</h1>{paragraphs}</article></main>
<footer><p>About us</p><p>Contact</p><p>All rights reserved</p></footer></body></html>
"""


def hostile(number: int) -> bytes:
    """Return a file that means harm, or at least no good: always the same for a number."""
    dice = random.Random(-number - 1)
    makers = (_noise, _picture, _pdf, _deep, _attributes, _broken, _cut, _packed, _controls)
    return makers[number % len(makers)](dice)


def articles(count: int) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of many articles."""
    for number in range(count):
        yield f"{number // 1000:03}/p{number:06}.html", page(number).encode()


def _words(dice: random.Random, least: int, most: int) -> str:
    return " ".join(dice.choices(WORDS, k=dice.randint(least, most)))


def _sentences(dice: random.Random) -> str:
    return " ".join(f"{_words(dice, 6, 22).capitalize()}." for _ in range(dice.randint(1, 7)))


def _noise(dice: random.Random) -> bytes:
    return dice.randbytes(dice.randrange(20_000))


def _picture(dice: random.Random) -> bytes:
    head = dice.choice([b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff\xe0\0\x10JFIF", b"RIFF"])
    return head + dice.randbytes(3000)


def _pdf(dice: random.Random) -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<<>>\nstream\n" + dice.randbytes(3000) + b"\nendstream\n%%EOF"


def _deep(dice: random.Random) -> bytes:
    depth = dice.randrange(100, 20_000)
    tag = dice.choice(["div", "b", "table", "font", "ul", "span"]).encode()
    return b"<%s>" % tag * depth + b"A word at the bottom." + b"</%s>" % tag * dice.randrange(depth)


def _attributes(dice: random.Random) -> bytes:
    return b"<p " + b"".join(b'a%d="%d" ' % (n, n) for n in range(dice.randrange(5000))) + b">x"


def _broken(dice: random.Random) -> bytes:
    codec = dice.choice(
        ["utf-8", "utf-16", "utf-32", "gb18030", "shift_jis", "iso-2022-jp", "cp037"]
    )
    said = dice.choice(["utf-8", "utf-16le", "gb2312", "utf-7", "nonsense", "iso-2022-kr", ""])
    text = f'<meta charset="{said}"><p>Blåbærsyltetøy, 日本語, {_sentences(dice)}</p>' * 20
    data = bytearray(text.encode(codec, "replace"))
    for _ in range(dice.randrange(200)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    return bytes(data)


def _cut(dice: random.Random) -> bytes:
    data = page(dice.randrange(100)).encode()
    return data[: dice.randrange(len(data))]


def _packed(dice: random.Random) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    data = packer.compress(page(dice.randrange(100)).encode()) + packer.flush()
    return data[: dice.randrange(len(data))]


def _controls(dice: random.Random) -> bytes:
    text = "<p>" + "".join(chr(dice.randrange(1, 0x300)) for _ in range(2000)) + "\0" * 50
    return (text + "<![CDATA[<!--<script><style><textarea><plaintext>" * 40).encode()

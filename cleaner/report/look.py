"""What the reports share: the frame of a page that needs nothing else, its look, its figures."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# Every pair of colours used for text has a contrast of 4.5 and more, every bar one of 3 and more.
STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --soft: #595959; --paper: #fff; --card: #f6f7f7;
  --line: #d4d8d8; --link: #0b5a8a; --good: #0b7a6c; --warn: #9a6700; --bad: #b3261e;
  --idle: #767c7c; --kept: #eef8f0; --removed: #f4f4f4; --missed: #fdeeed; --extra: #fff6e0;
  --marked: #ffd7d4 }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --soft: #b0b4b4; --paper: #16181a;
  --card: #1f2325; --line: #3c4346; --link: #86c5f0; --good: #45b8a6; --warn: #d99a2b;
  --bad: #f0837b; --idle: #8d9494; --kept: #12301b; --removed: #26292c; --missed: #3a1a18;
  --extra: #362a0c; --marked: #7a2d27 } }
* { box-sizing: border-box }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 0 auto;
  padding: 1.2rem 1rem 3rem; color: var(--ink); background: var(--paper);
  -webkit-text-size-adjust: 100% }
body.narrow { max-width: 60rem }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem } h3 { font-size: 1rem; margin: 0 0 .2rem }
p { margin: .3rem 0 } a { color: var(--link); overflow-wrap: anywhere }
small, .note { color: var(--soft); font-size: .875rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .6rem 0 }
dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
summary { cursor: pointer; color: var(--link); font-size: .875rem; padding: .25rem 0 }
.scroll { overflow-x: auto } .scroll:focus-visible, a:focus-visible, summary:focus-visible {
  outline: .15rem solid var(--link); outline-offset: .1rem }
table { border-collapse: collapse; width: 100%; font-size: .9375rem }
th, td { text-align: left; padding: .35rem .6rem .35rem 0; vertical-align: top;
  border-bottom: 1px solid var(--line) }
th { color: var(--soft); font-weight: 600; white-space: nowrap }
th.n, td.n { text-align: right; padding: .35rem 0 .35rem .8rem; white-space: nowrap;
  font-variant-numeric: tabular-nums }
@media print { .scroll { overflow: visible } }
"""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def is_report(path: Path) -> bool:
    """Return whether a file begins as the pages made here do."""
    try:
        with path.open("rb") as file:
            return _POLICY.encode() in file.read(400)
    except OSError:
        return False


def html_page(title: str, style: str, parts: Iterable[str], *, kind: str = "") -> str:
    """Return a whole HTML page; `title` is text, `parts` are markup."""
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{text(title)}</title><style>{STYLE}{style}</style></head>",
            f'<body class="{kind}">' if kind else "<body>",
            f'<h1 dir="auto">{text(title)}</h1>',
            *parts,
            "</body></html>\n",
        )
    )


def text(value: object) -> str:
    """Return a value as text that HTML can hold."""
    return escape(str(value)).replace("\0", "\N{REPLACEMENT CHARACTER}")


def shortened(value: str, most: int) -> str:
    """Return text of so many characters at the most."""
    return value if len(value) <= most else value[: most - 1] + "…"


def number(value: float | None) -> str:
    """Return a whole number with its thousands parted; a dash for None."""
    return "–" if value is None else f"{value:,.0f}"


def share(value: float | None) -> str:
    """Return a share from 0 to 1 as a percentage; a dash for None.

    >>> share(0.256), share(0.9996), share(0.0004), share(None)
    ('26 %', '> 99 %', '< 1 %', '–')
    """
    if value is None:
        return "–"
    if 0 < value < 0.005:
        return "< 1 %"
    if 0.995 <= value < 1:
        return "> 99 %"
    return f"{value:.0%}".replace("%", " %")


def size(value: float | None) -> str:
    """Return a number of bytes in the unit that suits it.

    >>> size(999), size(25_300), size(4.21e9)
    ('999 B', '25 kB', '4.2 GB')
    """
    if value is None:
        return "–"
    units = ("B", "kB", "MB", "GB", "TB")
    unit = 0
    while value >= 999.5 and unit < len(units) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.1f} {units[unit]}" if value < 9.95 and unit else f"{value:.0f} {units[unit]}"


def seconds(value: float | None) -> str:
    """Return a time in the unit that suits it.

    >>> seconds(0.0123), seconds(2.345), seconds(75), seconds(8000)
    ('12 ms', '2.3 s', '1 min 15 s', '2 h 13 min')
    """
    if value is None:
        return "–"
    if value < 0.9995:
        return f"{value * 1000:.0f} ms"
    if value < 59.95:
        return f"{value:.1f} s"
    minutes, rest = divmod(round(value), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"

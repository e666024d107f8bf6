"""listings: boxes whose boxes are the lines of code, as Doxygen writes it, read as a `<pre>`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

_LISTING: Final = "fragment"
_LINE: Final = "line"
_FOLDS: Final = ("foldopen", "foldclosed")
"""Boxes around lines that a click folds."""
_HINT: Final = "ttc"
"""What is shown where a name in code is pointed at."""


def write_out(root: _Element) -> None:
    """Make one `<pre>` of each box of lines of code; take out the hints to its names.

    >>> from lxml import etree
    >>> line = '<div class="line">  a;</div>'
    >>> root = etree.fromstring(f'<div><div class="fragment">{line}{line}</div></div>')
    >>> write_out(root)
    >>> etree.tostring(root[0]).decode().replace("\\n", "|")
    '<pre class="fragment"><span class="line">  a;</span>|<span class="line">  a;</span>|</pre>'
    """
    boxes = [box for box in root.iter("div") if "class" in box.attrib]
    listings = [(box, _lines_in(box)) for box in boxes if box.get("class") == _LISTING]
    for box, lines in listings:
        if lines:
            box.tag, box.text, box[:] = "pre", None, lines
        for line in lines:
            line.tag, line.tail = "span", "\n"
    for box in boxes if listings else ():
        if box.get("class") == _HINT:
            box.text, box[:] = None, []


def _lines_in(box: _Element) -> list[_Element]:
    """Return the lines of a box, none if it holds anything else."""
    lines: list[_Element] = []
    stack = [box]
    while stack:
        item = stack.pop()
        name = item.get("class", "")
        if name == _LINE:
            lines.append(item)
        elif item is box or name.startswith(_FOLDS):
            if (item.text or "").strip() or any((inner.tail or "").strip() for inner in item):
                return []
            stack.extend(reversed(item))
        elif name != _HINT:
            return []
    return lines

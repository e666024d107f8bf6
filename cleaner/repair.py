"""The source of a page, rewritten where libxml2 would lose text of it."""

import re
from collections import Counter
from itertools import pairwise
from typing import Final

# Few pages nest deeper than 30; libxml2 gives up at 2,048, its own implied elements included.
_MAX_DEPTH: Final = 500
_TOKEN = re.compile(rb"<(?:!--|(/?)([a-zA-Z][^\s/<>]*))")
_COMMENT_START = re.compile(rb"<!--(?:\[if[^<>\]]*\]>)?")
# Each alternative is possessive and starts with its own character: no backtracking.
_TAG_REST = re.compile(rb"(?:[^\"'>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"']))|[\"'])*+>")
_LONG_TAG: Final = 16_384
_CROWD = re.compile(
    rb"<[a-zA-Z][^\s/<>]*+"
    rb"(?:[\s/]++[^\s/<>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'>]++))?+){1000}"
)
_RAW_END: Final = {
    name: re.compile(rb"</" + name + rb"\b", re.IGNORECASE)
    for name in b"script style title textarea iframe xmp noembed noframes".split()
}
_CDATA: Final = b"<![CDATA["
_RAW_STARTS: Final = (b"<script", b"<style")
_VOID: Final = frozenset(
    b"area base br col embed frame hr img input link meta param source track wbr".split()
)
_PHRASING: Final = frozenset(
    b"a abbr b bdi bdo big cite code data dfn em font i kbd label mark nobr q s samp small span "
    b"strike strong sub sup time tt u var".split()
)
_CLOSED_BY_ITS_LIKE: Final = frozenset(b"dd dt li option p td th tr".split())


def open_cdata(data: bytes) -> bytes:
    """Turn CDATA sections into text: HTML parsers take them for comments."""
    at = data.find(_CDATA)
    while at >= 0 and data.startswith(_RAW_STARTS, data.rfind(b"<", 0, at)):
        at = data.find(_CDATA, at + 1)
    if at < 0:  # they stand in scripts, as on most pages
        return data
    pieces = data.split(_CDATA)
    out = [pieces[0]]
    raw = False
    for before, piece in pairwise(pieces):
        opened = max(before.rfind(b"<script"), before.rfind(b"<style"))
        closed = max(before.rfind(b"</script"), before.rfind(b"</style"))
        raw = opened > closed or (raw and closed < 0)
        section, end, rest = piece.partition(b"]]>")
        if raw or not end:
            out += _CDATA, piece
        else:
            out += section.replace(b"&", b"&amp;").replace(b"<", b"&lt;"), rest
    return b"".join(out)


def without_crowds(data: bytes, warnings: list[str]) -> bytes:
    """Cut a tag off after a thousand attributes: libxml2 compares each with all before it.

    Only where no tag ends for a long while is there a look at what it is.
    """
    out: list[bytes] = []
    done = start = 0
    while len(data) - start > _LONG_TAG:
        end = data.rfind(b">", start, start + _LONG_TAG)
        if end < 0:
            end = data.find(b">", start + _LONG_TAG)
            end = len(data) if end < 0 else end
            if crowd := _CROWD.search(data, start, end):
                if rest := _TAG_REST.match(data, crowd.end()):
                    out.append(data[done : crowd.end()])
                    done = rest.end() - 1
                    end = max(end, done)
                else:  # it never ends: what looks like attributes is text
                    out += data[done : crowd.start()], b"&lt;"
                    done = crowd.start() + 1
        start = end + 1
    if not out:
        return data
    warnings.append("an element has more than a thousand attributes: the others are left out")
    return b"".join((*out, data[done:]))


def repaired(data: bytes) -> bytes:
    """Close what was left open and flatten what is too deep; comments go."""
    return _Repair(data).run()


class _Repair:
    """The source of a page, rewritten so that everything closes and nothing is too deep."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.out: list[bytes] = []
        self.open: list[bytes] = []
        self.counts: Counter[bytes] = Counter()
        self.too_deep = 0
        self.at_boundary = False
        self.last_tag_end = data.rfind(b">")
        self.never_closed: set[bytes] = set()
        self.done = 0

    def run(self) -> bytes:
        position = 0
        while token := _TOKEN.search(self.data, position):
            self.copy_to(token.start())
            if token[2] is None:
                position = self.comment(token.start())
            else:
                position = self.tag(token, token[2].lower(), closing=bool(token[1]))
        self.copy_to(len(self.data))
        return b"".join(self.out)

    def copy_to(self, position: int) -> None:
        if position > self.done:
            piece = self.data[self.done : position]
            self.out.append(piece)
            self.done = position
            self.at_boundary = self.at_boundary and piece.isspace()

    def comment(self, start: int) -> int:
        """Drop a comment, or only its start when it has no end; give the position after it."""
        end = -1 if b"-->" in self.never_closed else self.data.find(b"-->", start + 2)
        if end >= 0:
            self.done = end + 3
        else:
            self.never_closed.add(b"-->")
            opening = _COMMENT_START.match(self.data, start)
            self.done = opening.end() if opening else start + 4
        return self.done

    def tag(self, token: re.Match[bytes], name: bytes, *, closing: bool) -> int:
        source = self.tag_source(token)
        if name == b"html" and source.endswith(b"/>"):  # libxml2 ends the page there
            source = source[:-2] + b">"
        if closing:
            self.close(name, source)
        elif name in _VOID or source.endswith(b"/>"):
            self.out.append(source)
            self.at_boundary = False
        elif name in _RAW_END:
            self.out.append(source)
            self.raw_text(name)
        else:
            self.start(name, source)
        return self.done

    def tag_source(self, token: re.Match[bytes]) -> bytes:
        """Take the tag, without its attributes when one of them has a quote that never closes."""
        rest = None if b">" in self.never_closed else _TAG_REST.match(self.data, token.end())
        if rest is not None:
            self.done = rest.end()
            return self.data[token.start() : self.done]
        self.never_closed.add(b">")
        end = self.data.find(b">", token.end()) if token.end() <= self.last_tag_end else -1
        self.done = end + 1 if end >= 0 else token.end()
        return token[0] + b">"

    def raw_text(self, name: bytes) -> None:
        """Copy raw text up to its end tag; where that is missing, it ends at the next tag."""
        start = self.done
        end = None if name in self.never_closed else _RAW_END[name].search(self.data, start)
        if end is not None:
            self.done = end.start()
            # In a script, "<!--<script>" makes HTML parsers overlook the next end tag.
            self.out.append(self.data[start : self.done].replace(b"<!--", b""))
        elif name in {b"script", b"style"}:
            self.done = len(self.data)
        else:
            self.never_closed.add(name)
            tag = _TOKEN.search(self.data, start)
            self.copy_to(tag.start() if tag else len(self.data))
        self.out.append(b"</" + name + b">")

    def start(self, name: bytes, source: bytes) -> None:
        if self.too_deep or len(self.open) >= _MAX_DEPTH:
            if not self.too_deep:
                self.out.append(b"<div>")
                self.at_boundary = True
            self.too_deep += name not in _CLOSED_BY_ITS_LIKE or not self.too_deep
            self.boundary(name)
            return
        if not (self.open and self.open[-1] == name and name in _CLOSED_BY_ITS_LIKE):
            self.open.append(name)
            self.counts[name] += 1
        self.out.append(source)

    def close(self, name: bytes, source: bytes) -> None:
        if self.too_deep:
            if name not in _CLOSED_BY_ITS_LIKE:
                self.too_deep -= 1
            self.boundary(name)
            if not self.too_deep:
                self.out.append(b"</div>")
        elif self.counts[name]:
            while self.open:
                last = self.open.pop()
                self.counts[last] -= 1
                if last == name:
                    break
            self.out.append(source)

    def boundary(self, name: bytes) -> None:
        """Part two blocks that are too deep to nest; phrasing elements part nothing."""
        if name not in _PHRASING and not self.at_boundary:
            self.out.append(b"</div><div>")
            self.at_boundary = True

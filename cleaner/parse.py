"""Text to an lxml tree, without losing any of the text.

libxml2 drops the rest of a page in four cases: after ``</html>``, inside a construct that never
closes (a quote, a comment, a ``<title>``), under 2,048 open elements, and in what it reads as raw
text. The check costs next to nothing: a mark is put at the end of the page, and when the tree does
not end with it, the page is repaired in its source (closed where it was left open, flattened where
it is too deep) and parsed once more. What even then has no mark becomes plain lines of text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final

from lxml import etree

from cleaner.repair import open_cdata, repaired, without_crowds
from cleaner.spaced import break_lines, is_in_tag
from cleaner.streamed import NOT_XML, settle
from cleaner.twins import compiled


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed page.

    Attributes:
        root: The ``<html>`` element, or None for a blank page.
        warnings: What had to be repaired, one sentence each.
        scripts: What was cut out of the scripts; `put_back` puts it back.

    """

    root: etree._Element | None
    warnings: tuple[str, ...] = ()
    scripts: tuple[bytes, ...] = ()


_MARK: Final = "page-end"
_BOXING: Final = (b"oxygen", b"javadoc")  # who writes code and tables as boxes
_LONGEST_START: Final = 2048
_MARK_HTML: Final = b"<page-end></page-end>"
_INVISIBLE: Final = bytes(set(range(32)) - set(b"\t\n\v\f\r")) + b"\x7f"
_NO_CONTROLS = (b"\v", b"\f", b"\xef\xbf")  # what no tree can hold either may begin so
_CONTROL_REFERENCE = re.compile(
    rb"&#(?:0*(?:[1-8]|1[4-9]|2\d|3[01]|127)(?!\d)"
    rb"|[xX]0*(?:[1-8eEfF]|1[\da-fA-F]|7[fF])(?![\da-fA-F]));?"
)
_XHTML = re.compile(rb"<\?xml\b|XHTML|1999/xhtml")
_HTML_END = re.compile(rb"</[hH][tT][mM][lL](?=[\s/>])[^<>]*>")
_HTML_OR_BODY_END = re.compile(rb"</(?:html|body)(?=[\s/>])[^<>]*>", re.IGNORECASE)
_NOFRAMES = re.compile(rb"<(/?)noframes\b", re.IGNORECASE)
_TAG_START = re.compile(rb"<(?:[!?/]|[a-zA-Z])")
_CUT_IN_VALUE = re.compile(
    rb"<[a-zA-Z](?:[^>\"'=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"']))|[\"'])*+"
    rb"=\s*+(?:\"[^\"]*+|'[^']*+)\Z"
)
_TAGS = re.compile(rb"(?is)<(script|style)\b(?:.*?</\1\b[^<>]*>?|.*)|<[^<>]*>")
_LONGEST_CUT_TAG: Final = 4096
_CUT = re.compile(r"cut:([0-9]{1,9})")  # what stands in a script in place of its text


def without_controls_in_python(data: bytes) -> bytes:
    """Return a text in UTF-8 without the characters that no tree can hold, spelt out or not."""
    return _CONTROL_REFERENCE.sub(b"", data.translate(None, _INVISIBLE))


def may_keep_lines_in_python(data: bytes) -> bool:
    """Return whether a style may keep the lines of a text: `pre-wrap`, `pre-line`, `css-1…`."""
    return b"pre-w" in data or b"pre-l" in data or b"css-1" in data


def survey_in_python(data: bytes) -> tuple[bytes, tuple[bytes, ...], int] | None:  # noqa: ARG001
    """Return nothing: libxml2 reads all of a page."""
    return None


may_keep_lines = compiled("cleaner._source", "may_keep_lines", may_keep_lines_in_python)
without_controls = compiled("cleaner._source", "without_controls", without_controls_in_python)
survey = compiled("cleaner._survey", "survey", survey_in_python)


def parse(source: str | bytes, *, settled: bool = True, whole: bool = True) -> Parsed:
    """Parse a page, however broken, into a tree that holds all of its text.

    Args:
        source: A page or a piece of one, in HTML or XHTML; any string, or valid UTF-8.
        settled: Put what came late, or stands in a shadow tree, where it belongs, see
            `cleaner.streamed` and `cleaner.shadows`, and line breaks where a style keeps lines,
            or each is a box, see `cleaner.spaced` and `cleaner.boxed`.
        whole: Read what scripts, styles and drawings hold as well. Not doing so saves time.

    Returns:
        The tree without comments and processing instructions, and what had to be repaired. White
        space is kept: it separates words. Nothing is raised, whatever the string.

    >>> parse("<p>Hei <b>på</b> <i>deg</i>").root.findtext(".//b")
    'på'

    """
    data = without_controls(_to_bytes(source) if isinstance(source, str) else source)
    if not data or data.isspace():
        return Parsed(None)
    if _XHTML.search(data, 0, 1024):
        data = open_cdata(data)
    warnings: list[str] = []
    has_gaps = has_shadows = False
    is_boxed = any(data.find(name, 0, _LONGEST_START) >= 0 for name in _BOXING)
    scripts: tuple[bytes, ...] = ()
    if surveyed := None if whole else survey(data):
        data, scripts, html_end = surveyed
        data = _without_end(data, html_end, warnings)
    else:
        # Gaps that are filled late have names like `"B:0"`, `"P:0"`.
        has_gaps = settled and (b'"B:' in data or b'"P:' in data)
        has_shadows = settled and b"shadowrootmode" in data
        data = _without_end(data, 0, warnings)
        data = without_crowds(data, warnings)
    # The comments of a page with gaps tell where the fallback beside one ends.
    root = _complete_tree(data, warnings, comments=has_gaps)
    if root is None:
        root = _complete_tree(repaired(data), warnings)
        warnings.append("the page was left open or is nested too deep: repaired")
    if root is None:
        root = _lines(data)
        warnings[-1] = "the page could not be parsed: taken as lines of text"
    elif next(root.iterchildren("frameset"), None) is not None:
        framed = _complete_tree(_NOFRAMES.sub(rb"<\1div", data), warnings)
        root = root if framed is None else framed
    if root is not None and has_gaps:
        settle(root)
    if root is not None and has_shadows:
        from cleaner.shadows import open_shadows

        open_shadows(root)
    if root is not None and settled:
        _set_lines(root, data, is_boxed=is_boxed)
    return Parsed(root, tuple(warnings), scripts)


def _set_lines(root: etree._Element, data: bytes, *, is_boxed: bool) -> None:
    """Put line breaks where a style keeps lines, code and tables where boxes stand for them."""
    if may_keep_lines(data) and is_in_tag(data):
        break_lines(root)
    if is_boxed:
        from cleaner.boxed import write_out

        write_out(root)


def put_back(root: etree._Element, scripts: Sequence[bytes]) -> None:
    """Put what was cut out of the scripts of a tree back into them.

    >>> parsed = parse("<p>Hei<script>alert('Hei, du der!')</script>", whole=False)
    >>> put_back(parsed.root, parsed.scripts)
    >>> parsed.root.findtext(".//script")
    "alert('Hei, du der!')"

    """
    for element in root.iter("script"):
        if (text := script_text(element, scripts)) != (element.text or ""):
            element.text = text


def script_text(element: etree._Element, scripts: Sequence[bytes]) -> str:
    """Return what a script holds, where it stands among those that were cut out."""
    text = element.text or ""
    number = _CUT.fullmatch(text)
    if number is None or int(number[1]) >= len(scripts):
        return text
    script = scripts[int(number[1])]
    is_odd = any(start in script for start in _NO_CONTROLS)
    return NOT_XML.sub("", script.decode()) if is_odd else script.decode()


def _to_bytes(text: str) -> bytes:
    """Encode, without surrogates."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        # Surrogates that make a pair stand for a character; single ones for nothing.
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def _without_end(data: bytes, html_end: int, warnings: list[str]) -> bytes:
    """Take away ``</html>``, after which libxml2 drops text, and a last tag that was cut.

    `html_end`: where to look for it from; -1 if there is none.
    """
    if html_end >= 0 and (end := _HTML_END.search(data, html_end)):
        rest = data[end.end() :]
        if not rest or rest.isspace():
            return data[: end.start()]
        data = _HTML_OR_BODY_END.sub(b"", data)
    last = data.rfind(b"<")
    # What is longer, without a quote left open, may be text after a `<` that was not escaped.
    is_short = data.rfind(b">") < last and len(data) - last < _LONGEST_CUT_TAG
    if (is_short and _TAG_START.match(data, last)) or _CUT_IN_VALUE.match(data, last):
        warnings.append("the page ends inside a tag")
        return data[:last]
    return data


def _complete_tree(
    data: bytes, warnings: list[str], *, comments: bool = False
) -> etree._Element | None:
    """Parse with a mark at the end; None when the tree does not end with the mark.

    A new parser a page costs as little as one that is kept, and needs no lock between threads.
    `remove_blank_text` stays off: after ``<img>``, ``<time>``, ``<mark>`` and any custom element it
    drops the space between two words, and it saves a twentieth of the time.
    """
    parser = etree.HTMLParser(
        collect_ids=False,
        remove_comments=not comments,
        remove_pis=True,
        huge_tree=True,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(data + _MARK_HTML, parser)
    except etree.LxmlError:
        return None
    if root is None:
        return None
    last = root
    while len(last):
        last = last[-1]
    if last.tag == _MARK:
        parent = last.getparent()
        if parent is not None:
            parent.remove(last)
        return root
    if not _ends_in_raw_text(last):
        return None
    warnings.append(f"the page ends inside <{last.tag}>")
    return root


def _ends_in_raw_text(last: etree._Element) -> bool:
    """Whether the page was cut in a script or the like, where no visible text can be lost."""
    text = last.text or ""
    mark = _MARK_HTML.decode()
    if last.tag not in {"script", "style", "plaintext"} or not text.endswith(mark):
        return False
    if f"</{last.tag}" in text.lower():
        return False
    last.text = NOT_XML.sub("", text.removesuffix(mark))
    return True


def _lines(data: bytes) -> etree._Element | None:
    """Build a page of one paragraph a line from what stands between the tags."""
    text = unescape(_TAGS.sub(b"\n", data).decode("utf-8", "replace"))
    lines = [line for line in map(str.strip, NOT_XML.sub("", text).splitlines()) if line]
    if not lines:
        return None
    root = etree.Element("html")
    body = etree.SubElement(root, "body")
    for line in lines:
        etree.SubElement(body, "p").text = line
    return root

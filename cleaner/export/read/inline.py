"""Inline content: the elements inside a block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.export.nodes import CodeSpan, Link, NoteMark, Ruby
from cleaner.export.read import images, marks, math, no_text
from cleaner.export.read.builder import Builder
from cleaner.export.read.email import hidden_address, is_spelt_out
from cleaner.export.read.images import is_sign
from cleaner.export.read.places import is_permalink
from cleaner.export.read.tex import across_breaks
from cleaner.export.read.vocabulary import roles_of
from cleaner.export.tree import CODE, Element, folded, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cleaner.export.nodes import Formula, Inline
    from cleaner.export.read.reader import Reader
    from cleaner.export.tree import Run

SPANS = {
    "em": "em",
    "i": "em",
    "strong": "strong",
    "b": "strong",
    "del": "del",
    "s": "del",
    "strike": "del",
    "mark": "mark",
    "sub": "sub",
    "sup": "sup",
    "kbd": "kbd",
}
_LONGEST_EMOJI = 30
_QUOTES = ("", *"\"'“”„«»‘‚‹「『")
# Not as a part of other names: Word writes `mso-bidi-font-weight` beside each.
_STYLES = {
    "strong": re.compile(r"(?<![\w-])font-weight:(?:bold|[789]00)"),
    "em": re.compile(r"(?<![\w-])font-style:italic"),
    "del": re.compile("text-decoration(?:-line)?:[^;]*line-through"),
    "sup": re.compile("vertical-align:super"),
    "sub": re.compile(r"vertical-align:sub\b"),
}
_LIGHT = re.compile(r"(?<![\w-])font-weight:\s*(?:normal|[1-4]00)")
_TELLING_STYLES = ("font-", "line-through", "vertical-align")


def inline(reader: Reader, runs: Sequence[Run | Element], wraps: list[Element]) -> Inline:
    """Return the inline content of runs, inside the markup `wraps` that lies around them."""
    if len(runs) == 1 and not wraps and (text := only_text(reader, runs[0])):
        return [text]
    return built(reader, runs, wraps)


def built(reader: Reader, runs: Sequence[Run | Element], wraps: list[Element]) -> Inline:
    """Return the inline content of runs, element by element."""
    builder = Builder(math=not reader.is_own)
    for run in runs:
        builder.space()
        for wrap in wraps:
            _open(reader, wrap, builder)
        children(reader, run, builder)
        for _ in wraps:
            builder.close()
    content = builder.finish()
    if not reader.is_own:
        content = across_breaks(content)
    if not reader.notes.definitions or reader.is_own:
        return content
    return marks.tidy(content, reader.notes.written)


def only_text(reader: Reader, run: Run | Element) -> str:
    """Return the text of a run that is only text, "" where it may hold a formula or a mark."""
    text = run.children[0] if len(run.children) == 1 else ""
    if not isinstance(text, str) or "$" in text or "\\" in text:
        return ""
    if reader.notes.written and "[" in text:
        return ""
    return folded(text)


def children(reader: Reader, parent: Element | Run, builder: Builder) -> None:
    """Add the children of an element or run."""
    for child in parent.children:
        if isinstance(child, str):
            builder.text(child)
        elif isinstance(child, Element):
            _element(reader, child, builder)
        else:
            children(reader, child, builder)


def _element(reader: Reader, child: Element, builder: Builder) -> None:
    """Add one inline element."""
    noted = reader.notes.marks
    if child.node in noted:
        if definition := noted[child.node]:
            builder.node(NoteMark(definition.label))
        return
    handler = _HANDLERS.get(child.tag)
    if handler:
        handler(reader, child, builder)
    elif not child.attributes or not _add_by_attributes(reader, child, builder):
        children(reader, child, builder)


def _add_by_attributes(reader: Reader, child: Element, builder: Builder) -> bool:
    """Add an inline element that its attributes give a meaning; return whether they do."""
    if found := roles_of(child.attributes):
        if no_text.is_one(reader, child, found):
            return True
        is_spare = "math_drawing" in found and math.is_spare(reader, child)
        is_math = not is_spare and ("math" in found or "math_source" in found)
        if is_math and _add(math.formula(child, reader.bare), builder):
            return True
        if "math_preview" in found or is_spare:
            return True
        for role, handler in _BY_ROLE.items():
            if role in found:
                handler(reader, child, builder)
                return True
    address = hidden_address(child.attributes)
    if address and is_spelt_out(child.attributes, child.text()):
        builder.text(address)
        return True
    return _add_by_style(reader, child, builder)


def _add_by_style(reader: Reader, child: Element, builder: Builder) -> bool:
    kinds = _style(child.attributes)
    if not kinds:
        return False
    for kind in kinds:
        builder.open(kind)
    children(reader, child, builder)
    for _ in kinds:
        builder.close()
    return True


def _style(attributes: Mapping[str, str]) -> list[str]:
    """Return the kinds of span that a `style` makes, as word processors write it."""
    style = attributes.get("style")
    if style is None or not any(name in style for name in _TELLING_STYLES):
        return []
    style = style.replace(" ", "")
    return [kind for kind, pattern in _STYLES.items() if pattern.search(style)]


def _open_link(reader: Reader, href: str, builder: Builder) -> None:
    url = reader.urls.link(href) if reader.options.links else ""
    builder.open("a" if url else "", url)


def _open(reader: Reader, child: Element, builder: Builder) -> None:
    """Begin the span or link of an element; a meaningless one begins a span of no kind."""
    if child.tag == "a":
        _open_link(reader, child.attributes.get("href", ""), builder)
        return
    kind = SPANS.get(child.tag, "")
    # Word processors wrap whole pages in <b style="font-weight:normal">.
    if kind == "strong" and _LIGHT.search(child.attributes.get("style", "")):
        kind = ""
    builder.open(kind)


def _span(reader: Reader, child: Element, builder: Builder) -> None:
    found = roles_of(child.attributes) if child.tag == "i" else frozenset[str]()
    if "emoji" in found:
        builder.text(child.text())
        return
    if found and no_text.is_one(reader, child, found):
        return
    _open(reader, child, builder)
    children(reader, child, builder)
    builder.close()


def _anchor(reader: Reader, child: Element, builder: Builder) -> None:
    if reader.is_own and "data-media" in child.attributes:
        url = reader.urls.image(child.attributes.get("href", ""))
        link = Link(url, [" ".join(child.text().split())], media=True) if url else None
        _add_media(reader, link, builder)
        return
    attributes = child.attributes
    found, href = roles_of(attributes), attributes.get("href", "")
    if "no_text" in found or ("permalink" in found and is_permalink(child.text(), named=True)):
        return
    if not reader.is_own and reader.urls.is_here(href) and (
        is_permalink(child.text()) or no_text.is_only_spoken(child)
    ):  # fmt: skip
        return
    if address := hidden_address(attributes):
        _open_link(reader, f"mailto:{address}", builder)
        if is_spelt_out(attributes, child.text()):
            builder.text(address)
        else:
            children(reader, child, builder)
        builder.close()
        return
    _span(reader, child, builder)


def _quotation(reader: Reader, child: Element, builder: Builder) -> None:
    """Add a quotation with the marks that browsers put around it."""
    if child.text().lstrip()[:1] in _QUOTES:
        children(reader, child, builder)
        return
    builder.text("“")
    children(reader, child, builder)
    builder.text("”")


def _code(reader: Reader, child: Element, builder: Builder) -> None:
    is_source = "math_source" in roles_of(child.attributes)
    if is_source and _add(math.formula(child, reader.bare), builder):
        return
    raw = ""
    for part in child.children:
        kind = SPANS.get(part.tag) if isinstance(part, Element) else ""
        if kind in ("sup", "sub"):  # a power in code: code has no mark for it
            _code_span(raw, builder)
            builder.open(kind)
            builder.text(text_of(part))
            builder.close()
            raw = ""
        else:
            raw += text_of(part)
    _code_span(raw, builder)


def _code_span(raw: str, builder: Builder) -> None:
    text = " ".join(raw.split())
    if not text:
        builder.text(raw)
        return
    if raw[0].isspace():
        builder.space()
    builder.node(CodeSpan(text))
    if raw[-1].isspace():
        builder.space()


def _number(reader: Reader, child: Element, builder: Builder) -> None:
    """Add the number of a line, which only a style parts from that."""
    children(reader, child, builder)
    builder.space()


def _classifier(reader: Reader, child: Element, builder: Builder) -> None:
    """Add the type of what a term names, after the sign that a style puts before it."""
    builder.text(" : ")
    children(reader, child, builder)


def _image(reader: Reader, child: Element, builder: Builder) -> None:
    formula = math.from_image(child.attributes, display=math.is_in_box(reader, child.node))
    alt = child.attributes.get("alt", "").strip()
    if _add(formula, builder):
        return
    if is_sign(alt) or (0 < len(alt) <= _LONGEST_EMOJI and "emoji" in roles_of(child.attributes)):
        builder.text(alt)
    elif reader.options.images:
        image = images.image(reader, child.node, child.attributes)
        if image and reader.is_new(image, child.node):
            builder.node(image)
        elif image is None and any("src" in name for name in child.attributes):
            reader.last_image = -1  # that in `<noscript>` after it is no twin of one before


def _media(reader: Reader, child: Element, builder: Builder) -> None:
    _add_media(reader, images.media(reader, child.tag, child.attributes), builder)


def _add_media(reader: Reader, link: Link | None, builder: Builder) -> None:
    """Add the link to a video or the like; it parts the words beside it, whether told or not."""
    if link:
        builder.space()
        if reader.options.images:
            builder.node(link)
            builder.space()


def _math(reader: Reader, child: Element, builder: Builder) -> None:
    if not _add(math.formula(child, reader.bare), builder):
        children(reader, child, builder)


def _add(formula: Formula | None, builder: Builder) -> bool:
    """Add a formula, if there is one; return whether there is."""
    if formula:
        builder.node(formula)
    return formula is not None


def _ruby(reader: Reader, child: Element, builder: Builder) -> None:  # noqa: ARG001
    pairs: list[tuple[str, str]] = [("", "")]
    for part in child.children:
        base, reading = pairs[-1]
        if isinstance(part, Element) and part.tag in ("rt", "rtc"):
            pairs[-1] = (base, reading + part.text())
        elif isinstance(part, Element) and part.tag == "rp":
            continue
        elif text := text_of(part):
            if reading and text.strip():
                pairs.append((text, ""))
            else:
                pairs[-1] = (base + text, reading)
    for base, reading in pairs:
        if text := " ".join(base.split()):
            builder.node(Ruby(text, " ".join(reading.split())))


_HANDLERS: dict[str, Callable[[Reader, Element, Builder], object]] = {
    **dict.fromkeys(SPANS, _span),
    **dict.fromkeys(CODE, _code),
    "a": _anchor,
    "br": lambda _, __, builder: builder.line_break(),
    "q": _quotation,
    **dict.fromkeys(("img", "amp-img", "amp-anim"), _image),
    **dict.fromkeys(("video", "audio", "iframe", "embed"), _media),
    **dict.fromkeys(("amp-video", "amp-audio", "amp-iframe"), _media),
    **dict.fromkeys(("math", "mjx-container", "d-math", "tex-math"), _math),
    "script": lambda _, child, builder: _add(math.from_script(child.attributes), builder),
    "annotation": lambda _, child, builder: _add(math.from_annotation(child), builder),
    **dict.fromkeys(("annotation-xml", "input"), lambda *_: None),
    "ruby": _ruby,
}

_BY_ROLE = {"inline_code": _code, "line_number": _number, "classifier": _classifier}

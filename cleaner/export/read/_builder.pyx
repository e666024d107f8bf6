# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of `cleaner.export.read.builder.Builder`, and of how text is folded."""

from cleaner._strings cimport folded as folded_and_counted

from cleaner.export.nodes import Break, CodeSpan, Link, Span


def folded(str text not None) -> str:
    """Return a text with its white space folded, without any at its ends; most have none there."""
    cdef Py_ssize_t words
    return folded_and_counted(text, &words)


cdef class Builder:
    """Takes text and nodes in order; white space at the edges of markup moves out of it."""

    cdef bint math, due, fresh
    cdef list late, levels, kinds, urls

    def __init__(self, *, bint math=True):
        self.math, self.due, self.fresh = math, False, True
        self.late, self.levels, self.kinds, self.urls = [], [[]], [], []

    def text(self, str text not None):
        """Add text; its white space folds."""
        cdef Py_ssize_t count
        cdef str words = folded_and_counted(text, &count)
        if not words:
            self.due = self.due or len(text) > 0
            return
        self.due = self.due or text[0].isspace()
        if self.math and ("$" in words or "\\" in words):
            for part in twin.formulas_in(words):
                self.flush()
                self.add(part)
        else:
            self.flush()
            self.add(words)
        self.due = text[len(text) - 1].isspace()

    cdef int add(self, part) except -1:
        """Add a part to the innermost level; text joins text."""
        cdef list level = self.levels[len(self.levels) - 1]
        cdef Py_ssize_t last = len(level) - 1
        if last >= 0 and isinstance(part, str) and isinstance(level[last], str):
            level[last] = <str> level[last] + <str> part
        else:
            level.append(part)
        return 0

    def node(self, node):
        """Add a node that stands like a word; a link inside a link comes after it."""
        cdef list level
        if isinstance(node, Link) and "a" in self.kinds:
            self.late.append(node)
            return
        self.flush()
        level = self.levels[len(self.levels) - 1]
        if level and isinstance(node, CodeSpan) and isinstance(level[len(level) - 1], CodeSpan):
            # The fences of two would read as one.
            level[len(level) - 1] = CodeSpan(level[len(level) - 1].text + node.text)
        else:
            level.append(node)

    def line_break(self):
        """Add a line break; those at either end of the content fall away."""
        self.due = False
        if not self.fresh:
            (<list> self.levels[len(self.levels) - 1]).append(Break())
            self.fresh = True

    def space(self):
        """Part what follows from what came."""
        self.due = True

    def open(self, str kind not None, str url not None=""):
        """Begin a span of `kind`, or a link to `url`; inside its like it means nothing."""
        if kind in self.kinds:
            kind = url = ""
        self.kinds.append(kind)
        self.urls.append(url)
        self.levels.append([])

    def close(self):
        """End the innermost span or link; an empty one leaves nothing."""
        cdef list inline = self.levels.pop(), outer = self.levels[len(self.levels) - 1], late
        cdef str kind = self.kinds.pop(), url = self.urls.pop()
        cdef bint trailing = False
        while inline and isinstance(inline[len(inline) - 1], Break):
            inline.pop()
            trailing = True
        if inline:
            if url and outer and twin.goes_on(outer[len(outer) - 1], url, inline):
                extend((<object> outer[len(outer) - 1]).inline, inline)
            elif url and not twin.only_shows(inline, url):
                outer.append(Link(url, inline))
            elif not kind or url:
                extend(outer, inline)
            elif outer and isinstance(last := outer[len(outer) - 1], Span) and last.kind == kind:
                extend(last.inline, inline)
            else:
                outer.append(Span(kind, inline))
        if trailing:
            outer.append(Break())
        if self.late and "a" not in self.kinds:
            late, self.late = self.late, []
            for link in late:
                self.due = True
                self.node(link)
                self.due = True

    def finish(self):
        """Return what was built."""
        cdef list inline
        while self.kinds:
            self.close()
        inline = self.levels[0]
        while inline and isinstance(inline[len(inline) - 1], Break):
            inline.pop()
        return inline

    cdef int flush(self) except -1:
        """Put a due space before all markup that has just begun."""
        cdef Py_ssize_t index, last
        cdef list level
        if self.due and not self.fresh:
            index = len(self.levels) - 1
            while index and not <list> self.levels[index]:
                index -= 1
            level = self.levels[index]
            last = len(level) - 1
            if last >= 0 and isinstance(level[last], str):
                level[last] = <str> level[last] + " "
            else:
                level.append(" ")
        self.due = self.fresh = False
        return 0


cdef int extend(list outer, list inline) except -1:
    last = outer[len(outer) - 1] if outer else None
    first = inline[0]
    if isinstance(last, str) and isinstance(first, str):
        outer[len(outer) - 1] = <str> last + <str> first
        del inline[0]
    elif isinstance(last, Span) and isinstance(first, Span) and last.kind == first.kind:
        extend(last.inline, first.inline)
        del inline[0]
    outer.extend(inline)
    return 0


# Last, since it takes what is defined above, whichever of the two is loaded first.
from cleaner.export.read import builder as twin

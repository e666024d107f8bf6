"""origin: the tree that a document was made of, kept to find its metadata on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element

    from cleaner.document import Metadata, Page


class Tree:
    """The parsed tree and its source; the tree stays behind when sent to another process."""

    __slots__ = ("root", "scripts", "source")

    def __init__(
        self,
        root: _Element | None,
        source: str | bytes | None = None,
        scripts: tuple[bytes, ...] = (),
    ) -> None:
        self.root = root
        self.source = source
        self.scripts = scripts

    def whole(self) -> _Element | None:
        """Return the tree with what its scripts hold."""
        if self.root is not None and self.scripts:
            from cleaner.parse import put_back

            put_back(self.root, self.scripts)
            self.scripts = ()
        return self.root

    def markup(self) -> str | bytes | None:
        """Return the source, that of a tree that came without one as HTML."""
        if self.source is not None or self.root is None:
            return self.source
        from lxml import etree

        return etree.tostring(self.root, encoding="unicode", method="html", with_tail=False)

    def __reduce__(self) -> tuple[Any, ...]:
        return Tree, (None, self.markup())


class Describe:
    """Finds the metadata of a page when asked for."""

    __slots__ = ("page", "tree")

    def __init__(self, page: Page, tree: Tree) -> None:
        self.page = page
        self.tree = tree

    def __reduce__(self) -> tuple[Any, ...]:
        return Describe, (self.page, self.tree)

    def __call__(self) -> Metadata:
        from cleaner.metadata import extract_metadata
        from cleaner.parse import parse

        root, scripts = self.tree.root, self.tree.scripts
        is_xml = root is not None and str(root.tag).startswith("{")  # its names are not HTML's
        if (root is None or is_xml) and (source := self.tree.markup()):
            root, scripts = parse(source).root, ()
        return extract_metadata(root, self.page.url, scripts)

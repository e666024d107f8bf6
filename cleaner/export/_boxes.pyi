from collections.abc import Sequence

from cleaner.export.boxes import Element as Element
from cleaner.export.boxes import Run as Run
from cleaner.export.tree import Tree

def grow(tree: Tree, kept: Sequence[bool], /) -> None: ...

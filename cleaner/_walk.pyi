from lxml.etree import _Element

from cleaner.document import Layout

def walk(root: _Element, layout: Layout) -> bool: ...

from collections.abc import Sequence

from cleaner.document import Layout

def is_plain(layout: Layout, kept: Sequence[bool]) -> bool: ...

from collections.abc import Sequence

from cleaner.document import Layout

def flat(layout: Layout, kept: Sequence[bool]) -> bytearray: ...

from collections.abc import Sequence

from cleaner.markers.edges import Edges

def candidates(
    lines: Sequence[str], edges: Edges, kept: Sequence[bool] | None = None
) -> list[int]: ...

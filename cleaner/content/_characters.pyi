import numpy as np
from numpy.typing import NDArray

def count_classes(
    texts: list[str],
    classes: NDArray[np.uint8],
    counts: NDArray[np.int64],
    edges: NDArray[np.int64],
) -> None: ...

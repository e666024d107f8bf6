import numpy as np
from numpy.typing import NDArray

def sum_leaves(
    rows: NDArray[np.float32],
    feature: NDArray[np.int32],
    threshold: NDArray[np.float32],
    drop: NDArray[np.uint8],
    leaves: NDArray[np.float32],
    items: NDArray[np.intp] | None,
    sums: NDArray[np.float64],
    anywhere: bool = False,
) -> None: ...

import numpy as np
from numpy.typing import NDArray

def count(texts: list[str], size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]: ...
def weigh_page(
    texts: list[str],
    weights: NDArray[np.float32],
    bias: float,
    rows: NDArray[np.uint16],
    steps: NDArray[np.int8],
) -> tuple[NDArray[np.float64], NDArray[np.int64]]: ...
def weigh(texts: list[str], weights: NDArray[np.float32], bias: float) -> NDArray[np.float64]: ...

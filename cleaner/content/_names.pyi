import numpy as np
from numpy.typing import NDArray

from cleaner.content.names import Scores

class Names:
    def __init__(self, odds: dict[str, float], weights: dict[str, tuple[float, ...]]) -> None: ...
    def __call__(self, attributes: dict[str, str]) -> Scores: ...

def weigh(
    names: NDArray[np.float32],
    above: NDArray[np.int64],
    around: NDArray[np.int64],
    tags: NDArray[np.float64],
    bias: float,
) -> NDArray[np.float64]: ...

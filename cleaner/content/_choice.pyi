import numpy as np
from numpy.typing import NDArray

from cleaner.content.guess import Floats
from cleaner.content.page import PageColumns

def probabilities(page: PageColumns, logits: NDArray[np.float64]) -> NDArray[np.float64]: ...
def select(
    probabilities: NDArray[np.float64], words: NDArray[np.float64], strength: float
) -> tuple[NDArray[np.bool_], float]: ...
def means(rows: Floats, weights: NDArray[np.float64]) -> Floats: ...

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.content.guess import Floats
from cleaner.content.page import PageColumns

def probabilities(page: PageColumns, logits: NDArray[np.float64]) -> NDArray[np.float64]: ...
def select(
    probabilities: NDArray[np.float64], words: NDArray[np.float64], strength: float
) -> tuple[NDArray[np.bool_], float]: ...
def mention_comments(
    attributes: Sequence[dict[str, str]], above: NDArray[np.int64]
) -> list[int]: ...
def page_vector(rows: Floats, mean: Floats, weights: NDArray[np.float64]) -> Floats: ...
def type_probabilities(vector: Floats, weights: Floats, bias: Floats) -> NDArray[np.float64]: ...

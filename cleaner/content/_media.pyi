import numpy as np
from numpy.typing import NDArray

from cleaner.document import Layout

def keep_beside(layout: Layout, kept: NDArray[np.bool_], scores: NDArray[np.float64]) -> None: ...

import numpy as np
from numpy.typing import NDArray

def group(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], int]: ...

import numpy as np
from numpy.typing import NDArray

from cleaner.content.page import PageColumns

def features(page: PageColumns) -> NDArray[np.float32]: ...

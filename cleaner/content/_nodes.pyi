import numpy as np
from numpy.typing import NDArray

from cleaner.content.nodes import NameScores
from cleaner.document import Layout

def describe_nodes(
    layout: Layout, above: NDArray[np.int64], score_names: NameScores
) -> tuple[
    NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]
]: ...

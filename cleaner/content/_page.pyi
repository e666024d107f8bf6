from cleaner.content.nodes import NameScores
from cleaner.content.page import PageColumns
from cleaner.document import Layout

def read_columns(layout: Layout, score_names: NameScores) -> PageColumns | None: ...

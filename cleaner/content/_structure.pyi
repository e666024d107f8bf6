from cleaner.content.page import PageColumns
from cleaner.content.structure import Kept, Scores

def keep_structure(page: PageColumns, kept: Kept, scores: Scores) -> dict[int, str]: ...

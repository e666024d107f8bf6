from cleaner.export.boxes import Element as Element
from cleaner.export.boxes import Run as Run

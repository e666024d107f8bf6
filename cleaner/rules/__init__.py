"""rules: what a user keeps or drops on sites of their choice, whatever the model says.

`load` reads the files; `marks` finds the elements that they select, and decides over blocks.
"""

from cleaner.rules.load import RULE, Rule, Rules, RulesError, load_rules
from cleaner.rules.marks import Marks

__all__ = ["RULE", "Marks", "Rule", "Rules", "RulesError", "load_rules"]

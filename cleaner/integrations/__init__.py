"""integrations: the pipeline as a step of other engines. One engine a module.

Each module loads its engine's package, an extra of the same name. What they all call is
`cleaner.integrations.row.clean_row`: a page in, a row of plain values out, and no exception.
"""

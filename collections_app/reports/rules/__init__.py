"""The measures of receivables, each formula once, with its variant in its name. Pure.

Nothing is rounded before the last step, and nothing is divided by nothing: such a measure has no value.
"""

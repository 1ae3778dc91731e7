"""How a rule of ours tells customers apart: facts, conditions over them, and the pack that a company starts
with. Pure.
"""

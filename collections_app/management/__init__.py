"""The operator's door: commands at the terminal, and the demo ledger that one of them writes.

Commands answer in sentences, or in JSON for other programs. May import: jobs and below.
"""

"""How facts arrive: a file becomes checked rows, and the rows are merged into the ledger, all of them or
none.

May import: correspondence and below. Strangers: contact. Most used: ``batches.receive``, ``batches.check``,
``batches.apply``.
"""

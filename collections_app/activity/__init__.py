"""What happened: append-only events, who did what to which customer, when.

Every change writes exactly one event, in the same transaction. The database refuses to change or delete one.
May import: ledger and below. Most used: ``events.record``.
"""

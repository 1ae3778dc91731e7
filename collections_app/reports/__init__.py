"""What it came to: ageing over time, days sales outstanding, effectiveness, how late customers pay. Reads
only.

Every figure is a ratio of sums: SQL sums the ledger's rows in sets, ``rules`` divide. A figure names its
variant, its inputs and what it leaves out, and can be opened down to the invoices that it is made of. The
room writes snapshots of its own: what was open at the end of a day, so that a year of charts is one query
and a later correction is seen as a restatement; and the views that people keep, with what of them goes out by
email. Of the ledger it writes nothing.

May import every room below. Most used: ``measures.measured``, ``snapshots.take``, ``items.invoices``.
"""

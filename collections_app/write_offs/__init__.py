"""What we give up: write-offs proposed by one person, approved by another or by two, posted, and taken back.

A write-off is rows of the ledger: allocations that settle its invoices on the basis of a write-off, dated,
and undone by rows when the money comes after all. It is no payment and no credit note: it keeps no promise,
teaches nothing about how a customer pays, and is taken out of cash effectiveness. The accounts system learns
of it by a list for the bookkeeper, and is never written to.

May import: lib, people, ledger, activity, correspondence (the rules of courtesy), contact. Most used:
``proposals.propose``, ``decisions.approve``, ``decisions.refuse``, ``recoveries.take_back``,
``handovers.hand_over``.
"""

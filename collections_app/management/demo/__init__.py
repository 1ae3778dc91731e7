"""The demo: invented companies of ours, their people, and two years of customers who pay in many ways.

Everything is made from a seed and a day: the same seed and day give the same ledger, to the penny. The rows
are written by COPY in one transaction, so that a demo stands wholly or not at all. The customers with a name
and a story are in ``cast``; they are the tests' cast too. No firm in it is real: names are put together from
invented syllables, e-mail addresses end in ``.example``, and telephone numbers come from the ranges kept free
for drama.

Most used: ``sign_ins``, ``seeding.seed``.
"""

from collections_app.management.demo.staff import sign_ins

__all__ = ["sign_ins"]

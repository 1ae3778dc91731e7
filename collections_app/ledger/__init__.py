"""What is owed: companies, customers and their contacts, invoices, payments, allocations.

A balance changes only through rows. Every row knows its accounting date (``posted_on``) and when it was
recorded (``recorded_at``), so the ledger can be read as it stood on any past day, and as it was then known.
Open amounts are materialised beside the rows they are derived from and proven by ``check_ledger``.

May import: lib, people. Most used: ``companies.create``, ``balances.refresh``, ``ageing.as_of``.
"""

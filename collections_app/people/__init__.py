"""Who works here: users, their roles and teams, and what each role may do.

May import: lib. Which companies a user may see is a row beside the company, in ``ledger``.
"""

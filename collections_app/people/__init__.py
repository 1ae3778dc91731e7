"""Who works here: users, their roles and teams, what each role may do, and where they are signed in.

May import: lib. Which companies a user may see is a row beside the company, in ``ledger``.
"""

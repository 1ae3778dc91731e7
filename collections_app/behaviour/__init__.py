"""How each customer stands and pays, measured once a night in sets: positions by currency, and pay habits.

May import: contact, intake and below. Most used: ``positions.measure``, ``habits.measure``.
"""

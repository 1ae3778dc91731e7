"""Other systems of ours that speak with the workbench: the ERP, the shop, the warehouse. Which there are,
what each may do and with which token it says who it is; what was answered, so that a repeated question
has one effect; and what they are told: a hold, a release, in the order in which they happened.

A system is given companies and scopes by an administrator, and never more than a person decides: nothing here
releases an order.

May import: holds and below. Strangers: chase. Most used: ``systems.connect``, ``tokens.system_of``,
``kept_answers.once``, ``deliveries.gather``, ``deliveries.send_due``.
"""

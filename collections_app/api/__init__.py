"""The machines' door: JSON under /api/v1/, for the ERP, the shop and the warehouse.

``entrance`` lets a connected system in: its token, its pace, the key of its question. ``orders``,
``releases``, ``credit`` and ``ledger`` ask the same verbs as people's screens do; ``problems`` says no in
one form; ``document`` is what a machine reads to know all of it.

May import: everything but screens. Only people decide: no address here releases an order.
"""

"""Whom we treat alike, and who looks after them: segments by ordered rules over facts, and portfolios.

May import: behaviour and below. Most used: ``versions.publish``, ``assignments.assign``,
``assignments.visible_to``.
"""

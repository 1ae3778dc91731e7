"""Whom we treat alike, and who looks after them: segments by ordered rules over facts, and portfolios.

The life of a version of segments: ``drafts.begin`` copies the live one, ``segments`` edits it, ``previews``
tells what it would take and who would move, ``drafts.publish`` makes it live. ``assignments`` holds where
each customer belongs, by one statement over facts that writes what differs; ``explanations`` says why.

May import: behaviour and below. Most used: ``assignments.assign``, ``assignments.visible_to``,
``drafts.publish``, ``leaving.change``.
"""

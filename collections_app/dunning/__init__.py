"""How a customer is reminded: procedures of steps by segment, the ladder they climb, what stops a message.

``rules`` hold the steps and the ladder, which only decide. ``procedures`` are a company's own, in versions;
a run narrows in sets whom it could remind, lets the ladder decide, and writes drafts, which a person or the
clock approves. What leaves is a message of ``correspondence``; nothing here sends.

May import: segmentation and below. Most used: ``runs.run``, ``drafts.approve``, ``stops.facts_for``.
"""

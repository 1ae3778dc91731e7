"""What we said and what they said: contact logs, promises to pay, disputes.

May import: correspondence and below. Strangers: intake. Most used: ``conversations.record`` and
``conversations.undo``, which write and take back a log together with what was agreed in it;
``endings.settle``, ``disputes.accept``.
"""

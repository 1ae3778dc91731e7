"""What we said and what they said: contact logs, promises to pay, disputes.

May import: correspondence and below. Strangers: intake. Most used: ``contact_logs.log``, ``contact_logs.withdraw``,
``promises.record``, ``disputes.lodge``.
"""

"""The chase list: derived, ranked, explained; and the verbs that work it.

May import: holds and below. Most used: ``entries.refresh``, ``working.next_entry``, ``working.log_contact``,
``snoozes.snooze``, ``inspector.explain``.
"""

"""What leaves and what comes back: messages that are ready to leave, and the files that are kept beside them.

A message is prepared once for one cause and its words never change; a correction is a new message. The outbox
takes over what is ready: nothing here sends. May import: activity and below. Most used:
``messages.prepare``, ``stored_files.keep``.
"""

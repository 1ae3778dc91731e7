"""People at work on a throw-away workbench while its workers, Redis and PostgreSQL are struck, and the proof
that nothing they were told is done was lost, doubled or left half done.

From the ground up: ``grounds`` (own servers and processes, in a folder that is removed), ``filling`` (a small
ledger and its people), ``browser`` and ``pages`` (how people ask and what they read), ``journal`` (what they
were answered), ``acts`` and ``people`` (what they do), ``strikes`` (what goes wrong, by a plan of a seed),
``watching`` (how soon all is well again), ``proofs`` (what stands in the rows), ``tally`` (the table).
"""

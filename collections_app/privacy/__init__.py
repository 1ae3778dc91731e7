"""What is held about people, and for how long: exports of a person's data, erasure of contacts with the
ledger kept, legal holds, and the removal of words whose time is over.

It knows the other rooms by their tables alone, of which ``rules.holdings`` has every one. May import: reports
and below. Most used: ``exports.of_contact``, ``erasures.erase``, ``retention.apply``.
"""

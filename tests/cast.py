"""The named customers that the demo and the tests share. Each has a story; ``shows`` says what it is there
for.

Figures hold on the day the demo was seeded. The late-but-sure is ``TARNSTEAD``, the disputer ``VENBURN``, the
promise breaker ``KESTERBY``, the giant with 4,000 invoices ``PELWORTH``; ``BRANDT`` is the key account of
every day.
"""

from collections_app.management.demo.cast import (
    ALMAHA,
    BRANDT,
    BRINMERE,
    CALDBY,
    CAST,
    CORRIDGE,
    DUNHOLT,
    FELDMOOR,
    FENNMERE,
    HALWORTH,
    HARROW_HOLDINGS,
    HARROW_TOOLS,
    HOSHIKAWA,
    INGMERE,
    KESTERBY,
    KUEHNBRUECK,
    LORCOTE,
    MARROWSTONE,
    MARWICK,
    OSEI,
    PELWORTH,
    ROSHOLT,
    TARNSTEAD,
    VENBURN,
    WEXDALE,
    YARCOMBE,
    ZELFORD,
    Member,
)

__all__ = [
    "ALMAHA",
    "BRANDT",
    "BRINMERE",
    "CALDBY",
    "CAST",
    "CORRIDGE",
    "DUNHOLT",
    "FELDMOOR",
    "FENNMERE",
    "HALWORTH",
    "HARROW_HOLDINGS",
    "HARROW_TOOLS",
    "HOSHIKAWA",
    "INGMERE",
    "KESTERBY",
    "KUEHNBRUECK",
    "LORCOTE",
    "MARROWSTONE",
    "MARWICK",
    "OSEI",
    "PELWORTH",
    "ROSHOLT",
    "TARNSTEAD",
    "VENBURN",
    "WEXDALE",
    "YARCOMBE",
    "ZELFORD",
    "Member",
]

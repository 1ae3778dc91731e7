"""The tone guard: whether words to a customer are fair, true and kind, told by rules that all can read. Pure.

``check(draft, facts=...)`` answers with hits: the words, where they stand, one friendly sentence, what to
write instead, and the rule's id. A block keeps the draft from leaving, a warning may be passed with a reason.
T: tone; M: what a message must hold; S: whether it may be sent; R: how it reads; L: language; I: words to a
colleague (``courtesy``). Nothing learns: the lists are data, by language, and each change of them is tested
on labelled drafts. May import: rules of correspondence, and the ground.
"""

from collections_app.correspondence.rules.tone.blocking import blocks_of
from collections_app.correspondence.rules.tone.guard import check, is_blocked, problems_of
from collections_app.correspondence.rules.tone.numbers import candidates
from collections_app.correspondence.rules.tone.shapes import (
    STAGE_OF_LEVEL,
    Action,
    Attachment,
    Consequence,
    Draft,
    Facts,
    Hit,
    InvoiceFact,
    Part,
    Purpose,
    Severity,
    Stage,
    Sum,
)

__all__ = [
    "STAGE_OF_LEVEL",
    "Action",
    "Attachment",
    "Consequence",
    "Draft",
    "Facts",
    "Hit",
    "InvoiceFact",
    "Part",
    "Purpose",
    "Severity",
    "Stage",
    "Sum",
    "blocks_of",
    "candidates",
    "check",
    "is_blocked",
    "problems_of",
]

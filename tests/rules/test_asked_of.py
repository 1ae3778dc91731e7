"""Which stop is asked of which message: the whole table, as a reader would draw it."""

from collections_app.correspondence.rules import MessageKind
from collections_app.dunning.rules.asked_of import ASKED_OF, SAYS_WHAT_IS_OPEN
from collections_app.dunning.rules.stop_codes import StopCode

KINDS = (
    MessageKind.REMINDER,
    MessageKind.STATEMENT,
    MessageKind.HOLD,
    MessageKind.SUMMARY,
    MessageKind.COPY,
)
# Reminder, statement, about an order, summary, copy.
TABLE = """
settled         x . . . .
changed         x x x . .
outdated        x x x x x
out_of_turn     x . . . .
too_soon        x . . . .
first_word      x . . . .
no_draft        x . . . .
unapproved      x . . . .
level_off       x . . . .
inactive        x . . . .
covered         x . . . .
disputed        x . . . .
promised        x . . . .
blocked         x x x . .
left_alone      x x x . .
unread_reply    x x x . .
ours_late       x . . . .
no_address      x x x x x
no_legal_form   x . . . .
bounced         x x x x x
paused          x x x x x
old_ledger      x x x x x
old_bank        x x x x x
budget          x x x . .
weekend         x x x x x
holiday         x x x x x
hour            x x x x x
busy            x x x . .
"""


def test_the_table_is_what_a_reader_would_draw() -> None:
    drawn = {}
    for line in TABLE.strip().splitlines():
        code, *marks = line.split()
        drawn[StopCode(code)] = {kind for kind, mark in zip(KINDS, marks, strict=True) if mark == "x"}
    assert drawn == {code: {kind for kind in KINDS if code in ASKED_OF[kind]} for code in StopCode}


def test_whatever_goes_to_a_customer_is_asked() -> None:
    """Requests, notices and reports go to colleagues."""
    colleagues = {MessageKind.REQUEST, MessageKind.NOTICE, MessageKind.REPORT}
    assert set(MessageKind) - set(ASKED_OF) == colleagues


def test_while_it_leaves_nobody_changes_what_it_says_is_open() -> None:
    assert set(SAYS_WHAT_IS_OPEN) == {MessageKind.REMINDER, MessageKind.STATEMENT, MessageKind.HOLD}

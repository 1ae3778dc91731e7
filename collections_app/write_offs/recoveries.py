"""Taking a write-off back: the money comes after all, or it was a mistake. The invoices are owed again."""

import datetime as dt

from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.write_offs import bookings
from collections_app.write_offs.proposals import holding, shown, tell
from collections_app.write_offs.rules import proposing
from collections_app.write_offs.rules.proposing import STATE_LABELS, WriteOffState
from collections_app.write_offs.write_off_rows import WriteOff


def take_back(write_off: WriteOff, *, because: str, by: User, at: dt.datetime) -> WriteOff:
    """Undo what was posted, with a reason; the rows of both stay. Twice has one effect. Raises ``Refused``
    with every problem.
    """
    lines = list(write_off.lines.values_list("invoice", flat=True))
    with holding(write_off.customer, lines):
        write_off.refresh_from_db()
        if write_off.state == WriteOffState.TAKEN_BACK:
            return write_off
        problems = proposing.problems_of_words(because, "Say why it is taken back.")
        problems += proposing.problems_of_decider(
            may_approve=by.may(Deed.APPROVE_WRITE_OFFS), is_proposer=False, is_salesperson=False
        )
        if write_off.state != WriteOffState.APPROVED:
            label = STATE_LABELS[WriteOffState(write_off.state)].lower()
            raise Refused.because("not_posted", f"Only what was written off is taken back; this is: {label}.")
        if problems:
            raise Refused(problems)
        bookings.undo(write_off, by=by, at=at)
        write_off.state, write_off.taken_back_because = WriteOffState.TAKEN_BACK, because.strip()
        write_off.taken_back_by, write_off.taken_back_at = by, at
        write_off.save()
        said = f"Took back the write-off of {shown(write_off)}: {write_off.taken_back_because}"
        tell(write_off, said[:500], by=by, at=at)
    return write_off

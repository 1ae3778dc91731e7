"""What became of approved emails, as a run writes it down before it asks the ladder (``rules.leaving``).

Drafts are locked before their messages, as people lock them; what somebody is just deciding is passed over.
"""

import datetime as dt
from collections.abc import Sequence

from collections_app.correspondence.rules import MessageState
from collections_app.dunning import draft_stops
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.draft_stops import ASKED_AT_ONCE
from collections_app.dunning.rules.drafting import BECAUSE_LETTERS_MAX, PUT_OFF_DAYS
from collections_app.dunning.rules.stop_codes import StopCode, Then
from collections_app.ledger.companies import Company
from collections_app.lib.sql import Statement, array

_LOCK = Statement(__file__, "lock_unsent_drafts")
_WITHDRAW_STALE = Statement(__file__, "withdraw_stale_messages")
_END_UNSENT = Statement(__file__, "end_unsent_drafts")
_END_FAILED = Statement(__file__, "end_failed_messages")
_NOTE_LEFT = Statement(__file__, "note_what_left")

# What says that the words of a message are no longer right, or not for now.
STALE = (
    *(StopCode.SETTLED, StopCode.CHANGED, StopCode.DISPUTED, StopCode.PROMISED),
    *(StopCode.OUTDATED, StopCode.BLOCKED, StopCode.LEFT_ALONE),
    *(StopCode.OUT_OF_TURN, StopCode.TOO_SOON, StopCode.LEVEL_OFF, StopCode.INACTIVE),
)

NOT_SENT = "It did not leave."
NOT_TAKEN = "It could not be sent"


def follow(company: Company, *, today: dt.date, at: dt.datetime) -> int:
    """Write down what became of approved emails: those that left are remembered, the drafts of those that did
    not are no step that was taken; how many of these. What a person withdrew comes again no sooner than after
    some days; what could not be sent, was held back because it was no longer right, or for something that a
    person has done since, comes anew. Within a transaction.
    """
    _NOTE_LEFT.execute({"company": company.pk})
    found = _LOCK.rows({"company": company.pk})
    if not found:
        return 0
    held = [row["id"] for row in found if row["state"] == MessageState.HELD_BACK]
    asked = {"drafts": array([row["id"] for row in found]), "at": at}
    decided = array(_decided(held, company=company, at=at))
    _WITHDRAW_STALE.execute({**asked, "anew": [code.value for code in STALE], "decided": decided})
    failed = _END_FAILED.execute({**asked, "because": NOT_TAKEN, "letters": BECAUSE_LETTERS_MAX})
    return failed + _END_UNSENT.execute(
        {**asked, "put_off_until": today + dt.timedelta(PUT_OFF_DAYS), "because": NOT_SENT}
    )


def _decided(held: Sequence[int], *, company: Company, at: dt.datetime) -> list[int]:
    """Of drafts (ids) whose message was held back, those that would need no person any more: somebody set the
    money against an invoice, found out the address, or sent the copy that we owed.
    """
    decided = []
    for first in range(0, len(held), ASKED_AT_ONCE):
        drafts = list(ReminderDraft.objects.filter(pk__in=held[first : first + ASKED_AT_ONCE]))
        gathered = draft_stops.gather(company=company, drafts=drafts, at=at)
        decided += [
            draft.pk
            for draft in drafts
            if all(stop.then != Then.PERSON for stop in gathered.stops_of(draft, at=at))
        ]
    return decided

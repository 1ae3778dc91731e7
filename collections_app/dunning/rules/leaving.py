"""What an approved email counts for on the ladder, by where its message stands. Pure.

A step is taken when its message left, and not when somebody approved it: nothing graver follows what nobody
has read, and the distance to the next step is counted from the day on which it left.

==========  ===========================================================================================
ready       It was called back in the outbox, its approval stands, and nobody decided yet: the ladder waits.
queued      It waits for its hour, a pause, old figures or a reply to be read: the ladder waits.
sending     A worker is at it; in some minutes it is known what came of it: the ladder waits.
sent        The step is taken, on the day on which it left.
uncertain   It may have left. Asked twice is worse than asked late: the step is taken, on the day of the
            attempt, unless a person finds out otherwise and withdraws it or has it sent again.
held back   A person has something to decide: the ladder waits and says what. Once they did, or where its
            words are no longer right, or not for now, the next run withdraws it, and the same step is due
            again with words of its day.
failed      It did not leave. A person may have it sent again on the same day; the next run withdraws it, and
            the same step is due again, for a person to approve.
withdrawn   It did not leave: the same step is due again, after some days when a person withdrew it.
==========  ===========================================================================================

A letter that is approved is like an email that is queued, until somebody has posted it.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from collections_app.correspondence.rules import MessageState


class Counts(StrEnum):
    """What the step of a message is to the ladder."""

    TAKEN = "taken"
    WAITS = "waits"
    # No step: it is due as if it had never been drafted.
    AGAIN = "again"


COUNTS: Mapping[MessageState, Counts] = {
    MessageState.READY: Counts.WAITS,
    MessageState.QUEUED: Counts.WAITS,
    MessageState.SENDING: Counts.WAITS,
    MessageState.SENT: Counts.TAKEN,
    MessageState.UNCERTAIN: Counts.TAKEN,
    MessageState.HELD_BACK: Counts.WAITS,
    MessageState.FAILED: Counts.AGAIN,
    MessageState.WITHDRAWN: Counts.AGAIN,
}
TAKEN = tuple(state.value for state, counts in COUNTS.items() if counts == Counts.TAKEN)
# Until a run ended what failed, it stands in the way as well.
IN_THE_WAY = tuple(
    state.value for state in MessageState if COUNTS[state] != Counts.TAKEN and state != MessageState.WITHDRAWN
)

_WORDS: Mapping[MessageState, str] = {
    MessageState.READY: "was called back, and nobody has decided about it yet",
    MessageState.QUEUED: "has not left yet",
    MessageState.SENDING: "is leaving just now",
    MessageState.HELD_BACK: "was held back when it was to leave",
    MessageState.FAILED: "could not be sent",
}


@dataclass(frozen=True, slots=True)
class Unsent:
    """An email that was approved on a day and did not leave: where it stands, and why, if that is known."""

    since: dt.date
    state: MessageState
    why: str = ""

    @property
    def words(self) -> str:
        """What became of it, as it goes on after “The email approved on ...”."""
        why = self.why.rstrip(" .")
        return _WORDS[self.state] + (f" ({why})" if why else "")

"""Which stops are asked of which message in the moment in which it leaves. Pure.

Nothing reaches a customer at an hour when nobody works, at an address that does not work, or while sends are
paused. A reminder is asked everything. A statement says what is open, so it does not leave once something was
booked, with old figures, or when it was drawn days ago; and it is one more message that they did not wait
for, so it counts and is counted.

A summary and copies are neither held up by how often they heard from us, nor counted: somebody is waiting for
them. The customer asked for the copy, and a summary is worth most on the day of the call. A budget that kept
back what they asked for would bring on the next call.
"""

from collections.abc import Mapping

from collections_app.correspondence.rules import MessageKind
from collections_app.dunning.rules.stop_codes import StopCode

_ALWAYS = frozenset(
    {
        *(StopCode.NO_ADDRESS, StopCode.BOUNCED, StopCode.PAUSED),
        *(StopCode.WEEKEND, StopCode.HOLIDAY, StopCode.HOUR),
    }
)
_OF_FIGURES = frozenset({StopCode.CHANGED, StopCode.OUTDATED, StopCode.OLD_LEDGER, StopCode.OLD_BANK})

ASKED_OF: Mapping[MessageKind, frozenset[StopCode]] = {
    MessageKind.REMINDER: frozenset(StopCode),
    MessageKind.STATEMENT: _ALWAYS | _OF_FIGURES | {StopCode.BUDGET},
    MessageKind.SUMMARY: _ALWAYS,
    MessageKind.COPY: _ALWAYS,
}
# Of these nobody may write about the customer, and no file be read in, while they leave.
SAYS_WHAT_IS_OPEN = (MessageKind.REMINDER, MessageKind.STATEMENT)

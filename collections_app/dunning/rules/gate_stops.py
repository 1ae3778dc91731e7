"""Stops that only the moment of sending knows: whether a message leaves with an approval, and whether what
goes with it was overtaken. Pure.
"""

from collections_app.dunning.rules.stop_codes import Stop, StopCode, Then


def unknown() -> Stop:
    """A reminder that belongs to no draft: what it asks for cannot be looked up."""
    text = (
        "No draft of a reminder belongs to this message, so nobody knows what it asks for. Withdraw it; what "
        "is still due is drafted anew."
    )
    return Stop(StopCode.NO_DRAFT, Then.PERSON, text)


def unapproved() -> Stop:
    """A reminder that nobody approved, or whose approval was taken back, however it came to wait here."""
    text = (
        "Nobody has approved it, or the approval was taken back. It leaves once it is approved among the "
        "reminders; withdraw this one."
    )
    return Stop(StopCode.UNAPPROVED, Then.PERSON, text)


def drawn_before() -> Stop:
    """Something was booked since a statement of account was drawn."""
    text = (
        "Something was booked since this statement was drawn: it no longer says what is open. Draw it anew."
    )
    return Stop(StopCode.CHANGED, Then.PERSON, text)


def written_before() -> Stop:
    """Something was booked since a letter said which payment frees an order."""
    text = (
        "Something was booked since this was written: another payment may free the order by now. Write it "
        "anew from the page of the order."
    )
    return Stop(StopCode.CHANGED, Then.PERSON, text)


def enclosed_before() -> Stop:
    """Something was booked since the statement of account that goes with a reminder was drawn."""
    text = "Something was booked since the statement that goes with it was drawn."
    return Stop(StopCode.CHANGED, Then.ANEW, text)

"""Whether the customer is written to about an order, and with which letter. Pure."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from collections_app.correspondence.rules.purposes import Purpose
from collections_app.holds.rules.reasons import ReasonCode
from collections_app.lib.refusals import Problem

# The letter says that the order waits because documents are past their due date.
OF_WHAT_IS_OVERDUE = frozenset(
    {ReasonCode.OVERDUE_DAYS, ReasonCode.OVERDUE_AMOUNT, ReasonCode.BROKEN_PROMISES}
)


def purpose_of(*, is_in_hand: bool, is_held: bool, was_held: bool) -> Purpose | None:
    """The letter about an order as it stands; None when there is nothing to write."""
    if not is_in_hand:
        return None
    if is_held:
        return Purpose.HOLD_NOTICE
    return Purpose.HOLD_RELEASED if was_held else None


def problems_of_notice(
    codes: Collection[ReasonCode], totals: Mapping[str, Decimal], *, is_overdue: bool
) -> list[Problem]:
    """Why a letter that asks for the payment which frees an order would not be true. ``totals`` is that
    payment by currency, empty when no payment frees it.
    """
    if not set(codes) <= OF_WHAT_IS_OVERDUE or not is_overdue:
        text = (
            "It would say that documents are past their due date, but this order waits for something else. "
            "Tell them in words of your own."
        )
        return [Problem("not_overdue", text)]
    if len(totals) != 1:
        text = (
            "No single payment frees this order, so the letter has none to ask for. Tell them in words of "
            "your own."
        )
        return [Problem("no_payment", text)]
    return []

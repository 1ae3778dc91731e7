"""The procedures that a company starts with, by segment, after the field's usual cycles (practice, C1).

Days are counted from the due date and land on days that are worked. What a person should look at first is
approved; what the clock may send says so. Holds are proposed to a person, never placed.
"""

from dataclasses import replace
from decimal import Decimal

from collections_app.dunning.rules.steps import Channel, Procedure, Signer, Step
from collections_app.lib import money

# For currencies whose unit is worth about a pound; one without a minor unit counts in hundreds.
KEY_CALL_FROM = 10_000
WHOLE_UNIT_FACTOR = 100
# So many days between a message and the contact before it, unless the procedure says otherwise.
MESSAGE_QUIET_DAYS = 3


def _email(
    offset: int, level: int, *, automatic: bool = False, purpose: str = "", habit: int | None = None
) -> Step:
    return Step(
        f"email{offset:+d}",
        offset,
        Channel.EMAIL,
        level,
        purpose=purpose,
        is_automatic=automatic,
        quiet_days=MESSAGE_QUIET_DAYS,
        habit_grace_days=habit,
    )


def _letter(offset: int, level: int, *, signer: Signer = Signer.COLLECTOR) -> Step:
    return Step(
        f"letter{offset:+d}", offset, Channel.LETTER, level, signer=signer, quiet_days=MESSAGE_QUIET_DAYS
    )


def _do(offset: int, channel: Channel, level: int, note: str, *, signer: Signer = Signer.COLLECTOR) -> Step:
    return Step(f"{channel.value}{offset:+d}", offset, channel, level, note=note, signer=signer)


_CALL, _TASK, _HOLD, _MANAGER = Channel.CALL, Channel.TASK, Channel.HOLD_PROPOSAL, Signer.MANAGER

PACK: dict[str, tuple[Step, ...]] = {
    "key": (
        _do(-7, _CALL, 0, "Received, approved, and in which pay run?"),
        _do(3, _CALL, 1, "Call the person who approves"),
        _email(7, 2, purpose="statement"),
        _do(7, _CALL, 2, "Go through the statement together"),
        _do(14, _TASK, 2, "Call together with their account manager"),
        _do(21, _CALL, 3, "A manager calls", signer=_MANAGER),
        _do(30, _HOLD, 3, "Decide whether deliveries wait", signer=_MANAGER),
        replace(_letter(45, 4, signer=_MANAGER), note="From a director"),
        _do(60, _TASK, 5, "Decide: insurer, or legal steps", signer=_MANAGER),
    ),
    "steady": (
        _email(7, 1, automatic=True, habit=3),
        _email(14, 2),
        _do(14, _CALL, 2, "Is something different this time?"),
        _do(21, _CALL, 3, "Ask for a day"),
        _email(30, 4),
        _do(45, _HOLD, 4, "Decide whether deliveries wait", signer=_MANAGER),
        _do(60, _TASK, 5, "Decide about the agency", signer=_MANAGER),
    ),
    "standard": (
        _email(-3, 0, automatic=True),
        _email(3, 1, automatic=True),
        _email(7, 2, automatic=True),
        _do(14, _CALL, 2, "Ask for a day"),
        _letter(21, 3),
        _email(30, 4),
        _do(30, _HOLD, 4, "Decide whether deliveries wait", signer=_MANAGER),
        _letter(45, 5, signer=_MANAGER),
        _do(60, _TASK, 5, "Hand over: check the list first", signer=_MANAGER),
    ),
    "small": (
        _email(7, 1, automatic=True),
        _email(21, 2, automatic=True),
        _email(45, 4),
        _do(60, _TASK, 5, "Write off, or give to the agency with others", signer=_MANAGER),
    ),
    "new": (
        _do(-3, _CALL, 0, "Welcome call: received, approved, anything missing?"),
        _do(1, _CALL, 1, "Their first invoices: ask what happened"),
        _do(7, _CALL, 2, "Ask for a day"),
        _do(14, _HOLD, 3, "Decide whether deliveries wait", signer=_MANAGER),
        _do(21, _CALL, 3, "A manager calls", signer=_MANAGER),
        _email(30, 4),
        _letter(45, 5, signer=_MANAGER),
        _do(60, _TASK, 5, "Hand over: check the list first", signer=_MANAGER),
    ),
    "public": (
        _do(-3, _TASK, 0, "Is the order number on it, and is it in their portal?"),
        _do(7, _TASK, 1, "Look it up in their portal"),
        _email(14, 1),
        _do(30, _CALL, 2, "Ask for the day of their pay run"),
        _letter(45, 3, signer=_MANAGER),
        _do(60, _HOLD, 4, "A director decides whether deliveries wait", signer=_MANAGER),
    ),
    "watch": (
        _do(-5, _CALL, 0, "Received, approved, and in which pay run?"),
        _do(1, _CALL, 1, "Ask for a day"),
        _do(3, _HOLD, 2, "Decide whether deliveries wait", signer=_MANAGER),
        _do(7, _TASK, 2, "Look at the insurer's clock"),
        _do(14, _TASK, 3, "Tell the insurer by the day of the policy", signer=_MANAGER),
        _do(21, _CALL, 3, "A manager calls", signer=_MANAGER),
        _email(30, 4),
        _do(45, _TASK, 5, "Hand over: check the list first", signer=_MANAGER),
        _do(60, _TASK, 5, "Claim from the insurer", signer=_MANAGER),
    ),
}  # fmt: skip

# For a segment of the company's own, until it has a procedure of its own.
FALLBACK = "standard"


def starter(segment: str, currency: str) -> Procedure:
    """The procedure with which customers of ``segment`` are reminded at first; amounts fit ``currency``."""
    factor = WHOLE_UNIT_FACTOR if money.minor_units(currency) == 0 else 1
    steps = PACK.get(segment, PACK[FALLBACK])
    least = Decimal(KEY_CALL_FROM * factor)
    return Procedure(
        segment,
        tuple(
            replace(step, least_amount=least) if segment == "key" and step.is_before_due else step
            for step in steps
        ),
    )

"""Why a customer is at a step or at none, in one sentence. Pure."""

import datetime as dt

from collections_app.dunning.rules.ladder import Decision, Why
from collections_app.dunning.rules.procedures import named
from collections_app.dunning.rules.steps import CHANNEL_LABELS, LEVEL_LABELS, Rung


def sentence(decision: Decision) -> str:
    """The reason of a decision, with its days."""
    rung, day = _rung(decision.next), _day(decision.day)
    match decision.why:
        case Why.TAKE:
            return f"{_steps(decision)}: {_since(decision)}."
        case Why.REST_DAY:
            return "Nobody is reminded on a day of rest."
        case Why.NO_PROCEDURE:
            return "Their segment has no procedure."
        case Why.NOTHING_DUE:
            return "Nothing is overdue, and nothing that falls due soon is to be asked about today."
        case Why.NOTHING_COLLECTABLE:
            return "All that is overdue is disputed, promised or covered by money and credits that are here."
        case Why.WAITS:
            return f"A message made on {day} waits for a decision."
        case Why.UNPOSTED:
            return f"The letter approved on {day} is still to be printed and posted; the next waits for it."
        case Why.UNSENT:
            because = decision.because or "has not left yet"
            return f"The email approved on {day} {because}; the next waits for it."
        case Why.PUT_OFF:
            return f"Somebody put {rung} off until {day}."
        case Why.ANNOUNCED:
            return f"We announced something for {day}; {rung} waits for that day."
        case Why.TOO_EARLY:
            return f"The next is {rung}, on {day}: {_since(decision)}."
        case Why.SPACING:
            return f"The next is {rung}, not before {day}: the distance between two steps is kept."
        case Why.USUAL_DELAY:
            return f"They usually pay late; {rung} waits for that until {day}."
        case Why.CONTACT:
            return f"We were in contact lately; {rung} waits until {day}."
        case Why.SMALL:
            return "What is to collect is less than every step that is left asks for."
        case Why.LEVEL_OFF:
            return f"The next is {rung}, and its level is not switched on yet."
        case Why.END:
            return "Every step was taken; the procedure repeats none."


def _since(decision: Decision) -> str:
    if decision.oldest_due_on is None:
        return "it falls due soon"
    return f"the oldest invoice that can be collected was due on {_day(decision.oldest_due_on)}"


def _steps(decision: Decision) -> str:
    level = LEVEL_LABELS[decision.steps[0].level]
    channels = " and ".join(CHANNEL_LABELS[step.channel].lower() for step in decision.steps)
    return f"{level} by {channels}"


def _rung(rung: Rung | None) -> str:
    return named(rung.first) if rung else "the next step"


def _day(day: dt.date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "another day"

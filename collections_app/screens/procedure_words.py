"""A procedure in plain words, as whoever works by it reads it."""

from dataclasses import dataclass

from collections_app.correspondence.rules.purposes import PURPOSE_LABELS, Purpose
from collections_app.dunning.rules.procedures import named
from collections_app.dunning.rules.steps import (
    ACTION_LABELS,
    LEVEL_LABELS,
    SIGNER_LABELS,
    Procedure,
    Signer,
    Step,
)
from collections_app.lib import money


@dataclass(frozen=True, slots=True)
class Told:
    """A step in words: what and when, of which level, and what else holds for it."""

    what: str
    level: str
    more: str
    note: str


def of(procedure: Procedure, currency: str) -> list[Told]:
    """The steps in the order of their days; amounts are in ``currency``."""
    rungs = (*procedure.before_due, *procedure.ladder)
    return [of_step(step, currency) for rung in rungs for step in rung.steps]


def of_step(step: Step, currency: str) -> Told:
    """One step."""
    what = named(step).removeprefix("the ")
    more = "; ".join(_more(step, currency))
    level = LEVEL_LABELS.get(step.level, f"Level {step.level}")
    return Told(what[:1].upper() + what[1:], level, more[:1].upper() + more[1:], step.note)


def _more(step: Step, currency: str) -> list[str]:
    found = []
    if step.channel.is_message:
        found.append("leaves by itself" if step.is_automatic else "somebody approves it")
    if step.purpose and step.purpose in set(Purpose):
        found.append(f"with the letter “{PURPOSE_LABELS[Purpose(step.purpose)]}”")
    if step.signer != Signer.COLLECTOR:
        found.append(f"in the name of {SIGNER_LABELS[step.signer].lower()}")
    if step.least_amount:
        found.append(f"from {money.shown(step.least_amount, currency)} on")
    if step.quiet_days:
        found.append(f"{_days(step.quiet_days)} after the last contact at the earliest")
    if step.habit_grace_days is not None:
        found.append(f"not before their usual delay and {_days(step.habit_grace_days)}")
    if step.enters_by_age:
        found.append("whoever is this late begins here")
    if step.repeat_days is not None:
        found.append(f"again every {_days(step.repeat_days)}")
    if step.announces:
        when = f"{_days(step.announced_days)} after the day of answer"
        found.append(f"announces for {when}: {ACTION_LABELS[step.announces].lower()}")
    return found


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"

"""What a procedure must be like before it may go live. Pure. Every problem is told at once."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from collections_app.correspondence.rules import purposes
from collections_app.correspondence.rules.letter_values import Action
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.dunning.rules.steps import (
    LEVEL_BEFORE_DUE,
    LEVEL_FINAL,
    LEVEL_MAX,
    LEVEL_THIRD,
    Channel,
    Procedure,
    Rung,
    Step,
)
from collections_app.lib.refusals import Problem

STEPS_MAX = 40
DAYS_BEFORE_MAX = 60
DAYS_AFTER_MAX = 365
QUIET_DAYS_MAX = 90
HABIT_GRACE_DAYS_MAX = 90
REPEAT_DAYS_MIN = 7
REPEAT_DAYS_MAX = 365
NOTE_LETTERS_MAX = 200
# Between the day by which an answer is asked for and what is announced.
ANNOUNCED_DAYS_MAX = 60
REMINDERS = frozenset(purposes.LEVEL_OF)


def problems_of(procedure: Procedure) -> list[Problem]:
    """Everything that speaks against it."""
    problems = [found for step in procedure.steps for found in _of_step(step)]
    problems += [found for rung in (*procedure.before_due, *procedure.ladder) for found in _of_rung(rung)]
    problems += _of_ladder(procedure.ladder)
    if len(procedure.steps) > STEPS_MAX:
        problems.append(Problem("too_many", f"A procedure may have at most {STEPS_MAX} steps."))
    twice = [code for code, count in Counter(step.code for step in procedure.steps).items() if count > 1]
    problems += [Problem("code_twice", f"Two steps are called “{code}”.") for code in twice]
    return problems


def named(step: Step) -> str:
    """“the email 7 days after the due date”."""
    unit = "working day" if step.unit == "working_days" else "day"
    days = f"{abs(step.offset)} {unit}{'' if abs(step.offset) == 1 else 's'}"
    what = step.channel.value.replace("_", " ")
    if step.offset == 0:
        return f"the {what} on the due date"
    return f"the {what} {days} {'before' if step.offset < 0 else 'after'} the due date"


def _of_step(step: Step) -> list[Problem]:
    what, problems = named(step), []

    def say(code: str, message: str) -> None:
        problems.append(Problem(code, message))

    if not -DAYS_BEFORE_MAX <= step.offset <= DAYS_AFTER_MAX:
        limits = f"{DAYS_BEFORE_MAX} days before and {DAYS_AFTER_MAX} days after"
        say("offset", f"A step is at most {limits} the due date; {what} is not.")
    if not LEVEL_BEFORE_DUE <= step.level <= LEVEL_MAX:
        say("level", f"Levels go from 0 to {LEVEL_MAX}; {what} has {step.level}.")
    elif step.is_before_due != (step.level == LEVEL_BEFORE_DUE):
        say("level_of_day", f"Level 0 is for days up to the due date, and only for them; see {what}.")
    if not 0 <= step.quiet_days <= QUIET_DAYS_MAX:
        say("quiet_days", f"Days since the last contact go from 0 to {QUIET_DAYS_MAX}; see {what}.")
    if step.least_amount < 0:
        say("least_amount", f"The least amount is zero or more; see {what}.")
    if step.habit_grace_days is not None and not 0 <= step.habit_grace_days <= HABIT_GRACE_DAYS_MAX:
        say("habit_grace", f"Days beyond the usual delay go from 0 to {HABIT_GRACE_DAYS_MAX}; see {what}.")
    if step.template not in (Purpose.STATEMENT, f"level_{step.level}"):
        text = f"A step sends the letter of its level, or the statement of account; {what} sends another."
        say("purpose", text)
    if len(step.note) > NOTE_LETTERS_MAX:
        say("note", f"What is to be done may have {NOTE_LETTERS_MAX} letters; see {what}.")
    if step.enters_by_age and step.level >= LEVEL_FINAL:
        say("final_first", f"Nobody begins with a final notice: {what} cannot be entered by age.")
    if step.is_automatic and step.level >= LEVEL_FINAL:
        say("final_by_clock", f"A person approves a final notice: {what} cannot be automatic.")
    if step.is_automatic and not step.channel.is_message:
        say("deed_by_clock", f"Only messages leave by themselves: {what} is for a person.")
    return [*problems, *_of_announcing(step)]


def _of_announcing(step: Step) -> list[Problem]:
    """Nothing is announced early, by the clock, or by what is no reminder."""
    if step.announces is None:
        return []
    what, problems = named(step), []
    if not step.channel.is_message or step.template not in REMINDERS:
        text = f"Only the reminder of a level announces something; {what} is none."
        problems.append(Problem("announces", text))
    if step.level < (LEVEL_THIRD if step.announces == Action.HOLD else LEVEL_FINAL):
        since = "a pause from the third reminder on, an agency or court by a final notice"
        text = f"Only so late may it be announced: {since}; see {what}."
        problems.append(Problem("announces_early", text))
    if step.is_automatic:
        text = f"A person approves what announces something: {what} cannot be automatic."
        problems.append(Problem("announces_by_clock", text))
    if not 1 <= step.announced_days <= ANNOUNCED_DAYS_MAX:
        limits = f"1 to {ANNOUNCED_DAYS_MAX} days"
        text = f"What {what} announces happens {limits} after the day by which it asks for an answer."
        problems.append(Problem("announced_days", text))
    return problems


def _of_rung(rung: Rung) -> list[Problem]:
    problems = []
    if sum(step.channel.is_message for step in rung.steps) > 1:
        problems.append(Problem("two_messages", f"Two messages on one day: {named(rung.first)} and another."))
    channels = Counter(step.channel for step in rung.steps if not step.channel.is_message)
    if any(count > 1 for count in channels.values()):
        problems.append(Problem("twice_a_day", f"The same twice on one day: {named(rung.first)}."))
    if len({step.level for step in rung.steps}) > 1:
        problems.append(Problem("two_levels", f"Steps of one day have one level; see {named(rung.first)}."))
    return problems


def _of_ladder(ladder: Sequence[Rung]) -> list[Problem]:
    problems = [
        Problem("level_falls", f"A level never falls as time goes by; see {named(after.first)}.")
        for before, after in pairwise(ladder)
        if after.level < before.level
    ]
    problems += [
        Problem("repeat_not_last", f"Only the last step comes again; see {named(rung.first)}.")
        for rung in ladder[:-1]
        if rung.repeat_days is not None
    ]
    if final := _final_first(ladder):
        text = f"A final notice is not the first word: put a message or a call before {named(final.first)}."
        problems.append(Problem("final_first", text))
    if ladder and (again := ladder[-1].repeat_days) is not None:
        if not REPEAT_DAYS_MIN <= again <= REPEAT_DAYS_MAX:
            limits = f"{REPEAT_DAYS_MIN} to {REPEAT_DAYS_MAX} days"
            problems.append(Problem("repeat_days", f"The last step comes again after {limits}."))
        if ladder[-1].level >= LEVEL_FINAL and any(step.channel.is_message for step in ladder[-1].steps):
            problems.append(
                Problem(
                    "final_again", "A final notice is final: it does not come again. Repeat a call or task."
                )
            )
    return problems


def _final_first(ladder: Sequence[Rung]) -> Rung | None:
    """The final notice, or what comes after it, that no message or call of a lower level goes before."""
    for rung in ladder:
        if rung.level < LEVEL_FINAL and any(_reaches(step) for step in rung.steps):
            return None
        if rung.level >= LEVEL_FINAL and any(step.channel.is_message for step in rung.steps):
            return rung
    return None


def _reaches(step: Step) -> bool:
    """Whether they hear of it."""
    return step.channel.is_message or step.channel == Channel.CALL

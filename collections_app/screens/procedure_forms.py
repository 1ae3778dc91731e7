"""The steps of a procedure in a form: read from what was posted, changed by its buttons, and taken as steps.

A procedure is edited whole, so that steps which only fit together can be changed together. Adding, moving
and taking out only draw the form again; nothing is kept until it is saved. Fields carry the place of their
step in their name: ``s0-days``, ``s0-when``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django import forms

from collections_app.correspondence.rules.letter_values import Action
from collections_app.correspondence.rules.purposes import PURPOSE_LABELS, Purpose
from collections_app.dunning import procedures
from collections_app.dunning.rules.procedures import NOTE_LETTERS_MAX, STEPS_MAX
from collections_app.dunning.rules.steps import (
    ACTION_LABELS,
    CHANNEL_LABELS,
    LEVEL_LABELS,
    SIGNER_LABELS,
    Channel,
    Procedure,
    Signer,
    Step,
    Unit,
)
from collections_app.lib import money
from collections_app.screens.fields import DayField, MoneyField

NUMBER_MAX = 9999
WHEN = {
    "after": (1, Unit.DAYS, "days after due"),
    "worked_after": (1, Unit.WORKING_DAYS, "working days after"),
    "before": (-1, Unit.DAYS, "days before due"),
    "worked_before": (-1, Unit.WORKING_DAYS, "working days before"),
}
# What moves with the day when two steps change places.
OF_THE_DAY = ("days", "when", "level")
Given = dict[str, Any]


def _number(label: str, help_text: str = "", *, required: bool = False) -> forms.IntegerField:
    return forms.IntegerField(
        min_value=0, max_value=NUMBER_MAX, required=required, label=label, help_text=help_text
    )


class StepForm(forms.Form):
    """One step. What is left empty is as usual."""

    code = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    days = _number("Days", required=True)
    when = forms.ChoiceField(choices=[(name, each[2]) for name, each in WHEN.items()], label="When")
    channel = forms.ChoiceField(
        choices=[(c.value, label) for c, label in CHANNEL_LABELS.items()], label="What"
    )
    level = forms.TypedChoiceField(choices=list(LEVEL_LABELS.items()), coerce=int, label="Level")
    signer = forms.ChoiceField(
        choices=[(s.value, label) for s, label in SIGNER_LABELS.items()], label="In the name of"
    )
    is_automatic = forms.BooleanField(required=False, label="Leaves by itself")
    note = forms.CharField(max_length=NOTE_LETTERS_MAX, required=False, label="What is to be done")
    purpose = forms.ChoiceField(
        choices=[("", "That of its level"), (Purpose.STATEMENT.value, PURPOSE_LABELS[Purpose.STATEMENT])],
        required=False,
        label="Letter",
    )
    quiet_days = _number("Days after the last contact", "At least so many; empty: it does not matter.")
    least_amount = MoneyField("Least amount")
    habit_grace_days = _number("Days beyond their usual delay", "Empty: their habit does not matter.")
    enters_by_age = forms.BooleanField(required=False, label="Whoever is this late begins here")
    repeat_days = _number("Comes again every so many days", "The last step only; empty: never.")
    announces = forms.ChoiceField(
        choices=[("", "Nothing"), *((a.value, label) for a, label in ACTION_LABELS.items())],
        required=False,
        label="Announces, if nothing is heard",
        help_text="Only what you will do: on that day it is put before a manager.",
    )
    announced_days = _number("Days after the day of answer", "When what it announces happens.")

    @property
    def is_unusual(self) -> bool:
        """Whether one of the fields that are seldom used is wrong, so that it must be seen."""
        seldom = ["purpose", "quiet_days", "least_amount", "habit_grace_days", "repeat_days"]
        return any(name in self.errors for name in [*seldom, "announces", "announced_days"])

    def step(self, code: str) -> Step:
        """The step as the verb takes it."""
        given = self.cleaned_data
        sign, unit, _ = WHEN[given["when"]]
        return Step(
            code=code,
            offset=sign * given["days"],
            unit=unit,
            channel=Channel(given["channel"]),
            level=given["level"],
            signer=Signer(given["signer"]),
            purpose=given["purpose"],
            note=given["note"],
            is_automatic=given["is_automatic"],
            quiet_days=given["quiet_days"] or 0,
            least_amount=given["least_amount"] or money.ZERO,
            habit_grace_days=given["habit_grace_days"],
            enters_by_age=given["enters_by_age"],
            repeat_days=given["repeat_days"],
            announces=Action(given["announces"]) if given["announces"] else None,
            announced_days=(given["announced_days"] or 0) if given["announces"] else 0,
        )


class DraftForm(forms.Form):
    """What stands beside the steps: the state that the reader saw, and what is said when it is published."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    in_force_from = DayField("In force from")
    note = forms.CharField(
        max_length=procedures.NOTE_LETTERS_MAX,
        required=False,
        label="What changes, and why",
        help_text="Stays in the history beside your name.",
    )


def filled(procedure: Procedure) -> list[Given]:
    """The fields of a procedure that is stored, in the order of its days."""
    rungs = (*procedure.before_due, *procedure.ladder)
    return [_filled(step) for rung in rungs for step in rung.steps]


def posted(sent: Mapping[str, str]) -> list[Given]:
    """The fields as they were sent, right or wrong."""
    count = sent.get("steps", "0")
    places = range(min(int(count), STEPS_MAX + 1)) if count.isdecimal() and len(count) < 4 else range(0)
    return [
        {name: sent.get(f"s{place}-{name}", "")[:2000] for name in StepForm.base_fields} for place in places
    ]


def after(steps: list[Given], step: str) -> list[Given]:
    """What a button makes of them: ``add``, ``drop-2``, and ``earlier-2`` or ``later-2``, where a step and
    its neighbour change their days.
    """
    verb, _, said = step.partition("-")
    place = int(said) if said.isdecimal() and len(said) < 4 else -1
    if verb == "add" and len(steps) < STEPS_MAX:
        return [
            *steps,
            {"when": "after", "channel": "email", "level": 1, "signer": "collector", "quiet_days": 3},
        ]
    if verb == "drop":
        return [each for n, each in enumerate(steps) if n != place]
    other = place + {"earlier": -1, "later": 1}.get(verb, 0)
    if verb not in ("earlier", "later") or not (0 <= place < len(steps) and 0 <= other < len(steps)):
        return steps
    changed = list(steps)
    one, two = steps[place], steps[other]
    changed[other] = {**one, **{name: two.get(name, "") for name in OF_THE_DAY}}
    changed[place] = {**two, **{name: one.get(name, "") for name in OF_THE_DAY}}
    return changed


def drawn(steps: Sequence[Given]) -> list[StepForm]:
    """Forms that only show what is in them."""
    return [StepForm(prefix=f"s{place}", initial=each) for place, each in enumerate(steps)]


def asked(sent: Mapping[str, str], count: int) -> list[StepForm]:
    """Forms that are to be right."""
    return [StepForm(sent, prefix=f"s{place}") for place in range(count)]


def steps_of(forms_of_steps: Sequence[StepForm], known: Procedure) -> tuple[Step, ...]:
    """The steps of the forms that are right, in the order of their days. One that is new gets a code which
    no other has; one that was there keeps its own, so that who took it is known.
    """
    right = [form for form in forms_of_steps if form.is_valid()]
    codes = {step.code for step in known.steps}
    used = {form.cleaned_data["code"] for form in right} & codes
    steps = []
    for form in right:
        code = form.cleaned_data["code"]
        if code not in codes:
            code = _new_code(form.step(""), used | codes)
            used.add(code)
        steps.append(form.step(code))
    ordered = Procedure(known.segment, tuple(steps))
    return tuple(step for rung in (*ordered.before_due, *ordered.ladder) for step in rung.steps)


def _new_code(step: Step, used: set[str]) -> str:
    code = f"{step.channel.value}{step.offset:+d}"
    found, number = code, 1
    while found in used:
        number += 1
        found = f"{code}.{number}"
    return found


def _filled(step: Step) -> Given:
    sign = -1 if step.offset < 0 else 1
    when = next(name for name, each in WHEN.items() if each[:2] == (sign, step.unit))
    least = f"{step.least_amount.normalize():f}" if step.least_amount else ""
    given = asdict(step) | {"days": abs(step.offset), "when": when, "least_amount": least}
    given |= {"quiet_days": step.quiet_days or "", "announced_days": step.announced_days or ""}
    return given | {"announces": step.announces.value if step.announces else ""}

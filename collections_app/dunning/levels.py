"""Which levels of reminders are switched on, from which day. A ledger that is taken over begins low by itself
(``takeovers``), so that nobody receives a final notice first. Rows are never changed: the newest whose day
has come counts.
"""

import datetime as dt

from django.db import models
from django.db.models import Q

from collections_app.activity import events
from collections_app.dunning.rules.steps import LEVEL_LABELS, LEVEL_MAX, NO_LEVEL
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User


class LevelSwitch(models.Model):
    """The highest level that is on from a day; -1 for none at all."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    highest_level = models.SmallIntegerField()
    from_on = models.DateField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "reminder_level_switch"
        constraints = [
            models.CheckConstraint(
                name="reminder_level_is_known",
                condition=Q(highest_level__gte=NO_LEVEL, highest_level__lte=LEVEL_MAX),
            )
        ]


def highest_on(*, company: Company, day: dt.date) -> int:
    """The highest level that is on; all of them where nobody switched any. One query."""
    standing = newest(company=company, day=day)
    return LEVEL_MAX if standing is None else standing.highest_level


def newest(*, company: Company, day: dt.date) -> LevelSwitch | None:
    """The switch that counts on a day; None where nobody switched any. One query."""
    switches = LevelSwitch.objects.filter(company=company, from_on__lte=day)
    return switches.order_by("-from_on", "-pk").first()


def switch(
    *, company: Company, highest_level: int, from_on: dt.date, by: User | None, at: dt.datetime
) -> LevelSwitch:
    """Switch levels on up to ``highest_level`` from a day on, today or later: one more than are on by then,
    so that whoever is far behind is met from below, or any number fewer. Raises ``Refused``.
    """
    require(by, Deed.EDIT_PROCEDURES)
    if not NO_LEVEL <= highest_level <= LEVEL_MAX:
        raise Refused.because("level", f"Levels go from 0 to {LEVEL_MAX}; {NO_LEVEL} switches all off.")
    if from_on < company.today(at=at):
        raise Refused.because("from_on", "Levels are switched on from today on, or from a later day.")
    on = highest_on(company=company, day=from_on)
    if highest_level > on + 1:
        raise Refused.because("one_level", f"One level at a time: the next is “{LEVEL_LABELS[on + 1]}”.")
    made = LevelSwitch.objects.create(
        company=company, highest_level=highest_level, from_on=from_on, by=by, at=at
    )
    up_to = f"up to “{LEVEL_LABELS[highest_level]}”" if highest_level != NO_LEVEL else "off altogether"
    summary = f"switched reminders {up_to} from {from_on}"
    facts = {"highest_level": highest_level, "from_on": from_on.isoformat()}
    events.record("reminders.switched", summary, company=company, facts=facts, by=by, at=at)
    return made

"""A cover: the days on which a stand-in looks after somebody's portfolio. One row an absence, and it stays.

It is handed over, runs from its first day to its last, and is over, or ended early. Who was away reads what
happened meanwhile, and puts that away. The portfolio itself names only its newest stand-in.
"""

import datetime as dt
from typing import ClassVar

from django.db import models, transaction
from django.db.models import F, Q

from collections_app.activity import events
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.segmentation.portfolio_rows import Portfolio

# So long after its last day home still offers what happened meanwhile, and before its first day names it.
TOLD_DAYS = 14


class CoverQuerySet(models.QuerySet["Cover"]):
    """Words for covers. Days are the company's."""

    def unfinished(self, today: dt.date) -> "CoverQuerySet":
        """Running on ``today`` or still to come."""
        return self.filter(ended_at__isnull=True, last_on__gte=today)

    def running(self, today: dt.date) -> "CoverQuerySet":
        """On ``today`` the stand-in looks after the customers."""
        return self.unfinished(today).filter(first_on__lte=today)

    def readable_by(self, user: User, *, today: dt.date) -> "CoverQuerySet":
        """Those of which ``user`` may read what happened: theirs, those by them while they run, and for who
        sees the whole company all.
        """
        if user.may(Deed.SEE_WHOLE_COMPANY):
            return self
        if not user.may(Deed.WORK_CUSTOMERS):
            return self.none()
        return self.filter(
            Q(collector=user)
            | Q(stand_in=user, ended_at__isnull=True, first_on__lte=today, last_on__gte=today)
        )

    def told_to(self, user: User, *, today: dt.date) -> "CoverQuerySet":
        """What home tells ``user``: covers by or for them that run or begin soon, and those for them that are
        over and of which they have not read what happened.
        """
        soon = Q(ended_at__isnull=True, last_on__gte=today, first_on__lte=today + dt.timedelta(TOLD_DAYS))
        over = Q(ended_at__isnull=False) | Q(last_on__lt=today)
        lately = over & Q(last_on__gte=today - dt.timedelta(TOLD_DAYS), first_on__lte=today)
        theirs = Q(collector=user, read_at__isnull=True)
        return self.filter((Q(collector=user) | Q(stand_in=user)) & soon | theirs & lately)


class Cover(models.Model):
    """One absence: who was away, who stood in, from which day to which, both included."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="covers")
    collector = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    stand_in = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()
    # Empty when the operator did it, or when it was handed over before covers were kept.
    handed_over_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    handed_over_at = models.DateTimeField()
    # When it was ended before its time; its last day is then the one on which that was.
    ended_at = models.DateTimeField(null=True, blank=True)
    # When who was away put away what happened meanwhile.
    read_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[CoverQuerySet] = CoverQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "portfolio_cover"
        constraints = [
            models.CheckConstraint(
                name="cover_ends_after_it_begins", condition=Q(last_on__gte=F("first_on"))
            ),
            models.CheckConstraint(name="cover_is_by_somebody_else", condition=~Q(stand_in=F("collector"))),
        ]
        indexes = [models.Index(fields=["company", "-last_on"], name="cover_by_last_day")]

    def is_running(self, today: dt.date) -> bool:
        """On ``today`` the stand-in looks after the customers."""
        return self.ended_at is None and self.first_on <= today <= self.last_on

    def is_over(self, today: dt.date) -> bool:
        """Its last day has passed, or it was ended."""
        return self.ended_at is not None or self.last_on < today


def keep(portfolio: Portfolio, *, by: User | None, at: dt.datetime) -> Cover:
    """The cover that ``portfolio`` names, whose row is locked by the caller. The same people again move its
    days; somebody else ends the one that stands. The caller tells of it.
    """
    people = {"collector": portfolio.collector, "stand_in": portfolio.stand_in}
    days = {"first_on": portfolio.stand_in_from, "last_on": portfolio.stand_in_until}
    unfinished = Cover.objects.unfinished(portfolio.company.today(at=at)).filter(portfolio=portfolio)
    if standing := unfinished.filter(**people).order_by("pk").last():
        unfinished.filter(pk=standing.pk).update(**days)
        standing.refresh_from_db()
        return standing
    end(portfolio, at=at)
    return Cover.objects.create(
        company=portfolio.company,
        portfolio=portfolio,
        handed_over_by=by,
        handed_over_at=at,
        **people,
        **days,
    )


def end(portfolio: Portfolio, *, at: dt.datetime) -> None:
    """No cover of ``portfolio`` goes on: one that runs ends today, one to come never was. The caller tells of
    it.
    """
    today = portfolio.company.today(at=at)
    unfinished = Cover.objects.unfinished(today).filter(portfolio=portfolio)
    unfinished.filter(first_on__gt=today).delete()
    unfinished.update(last_on=today, ended_at=at)


@transaction.atomic
def put_away(cover: Cover, *, by: User, at: dt.datetime) -> Cover:
    """Who was away has read what happened meanwhile. Twice has one effect. Raises ``Refused`` for others, and
    while there is more to come.
    """
    found = Cover.objects.select_for_update(no_key=True, of=("self",)).get(pk=cover.pk)
    if found.read_at is not None:
        return found
    if by.pk != found.collector_id:
        raise Refused.because("not_yours", f"Only {found.collector} puts this away: it is for their return.")
    if not found.is_over(found.company.today(at=at)):
        raise Refused.because("not_over", f"{found.stand_in} still stands in, so there is more to come.")
    found.read_at = at
    found.save(update_fields=["read_at"])
    text = f"{by} has read what happened in “{found.portfolio}” while {found.stand_in} stood in"
    facts = {"cover": found.pk, "portfolio": found.portfolio_id}
    events.record("cover.read", text, company=found.company, facts=facts, by=by, at=at)
    return found

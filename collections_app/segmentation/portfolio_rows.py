"""The table of portfolios, and words for them. The verbs are in ``portfolios``."""

import datetime as dt

from django.db import models
from django.db.models import Q

from collections_app.ledger.companies import Company
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.segmentation.rules import conditions
from collections_app.segmentation.rules.conditions import Rule


class PortfolioQuerySet(models.QuerySet["Portfolio"]):
    """Words for portfolios."""

    def covered_by(self, user: User, *, today: dt.date) -> "PortfolioQuerySet":
        """Those that ``user`` looks after today for an absent colleague."""
        return self.filter(stand_in=user, stand_in_from__lte=today, stand_in_until__gte=today)

    def readable_by(self, user: User, *, today: dt.date) -> "PortfolioQuerySet":
        """Those of which ``user`` may read how they stand: theirs, those they cover today, and for who sees
        the whole company all.
        """
        if user.may(Deed.SEE_WHOLE_COMPANY):
            return self
        if not user.may(Deed.WORK_CUSTOMERS):
            return self.none()
        covered = Portfolio.objects.covered_by(user, today=today)
        return self.filter(Q(collector=user) | Q(pk__in=covered.values("pk")))


class Portfolio(models.Model):
    """Who looks after the customers its rule takes. Told like a segment: ordered, the first that matches."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="portfolios")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    rule = models.JSONField()
    collector = models.ForeignKey(User, on_delete=models.PROTECT, related_name="portfolios")
    stand_in = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="stands_in_for"
    )
    stand_in_from = models.DateField(null=True, blank=True)
    stand_in_until = models.DateField(null=True, blank=True)

    objects = PortfolioQuerySet.as_manager()

    class Meta:
        db_table = "portfolio"
        constraints = [
            # Checked at the end of a statement, so that one statement may swap two places.
            models.UniqueConstraint(
                fields=["company", "position"],
                name="portfolio_has_its_own_place",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(
                name="portfolio_stand_in_has_a_time",
                condition=Q(stand_in__isnull=True, stand_in_from__isnull=True, stand_in_until__isnull=True)
                | Q(
                    stand_in__isnull=False,
                    stand_in_from__isnull=False,
                    stand_in_until__gte=models.F("stand_in_from"),
                ),
            ),
            models.CheckConstraint(
                name="portfolio_stand_in_is_somebody_else",
                condition=Q(stand_in__isnull=True) | ~Q(stand_in=models.F("collector")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_covered(self, today: dt.date) -> bool:
        """Whether its stand-in looks after it today."""
        first, last = self.stand_in_from, self.stand_in_until
        return first is not None and last is not None and first <= today <= last

    @property
    def conditions(self) -> Rule:
        """The rule, as the pure functions take it."""
        return conditions.read(self.rule)

    def stands_in(self, *, today: dt.date) -> bool:
        """Whether the stand-in looks after it today; the first and the last day are included."""
        if self.stand_in_from is None or self.stand_in_until is None:
            return False
        return self.stand_in_from <= today <= self.stand_in_until

"""A portfolio: customers that one collector looks after, with a stand-in for absence."""

from django.db import models
from django.db.models import Q

from collections_app.ledger.companies import Company
from collections_app.people.users import User


class Portfolio(models.Model):
    """Who looks after the customers its rule takes. Told like a segment: ordered, the first that matches."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="portfolios")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    rule = models.JSONField()
    collector = models.ForeignKey(User, on_delete=models.PROTECT, related_name="portfolios")
    stand_in = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="stands_in_for")
    stand_in_from = models.DateField(null=True, blank=True)
    stand_in_until = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "portfolio"
        constraints = [
            models.UniqueConstraint(fields=["company", "position"], name="portfolio_has_its_own_place"),
            models.CheckConstraint(
                name="portfolio_stand_in_has_a_time",
                condition=Q(stand_in__isnull=True, stand_in_from__isnull=True, stand_in_until__isnull=True)
                | Q(stand_in__isnull=False, stand_in_from__isnull=False, stand_in_until__gte=models.F("stand_in_from")),
            ),
            models.CheckConstraint(
                name="portfolio_stand_in_is_somebody_else", condition=Q(stand_in__isnull=True) | ~Q(stand_in=models.F("collector"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

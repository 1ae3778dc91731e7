"""A connected system, and the tokens with which it says who it is. The verbs are in ``systems`` and
``tokens``.
"""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from collections_app.ledger.companies import Company
from collections_app.people.users import User
from collections_app.systems.rules.scopes import HINT_LETTERS, NAME_LETTERS_MAX, REQUESTS_PER_MINUTE, Scope


class SystemQuerySet(models.QuerySet["System"]):
    """Words for systems."""

    def connected(self) -> "SystemQuerySet":
        """Those that may speak with us now."""
        return self.filter(ended_at__isnull=True)


def _somebody(**options: Any) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False, **options)


class System(models.Model):
    """Another system of ours: which companies it sees and what it may do there."""

    name = models.CharField(max_length=NAME_LETTERS_MAX)
    scopes = ArrayField(models.CharField(max_length=20))
    companies = models.ManyToManyField(Company, through="SystemCompany", related_name="+")
    requests_per_minute = models.PositiveIntegerField(default=REQUESTS_PER_MINUTE)
    connected_by = _somebody()
    connected_at = models.DateTimeField()
    ended_by = _somebody(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[SystemQuerySet] = SystemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "connected_system"
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(ended_at__isnull=True),
                name="connected_system_has_a_name_of_its_own",
            ),
            models.CheckConstraint(
                name="connected_system_that_ended_says_by_whom",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="connected_system_has_a_known_scope",
                condition=Q(scopes__contained_by=[scope.value for scope in Scope]),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_connected(self) -> bool:
        """Whether it may speak with us."""
        return self.ended_at is None

    def may(self, scope: Scope) -> bool:
        """Whether an administrator allowed it to do that."""
        return scope.value in self.scopes


class SystemCompany(models.Model):
    """That a system sees a company."""

    system = models.ForeignKey(System, on_delete=models.CASCADE)
    company = models.ForeignKey(Company, on_delete=models.CASCADE)

    class Meta:
        db_table = "connected_system_company"
        constraints = [
            models.UniqueConstraint(fields=["system", "company"], name="system_sees_a_company_once")
        ]


class SystemToken(models.Model):
    """What a system shows with every request. Its text is shown once and not kept; its digest is."""

    system = models.ForeignKey(System, on_delete=models.CASCADE, related_name="tokens")
    sha256 = models.CharField(max_length=64)
    # The last letters, by which people tell tokens apart.
    hint = models.CharField(max_length=HINT_LETTERS)
    made_by = _somebody()
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_by = _somebody(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "connected_system_token"
        constraints = [
            models.UniqueConstraint(fields=["sha256"], name="token_belongs_to_one_system"),
            models.CheckConstraint(
                name="token_that_was_revoked_says_by_whom",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]

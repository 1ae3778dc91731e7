"""A company: a legal entity of ours that is owed. It has one currency of account, one time zone, one
calendar."""

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models

from collections_app.ledger import company_rules
from collections_app.ledger.company_rules import Sending
from collections_app.lib import clock, day_spans
from collections_app.lib.day_spans import Span
from collections_app.lib.kept_queries import KeptQuery
from collections_app.lib.refusals import Problem, Refused
from collections_app.lib.working_days import Calendar
from collections_app.people.rules import Deed, Role, may
from collections_app.people.users import User


class CompanyQuerySet(models.QuerySet["Company"]):
    """Words for companies."""

    def visible_to(self, user: User) -> "CompanyQuerySet":
        """An administrator sets all of them up; everybody else sees those they are a member of."""
        if user.may(Deed.MANAGE_COMPANIES):
            return self
        return self.of_member(user.pk)

    def of_member(self, user: int) -> "CompanyQuerySet":
        """Those that the user (id) is a member of."""
        return self.filter(members=user)


class Company(models.Model):
    """A legal entity of ours."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3)
    time_zone = models.CharField(max_length=64, default="UTC")
    country = models.CharField(max_length=2, blank=True)
    subdivision = models.CharField(max_length=10, blank=True)
    # Weekday numbers, Monday 0: "5,6" is Saturday and Sunday, "4,5" Friday and Saturday.
    weekend = models.CharField(max_length=13, default="5,6")
    # After so many hours without a new ledger the frame warns that the figures are old.
    stale_after_hours = models.PositiveSmallIntegerField(default=36)
    # An import that moves a control total by more than this share asks first.
    total_move_share = models.DecimalField(max_digits=5, decimal_places=4, default=Decimal("0.2"))
    night_starts_at = models.TimeField(default=dt.time(5, 0))
    # Of promises to pay that are recorded from now on; earlier ones keep what they were made with.
    promise_grace_days = models.PositiveSmallIntegerField(
        default=company_rules.PROMISE_GRACE_DAYS, db_default=company_rules.PROMISE_GRACE_DAYS
    )
    promise_kept_share = models.DecimalField(
        max_digits=5,
        decimal_places=4,
        default=company_rules.KEPT_SHARE,
        db_default=company_rules.KEPT_SHARE,
    )
    # When, how often and on how new figures messages leave; empty hours where payments come with the ledger.
    touches_max = models.PositiveSmallIntegerField(
        default=company_rules.TOUCHES_MAX, db_default=company_rules.TOUCHES_MAX
    )
    touch_days = models.PositiveSmallIntegerField(
        default=company_rules.TOUCH_DAYS, db_default=company_rules.TOUCH_DAYS
    )
    contact_hours = models.CharField(
        max_length=company_rules.CONTACT_HOURS_LETTERS_MAX,
        default=company_rules.CONTACT_HOURS,
        db_default=company_rules.CONTACT_HOURS,
    )
    bank_stale_after_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    # Roles, with commas between them, whose people show more than a password; none as a rule.
    second_factor_roles = models.CharField(max_length=80, blank=True, default="", db_default="")
    created_at = models.DateTimeField()
    members = models.ManyToManyField(User, through="Membership", related_name="companies")

    objects: ClassVar[CompanyQuerySet] = CompanyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "company"
        constraints = [
            models.CheckConstraint(
                name="company_currency_has_three_letters", condition=models.Q(currency__regex="^[A-Z]{3}$")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def sending(self) -> Sending:
        """When, how often and on how new figures its messages leave."""
        return Sending(
            touches_max=self.touches_max,
            touch_days=self.touch_days,
            contact_hours=self.contact_hours,
            bank_stale_after_hours=self.bank_stale_after_hours,
        )

    @property
    def contact_spans(self) -> tuple[Span, ...]:
        """The hours in which messages reach a customer, by the customer's clock."""
        return day_spans.parse(self.contact_hours)

    @property
    def calendar(self) -> Calendar:
        """The days this company works."""
        weekend = tuple(int(day) for day in self.weekend.split(",") if day)
        return Calendar(country=self.country, subdivision=self.subdivision, weekend=weekend)

    def today(self, *, at: dt.datetime) -> dt.date:
        """The business date of this company at a moment."""
        return clock.day_in(self.time_zone, at=at)


_OF_MEMBER = KeptQuery(lambda user: Company.objects.of_member(user).order_by("name"), "bigint")


class Membership(models.Model):
    """That a user may see a company."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.CASCADE)

    class Meta:
        db_table = "company_member"
        constraints = [
            models.UniqueConstraint(fields=["company", "user"], name="user_is_member_of_a_company_once")
        ]


def create(
    *,
    code: str,
    name: str,
    currency: str,
    time_zone: str = "UTC",
    country: str = "",
    by: User | None,
    at: dt.datetime,
) -> tuple[Company, bool]:
    """Set up a company; an existing one with that code is left as it is. Returns it and whether it is new.

    ``by`` is None for the operator at the terminal. Raises ``Refused`` with every problem of the set-up. The
    event is written by the door, since what happened is a floor above.
    """
    if by is not None and not by.may(Deed.MANAGE_COMPANIES):
        raise Refused.because("not_allowed", "Only an administrator sets up companies.")
    facts = {
        "name": name.strip(),
        "currency": currency.upper(),
        "time_zone": time_zone,
        "country": country.upper(),
    }
    existing = Company.objects.filter(code=code).first()
    if existing is not None:
        return existing, False
    problems = company_rules.problems_of(code=code, **facts)
    if problems:
        raise Refused(problems)
    return Company.objects.get_or_create(code=code, defaults={**facts, "created_at": at})


def change(
    *,
    company: Company,
    name: str,
    currency: str,
    time_zone: str,
    country: str,
    subdivision: str,
    weekend: Collection[int],
    stale_after_hours: int,
    total_move_share: Decimal,
    night_starts_at: dt.time,
    promise_grace_days: int | None = None,
    promise_kept_share: Decimal | None = None,
    sending: Sending | None = None,
    second_factor_roles: Collection[str] | None = None,
    by: User | None,
) -> Company:
    """Another name, calendar or clock. The currency is settled once there are customers, since limits and
    thresholds are amounts in it. What is not given of promises and of
    sending stays. Raises ``Refused`` with every problem;
    the event is written a floor above.
    """
    if by is not None and not by.may(Deed.MANAGE_COMPANIES):
        raise Refused.because("not_allowed", "Only an administrator sets up companies.")
    named = {
        "name": name.strip(),
        "currency": currency.upper(),
        "time_zone": time_zone,
        "country": country.upper(),
    }
    habits: dict[str, Any] = {
        "subdivision": subdivision.upper(),
        "stale_after_hours": stale_after_hours,
        "total_move_share": total_move_share,
    }
    promises: dict[str, Any] = {
        "promise_grace_days": company.promise_grace_days
        if promise_grace_days is None
        else promise_grace_days,
        "promise_kept_share": company.promise_kept_share
        if promise_kept_share is None
        else promise_kept_share,
    }
    problems = company_rules.problems_of(code=company.code, **named)
    problems += company_rules.problems_of_habits(
        country=named["country"],
        subdivision=habits["subdivision"],
        weekend=weekend,
        stale_after_hours=stale_after_hours,
        total_move_share=total_move_share,
    )
    problems += company_rules.problems_of_promises(
        grace_days=promises["promise_grace_days"], kept_share=promises["promise_kept_share"]
    )
    problems += company_rules.problems_of_sending(sending) if sending else []
    if named["currency"] != company.currency and company.customers.exists():
        why = "there are customers, and limits and thresholds are amounts in it"
        problems.append(Problem("currency", f"The currency stays {company.currency}: {why}."))
    if problems:
        raise Refused(problems)
    given = {**named, **habits, **promises, **_written(sending), "night_starts_at": night_starts_at}
    for field, value in given.items():
        setattr(company, field, value)
    if second_factor_roles is not None:
        company.second_factor_roles = ",".join(role for role in Role if role in second_factor_roles)
    company.weekend = ",".join(str(day) for day in sorted(set(weekend)))
    company.save()
    return company


def _written(sending: Sending | None) -> dict[str, Any]:
    """What is kept of ``sending``: its hours in one spelling."""
    if sending is None:
        return {}
    return {**asdict(sending), "contact_hours": day_spans.written(day_spans.parse(sending.contact_hours))}


def ask_second_factor_of(user: User) -> bool:
    """Whether a company that ``user`` may see asks people of their role for a second factor."""
    asked = Company.objects.visible_to(user).values_list("second_factor_roles", flat=True)
    return any(user.role in roles.split(",") for roles in asked)


def by_code(code: str) -> Company:
    """The company with that code, for a door that was given one in words. Raises ``Refused`` naming those
    there are."""
    company = Company.objects.filter(code=code).first()
    if company is None:
        known = ", ".join(Company.objects.order_by("code").values_list("code", flat=True)[:20])
        there_are = (
            f"There are: {known}." if known else "There is none yet: manage.py create_company makes one."
        )
        raise Refused([Problem("unknown_company", f"No company has the code “{code}”. {there_are}")])
    return company


def named_or_only(code: str | None) -> Company:
    """The company that a door was given the code of; without one, the only company there is. Raises
    ``Refused`` naming those there are.
    """
    if code is not None:
        return by_code(code)
    found = list(Company.objects.order_by("code")[:20])
    if len(found) == 1:
        return found[0]
    known = ", ".join(company.code for company in found)
    there_are = f"There are: {known}." if known else "There is none yet: manage.py create_company makes one."
    raise Refused([Problem("company", f"Say which company is meant: --company CODE. {there_are}")])


def managers_of(company: Company) -> models.QuerySet[User]:
    """Active managers who may see ``company``."""
    return User.objects.filter(is_active=True, role=Role.MANAGER, companies=company)


def seen_by(user: User) -> list[Company]:
    """The companies that ``user`` may see, by name, as every page asks."""
    if user.may(Deed.MANAGE_COMPANIES):
        return list(Company.objects.visible_to(user).order_by("name"))
    return _OF_MEMBER.of(user.pk)


def collectors_of(company: Company) -> models.QuerySet[User]:
    """Active people who may work customers and may see ``company``: those who can be given customers to look
    after."""
    workers = [role for role in Role if may(role, Deed.WORK_CUSTOMERS)]
    return User.objects.filter(is_active=True, role__in=workers, companies=company)

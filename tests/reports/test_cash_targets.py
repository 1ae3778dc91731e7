"""A target of what comes in a month: set, changed and taken away, each told once; the month against it."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.activity.events import Event
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.reports import cash, cash_targets
from collections_app.reports.cash_targets import CashTarget
from collections_app.reports.derived import Asked
from collections_app.reports.narrowing import Narrowed
from collections_app.reports.rules import months
from tests.desk import person
from tests.ledgerrows import company_of, moment
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 18)


def test_a_target_is_set_changed_and_taken_away_and_each_is_told_once() -> None:
    company = company_of()
    by = person(company, "dana", Role.MANAGER)

    def put(amount: Decimal | None) -> CashTarget | None:
        return cash_targets.set_target(
            company=company, month=DAY, currency="GBP", amount=amount, by=by, at=moment(DAY)
        )

    put(Decimal(5000))
    put(Decimal(5000))
    assert cash_targets.of_month(company, dt.date(2026, 3, 1)) == {"GBP": Decimal(5000)}
    put(Decimal(6000))
    put(None)

    assert cash_targets.of_month(company, DAY) == {}
    told = list(Event.objects.filter(what="cash_target.set").order_by("pk").values_list("summary", flat=True))
    assert told == [
        "The target of what comes in March 2026 in GBP is £5,000.00.",
        "The target of what comes in March 2026 in GBP is £6,000.00, before £5,000.00.",
        "The target of what comes in March 2026 in GBP is taken away, before £6,000.00.",
    ]


@pytest.mark.parametrize(
    ("month", "amount", "code"),
    [
        (dt.date(2026, 2, 28), "1", "month_over"),
        (dt.date(2028, 4, 1), "1", "month_far"),
        (DAY, "0", "amount_not_positive"),
    ],
)
def test_a_target_that_says_nothing_is_refused(month: dt.date, amount: str, code: str) -> None:
    company = company_of()
    by = person(company, "dana", Role.MANAGER)

    with pytest.raises(Refused) as refused:
        cash_targets.set_target(
            company=company, month=month, currency="GBP", amount=Decimal(amount), by=by, at=moment(DAY)
        )

    assert [each.code for each in refused.value.problems] == [code]


def test_the_month_is_told_by_day_beside_the_same_days_of_others_and_targets_are_of_all() -> None:
    company = company_of(country="GB")
    load(
        """
        customer 100 "Harrow Tools" country=GB
        receipt 100 P1 100.10 on=2026-03-02
        receipt 100 P2 50.00 on=2026-03-18
        refund 100 F1 10.00 on=2026-03-18
        receipt 100 P3 999.00 on=2026-03-19
        receipt 100 P4 70.00 on=2026-02-18
        receipt 100 P5 1.00 on=2026-02-19
        receipt 100 P6 30.00 on=2025-03-18
        """,
        company=company,
        today=dt.date(2026, 3, 20),
    )
    by = person(company, "dana", Role.MANAGER)
    cash_targets.set_target(
        company=company, month=DAY, currency="GBP", amount=Decimal(400), by=by, at=moment(DAY)
    )

    found = cash.of(Asked(company, DAY), currency="GBP")

    assert [(each.day.day, each.received, each.so_far) for each in found.days] == [
        (2, Decimal("100.10"), Decimal("100.10")),
        (18, Decimal("40.00"), Decimal("140.10")),
    ]
    assert [(each.until, each.received) for each in found.earlier] == [
        (dt.date(2026, 2, 18), Decimal(70)),
        (dt.date(2025, 3, 18), Decimal(30)),
    ]
    assert (found.received, found.target, found.rest) == (Decimal("140.10"), Decimal(400), None)
    assert cash.of(Asked(company, DAY, None, Narrowed(country="GB")), currency="GBP").target is None


def test_a_week_that_lies_across_the_end_of_a_month_counts_by_its_working_days() -> None:
    """Wednesday 18 March: two of three days are left of this week, then all of one, then two of five."""
    shares = months.week_shares(DAY, lambda day: day.weekday() < 5)

    assert shares == [Decimal(2) / 3, Decimal(1), Decimal(2) / 5]

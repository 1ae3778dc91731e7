"""Pay habits measured where something is new, and from scratch: the same, at the edge of every window and a
day beside it.
"""

import datetime as dt
from collections.abc import Sequence

import pytest

from collections_app.behaviour import habits, rules
from collections_app.behaviour.habits import HabitRound, PayHabit
from collections_app.contact.promises import Promise, PromiseInstalment
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.ledgerrows import company_of, moment
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

WINDOWS = (0, rules.TREND_DAYS, rules.TREND_BEFORE_DAYS, rules.HABIT_DAYS)


@pytest.fixture
def company(today: dt.date) -> Company:
    """A customer for each day near each edge, who settled something then and six times in between."""
    company = company_of()
    lines = []
    for place, days in enumerate(window - beside for window in WINDOWS for beside in range(-3, 4)):
        number = str(100 + place)
        lines.append(f"customer {number}")
        for nth, settled in enumerate([days, *([40, 60, 80, 120, 200, 300] if place % 2 else [500])]):
            invoice = f"I{number}-{nth}"
            lines += [
                f"invoice {number} {invoice} 10.00 due={-settled - place % 9} issued={-settled - 30}",
                f"allocation - {invoice} 10.00 on={-settled} basis=stated",
            ]
    load("\n".join(lines), company=company, today=today)
    return company


@pytest.fixture
def priya(company: Company) -> User:
    return person(company, "priya", Role.COLLECTOR)


def night(company: Company, day: dt.date) -> int:
    """Measure what is new, and see that measuring everybody from scratch then finds nothing to write."""
    written = habits.measure(company=company, today=day)
    HabitRound.objects.filter(company=company).delete()
    assert habits.measure(company=company, today=day) == 0
    return written


@pytest.mark.parametrize("gap", [1, 2, 5, habits.GAP_DAYS_MAX, habits.GAP_DAYS_MAX + 1])
def test_windows_that_move(
    company: Company, today: dt.date, gap: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(habits, "SHARE_MAX", 1)
    night(company, today)

    assert night(company, today + dt.timedelta(gap)) > 0
    night(company, today + dt.timedelta(2 * gap))


def test_a_night_of_an_earlier_day(company: Company, today: dt.date) -> None:
    night(company, today)

    assert night(company, today - dt.timedelta(1)) > 0


NEWS = {
    "an invoice": "invoice 100 N1 5.00 on=0",
    "an invoice of tomorrow": "invoice 100 N1 5.00 on=+1",
    "invoices of the days to come": "invoice 100 N1 5.00 on=+1 issued=-900\ninvoice 100 N2 5.00 on=+1\n"
    "invoice 100 N3 5.00 on=+2\ncustomer 101\ninvoice 101 N4 5.00 on=+2 issued=0",
    "the first invoice of somebody, of tomorrow": "customer 999\ninvoice 999 N1 5.00 on=+1\n"
    "invoice 999 N2 5.00 on=+2",
    "an invoice of tomorrow that is settled": "invoice 100 N1 5.00 on=+1 issued=-40 due=-20\n"
    "allocation - N1 5.00 on=-9 basis=stated",
    "an invoice of tomorrow that is settled on its day": "invoice 100 N1 5.00 on=+1 due=-20\n"
    "allocation - N1 5.00 on=+1 basis=stated",
    "an invoice of tomorrow that is settled on the day after": "invoice 100 N1 5.00 on=+1 due=-20\n"
    "allocation - N1 5.00 on=+2 basis=stated",
    "a credit note of tomorrow": "credit_note 100 C1 5.00 on=+1",
    "a payment of long ago": "invoice 100 N1 5.00 on=-90\nallocation - N1 5.00 on=-70 basis=stated",
    "a receipt": "receipt 100 P1 5.00 on=-3",
    "a credit note": "invoice 100 N1 5.00 due=-9\ncredit_note 100 C1 5.00 on=-1\nallocation C1 N1 5.00 on=0",
    "a return": "invoice 100 N1 5.00 due=-40\nreceipt 100 P1 5.00 on=-9\n"
    "allocation P1 N1 5.00 on=-9 name=paid\nundo paid on=-1\nreversal 100 R1 of=P1 on=-1",
    "another due date": "invoice 100 N1 5.00 due=-40\nallocation - N1 5.00 on=-9 basis=stated\n"
    "correction N1 due=-50 known=0",
}


@pytest.mark.parametrize("news", NEWS)
def test_what_comes_in_between_two_nights(company: Company, today: dt.date, news: str) -> None:
    night(company, today)
    load(f"customer 100\n{NEWS[news]}", company=company, today=today)

    for days in (0, 1, 2):
        night(company, today + dt.timedelta(days))


@pytest.mark.parametrize(
    ("state", "was"),
    [("broken", "running"), ("kept", "running"), ("running", "kept"), ("replaced", "running")],
)
def test_a_promise_that_ends_or_runs_again(
    company: Company, today: dt.date, priya: User, state: str, was: str
) -> None:
    def ended(what: str) -> dt.date | None:
        return None if what == "running" else today - dt.timedelta(2)

    promise = Promise.objects.create(
        company=company,
        customer=Customer.objects.get(number="104"),
        currency="GBP",
        amount=5,
        promised_on=today - dt.timedelta(4),
        state=was,
        settled_on=ended(was),
        recorded_by=priya,
        recorded_at=moment(today - dt.timedelta(9)),
    )
    PromiseInstalment.objects.create(
        promise=promise,
        amount=5,
        promised_on=today - dt.timedelta(4),
        due_on=today - dt.timedelta(4),
        grace_ends_on=today - dt.timedelta(3),
        state=was,
        settled_on=ended(was),
    )
    night(company, today)
    Promise.objects.filter(pk=promise.pk).update(state=state, settled_on=ended(state))

    assert night(company, today) == 1
    for days in range(rules.LATELY_DAYS - 4, rules.LATELY_DAYS + 2):
        night(company, today + dt.timedelta(days))


def test_invoices_whose_day_came_are_counted_without_reading_what_was_settled(
    company: Company, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(habits, "SHARE_MAX", 1)
    text = "invoice 100 N1 5.00 on=+1 issued=-900\ninvoice 100 N2 5.00 on=+1"
    load(f"customer 100\n{text}", company=company, today=today)
    night(company, today)
    before = PayHabit.objects.get(customer__number="100")
    measured: list[int] = []

    def measure(company: Company, today: dt.date, customers: Sequence[int]) -> int:
        measured.extend(customers)
        return 0

    monkeypatch.setattr(habits, "_measure", measure)

    habits.measure(company=company, today=today + dt.timedelta(1))

    after = PayHabit.objects.get(customer__number="100")
    assert after.invoices_ever == before.invoices_ever + 2
    assert after.first_invoice_on == today - dt.timedelta(900)
    assert after.customer_id not in measured


def test_few_are_measured_when_little_is_new(
    company: Company, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    habits.measure(company=company, today=today)
    load("customer 100\nreceipt 100 P1 5.00 on=0", company=company, today=today)
    asked: list[object] = []

    def note(company: Company, today: dt.date, customers: object) -> int:
        asked.append(customers)
        return 0

    monkeypatch.setattr(habits, "_measure", note)

    habits.measure(company=company, today=today)

    assert asked == [[Customer.objects.get(number="100").pk]]


def test_measuring_one_for_another_day_makes_the_next_night_measure_everybody(
    company: Company, today: dt.date
) -> None:
    habits.measure(company=company, today=today)
    one = Customer.objects.get(number="110")

    habits.measure(company=company, today=today - dt.timedelta(200), customers=[one.pk])

    assert night(company, today) == 1
    assert PayHabit.objects.filter(company=company).count() == Customer.objects.count()

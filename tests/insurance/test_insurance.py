"""A credit insurer: told in time of what is overdue; its list signed off, also when it is empty."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from collections_app.activity.events import Event
from collections_app.chase.entries import Entry
from collections_app.contact import disputes
from collections_app.insurance import clocks, notices, policies, sign_offs
from collections_app.insurance.insurance_rows import InsurancePolicy, InsurerNotice, InsurerNoticeLine
from collections_app.insurance.rules import NoticeKind, Terms
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import list_day, person
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

TODAY = dt.date(2026, 3, 11)  # a Wednesday
AT = dt.datetime(2026, 3, 11, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
LEDGER = """
customer 100 "Harrow Tools" insurer_report_days=60
invoice 100 A1 1200.00 due=-62 issued=-92
invoice 100 A2 800.00 due=-58 issued=-90
invoice 100 A3 500.00 due=-10 issued=-40
invoice 100 A4 70.00 due=+5 issued=-5
credit_note 100 C1 20.00 on=-70
customer 200 "Brandt GmbH"
invoice 200 B1 3000.00 due=-62 issued=-92
"""


@pytest.fixture
def rows(db: None) -> Rows:
    return load(LEDGER, company=company_of("NG", country="GB"), today=TODAY)


@pytest.fixture
def company(rows: Rows) -> Company:
    return rows.company


@pytest.fixture
def harrow(rows: Rows) -> Customer:
    return rows.customers["100"]


@pytest.fixture
def priya(company: Company) -> User:
    return person(company, "priya")


@pytest.fixture
def dana(company: Company) -> User:
    return person(company, "dana", Role.MANAGER)


@pytest.fixture
def policy(company: Company, dana: User) -> InsurancePolicy:
    terms = Terms("Insurer plc", "P-1", 60, 30, 90, warn_working_days=5)
    return policies.put(company=company, terms=terms, by=dana, at=AT - 10 * DAY)


def waiting(policy: InsurancePolicy, **more: Any) -> list[tuple[str, str, str, int, str]]:
    everybody = Customer.objects.filter(company=policy.company)
    found = clocks.waiting(policy, visible=everybody, today=TODAY, **more)
    return [
        (each.customer_number, each.kind, f"{each.amount:.2f}", each.invoices, each.by.isoformat())
        for each in found
    ]


def told(rows: Rows, by: User, *numbers: str, **given: Any) -> InsurerNotice:
    facts = {"kind": NoticeKind.REPORT, "reference": "N-77", "told_on": TODAY, "by": by, "at": AT, **given}
    return notices.tell(rows.customers["100"], invoices=[rows.invoices[each] for each in numbers], **facts)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.problems]


def test_what_is_overdue_and_insured_is_to_be_told_by_its_day(policy: InsurancePolicy) -> None:
    """A1 fell due 62 days ago: its 60 days ended on Monday. A2 has until Friday; A3 has time."""
    assert waiting(policy) == [("100", "report", "2000.00", 2, "2026-03-09")]


def test_a_claim_follows_after_its_own_days(policy: InsurancePolicy) -> None:
    """A1 is 62 days overdue, so 90 days end in 28: within the days up to then both clocks are heard."""
    assert waiting(policy, until=TODAY + 28 * DAY) == [
        ("100", "report", "2000.00", 2, "2026-03-09"),
        ("100", "claim", "1200.00", 1, "2026-04-08"),
    ]


def test_what_they_were_told_waits_no_more(rows: Rows, policy: InsurancePolicy, priya: User) -> None:
    notice = told(rows, priya, "A1")

    assert waiting(policy) == [("100", "report", "800.00", 1, "2026-03-13")]
    line = InsurerNoticeLine.objects.get()
    assert (line.amount, line.deadline_on) == (Decimal(1200), dt.date(2026, 3, 9))
    notices.withdraw(notice, by=priya, at=AT)
    notices.withdraw(notice, by=priya, at=AT)
    assert waiting(policy) == [("100", "report", "2000.00", 2, "2026-03-09")]
    assert Event.objects.filter(what__in=["insurance.told", "insurance.withdrawn"]).count() == 2


def test_they_are_told_once_of_an_invoice(rows: Rows, policy: InsurancePolicy, priya: User) -> None:
    notice = told(rows, priya, "A1")
    with pytest.raises(Refused) as refused:
        told(rows, priya, "A1", "A3")

    assert codes(refused) == ["told"]
    with pytest.raises(IntegrityError, match="told_once"), transaction.atomic():
        InsurerNoticeLine.objects.create(
            notice=notice, invoice=rows.invoices["A1"], kind="report", amount=1, deadline_on=TODAY
        )


def test_it_refuses_what_is_not_overdue_not_theirs_or_not_insured(
    rows: Rows, policy: InsurancePolicy, priya: User
) -> None:
    with pytest.raises(Refused) as refused:
        told(rows, priya, "A4", "C1", "B1", reference="", told_on=TODAY + DAY)
    with pytest.raises(Refused) as strange:
        notices.tell(
            rows.customers["200"], kind=NoticeKind.REPORT, invoices=[rows.invoices["B1"]], reference="N",
            told_on=TODAY, by=priya, at=AT,
        )  # fmt: skip

    assert codes(refused) == ["reference", "told_on", "overdue", "overdue", "invoice"]
    assert codes(strange) == ["not_insured"]
    assert not InsurerNotice.objects.exists()


def test_an_empty_list_is_signed_off_by_a_name(
    company: Company, rows: Rows, policy: InsurancePolicy, priya: User, dana: User
) -> None:
    with pytest.raises(Refused) as early:
        sign_offs.sign(company=company, day=TODAY, by=dana, at=AT)
    told(rows, priya, "A1")
    with pytest.raises(Refused) as wrong_role:
        sign_offs.sign(company=company, day=TODAY, by=priya, at=AT)
    signed = sign_offs.sign(company=company, day=TODAY, by=dana, at=AT)

    assert codes(early) == ["waiting"]
    assert early.value.problems[0].message == "The insurer is still to be told of Harrow Tools."
    assert codes(wrong_role) == ["not_allowed"]
    assert (signed.told, signed.signed_by) == (1, dana)
    assert sign_offs.sign(company=company, day=TODAY, by=dana, at=AT) == signed  # A2 has until Friday
    with pytest.raises(Refused) as ahead:
        sign_offs.sign(company=company, day=TODAY + DAY, by=dana, at=AT)
    assert codes(ahead) == ["day"]


def test_working_days_without_a_name_are_told(
    company: Company, rows: Rows, policy: InsurancePolicy, dana: User
) -> None:
    """The policy is ten days old, from a Sunday: eight working days up to yesterday's Tuesday, less two."""
    told(rows, dana, "A1", "A2")
    for day in (dt.date(2026, 3, 2), dt.date(2026, 3, 10)):
        sign_offs.sign(company=company, day=day, by=dana, at=AT)

    assert sign_offs.missing(policy, today=TODAY) == [dt.date(2026, 3, day) for day in (3, 4, 5, 6, 9)]


def test_a_day_without_a_name_is_asked_for_however_long_ago_it_was(
    policy: InsurancePolicy, rows: Rows, dana: User
) -> None:
    told(rows, dana, "A1", "A2")
    long_after = TODAY + 400 * DAY

    found = sign_offs.missing(policy, today=long_after)

    assert found[0] == dt.date(2026, 3, 2)
    assert found[-1] < long_after
    assert len(found) > 250


def test_insuring_by_hand_takes_the_days_of_the_policy(
    company: Company, policy: InsurancePolicy, dana: User
) -> None:
    given: dict[str, Any] = {
        "company": company,
        "limit": Decimal(5000),
        "currency": "GBP",
        "by": dana,
        "at": AT,
    }
    limit = policies.insure(number="200", **given)

    assert limit.customer.insurer_report_days == 60
    assert sorted(each[0] for each in waiting(policy)) == ["100", "200"]
    with pytest.raises(Refused) as refused:
        policies.insure(number="999", **{**given, "limit": Decimal(0)})
    assert codes(refused) == ["limit", "number"]
    policies.end(limit.customer, by=dana, at=AT)
    assert [each[0] for each in waiting(policy)] == ["100"]


def test_a_policy_changed_meanwhile_is_not_overwritten(
    company: Company, policy: InsurancePolicy, dana: User
) -> None:
    terms = Terms("Other plc", "", 45, None, None)
    with pytest.raises(Refused) as refused:
        policies.put(company=company, terms=terms, version=0, by=dana, at=AT)

    assert codes(refused) == ["changed_since"]
    kept = policies.put(company=company, terms=terms, version=1, by=dana, at=AT)
    assert (kept.insurer, kept.version, kept.since) == ("Other plc", 2, policy.since)


def test_the_stop_of_deliveries_follows_the_oldest(policy: InsurancePolicy, harrow: Customer) -> None:
    found = clocks.of_customer(policy, harrow, today=TODAY)

    assert [each.invoice.number for each in found] == ["A1", "A2", "A3"]
    assert clocks.stops_on(policy, found) == TODAY - 32 * DAY


def test_what_is_disputed_is_told_beside_the_amount(
    rows: Rows, policy: InsurancePolicy, harrow: Customer, priya: User
) -> None:
    disputes.lodge(
        customer=harrow, invoice=rows.invoices["A1"], amount=Decimal(100), reason="PRICE", by=priya, at=AT
    )
    (found,) = clocks.waiting(policy, visible=Customer.objects.filter(company=policy.company), today=TODAY)

    assert (found.amount, found.disputed) == (Decimal(2000), Decimal(100))


def heard(company: Company, harrow: Customer) -> str | None:
    list_day(company, at=AT)
    parts = Entry.objects.get(customer=harrow).parts
    return next((each["on"] for each in parts if each["rule"] == "insurer_clock"), None)


def test_the_chase_list_hears_the_clock_of_what_they_were_not_told(
    rows: Rows, company: Company, policy: InsurancePolicy, harrow: Customer, priya: User
) -> None:
    before = heard(company, harrow)
    first = told(rows, priya, "A1")
    second = heard(company, harrow)
    told(rows, priya, "A2", "A3")
    silent = heard(company, harrow)
    notices.withdraw(first, by=priya, at=AT)

    assert (before, second, silent) == ("2026-03-09", "2026-03-13", None)
    assert heard(company, harrow) == before


def test_what_falls_on_a_weekend_is_heard_on_the_friday_before(
    company: Company, policy: InsurancePolicy, dana: User
) -> None:
    """B1 fell due on 8 January; 65 days later is Saturday, 14 March."""
    policies.insure(
        company=company, number="200", limit=Decimal(1), currency="GBP", report_days=65, by=dana, at=AT
    )
    friday = dt.date(2026, 3, 13)

    assert ("200", "report", "3000.00", 1, "2026-03-13") in waiting(policy, until=friday)
    assert [each[0] for each in waiting(policy, until=friday - DAY)] == ["100"]


def test_it_asks_once_however_many_wait(rows: Rows, policy: InsurancePolicy) -> None:
    with CaptureQueriesContext(connection) as found:
        waiting(policy)
    assert len(found) == 1

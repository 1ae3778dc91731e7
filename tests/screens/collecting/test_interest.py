"""Late-payment interest on screen: the working, proposed by one manager, approved by another, waived."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collections_app.dunning import interest_terms
from collections_app.dunning.interest_rows import InterestCharge, InterestExemption
from collections_app.holds import rule_versions
from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.doors import HTMX, text
from tests.holds.selling import held
from tests.ledgertext import load
from tests.screens.collecting.conftest import Office
from tests.screens.collecting.selling import placed


@pytest.fixture
def ruth(office: Office) -> User:
    return person(office.company, "ruth", Role.MANAGER)


@pytest.fixture
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Friday whose rates are known."""
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC))


@pytest.fixture(autouse=True)
def charging(standing_clock: None, office: Office) -> None:
    interest_terms.switch(company=office.company, on=True, by=office.dana, at=office.at)


def page(office: Office, user: User, *, number: str = "100", **headers: Any) -> str:
    return text(office.client(user).get(office.url(number, "interest/"), headers=headers or None))


def propose(office: Office, by: User, *, reason: str = "Third time late", key: str = "", **more: str) -> Any:
    given = {"form_key": key or str(uuid4()), "reason": reason, **more}
    invoice = office.rows.invoices["A1"]
    return office.client(by).post(office.url("100", f"interest/{invoice.pk}/"), given)


def decide(browser: Client, deed: str, **given: str) -> Any:
    return browser.post(f"/NG/interest/{InterestCharge.objects.get().pk}/{deed}/", given)


def test_a_collector_reads_what_it_costs_with_the_working_and_decides_nothing(office: Office) -> None:
    """120,000 x 11.75 % x 95 / 365 = 3,669.86, and a fixed sum of 100."""
    shown = page(office, office.priya)

    assert "£3,769.86" in shown
    assert "£3,669.86" in shown
    assert "11.75 %" in shown
    assert "Show working" in shown
    assert "Propose" not in shown
    assert "A2" not in shown  # not due yet


def test_the_customers_page_opens_it_in_place_and_leads_there_without_scripts(office: Office) -> None:
    browser = office.client(office.priya)
    whole = text(browser.get(office.url("100")))
    part = text(browser.get(office.url("100", "interest/"), headers=HTMX))

    assert f'href="{office.url("100", "interest/")}"' in whole
    assert part.startswith('<div class="stackup" id="interest-documents">')


def test_one_manager_proposes_and_another_charges(office: Office, ruth: User) -> None:
    key = str(uuid4())
    for _ in range(2):
        assert propose(office, office.dana, key=key).status_code == 303
    waiting = text(office.client(ruth).get("/NG/interest/"))
    homes = {user: text(office.client(user).get("/NG/")) for user in (ruth, office.dana, office.priya)}
    own = page(office, office.dana)
    refused = decide(office.client(office.dana), "approve")
    assert decide(office.client(ruth), "approve").status_code == 303
    charge = Invoice.objects.get(kind="finance_charge")

    assert "Third time late" in waiting
    assert [user.username for user, home in homes.items() if "for your approval" in home] == ["ruth"]
    assert "You proposed it, so somebody else approves it." in own
    assert refused.status_code == 422
    assert str(charge.amount) == "3769.860"
    assert f"as {charge.number}" in page(office, office.priya)


def test_a_proposal_without_a_reason_says_so_and_keeps_the_day(office: Office) -> None:
    refused = propose(office, office.dana, reason="", until="2026-01-31")

    assert refused.status_code == 422
    assert "Say why, in a few words." in text(refused)
    assert 'value="2026-01-31"' in text(refused)
    assert not InterestCharge.objects.exists()


def test_a_day_that_is_none_is_asked_for_again(office: Office) -> None:
    refused = propose(office, office.dana, until="31/02/2026")

    assert refused.status_code == 422
    assert "Write the day like 2026-03-31." in text(refused)
    assert 'value="Third time late"' in text(refused)


def test_it_is_waived_or_withdrawn_with_a_reason(office: Office, ruth: User) -> None:
    propose(office, office.dana)
    browser = office.client(ruth)
    refused = decide(browser, "waive", because="")
    assert decide(browser, "withdraw", because="Wrong invoice").status_code == 303
    propose(office, office.dana)
    InterestCharge.objects.filter(state="withdrawn").delete()
    assert decide(browser, "waive", because="They pay by Friday").status_code == 303

    assert refused.status_code == 422
    assert "They pay by Friday" in page(office, office.priya)
    assert not Invoice.objects.filter(kind="finance_charge").exists()


def test_whom_none_is_asked_of_is_said_on_their_page(office: Office) -> None:
    browser = office.client(office.dana)
    browser.post(office.url("100", "interest/exemption/"), {"kind": "contract", "words": "§ 7: 2 % a month"})
    agreed = page(office, office.priya)
    browser.post(office.url("100", "interest/exemption/"), {"kind": ""})

    assert "The contract says something else: § 7: 2 % a month." in agreed
    assert not InterestExemption.objects.exists()


def test_it_is_switched_off_and_on_by_managers(office: Office) -> None:
    browser = office.client(office.dana)
    browser.post("/NG/interest/switch/", {"on": "no"})
    off = page(office, office.dana)
    browser.post("/NG/interest/switch/", {"on": "yes"})

    assert "charges none" in off
    assert "Propose" not in off
    assert "Propose" in page(office, office.dana)


def test_the_page_of_the_company_tells_the_law_and_until_when_rates_are_known(office: Office) -> None:
    shown = text(office.client(office.dana).get("/NG/interest/"))

    assert "Late Payment of Commercial Debts (Interest) Act 1998" in shown
    assert "after that nothing is guessed" in shown
    assert "Second half of 2026" in shown


def test_sales_and_strangers_see_nothing_and_collectors_decide_nothing(office: Office, ruth: User) -> None:
    propose(office, office.dana)
    other = person(Company.objects.create(code="ZZ", name="Z", currency="GBP", created_at=office.at), "zoe")
    invoice = office.rows.invoices["A1"].pk

    assert office.client(office.sam).get(office.url("100", "interest/")).status_code in (403, 404)
    assert office.client(other).get(office.url("100", "interest/")).status_code == 404
    for user, status in ((office.priya, 403), (office.sam, 403), (other, 404)):
        browser = office.client(user)
        assert browser.get("/NG/interest/").status_code == status
        assert browser.post("/NG/interest/switch/", {"on": "no"}).status_code == status
        assert browser.post(office.url("100", f"interest/{invoice}/"), {"reason": "x"}).status_code == status
        assert browser.post(office.url("100", "interest/exemption/"), {}).status_code == status
        for deed in ("approve", "waive", "withdraw"):
            assert decide(browser, deed, because="x").status_code == status


def test_another_customers_document_and_wrong_methods_are_refused(office: Office) -> None:
    browser = office.client(office.dana)
    other = office.rows.invoices["B1"].pk

    assert browser.post(office.url("100", f"interest/{other}/"), {"reason": "x"}).status_code == 404
    assert browser.get("/NG/interest/switch/").status_code == 405
    assert browser.get(office.url("100", "interest/exemption/")).status_code == 405


def test_many_documents_take_no_more_statements_than_one(office: Office) -> None:
    browser, address = office.client(office.dana), office.url("100", "interest/")
    browser.get(address)

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        return len(captured)

    one = statements()
    lines = "\n".join(f"invoice 100 M{n} {n}.00 due=-{n}" for n in range(1, 40))
    load('customer 100 "Harrow Tools"\n' + lines, company=office.company, today=office.today)

    assert statements() == one


def test_what_was_charged_is_given_back_with_a_reason(office: Office, ruth: User) -> None:
    propose(office, office.dana)
    decide(office.client(ruth), "approve")
    number = InterestCharge.objects.get().number
    assert f"Give {number} back" in page(office, office.dana)
    assert f"Give {number} back" not in page(office, office.priya)

    refused = decide(office.client(office.dana), "credit", because="")
    assert refused.status_code == 422
    assert "Say why, in a few words." in text(refused)

    patient = rule_versions.begin(company=office.company, by=office.dana, at=office.at)
    patient = rule_versions.edit(
        version=patient, rules=RuleSet(overdue_days=300), revision=0, by=office.dana, at=office.at
    )
    rule_versions.publish(version=patient, revision=1, in_force_from=office.today, by=None, at=office.at)
    Customer.objects.filter(number="100").update(credit_limit=121_000)
    placed(office, "SO-1", "50.00")
    assert held() == ["SO-1"]

    decide(office.client(office.dana), "credit", because="They pay by Friday")

    assert held() == []
    shown = page(office, office.priya)
    charge = InterestCharge.objects.get()
    assert f"given back by {charge.credit_number}" in shown
    assert "They pay by Friday" in shown
    assert Invoice.objects.get(kind="finance_charge").open_amount == 0
    assert f"by {charge.credit_number}" in text(office.client(office.dana).get("/NG/interest/"))


def test_a_rate_that_is_published_later_is_entered_on_the_page(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = office.client(office.dana)
    assert "published on" in text(browser.get("/NG/interest/"))
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2027, 1, 4, 10, tzinfo=dt.UTC))
    browser = office.client(office.dana)
    assert "Nobody has entered the Bank of England" in text(browser.get("/NG/"))

    wrong = browser.post("/NG/interest/rates/", {"half_year": "2027-01-01", "rate": "375"})
    assert wrong.status_code == 422
    assert 'value="375"' in text(wrong)
    browser.post("/NG/interest/rates/", {"half_year": "2027-01-01", "rate": "3.5"})

    shown = text(browser.get("/NG/interest/"))
    assert "First half of 2027" in shown
    assert "11.50 %" in shown
    assert "Nobody has entered" not in text(browser.get("/NG/"))
    assert office.client(office.priya).post("/NG/interest/rates/").status_code == 403


def test_a_manager_who_sells_to_the_customer_reads_why_they_give_nothing_up(office: Office) -> None:
    Customer.objects.filter(pk=office.customer("100").pk).update(salesperson=office.dana)
    propose(office, office.dana)
    read = page(office, office.dana)

    assert "You sell to this customer, so somebody else decides." in read
    assert "Withdraw" in read
    assert "Waive" not in read

    sent = office.client(office.dana).post(office.url("100", "interest/exemption/"), {"kind": "contract"})
    assert sent.status_code == 422
    assert "You sell to this customer" in text(sent)
    refused = decide(office.client(office.dana), "waive", because="They asked")
    assert refused.status_code == 422
    assert not InterestExemption.objects.exists()

"""The credit insurer on screen: set up, told with a reference, signed off, and never for whoever sells."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from collections_app.insurance import sign_offs
from collections_app.insurance.insurance_rows import InsurancePolicy, InsurerNotice, InsurerSignOff
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from tests.doors import text
from tests.screens.collecting.conftest import Office

PAGE = "/NG/insurance/"
POLICY = {
    "insurer": "Planted Insurer plc", "policy_number": "P-1", "report_days": "30", "stop_days": "20",
    "claim_days": "90", "warn_working_days": "10", "version": "0",
}  # fmt: skip


@pytest.fixture
def insured(office: Office) -> None:
    """A policy, and Brandt (40 days overdue) under it."""
    browser = office.client(office.dana)
    browser.post(f"{PAGE}set-up/", POLICY)
    given = {"number": "200", "limit": "25,000.00", "currency": "GBP"}
    browser.post(f"{PAGE}set-up/customers/", given)


def tell(office: Office, by: User, **given: str) -> Any:
    customer, invoice = office.customer("200"), office.rows.invoices["B1"]
    fields = {
        "form_key": str(uuid4()), "kind": "report", "told_on": office.today.isoformat(),
        f"tick_{invoice.pk}": "on", "reference": "N-77", **given,
    }  # fmt: skip
    return office.client(by).post(f"{PAGE}customers/{customer.pk}/", fields)


def test_a_manager_writes_the_policy_down_and_insures_a_customer(office: Office) -> None:
    browser = office.client(office.dana)
    wrong = browser.post(f"{PAGE}set-up/", {**POLICY, "claim_days": "10"})

    assert wrong.status_code == 422
    assert "not handed over before it is reported" in text(wrong)
    assert 'value="Planted Insurer plc"' in text(wrong)
    for _ in range(2):
        assert browser.post(f"{PAGE}set-up/", {**POLICY, "version": ""}).status_code == 303
    assert InsurancePolicy.objects.get().version == 1
    unknown = browser.post(f"{PAGE}set-up/customers/", {"number": "9", "limit": "5", "currency": "GBP"})
    assert "There is no customer 9 here." in text(unknown)
    given = {"number": "200", "limit": "25,000.00", "currency": "GBP"}
    assert browser.post(f"{PAGE}set-up/customers/", given).status_code == 303
    page = text(browser.get(f"{PAGE}set-up/"))
    assert "£25,000.00" in page
    assert Customer.objects.get(number="200").insurer_report_days == 30
    customer = office.customer("200")
    assert browser.post(f"{PAGE}set-up/customers/{customer.pk}/end/").status_code == 303
    assert Customer.objects.get(number="200").insurer_report_days is None


@pytest.mark.usefixtures("insured")
def test_home_and_the_list_say_what_is_to_be_told(office: Office) -> None:
    home = text(office.client(office.priya).get("/NG/"))
    page = text(office.client(office.priya).get(PAGE))
    one = text(office.client(office.priya).get(f"{PAGE}customers/{office.customer('200').pk}/"))

    assert "1 late" in home
    assert "Brandt GmbH" in page
    assert "Report as overdue" in page
    assert "£30,000.00" in page
    assert "£5,000.00" in one  # above the insured limit
    assert "nothing more is delivered under cover" in one


@pytest.mark.usefixtures("insured")
def test_a_collector_notes_it_with_a_reference_and_takes_a_mistake_back(office: Office) -> None:
    refused = tell(office, office.priya, reference="", words="By their portal")
    assert refused.status_code == 422
    assert "Give the insurer&#x27;s reference" in text(refused)
    assert "By their portal" in text(refused)

    key = str(uuid4())
    for _ in range(2):
        assert tell(office, office.priya, form_key=key).status_code == 303
    notice = InsurerNotice.objects.get()
    assert "Nothing to tell" in text(office.client(office.priya).get(PAGE))
    assert office.client(office.tom).post(f"{PAGE}notices/{notice.pk}/withdraw/").status_code == 404
    assert office.client(office.priya).post(f"{PAGE}notices/{notice.pk}/withdraw/").status_code == 303
    assert "1 late" in text(office.client(office.priya).get("/NG/"))


@pytest.mark.usefixtures("insured")
def test_the_list_is_signed_off_when_nothing_is_left(office: Office) -> None:
    sign = f"{PAGE}sign-off/"
    early = office.client(office.dana).post(sign, {"day": office.today.isoformat()})
    assert early.status_code == 422
    assert "The insurer is still to be told of Brandt GmbH." in text(early)

    tell(office, office.priya)
    assert office.client(office.priya).post(sign).status_code == 403
    for _ in range(2):
        assert office.client(office.dana).post(sign, {"day": office.today.isoformat()}).status_code == 303
    assert InsurerSignOff.objects.get().told == 1
    assert "Today: Dana" in text(office.client(office.dana).get(PAGE))


@pytest.mark.usefixtures("insured")
def test_whoever_sells_meets_no_word_of_it(office: Office) -> None:
    brandt = office.customer("200")
    tell(office, office.priya)
    browser = office.client(office.sam)

    for path in (PAGE, f"{PAGE}set-up/", f"{PAGE}customers/{brandt.pk}/"):
        assert browser.get(path).status_code == 403
    for path in ("/NG/", f"/NG/customers/{brandt.pk}/", f"/NG/customers/{brandt.pk}/timeline/", "/NG/holds/"):
        shown = text(browser.get(path))
        assert "nsure" not in shown, path
        assert "N-77" not in shown, path
    assert office.client(office.tom).get(f"{PAGE}customers/{brandt.pk}/").status_code == 404
    assert office.client(office.priya).get(f"{PAGE}set-up/").status_code == 403


def test_without_a_policy_home_says_nothing(office: Office) -> None:
    assert "insurer" not in text(office.client(office.dana).get("/NG/"))
    assert "No policy is set up." in text(office.client(office.dana).get(PAGE))


@pytest.mark.usefixtures("insured")
def test_days_without_a_name_beyond_those_that_are_shown_are_counted(office: Office) -> None:
    InsurancePolicy.objects.update(since=office.today - dt.timedelta(days=70))

    page = text(office.client(office.dana).get(PAGE))

    assert page.count("Sign it off now") == 30
    left = len(sign_offs.missing(InsurancePolicy.objects.get(), today=office.today)) - 30
    assert left > 10
    assert f"And {left} later days, which stand here once these are signed off." in page

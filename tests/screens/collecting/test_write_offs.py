"""Write-offs on screen: proposed from a customer, decided by somebody else, listed for the bookkeeper."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.chase.entries import Entry
from collections_app.contact import disputes
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.money import parse
from collections_app.people.desks import Desk
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.write_offs import decisions, proposals
from collections_app.write_offs.write_off_rows import WriteOff
from tests.desk import person
from tests.doors import text
from tests.holds.selling import held
from tests.screens.collecting.conftest import Office
from tests.screens.collecting.selling import placed

WORDS = "Three letters and two calls; they have moved away."


@pytest.fixture
def ruth(office: Office) -> User:
    """A second manager."""
    return person(office.company, "ruth", Role.MANAGER)


def proposed(office: Office, by: User, *, of: str = "D1", amount: str = "900.00") -> WriteOff:
    invoice = office.rows.invoices[of]
    lines = [(invoice, parse(amount))]
    return proposals.propose(invoice.customer, lines=lines, reason="COST", words=WORDS, by=by, at=office.at)


def send(office: Office, by: User, number: str = "300", **given: str) -> Any:
    fields = {"form_key": str(uuid4()), "reason": "COST", "words": WORDS, **given}
    return office.client(by).post(office.url(number, "write-offs/new/"), fields)


def do(office: Office, by: User, found: WriteOff, deed: str, **given: str) -> Any:
    return office.client(by).post(f"/NG/write-offs/{found.pk}/{deed}/", given)


def open_amount(office: Office, number: str) -> str:
    return f"{Invoice.objects.get(pk=office.rows.invoices[number].pk).open_amount:.2f}"


def test_a_collector_proposes_from_the_customer_with_what_was_tried_beside_it(office: Office) -> None:
    invoice = office.rows.invoices["D1"]
    link = office.url("300", "write-offs/new/")
    asked = text(office.client(office.priya).get(link))

    assert f'href="{link}"' in text(office.client(office.priya).get(office.url("300")))
    assert "What was said" in asked
    assert 'value="900.00"' in asked

    answer = send(office, office.priya, **{f"tick_{invoice.pk}": "on", f"amount_{invoice.pk}": "1,000.00"})
    assert answer.status_code == 422
    refused = text(answer)
    assert "Of D1 £900.00 is open, and £1,000.00 is to be written off." in refused
    assert WORDS in refused
    assert "1,000.00" in refused

    key = str(uuid4())
    for _ in range(2):
        given = {f"tick_{invoice.pk}": "on", f"amount_{invoice.pk}": "400.00", "form_key": key}
        answer = send(office, office.priya, **given)
    made = WriteOff.objects.get()
    assert answer["Location"] == f"/NG/write-offs/{made.pk}/"
    assert open_amount(office, "D1") == "900.00"  # nothing is in the ledger yet


def test_a_dispute_has_to_be_spoken_of(office: Office) -> None:
    invoice = office.rows.invoices["D1"]
    disputes.lodge(
        customer=invoice.customer, invoice=invoice, amount=parse("100.00"), reason="PRICE",
        by=office.priya, at=office.at,
    )  # fmt: skip
    ticked = {f"tick_{invoice.pk}": "on", f"amount_{invoice.pk}": "900.00"}

    refused = send(office, office.priya, **ticked)
    assert "£100.00 of D1 is in dispute. Let it end first" in text(refused)
    assert send(office, office.priya, in_spite_of="The price is agreed", **ticked).status_code == 303
    page = text(office.client(office.dana).get(f"/NG/write-offs/{WriteOff.objects.get().pk}/"))
    assert "In spite of it: The price is agreed" in page


def test_whoever_proposed_it_only_withdraws_it_and_a_manager_approves_it(office: Office) -> None:
    made = proposed(office, office.priya)
    own = text(office.client(office.priya).get(f"/NG/write-offs/{made.pk}/"))
    theirs = text(office.client(office.dana).get(f"/NG/write-offs/{made.pk}/"))

    assert "Withdraw it" in own
    assert "Your decision" not in own
    assert "Your decision" in theirs
    assert "Withdraw it" not in theirs
    assert do(office, office.priya, made, "approve").status_code == 422
    for _ in range(2):
        assert do(office, office.dana, made, "approve").status_code == 303
    assert open_amount(office, "D1") == "0.00"
    assert "£900.00" in text(office.client(office.priya).get("/NG/write-offs/?view=posted"))


def test_a_manager_neither_decides_their_own_nor_above_their_limit(office: Office, ruth: User) -> None:
    own = proposed(office, office.dana)
    page = text(office.client(office.dana).get(f"/NG/write-offs/{own.pk}/"))
    assert "Your decision" not in page
    assert do(office, office.dana, own, "refuse", words="No").status_code == 422

    large = proposed(office, office.priya, of="B1", amount="30000.00")
    told = text(office.client(office.dana).get(f"/NG/write-offs/{large.pk}/"))
    assert "It takes two different people." in told
    assert do(office, office.dana, large, "approve").status_code == 303  # the first of two
    refused = do(office, ruth, large, "approve")
    assert refused.status_code == 422
    assert "You decide up to £5,000.00, and this comes to £30,000.00." in text(refused)
    assert open_amount(office, "B1") == "30000.00"


def test_blame_is_asked_about_once_and_what_was_typed_stays(office: Office) -> None:
    made = proposed(office, office.priya)
    words = "You should have asked sooner"

    asked = do(office, office.dana, made, "refuse", words=words)
    assert asked.status_code == 422
    assert words in text(asked)
    assert "Send it as it is" in text(asked)
    assert do(office, office.dana, made, "refuse", words=words, as_it_is="yes").status_code == 303
    page = text(office.client(office.priya).get(f"/NG/write-offs/{made.pk}/"))
    assert words in page


def test_what_was_withdrawn_stands_among_those_that_ended_otherwise(office: Office) -> None:
    made = proposed(office, office.priya)

    assert do(office, office.dana, made, "withdraw").status_code == 422
    assert do(office, office.priya, made, "withdraw").status_code == 303
    assert "Withdrawn" in text(office.client(office.priya).get("/NG/write-offs/?view=ended"))
    assert "No write-off waits" in text(office.client(office.priya).get("/NG/write-offs/"))


def test_the_bookkeeper_gets_each_once_and_its_undoing(office: Office) -> None:
    made = proposed(office, office.priya)
    decisions.approve(made, by=office.dana, at=office.at)
    browser = office.client(office.dana)
    page = "/NG/write-offs/?view=bookkeeper"

    assert "Make a list of 1 new write-off" in text(browser.get(page))
    for _ in range(2):
        assert browser.post("/NG/write-offs/hand-over/").status_code == 303
    made.refresh_from_db()
    assert made.handed_over_at
    link = f"/NG/write-offs/handed-over/{made.handed_over_at.astimezone(dt.UTC):%Y%m%dT%H%M%S%f}.csv"
    assert f'href="{link}"' in text(browser.get(page))
    answer: Any = browser.get(link)
    told = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert f"{made.number},write off,300,Calder Ltd,D1" in told
    assert "900.00" in told

    assert do(office, office.dana, made, "booked", booked_as="JE-77").status_code == 303
    assert do(office, office.dana, made, "take-back").status_code == 422  # says no reason
    assert do(office, office.dana, made, "take-back", because="They paid the court").status_code == 303
    assert open_amount(office, "D1") == "900.00"
    assert browser.post("/NG/write-offs/hand-over/").status_code == 303
    made.refresh_from_db()
    undone = f"{made.undoing_handed_over_at:%Y%m%dT%H%M%S%f}"
    again: Any = browser.get(f"/NG/write-offs/handed-over/{undone}.csv")
    assert "take back,300,Calder Ltd,D1" in b"".join(again.streaming_content).decode()
    assert browser.get("/NG/write-offs/handed-over/yesterday.csv").status_code == 404


def test_limits_are_set_by_the_finance_director_and_nobody_widens_their_own(office: Office) -> None:
    office.dana.desk = Desk.FINANCE_DIRECTOR
    office.dana.save()
    ruth = person(office.company, "ruth", Role.MANAGER)
    page = "/NG/write-offs/set-up/"
    given = {"version": "0", "managers": "1,000.00", "two_above": "500.00", "waits_working_days": "10"}

    assert "so that nobody widens their own" in text(office.client(ruth).get(page))
    assert office.client(ruth).post(page, given).status_code == 422
    assert office.client(office.dana).post(page, given).status_code == 303
    shown = text(office.client(office.dana).get(page))
    assert 'value="1,000.00"' in shown
    stale = office.client(office.dana).post(page, {**given, "managers": "1.00"})
    assert "Somebody set the limits since you opened this page." in text(stale)


def test_a_reason_of_ones_own_can_be_chosen_and_a_retired_one_cannot(office: Office) -> None:
    browser = office.client(office.dana)
    new = {"code": "GIFT", "label": "Goodwill after our mistake", "is_active": "on"}

    assert browser.post("/NG/write-offs/reasons/new/", {**new, "code": "no good"}).status_code == 422
    assert browser.post("/NG/write-offs/reasons/new/", new).status_code == 303
    assert browser.post("/NG/write-offs/reasons/COST/", {"label": "Too dear"}).status_code == 303
    asked = text(office.client(office.priya).get(office.url("300", "write-offs/new/")))
    assert "Goodwill after our mistake" in asked
    assert "Too dear" not in asked
    assert browser.get("/NG/write-offs/reasons/NONE/").status_code == 404


def test_strangers_and_other_roles_see_none_of_it(office: Office) -> None:
    made = proposed(office, office.priya)

    assert office.client(office.tom).get(f"/NG/write-offs/{made.pk}/").status_code == 404
    assert made.number not in text(office.client(office.tom).get("/NG/write-offs/"))
    assert office.client(office.sam).get("/NG/write-offs/").status_code == 403
    assert office.client(office.sam).get(f"/NG/write-offs/{made.pk}/").status_code == 403
    for page in ("set-up/", "reasons/new/"):
        assert office.client(office.priya).get(f"/NG/write-offs/{page}").status_code == 403
    assert office.client(office.priya).post("/NG/write-offs/hand-over/").status_code == 403
    assert office.client(office.priya).get(f"/NG/write-offs/{made.pk}/approve/").status_code == 405


def test_the_list_asks_no_more_however_many_there_are(office: Office) -> None:
    def asked() -> int:
        browser = office.client(office.dana)
        browser.get("/NG/write-offs/")
        with CaptureQueriesContext(
            connection,
        ) as found:
            browser.get("/NG/write-offs/")
        return len(found)

    proposed(office, office.priya)
    before = asked()
    proposed(office, office.priya, of="A2", amount="500.00")
    proposed(office, office.priya, of="B1", amount="1.00")
    assert asked() == before


def test_what_waits_for_nothing_but_that_money_goes_when_it_is_written_off(office: Office) -> None:
    Customer.objects.filter(number="300").update(credit_limit=900)
    placed(office, "SO-1", "50.00", customer="300")
    assert held() == ["SO-1"]

    made = proposed(office, office.priya)
    assert held() == ["SO-1"]
    do(office, office.dana, made, "approve")
    assert held() == []


def test_a_manager_who_sells_to_the_customer_reads_why_somebody_else_decides(office: Office) -> None:
    found = proposed(office, office.priya)
    Customer.objects.filter(pk=found.customer_id).update(salesperson=office.dana)
    read = text(office.client(office.dana).get(f"/NG/write-offs/{found.pk}/"))

    assert "You sell to this customer, so somebody else decides." in read
    assert "Your decision" not in read
    refused = do(office, office.dana, found, "approve", words="Agreed")
    assert refused.status_code == 422
    assert "You sell to this customer" in text(refused)
    assert open_amount(office, "D1") == "900.00"


def listed(office: Office, number: str) -> Decimal:
    """What the chase list asks of a customer; nothing when they are not on it."""
    found = Entry.objects.filter(customer__number=number).values_list("to_collect", flat=True)
    return sum(found, Decimal())


def test_the_chase_list_knows_at_once_what_was_given_up_and_what_is_owed_again(office: Office) -> None:
    before = listed(office, "300")
    made = proposed(office, office.priya, amount="400.00")
    do(office, office.dana, made, "approve", words="Agreed.")
    assert listed(office, "300") == before - 400
    do(office, office.dana, made, "take-back", because="They paid after all.")
    assert listed(office, "300") == before

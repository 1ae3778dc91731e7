"""Customers are handed over on screen: what moves is shown first, and the new collector reads of each."""

import datetime as dt
import re
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.contact import commitments
from collections_app.contact.contact_logs import ContactLog
from collections_app.ledger.customers import Customer
from collections_app.segmentation import portfolios
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.hand_over_rows import HandOver
from collections_app.segmentation.portfolio_rows import Portfolio
from collections_app.segmentation.rules.conditions import Rule
from tests.doors import text
from tests.screens.collecting.conftest import Office

NEW = "/NG/reports/workload/hand-over/"


def send(office: Office, *, seen: int = 4, **given: str) -> str:
    """Dana gives Priya's customers to Tom; where the answer leads, or what it says."""
    fields = {
        "giver": str(office.priya.pk), "taker": str(office.tom.pk), "seen": str(seen),
        "first_on": office.today.isoformat(), "form_key": str(uuid4()), **given,
    }  # fmt: skip
    answer = office.client(office.dana).post(NEW, fields)
    assert answer.status_code in (303, 422)
    return answer["Location"] if answer.status_code == 303 else text(answer)


def of_priya(office: Office) -> None:
    portfolios.create(
        company=office.company, name="Of Priya", rule=Rule(), collector=office.priya, by=office.dana,
        at=office.at,
    )  # fmt: skip


def owed(office: Office) -> None:
    """Priya promised Harrow a copy, and left a message at Brandt."""
    commitments.record(
        customer=office.customer("100"), kind="copy", words="of A1", owner=office.priya,
        due_on=office.today, by=office.priya, at=office.at,
    )  # fmt: skip
    ContactLog.objects.create(
        company=office.company, customer=office.customer("200"), by=office.priya, at=office.at,
        channel="call", direction="out", outcome="left_message", said="With the front desk",
    )  # fmt: skip


def flat(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_what_moves_is_shown_before_anything_is_done(office: Office) -> None:
    owed(office)
    read = flat(text(office.client(office.dana).get(f"{NEW}?giver={office.priya.pk}&at_least=500")))

    assert "of Priya: overdue from £500.00" in read
    assert "Customers 3" in read
    assert "1 commitment of ours and 0 disputes that are with Priya pass over too" in read
    assert "Hand 3 customers over" in read
    assert not HandOver.objects.exists()


def test_they_are_handed_over_and_the_new_collector_reads_of_each_on_home(office: Office) -> None:
    owed(office)
    where = send(office, words="Harrow likes mornings")
    assert set(Assignment.objects.values_list("collector__username", flat=True)) == {"tom"}

    browser = office.client(office.tom)
    home = text(browser.get("/NG/"))
    assert "You look after 4 customers of Priya." in flat(home)
    assert where in home
    read = flat(text(browser.get(where)))
    assert "Harrow likes mornings" in read
    assert "We owe them: Copy of an invoice: of A1" in read or "of A1" in read
    assert "call, left a message With the front desk" in read
    assert "Nothing was said yet." in read

    assert browser.post(f"{where}read/").status_code == 303
    assert where not in text(browser.get("/NG/"))
    assert "4 customers of Priya to Tom" in flat(text(browser.get("/NG/reports/workload/")))


def test_it_is_taken_back_the_same_day(office: Office) -> None:
    where = send(office)
    assert "Take it back" in text(office.client(office.dana).get(where))
    assert office.client(office.tom).post(f"{where}undo/").status_code == 403
    assert office.client(office.dana).post(f"{where}undo/").status_code == 303
    read = text(office.client(office.dana).get(where))

    assert "Taken back by Dana" in flat(read)
    assert "Take it back" not in read
    assert "customers of Priya" not in text(office.client(office.tom).get("/NG/"))


def test_what_is_wrong_is_said_and_what_was_typed_stays(office: Office) -> None:
    yesterday = office.today - dt.timedelta(days=1)
    said = send(office, taker="", first_on=yesterday.isoformat(), seen=9, words="For Tom")

    for part in ("Choose who looks after them", "It begins today", "It is 4 customers now, and you saw 9"):
        assert part in said
    assert "For Tom" in said
    assert not HandOver.objects.exists()
    assert "not below the first one" in text(
        office.client(office.dana).get(f"{NEW}?giver={office.priya.pk}&at_least=5&at_most=1")
    )


def test_others_than_the_two_and_their_manager_do_not_read_it(office: Office) -> None:
    where = send(office)

    assert office.client(office.priya).get(where).status_code == 200
    assert office.client(office.sam).get(where).status_code == 404
    assert office.client(office.priya).get(NEW).status_code == 403


def test_notes_ask_as_often_for_many_as_for_few(office: Office) -> None:
    owed(office)
    where = send(office, country="")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert office.client(office.dana).get(where).status_code == 200
        return len(asked)

    queries()
    many = queries()
    found = HandOver.objects.get()
    found.lines.exclude(customer=office.customer("100")).delete()
    assert queries() == many
    assert Customer.objects.count() == 4


def test_the_manager_says_whether_new_customers_pass_too(office: Office) -> None:
    of_priya(office)
    page = flat(text(office.client(office.dana).get(f"{NEW}?giver={office.priya.pk}")))
    assert "These customers only: whom “Of Priya” takes later goes to Priya still" in page
    assert "“Of Priya” from now on: whom it takes later goes to the new collector too" in page
    part = flat(text(office.client(office.dana).get(f"{NEW}?giver={office.priya.pk}&at_least=500")))
    assert "These customers only pass." in part
    assert "a portfolio passes as a whole" in part

    assert "Choose whether new customers pass too." in send(office)
    where = send(office, new_ones="new")
    read = flat(text(office.client(office.dana).get(where)))
    assert "New customers of these portfolios go to Tom too" in read
    assert Portfolio.objects.get().collector == office.tom


def test_these_customers_only_leaves_the_portfolio_where_it_is(office: Office) -> None:
    of_priya(office)
    read = flat(text(office.client(office.dana).get(send(office, new_ones="these"))))
    assert "These customers only: new ones go to Priya still" in read
    assert Portfolio.objects.get().collector == office.priya

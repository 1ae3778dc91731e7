"""Home of whoever sells: what waits for them, and which of their customers are overdue for longest."""

import datetime as dt
import re
from decimal import Decimal

from django.utils.html import strip_tags

from collections_app.behaviour import positions
from collections_app.chase import working
from collections_app.contact import commitments
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.conversations import Contested
from collections_app.contact.disputes import Dispute
from collections_app.contact.rules import Outcome
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from tests.desk import call
from tests.screens.collecting.conftest import Office


def home(office: Office) -> str:
    return office.client(office.sam).get("/NG/").content.decode()


def test_sales_begin_with_their_customers_who_are_overdue_for_longest(office: Office) -> None:
    Customer.objects.filter(number__in=("100", "200", "400")).update(salesperson=office.sam)
    positions.measure(company=office.company, today=office.today)
    page = home(office)
    assert re.findall(r'id="sold-\d+"[^>]*>([^<]+)<', page) == ["Harrow Tools", "Brandt GmbH"]

    Customer.objects.update(salesperson=None)
    assert "None of your customers has anything overdue." in home(office)


def test_sales_read_what_waits_for_them(office: Office) -> None:
    Customer.objects.filter(number="200").update(salesperson=office.sam)
    contested = (Contested(office.rows.invoices["B1"], Decimal(100), "PRICE"),)
    User.objects.filter(pk=office.sam.pk).update(desk="sales")
    working.log_contact(
        call(Outcome.DISPUTES, contested=contested),
        customer=office.customer("200"),
        by=office.priya,
        at=office.at,
    )
    Dispute.objects.update(answer_due_on=office.today)
    text = " ".join(strip_tags(home(office)).split())
    assert "Disputes: 1 waits for you." in text


def test_sales_are_reminded_of_what_they_said_they_would_do(office: Office) -> None:
    for words, days in (("for the rebate", 0), ("next month", 30)):
        commitments.record(
            customer=office.customer("200"), kind="credit_note", words=words, owner=office.sam,
            due_on=office.today + dt.timedelta(days=days), by=office.priya, at=office.at,
        )  # fmt: skip
    text = " ".join(strip_tags(home(office)).split())
    assert "You said that you would do something for Brandt GmbH, by " in text
    assert "for the rebate" in text
    assert "next month" not in text

    made = Commitment.objects.get(words="for the rebate")
    page = office.client(office.sam).get(f"/NG/requests/commitments/{made.pk}/")
    assert page.status_code == 200

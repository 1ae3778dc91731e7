"""What of the reader's own duties home counts, and the lists behind the counts."""

import re
from decimal import Decimal

from collections_app.contact import colleague_requests, commitments, disputes
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.disputes import Dispute
from collections_app.people.users import User
from tests.screens.collecting.conftest import Office
from tests.screens.collecting.test_home import DAY, HOUR, counts, home


def commitment(office: Office, number: str, *, due: int, owner: User | None = None) -> Commitment:
    """A copy, due so many days from today."""
    return commitments.record(
        customer=office.customer(number),
        kind="copy",
        owner=owner or office.priya,
        due_on=office.today + due * DAY,
        by=office.priya,
        at=office.at - 5 * DAY,
    )


def rows_of(office: Office, kind: str) -> list[str]:
    """Names in the list that a count of Priya's home opens, in its order."""
    page = office.client(office.priya).get(f"/NG/home/{kind}/").content.decode()
    return re.findall(r"data-row-link>([^<]+)<", page)


def test_our_commitments_of_today_and_late_ones_are_counted_and_listed(office: Office) -> None:
    commitment(office, "100", due=0)
    commitment(office, "300", due=-2)
    commitment(office, "200", due=1)
    commitment(office, "200", due=-1, owner=office.tom)
    commitments.meet(commitment(office, "200", due=0), by=office.priya, at=office.at)

    assert counts(home(office))["Our commitments due"] == 2
    assert rows_of(office, "commitments") == ["Calder Ltd", "Harrow Tools"]
    assert counts(home(office, "dana"))["Our commitments due"] == 0


def test_what_colleagues_answered_is_told_to_who_asked(office: Office) -> None:
    asked = colleague_requests.ask(
        customer=office.customer("200"),
        kind="invoice_copy",
        to_user=office.sam,
        reason="the customer wants it",
        due_on=office.today,
        by=office.priya,
        at=office.at - HOUR,
    )
    assert counts(home(office))["Colleagues answered"] == 0
    colleague_requests.answer(asked, words="Here it is.", by=office.sam, at=office.at - HOUR / 2)
    assert counts(home(office))["Colleagues answered"] == 1
    assert rows_of(office, "answers") == ["Brandt GmbH"]
    assert counts(home(office, "dana"))["Colleagues answered"] == 0


def test_disputes_past_their_day_are_told_to_whom_they_are_with(office: Office) -> None:
    dispute = disputes.lodge(
        customer=office.customer("200"),
        invoice=office.rows.invoices["B1"],
        amount=Decimal(200),
        reason="COPY",
        by=office.priya,
        at=office.at,
    )
    assert counts(home(office))["Disputes past their day, with you"] == 0
    Dispute.objects.filter(pk=dispute.pk).update(owner=office.priya, resolve_due_on=office.today - DAY)
    assert counts(home(office))["Disputes past their day, with you"] == 1
    assert rows_of(office, "overdue-disputes") == ["Brandt GmbH"]
    assert counts(home(office, "dana"))["Disputes past their day, with you"] == 0

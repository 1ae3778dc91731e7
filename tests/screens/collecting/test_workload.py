"""How the work is spread: by name, each figure with its list, and for a collector their own line only."""

import datetime as dt
import re
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.chase.entries import Entry
from collections_app.contact import commitments, disputes
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.disputes import Dispute
from collections_app.ledger.customers import Customer
from collections_app.reports import snapshots, workloads
from collections_app.segmentation import portfolios
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.rules.conditions import Rule
from tests.desk import list_day
from tests.doors import text
from tests.screens.collecting.conftest import Office

PAGE = "/NG/reports/workload/"


def give(office: Office, number: str, username: str) -> None:
    """From now on it is looked after by somebody else."""
    Assignment.objects.filter(customer__number=number).update(collector=getattr(office, username))
    list_day(office.company, at=office.at)


def test_a_manager_reads_everybody_by_name_with_what_is_with_them(office: Office) -> None:
    give(office, "300", "tom")
    late = office.today - dt.timedelta(days=2)
    owed = commitments.record(
        customer=office.customer("100"), kind="copy", owner=office.tom, due_on=office.today,
        by=office.tom, at=office.at,
    )  # fmt: skip
    Commitment.objects.filter(pk=owed.pk).update(due_on=late)
    disputes.lodge(
        customer=office.customer("200"), invoice=office.rows.invoices["B1"], amount=Decimal(40),
        reason="PRICE", by=office.priya, at=office.at,
    )  # fmt: skip
    Dispute.objects.update(owner=office.priya)
    ContactLog.objects.create(
        company=office.company, customer=office.customer("300"), by=office.tom, at=office.at, channel="call",
        direction="out", outcome="no_answer",
    )  # fmt: skip

    found = {each.collector: each for each in workloads.loads(office.company, today=office.today)}
    assert [str(each) for each in found] == ["Priya", "Tom"]
    priya, tom = found[office.priya], found[office.tom]
    assert (priya.customers, tom.customers) == (3, 1)
    assert priya.overdue == [(Decimal(150000), "GBP")]
    assert tom.overdue == [(Decimal(900), "GBP")]
    assert (tom.late_ours, priya.late_ours) == (1, 0)
    assert (priya.disputes, tom.disputes) == (1, 0)
    assert (tom.contacts, priya.contacts) == (1, 0)
    assert (tom.first_touch.median, priya.first_touch.median) == (Decimal(20), None)
    middles = workloads.medians(list(found.values()))
    assert (middles.customers, middles.first_touch) == (Decimal(2), Decimal(20))


def test_each_count_opens_a_list_of_as_many(office: Office) -> None:
    give(office, "300", "tom")
    snapshots.refresh(company=office.company, today=office.today, at=office.at)
    read = text(office.client(office.dana).get(PAGE))
    (address,) = set(re.findall(r'href="(/NG/chase/\?view=all&(?:amp;)?of=tom)"', read))
    listed = text(office.client(office.dana).get(address.replace("&amp;", "&")))

    assert "What Tom works today." in listed
    assert "Calder Ltd" in listed
    assert "Brandt GmbH" not in listed
    money = re.findall(r'href="(/NG/reports/customers/[^"]*)"', read)
    opened = [text(office.client(office.dana).get(each.replace("&amp;", "&"))) for each in money]
    assert ["£150,000.00" in opened[0], "£900.00" in opened[1]] == [True, True]


def test_a_collector_reads_their_own_line_and_nobody_elses(office: Office) -> None:
    give(office, "300", "tom")
    read = text(office.client(office.tom).get(PAGE))

    assert "Your workload" in read
    assert "£900.00" in read
    assert "Priya" not in read
    assert "edian" not in read.replace("is the median of days", "")
    assert office.client(office.sam).get(PAGE).status_code == 403
    # Nor does an address that was guessed.
    assert "works today" not in text(office.client(office.tom).get("/NG/chase/?view=all&of=priya"))


def test_who_is_away_and_who_stands_in_is_told(office: Office) -> None:
    portfolio = portfolios.create(
        company=office.company,
        name="North",
        rule=Rule(),
        collector=office.priya,
        by=office.dana,
        at=office.at,
    )
    portfolios.set_stand_in(
        portfolio=portfolio, stand_in=office.tom, start=office.today,
        end=office.today + dt.timedelta(days=4), by=office.dana, at=office.at,
    )  # fmt: skip
    read = " ".join(text(office.client(office.dana).get(PAGE)).split())

    assert "Tom stands in" in read
    assert "stands in for Priya" in read


def test_it_asks_as_often_for_many_as_for_few(office: Office) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert office.client(office.dana).get(PAGE).status_code == 200
        return len(asked)

    queries()
    few = queries()
    Customer.objects.bulk_create(
        Customer(
            company=office.company, number=f"9{n}", name=f"Firm {n}", search_key=f"9{n} firm {n}",
            currency="GBP", recorded_at=office.at,
        )
        for n in range(30)
    )  # fmt: skip
    list_day(office.company, at=office.at)
    assert Entry.objects.filter(company=office.company).exists()
    assert queries() == few

"""Previews: who would get what on a day, before a procedure goes live."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.dunning import blocks, levels, previews
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules.ladder import Why
from collections_app.dunning.rules.steps import Channel, Procedure, Step
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.people.users import User
from tests.dunning.reminding import LEDGER, later, morning, stages
from tests.ledgertext import load

EARLIER = Procedure("standard", (Step("letter+1", 1, Channel.LETTER, 1),))


def towns(company: Company, today: dt.date) -> dict[str, int]:
    """One customer who is nine days late, another who is one day late."""
    other = LEDGER.replace("100", "200").replace(" A", " B").replace(" H", " K")
    load(
        LEDGER + other.replace("due=-9", "due=-1").replace("due=-2", "due=+10"), company=company, today=today
    )
    return dict(Customer.objects.values_list("number", "pk"))


def test_a_preview_says_who_would_get_what_and_writes_nothing(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    ids = towns(company, today)
    morning(company, later(today, -1))
    ReminderDraft.objects.all().delete()

    found = previews.of_day(company=company, day=today, at=at)

    assert found.by_step == {(1, Channel.EMAIL): 1}
    assert [line.customer for line in found.reminded] == [ids["100"]]
    assert found.why == {Why.TAKE: 1, Why.TOO_EARLY: 1}
    assert not ReminderDraft.objects.exists()


def test_a_day_ahead_is_told_as_the_ledger_is_now(company: Company, today: dt.date, at: dt.datetime) -> None:
    ids = towns(company, today)
    morning(company, today)

    found = previews.of_day(company=company, day=later(today, 2), at=at)

    assert {line.customer for line in found.reminded} == set(ids.values())


def test_a_procedure_that_is_not_live_is_compared_with_the_one_in_force(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    ids = towns(company, today)
    morning(company, today)

    changes = {
        each.customer: each for each in previews.compare(company=company, day=today, instead=EARLIER, at=at)
    }

    assert set(changes) == set(ids.values())
    late = changes[ids["200"]]
    assert late.before is not None
    assert late.after is not None
    assert (late.before.steps, [step.code for step in late.after.steps]) == ((), ["letter+1"])


def test_what_one_more_level_would_send_is_told_before_it_is_switched_on(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    towns(company, today)
    morning(company, today)
    levels.switch(company=company, highest_level=0, from_on=today, by=None, at=at)

    assert previews.of_day(company=company, day=today, at=at).reminded == []
    assert len(previews.of_day(company=company, day=today, highest_level=1, at=at).reminded) == 1


def reach(ids: dict[str, int], at: dt.datetime) -> None:
    for number, pk in ids.items():
        email = f"ada@{number}.example"
        Contact.objects.create(customer_id=pk, name="Ada Osei", email=email, recorded_at=at)


def test_it_says_whose_message_would_be_held_back_and_why(
    company: Company, today: dt.date, at: dt.datetime, dana: User
) -> None:
    ids = towns(company, today)
    reach({"100": ids["100"]}, at)
    Customer.objects.update(address="")
    stages(company, today)
    assert previews.of_day(company=company, day=today, at=at).held == {}
    a1 = Invoice.objects.select_related("customer").get(number="A1")
    blocks.place(customer=a1.customer, invoice=a1, reason="agreed", until=later(today, 3), by=dana, at=at)

    _, found = previews.beside(company=company, day=today, instead=EARLIER, at=at)

    codes = {pk: [stop.code.value for stop in stops] for pk, stops in found.held.items()}
    assert codes == {ids["100"]: ["blocked", "no_address"], ids["200"]: ["no_address"]}
    assert "Reminders of A1 are blocked until" in found.held[ids["100"]][0].sentence
    assert not ReminderDraft.objects.exists()


def test_on_a_day_ahead_it_asks_about_that_day(
    company: Company, today: dt.date, at: dt.datetime, dana: User
) -> None:
    ids = towns(company, today)
    reach(ids, at)
    stages(company, today)
    customer = Customer.objects.get(pk=ids["100"])
    blocks.place(customer=customer, invoice=None, reason="agreed", until=later(today, 1), by=dana, at=at)

    assert set(previews.of_day(company=company, day=today, at=at).held) == {ids["100"]}
    assert previews.of_day(company=company, day=later(today, 2), at=at).held == {}


def test_the_statements_of_a_preview_do_not_grow_with_the_customers(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    counted = []
    for first, last in ((300, 303), (400, 430)):
        text = "".join(
            LEDGER.replace("100", str(n)).replace(" A", f" A{n}").replace(" H", f" H{n}")
            for n in range(first, last)
        )
        load(text, company=company, today=today)
        stages(company, today)
        with CaptureQueriesContext(connection) as queries:
            found = previews.of_day(company=company, day=today, at=at)
        assert set(found.held) == {line.customer for line in found.reminded}
        counted.append(len(queries))
    assert counted[1] <= counted[0]

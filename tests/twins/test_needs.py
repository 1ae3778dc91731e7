"""The counts of the rail by one statement and by the lists that they are counts of: the same for every reader
and on every day around the days that decide.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from collections_app.chase.entries import Entry
from collections_app.contact import (
    colleague_requests,
    dispute_lists,
    dispute_pauses,
    disputes,
    promise_lists,
    promises,
    request_rows,
)
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.correspondence import messages, received_messages
from collections_app.correspondence.message_rows import Message
from collections_app.dunning import draft_lists
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.holds import orders, releases, steering
from collections_app.holds.rules.ordering import Stated
from collections_app.intake.received import Batch
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.desks import Desk
from collections_app.people.rules import Deed, Role
from collections_app.people.users import User
from collections_app.reports import approvals
from collections_app.screens import inbox_lists, needs, outbox_lists
from collections_app.segmentation.assignments import Assignment
from collections_app.write_offs import decisions, proposals
from tests.correspondence.incoming_mails import mail
from tests.correspondence.mailing import LETTER
from tests.desk import list_day, person
from tests.dunning.reminding import waiting
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

TODAY = dt.date(2026, 4, 22)
DAY = dt.timedelta(days=1)
NOON = dt.datetime(2026, 4, 22, 12, tzinfo=dt.UTC)
LEDGER = "\n".join(
    f'customer {100 * n} "Customer {n}"\n'
    + "\n".join(f"invoice {100 * n} {letter}{n} 100.00 due=-20" for letter in "ABCDE")
    for n in (1, 2)
)


@pytest.fixture
def company(db: None) -> Company:
    return company_of(country="GB", time_zone="Europe/London")


@pytest.fixture
def rows(company: Company) -> Rows:
    return load(LEDGER, company=company, today=TODAY)


@pytest.fixture
def people(company: Company, rows: Rows) -> list[User]:
    found = [
        person(company, "priya"),
        person(company, "tom"),
        person(company, "dana", Role.MANAGER),
        person(company, "sam", Role.SALES),
    ]
    for user, desk in zip(found[1:], (Desk.BILLING, Desk.CREDIT_CONTROL, Desk.SALES), strict=True):
        user.desk = desk
        user.save()
    for user, number in zip(found, ("100", "200"), strict=False):
        Assignment.objects.create(company=company, customer=rows.customers[number], collector=user, day=TODAY)
    return found


def _promise(rows: Rows, n: int, in_days: int, by: User) -> None:
    invoice = rows.invoices[f"A{n}"]
    promises.record(
        customer=rows.customers[str(100 * n)],
        amount=Decimal(100),
        currency="GBP",
        promised_on=TODAY + in_days * DAY,
        lines=[(invoice, Decimal(100))],
        by=by,
        at=NOON,
        today=TODAY,
    )


def _talk(rows: Rows, people: list[User]) -> None:
    """Promises, disputes in every state with everybody, and requests to people, desks and strangers."""
    priya, tom, dana, _ = people
    for n in (1, 2):
        _promise(rows, n, n, priya)
        customer = rows.customers[str(100 * n)]
        lodged = [
            disputes.lodge(
                customer=customer,
                invoice=rows.invoices[f"{letter}{n}"],
                amount=Decimal(40),
                reason=reason,
                by=priya,
                at=NOON,
            )
            for letter, reason in zip("BCDE", ("PRICE", "QTY", "PO", "DUP"), strict=True)
        ]
        dispute_pauses.ask_customer(lodged[1], asked_for="the order", by=priya, at=NOON)
        lodged[2].owner, lodged[2].desk = tom, Desk.SALES
        lodged[2].save()
        lodged[3].told_at = NOON
        lodged[3].save()
        for to_user, desk in ((tom, ""), (dana, ""), (None, Desk.SALES), (None, Desk.BILLING)):
            colleague_requests.ask(
                customer=customer,
                kind="proof_of_delivery",
                to_user=to_user,
                to_desk=desk,
                reason="they cannot find it",
                due_on=TODAY + 2 * DAY,
                by=priya,
                at=NOON,
            )


def _write(company: Company, rows: Rows, tom: User) -> None:
    """To Priya's customer by the clock and by Tom, to Tom's by the clock; in all states."""
    for n, (number, by) in enumerate((("100", None), ("100", tom), ("200", None))):
        for state in ("held_back", "ready"):
            message = messages.prepare(
                company=company,
                customer=rows.customers[number],
                key=f"{n}{state}",
                letter=LETTER,
                by=by,
                at=NOON,
            )
            Message.objects.filter(pk=message.pk).update(state=state, stops=["why"])


def _write_back(company: Company, rows: Rows, priya: User) -> None:
    """Two replies of Priya's customer and one more that is read, one of Tom's, one of nobody; a machine's."""
    mails = ("reply_paid", "reply_copy", "reply_query", "reply_thanks", "reply_promise", "away_german")
    got = [received_messages.take(mail(name), company=company, at=NOON).received for name in mails]
    for each, number in zip(got, ("100", "100", "100", "200", "", "100"), strict=True):
        assert each
        if number:
            received_messages.assign(each, customer=rows.customers[number], by=priya, at=NOON)
    assert got[2]
    received_messages.mark_read(got[2], by=priya, at=NOON)


def test_the_rail_counts_what_the_lists_hold(company: Company, rows: Rows, people: list[User]) -> None:
    list_day(company, at=NOON)
    _talk(rows, people)
    ColleagueRequest.objects.filter(to_desk=Desk.BILLING).update(risen_to=people[2], risen_at=NOON)
    Entry.objects.filter(customer=rows.customers["100"]).update(collector=people[0], left_out="")
    _write(company, rows, people[1])
    _write_back(company, rows, people[0])
    seen = set()
    for user in people:
        collector = None if user.may(Deed.SEE_WHOLE_COMPANY) else user
        for day in (TODAY + n * DAY for n in range(-1, 30)):
            counted = needs.counts(user, company, today=day)
            assert counted == {
                "chase_list": Entry.objects.listed(company).filter(collector=user).count(),
                "promises": promise_lists.to_look_for(company, collector=collector, today=day).count(),
                "disputes": dispute_lists.needing(user, company=company, today=day).count(),
                "requests": request_rows.waiting(user, company),
                "inbox": inbox_lists.needing(user, company).count(),
                "outbox": outbox_lists.needing(user, company).count(),
                "reminders": 0,
                "holds": 0,
                "write_offs": 0,
                "approvals": 0,
                "imports": 0,
            }, (user, day)
            seen |= set(counted.items())
    # That there was something to count, and days on which it was not yet.
    assert {("promises", n) for n in (0, 1, 2)} <= seen
    assert {("outbox", n) for n in (0, 2, 3)} <= seen
    assert {("inbox", n) for n in (1, 3, 4)} <= seen
    assert {("disputes", 0), ("disputes", 2), ("requests", 2), ("chase_list", 1)} <= seen


def test_a_file_that_waits_for_a_yes_is_counted_for_its_company_only(company: Company) -> None:
    reader = person(company, "dana", Role.MANAGER)
    elsewhere = company_of("DE")
    for owner, state in ((company, "checked"), (company, "refused"), (elsewhere, "checked")):
        Batch.objects.create(
            company=owner,
            kind="customers",
            profile_name="own",
            mapping={},
            file_bytes=1,
            state=state,
            received_at=NOON,
        )

    assert needs.counts(reader, company, today=TODAY)["imports"] == 1


def test_reminders_count_what_their_lists_hold(company: Company, rows: Rows, people: list[User]) -> None:
    """Whatever is open, and letters to print; what is for a manager counts for managers only."""
    for n, number in enumerate(("100", "200")):
        for channel, state, signer in (
            ("call", "proposed", "collector"),
            ("task", "proposed", "manager"),
            ("hold_proposal", "proposed", "collector"),
            ("email", "held_back", "manager"),
            ("letter", "approved", "collector"),
        ):
            facts: dict[str, Any] = {"decided_at": NOON} if state == "approved" else {}
            facts |= {"stops": [{"sentence": "why"}]} if state == "held_back" else {}
            waiting(
                rows.customers[number],
                rows.invoices[f"A{n + 1}"],
                day=TODAY,
                channel=channel,
                state=state,
                signer=signer,
                **facts,
            )
    ours = ("held_back", "to_approve", "by_hand", "to_post")
    seen: list[tuple[User, str, tuple[str, ...]]] = [
        (people[0], "100", ours),
        (people[1], "200", ours),
        (people[2], "", (*ours, "for_manager")),
    ]
    for user, number, views in seen:
        found = ReminderDraft.objects.filter(company=company)
        listed = draft_lists.counts(found.filter(customer__number=number) if number else found)
        held = sum(listed[view] for view in views)
        assert needs.counts(user, company, today=TODAY)["reminders"] == held == (3 if number else 10)


def test_releases_count_for_whoever_may_decide_about_them(
    company: Company, rows: Rows, people: list[User]
) -> None:
    """Not for whoever asked, nor for whoever sells to the customer."""
    priya, _, dana, sam = people
    rita, ruth = person(company, "rita", Role.MANAGER), person(company, "ruth", Role.MANAGER)
    Customer.objects.filter(number="100").update(salesperson=ruth)
    for n, asker, seller in ((1, sam, ""), (2, dana, ""), (2, priya, "rita")):
        customer = Customer.objects.select_related("company").get(number=str(100 * n))
        stated = Stated(
            number=f"SO-{asker}", amount=Decimal(50), currency="GBP", placed_on=TODAY, salesperson_code=seller
        )
        steering.force(customer, reason="We wait", by=dana, at=NOON)
        taken = orders.take_in(customer=customer, stated=stated, by=None, at=NOON)
        releases.ask(taken.order, reason="Stock", by=asker, at=NOON)

    counted = {
        user.username: needs.counts(user, company, today=TODAY)["holds"] for user in (*people, rita, ruth)
    }
    assert counted == {"priya": 0, "tom": 0, "dana": 2, "sam": 0, "rita": 2, "ruth": 2}
    assert all(
        releases.waiting_for(user, company=company).count() == counted[user.username]
        for user in (*people, rita, ruth)
    )


def test_write_offs_count_for_whoever_may_decide_and_has_not(
    company: Company, rows: Rows, people: list[User]
) -> None:
    """Not for whoever proposed it, nor for the first of two who approve it, nor for who sells to them."""
    priya, _, dana, _ = people
    rita, seller = person(company, "rita", Role.MANAGER), person(company, "ruth", Role.MANAGER)
    Customer.objects.filter(number="100").update(salesperson=seller)
    for n, by in ((1, priya), (2, dana)):
        lines = [(rows.invoices[f"A{n}"], Decimal(50))]
        customer = rows.customers[str(100 * n)]
        proposals.propose(customer, lines=lines, reason="COST", words="Gone", by=by, at=NOON)
    first = rows.invoices["B1"]
    first.open_amount = first.amount = Decimal(9000)
    first.save()
    large = proposals.propose(
        rows.customers["100"], lines=[(first, Decimal(9000))], reason="COST", words="Gone", by=priya, at=NOON
    )
    decisions.approve(large, by=dana, at=NOON)

    counted = {
        user.username: needs.counts(user, company, today=TODAY)["write_offs"]
        for user in (*people, rita, seller)
    }
    assert counted == {"priya": 0, "tom": 0, "dana": 1, "sam": 0, "rita": 3, "ruth": 1}
    for user in (*people, rita, seller):
        waits = decisions.waiting_for(user, company=company).count()
        listed = approvals.waiting_for(user, company=company).kinds.get("write_off", 0)
        assert waits == listed == counted[user.username], user

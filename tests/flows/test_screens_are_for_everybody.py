"""Every page of every role in the states one meets: axe finds nothing serious, nothing sticks out."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page

from collections_app.chase import claims, wrong_people
from collections_app.contact import answer_links, colleague_requests, commitments, disputes, promises
from collections_app.contact.commitment_rows import Commitment
from collections_app.correspondence import (
    default_letters,
    letter_drafts,
    messages,
    outbox,
    received_messages,
)
from collections_app.correspondence.rules import MessageKind
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.correspondence.rules.sending import Outcome
from collections_app.dunning import blocks, interest_charges, interest_terms, procedures
from collections_app.forecasting import forecasts
from collections_app.holds import orders, releases, rule_versions
from collections_app.holds.hold_rows import Hold
from collections_app.holds.rules.ordering import Stated
from collections_app.intake import batches
from collections_app.intake.batches import Batch
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.teams import Team
from collections_app.people.users import User
from collections_app.reports.saved_views import SavedView
from collections_app.segmentation import drafts, portfolios
from collections_app.segmentation.covers import Cover
from collections_app.segmentation.rules.conditions import Rule
from collections_app.systems import deliveries, endpoints, systems, tokens
from collections_app.systems.rules.scopes import Scope
from collections_app.systems.wires import Answered
from tests.correspondence.incoming_mails import mail
from tests.correspondence.mailing import LETTER, Post, send
from tests.desk import person
from tests.dunning.reminding import waiting
from tests.flows.sights import too_wide, violations
from tests.flows.tabs import Tabs
from tests.flows.walks import WALKS
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAMPLES = Path(__file__).parents[2] / "docs" / "samples"


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical on the page as it stands."""
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in violations(page)
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def faults(page: Page, *, is_dark: bool) -> list[str]:
    """What is wrong with the page as it stands: by axe on a wide light screen, or a small dark one; by width
    on all.
    """
    found = [] if is_dark else serious(page)
    found += too_wide(page, (1440, 820, 320, 390))
    return found + (serious(page) if is_dark else [])


def brought_in(company: Company, text: str) -> Batch:
    """A file that a worker has looked through."""
    at = clock.now()
    batch = batches.receive(
        company=company,
        file_name="open-items.csv",
        content=[text.encode()],
        profile_name="own",
        kind="open-items",
        as_of=dt.date(2026, 3, 11),
        by=None,
        at=at,
    )
    batches.check(batch, at=at)
    return batch


def between_us(customer: Customer, by: User) -> dict[str, int | str]:
    """Something asked of a colleague outside, links to it, and something that we owe, late."""
    at = clock.now()
    today = customer.company.today(at=at)
    asked = colleague_requests.ask(
        customer=customer,
        kind="proof_of_delivery",
        to_email="wim@haulier.example",
        reason="they cannot pay without it",
        due_on=today,
        by=by,
        at=at,
    )
    expired = answer_links.issue(asked, by=by, at=at - dt.timedelta(days=20))
    owed = commitments.record(customer=customer, kind="copy", owner=by, due_on=today, by=by, at=at)
    Commitment.objects.update(due_on=today - dt.timedelta(days=3))
    link = answer_links.issue(asked, by=by, at=at)
    return {"request": asked.pk, "commitment": owed.pk, "link": link, "expired": expired}


def agreed(rows: Rows, by: User) -> dict[str, int]:
    """A promise that runs, and a dispute that waits for its owner."""
    at, brandt = clock.now(), rows.customers["102"]
    invoice, today = rows.invoices["B1"], brandt.company.today(at=at)
    contested = disputes.lodge(
        customer=brandt, invoice=invoice, amount=Decimal(500), reason="PRICE", by=by, at=at
    )
    promised = promises.record(
        customer=brandt,
        amount=Decimal(1000),
        currency=invoice.currency,
        promised_on=today + dt.timedelta(days=3),
        lines=[(invoice, Decimal(1000))],
        by=by,
        at=at,
        today=today,
    )
    return {"promise": promised.pk, "dispute": contested.pk}


def late(company: Company) -> None:
    """Interest that one manager proposes to charge, and what else bears some."""
    at, ruth = clock.now(), person(company, "ruth", Role.MANAGER)
    more = load(
        'customer 101 "Harrow Tools"\ninvoice 101 K1 1000.00 due=2026-01-30',
        company=company,
        today=company.today(at=at),
    )
    interest_terms.switch(company=company, on=True, by=ruth, at=at)
    interest_charges.propose(more.invoices["K1"], reason="Third time late", by=ruth, at=at)


def written(customer: Customer, by: User) -> dict[str, int | str]:
    """Messages that are ready, waiting to leave, and of which nobody knows whether they left."""
    at = clock.now()
    made = [
        messages.prepare(
            company=customer.company, customer=customer, key=f"walk:{n}", letter=LETTER, by=by, at=at
        )
        for n in range(3)
    ]
    asking = replace(LETTER, kind=MessageKind.REMINDER)
    reminder = messages.prepare(
        company=customer.company, customer=customer, key="walk:asking", letter=asking, by=by, at=at
    )
    outbox.release([made[0], reminder], by=None, at=at)
    send(Post(Outcome.UNKNOWN), at=at)
    outbox.release(made[1:2], by=by, at=at)
    wrong_person = wrong_people.token_of(reminder)
    return {"message": made[0].pk, "ready": made[2].pk, "wrong_person": wrong_person}


def came_back(customer: Customer, by: User) -> dict[str, int]:
    """A reply, a bounce, a machine's answer, one of nobody, and something that cannot be read."""
    at, company = clock.now(), customer.company
    customer.contacts.filter(is_primary=True).update(email=LETTER.to_address)
    sent = messages.prepare(company=company, customer=customer, key="walk:sent", letter=LETTER, by=by, at=at)
    outbox.release([sent], by=None, at=at)
    send(Post(), at=at)
    found = {}
    for name, kind in (("reply", "reply_promise"), ("bounce", "bounce_report"), ("machine", "away_english")):
        taken = received_messages.take(mail(kind, about=sent), company=company, named="INBOX", at=at)
        found[name] = taken.received.pk if taken.received else 0
    strange = received_messages.take(mail("reply_with_file"), company=company, named="INBOX", at=at).received
    received_messages.take(b"\x89PNG", company=company, named="INBOX", at=at)
    return {**found, "strange": strange.pk if strange else 0}


def worded(company: Company) -> None:
    """A letter of the company's own, in its first version."""
    at, words = clock.now(), default_letters.words_of(Purpose.LEVEL_1, "en")
    draft = letter_drafts.save(
        company=company, purpose=Purpose.LEVEL_1, language="en", words=words, revision=0, by=None, at=at
    )
    letter_drafts.publish(draft=draft, revision=draft.revision, customers=(), by=None, at=at)


def ordered(customer: Customer, by: User) -> dict[str, int]:
    """An order that waits, and another whose release is asked for."""
    at, found = clock.now(), []
    for number in ("SO-1", "SO-2"):
        stated = Stated(
            number=number, amount=Decimal(700), currency="GBP", placed_on=customer.company.today(at=at)
        )
        found.append(orders.take_in(customer=customer, stated=stated, by=None, at=at).order)
    releases.ask(found[1], reason="Their line stands still", by=by, at=at)
    usual = rule_versions.ensure_default(company=customer.company, by=None, at=at)
    draft = rule_versions.begin(company=customer.company, by=None, at=at)
    return {"order": found[0].pk, "asked": found[1].pk, "rules": usual.pk, "drafted": draft.pk}


def connected(company: Company) -> dict[str, int]:
    """A system that is told of two orders on hold, and took one of them."""
    at, olga = clock.now(), person(company, "olga", Role.ADMINISTRATOR)
    system = systems.connect(name="Webshop", scopes=list(Scope), companies=[company], by=olga, at=at)
    tokens.make(system, by=olga, at=at)
    endpoint = endpoints.make(system, address="https://erp.example.com/holds?for=warehouse", by=olga, at=at)
    for hold in Hold.objects.filter(company=company):
        Hold.objects.filter(pk=hold.pk).update(held_at=at)
    deliveries.gather(at=at)
    if (first := deliveries.claim(at=at)) is not None:
        deliveries.settle(first, Answered(503, "Down for maintenance until noon"), at=at)
    if (second := deliveries.claim(at=at)) is not None:
        deliveries.settle(second, Answered(200, "ok"), at=at)
    return {"system": system.pk, "endpoint": endpoint.pk}


@pytest.fixture
def places(company: Company, rows: Rows, priya: User) -> dict[str, int | str]:
    """Everything there is to see, by the words that stand for it in addresses."""
    at, text = clock.now(), (SAMPLES / "open-items.csv").read_text("utf-8")
    company_of("BARE")
    drafts.begin(company=company, by=None, at=at)
    procedures.ensure_default(company=company, by=None, at=at)
    procedures.begin(company=company, segment_code="standard", by=None, at=at)
    forecasts.make(company=company, today=company.today(at=at), at=at)
    rest = portfolios.create(company=company, name="All", rule=Rule(), collector=priya, by=None, at=at)
    today, tom = company.today(at=at), person(company, "tom")
    portfolios.set_stand_in(portfolio=rest, stand_in=tom, start=today, end=today, by=None, at=at)
    applied = brought_in(company, (SAMPLES / "customers.csv").read_text("utf-8"))
    customer = rows.customers["101"]
    claims.claim(customer=rows.customers["103"], user=tom, at=at)
    late(company)
    worded(company)
    blocks.place(customer=customer, reason="plan", words="three parts", until=today, by=priya, at=at)
    held = [{"code": "paid", "then": "person", "sentence": "It was paid since.", "until": None}]
    waiting(rows.customers["103"], rows.invoices["C1"], day=today, state="held_back", stops=held)
    reminded = waiting(customer, rows.invoices["A1"], rows.invoices["A2"], day=today)
    deeds = {
        channel: waiting(customer, rows.invoices["A1"], day=today, channel=channel, note="Ask for a day").pk
        for channel in ("call", "task", "hold_proposal")
    }
    letter = {"channel": "letter", "state": "approved", "decided_at": at, "subject": "A1", "body": "Words"}
    waiting(rows.customers["104"], rows.invoices["D1"], day=today, **letter)
    one = rows.invoices["A2"]
    blocks.place(customer=customer, invoice=one, reason="legal", until=today, by=tom, at=at)
    return {
        **between_us(customer, priya),
        **agreed(rows, priya),
        **written(customer, priya),
        **came_back(customer, priya),
        **ordered(customer, priya),
        **connected(company),
        "customer": customer.pk,
        "reminder": reminded.pk,
        "task": deeds["task"],
        "hold": deeds["hold_proposal"],
        "portfolio": rest.pk,
        "cover": Cover.objects.get().pk,
        "checked": brought_in(company, text).pk,
        "refused": brought_in(company, text.replace("1250.00", "many")).pk,
        "applied": applied.pk,
        "view": SavedView.objects.create(company=company, name="All of it", query={"currency": "GBP"}).pk,
        "team": Team.objects.create(name="North").pk,
    }


@pytest.mark.parametrize("who", WALKS)
def test_every_page_is_for_everybody(
    tabs: Tabs, company: Company, places: dict[str, int | str], priya: User, who: str
) -> None:
    role, screens = WALKS[who]
    user = priya if role == Role.COLLECTOR else person(company, "ada", role) if role else None
    if role == Role.SALES:
        Customer.objects.filter(pk=places["customer"]).update(salesperson=user)
    # Dark and light take turns, so that a page that is met in two states is seen in both.
    pages = [tabs.open(user), tabs.open(user, color_scheme="dark")]
    found = {}
    for turn, (path, state) in enumerate(screens):
        page = pages[turn % 2]
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(path.format(**places, ada=user.pk if user else 0))
        state(page)
        if wrong := faults(page, is_dark=page is pages[1]):
            found[f"{path} {state.__name__}"] = wrong
    assert found == {}

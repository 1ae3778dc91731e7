"""What there is to see on the pages that are walked: something of everything."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from collections_app.chase import wrong_people
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
from collections_app.dunning import interest_charges, interest_terms
from collections_app.holds import orders, releases, rule_versions
from collections_app.holds.hold_rows import Hold
from collections_app.holds.rules.ordering import Stated
from collections_app.insurance import notices, policies
from collections_app.insurance.rules import NoticeKind, Terms
from collections_app.intake import batches
from collections_app.intake.batches import Batch
from collections_app.jobs.stage_runs import StageRun
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.systems import deliveries, endpoints, systems, tokens
from collections_app.systems.rules.scopes import Scope
from collections_app.systems.wires import Answered
from collections_app.write_offs import decisions as write_off_decisions
from collections_app.write_offs import handovers
from collections_app.write_offs import proposals as write_off_proposals
from tests.correspondence.incoming_mails import mail
from tests.correspondence.mailing import LETTER, Post, send
from tests.desk import person
from tests.ledgerrows import Rows
from tests.ledgertext import load


def gone_wrong(company: Company) -> dict[str, int | str]:
    """A night in which one stage failed and stopped another."""
    at = clock.now()
    day = company.today(at=at)
    ends = [("forecast", "failed", "A figure is missing."), ("refresh_chase_list", "stopped", "Not run.")]
    first, _ = [
        StageRun.objects.create(
            company=company, day=day, stage=stage, position=place, state=state, error=error,
            started_at=at, ended_at=at,
        )
        for place, (stage, state, error) in enumerate(ends)
    ]  # fmt: skip
    return {"night": day.isoformat(), "stage_run": first.pk}


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


def given_up(rows: Rows, by: User) -> dict[str, int]:
    """A write-off that waits, and one that was approved and is on a list for the bookkeeper."""
    at, fenton = clock.now(), rows.customers["106"]
    told: dict[str, Any] = {"words": "Two letters, and their shop is closed", "by": by, "at": at}
    elder = [(rows.invoices["E1"], Decimal(900))]
    waits = write_off_proposals.propose(rows.customers["105"], lines=elder, reason="COST", **told)
    lines = [(rows.invoices["F1"], Decimal(40))]
    posted = write_off_proposals.propose(fenton, lines=lines, reason="SMALL", **told)
    rita = person(fenton.company, "rita", Role.MANAGER)
    write_off_decisions.approve(posted, by=rita, at=at)
    handovers.hand_over(company=fenton.company, by=rita, at=at)
    return {"write_off": waits.pk, "posted": posted.pk}


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


def insured(customer: Customer) -> None:
    """Under a policy, and of one invoice the insurer was told."""
    at, company, ines = clock.now(), customer.company, person(customer.company, "ines", Role.MANAGER)
    terms = Terms("Insurer plc", "P-1", report_days=15, stop_days=30, claim_days=60)
    policies.put(company=company, terms=terms, by=ines, at=at - dt.timedelta(days=5))
    limit: dict[str, Any] = {"limit": Decimal(90000), "currency": "GBP", "by": ines, "at": at}
    policies.insure(company=company, number=customer.number, **limit)
    (told,) = customer.invoices.filter(number="A2")
    report: dict[str, Any] = {"reference": "N-77", "told_on": company.today(at=at), "by": ines, "at": at}
    notices.tell(customer, kind=NoticeKind.REPORT, invoices=[told], **report)

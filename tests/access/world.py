"""A company in which there is something of everything, and those who may ask about it: whoever works the
customers, a colleague of their team, one of another team, a manager, whoever sells to them, another
salesperson, an administrator, and the manager of another company.
"""

import datetime as dt

from django.test import Client

from collections_app.chase import working
from collections_app.contact import standing_notes
from collections_app.contact.rules import Outcome
from collections_app.contact.rules.noting import NoteKind
from collections_app.correspondence import invoice_documents
from collections_app.correspondence.received_rows import Unreadable
from collections_app.dunning import blocks, procedures
from collections_app.dunning.blocks import Block
from collections_app.dunning.interest_rows import InterestCharge
from collections_app.forecasting import forecasts
from collections_app.holds import steering
from collections_app.holds.release_rows import Release
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import clock
from collections_app.people import sessions
from collections_app.people.rules import Role
from collections_app.people.second_factors import SecondFactor
from collections_app.people.teams import Team
from collections_app.people.users import User
from collections_app.reports.saved_views import SavedView
from collections_app.segmentation import drafts, portfolios, versions
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.covers import Cover
from collections_app.segmentation.hand_over_rows import HandOver
from collections_app.segmentation.rules.conditions import Rule
from collections_app.segmentation.versions import SegmentVersion
from collections_app.systems.delivery_rows import Delivery
from collections_app.systems.system_rows import SystemToken
from collections_app.write_offs.write_off_rows import WriteOff
from tests.access.papers import on_paper
from tests.desk import call, list_day, person
from tests.documents import PDF
from tests.doors import signed_in
from tests.dunning.reminding import waiting
from tests.flows.conftest import LEDGER
from tests.flows.walk_places import (
    agreed,
    between_us,
    brought_in,
    came_back,
    connected,
    given_up,
    gone_wrong,
    late,
    ordered,
    worded,
    written,
)
from tests.ledgerrows import company_of
from tests.ledgertext import load

Places = dict[str, int | str]
DAY = dt.timedelta(days=1)
# Of some addresses a part stands for something else; a question mark stands before what is asked with it.
SPECIAL: Places = {
    "code": "standard",
    "kind": "csv",
    "setup_rates.code": "NG",
    "setup_night.code": "NG",
    "setup_company.code": "NG",
    "home_news.kind": "broken",
    "respect_figure.kind": "words",
    "report_chart.chart": "ageing",
    "report_pieces.what": "paid",
    "import_profile.kind": "open-items",
    "forecast_invoices?": "?currency=GBP",
    "write_off_reason.code": "COST",
    "dispute_reason.code": "PRICE",
    "dispute_reason_remove.code": "PRICE",
}
OPEN_ITEMS = "type,customer,number,amount,due_on\ninvoice,101,A1,120000.00,2026-01-01\n"


class World:
    """The company, everybody by the name of their column, and what stands for a thing in addresses."""

    def __init__(self, company: Company) -> None:
        other = company_of("OT", country="GB")
        self.who = {
            "worker": person(company, "priya"),
            "teammate": person(company, "jonas"),
            "colleague": person(company, "tom"),
            "manager": person(company, "dana", Role.MANAGER),
            "sells": person(company, "sam", Role.SALES),
            "seller": person(company, "sasha", Role.SALES),
            "admin": person(company, "admin", Role.ADMINISTRATOR),
            "stranger": person(other, "otto", Role.MANAGER),
        }
        self.places: Places = {**furnish(company, self.who), **SPECIAL, "company": company.code}

    def browser(self, who: str) -> Client:
        """One in which they are signed in."""
        return signed_in(self.who[who])


def furnish(company: Company, who: dict[str, User]) -> Places:
    """Something of everything, each about a customer that ``worker`` works and ``sells`` sells to."""
    at = clock.now()
    today, by = company.today(at=at), who["worker"]
    rows = load(LEDGER, company=company, today=today)
    for each in rows.customers.values():
        Assignment.objects.create(company=company, customer=each, collector=by, day=today)
    Customer.objects.filter(company=company).update(salesperson=who["sells"])
    customer, invoice = rows.customers["101"], rows.invoices["A1"]
    customer.contacts.create(name="Ms Vogel", email="v@h.example", is_primary=True, recorded_at=at)
    list_day(company, at=at)
    versions.ensure_default(company=company, by=None, at=at)
    drafts.begin(company=company, by=None, at=at)
    procedures.ensure_default(company=company, by=None, at=at)
    procedures.begin(company=company, segment_code="standard", by=None, at=at)
    forecasts.make(company=company, today=today, at=at)
    rest = portfolios.create(company=company, name="All", rule=Rule(), collector=by, by=None, at=at)
    nobody = person(company, "nora")
    portfolios.set_stand_in(portfolio=rest, stand_in=nobody, start=today, end=today, by=None, at=at)
    late(company)
    worded(company)
    draft = waiting(customer, invoice, day=today)
    log = working.log_contact(call(Outcome.NO_ANSWER), customer=customer, by=by, at=at)
    places: Places = {
        **_about(between_us(customer, by), request="request_id", commitment="commitment_id", link="token"),
        **_about(agreed(rows, by), promise="promise_id", dispute="dispute_id"),
        **_about(written(customer, by), message="message_id"),
        **_about(came_back(customer, by), reply="received_id", strange="inbox_assign.received_id"),
        **_about(
            ordered(customer, by),
            order="order_id",
            asked="order_withdraw.order_id",
            drafted="version_id",
            rules="hold_rules_version.version_id",
        ),
        **_about(connected(company), system="system_id", endpoint="endpoint_id"),
        **_about(given_up(rows, by), write_off="write_off_id"),
        **_about(gone_wrong(company), stage_run="stage_run_id", night="setup_night.day"),
    }
    team = Team.objects.create(name="North")
    team.members.set([by, who["teammate"]])
    snooze = working.snooze(customer=customer, until=today + DAY * 3, reason="They call", by=by, at=at)
    note = standing_notes.record(
        customer=customer, kind=NoteKind.HABIT, words="Mornings are best", by=by, at=at
    )
    document = invoice_documents.attach(invoice=invoice, name="a.pdf", content=PDF, by=by, at=at)
    blocks.place(customer=customer, reason="plan", words="three parts", until=today, by=by, at=at)
    steering.force(customer, reason="Their accounts are late", by=who["manager"], at=at)
    excluded = steering.exclude(
        customer, code="overdue_days", until=today + DAY * 5, reason="Plan", by=who["manager"], at=at
    )
    papers = on_paper(
        rows.invoices["B1"],
        request=int(places["request_id"]),
        received=int(places["received_id"]),
        message=int(places["message_id"]),
        by=by,
        at=at,
    )
    return {
        **places,
        **papers,
        "customer_id": customer.pk,
        "contact_id": customer.contacts.earliest("pk").pk,
        "invoice_id": invoice.pk,
        "draft_id": draft.pk,
        "log_id": log.pk,
        "snooze_id": snooze.pk,
        "note_id": note.pk,
        "document_id": document.pk,
        "exclusion_id": excluded.pk,
        "block_id": Block.objects.get().pk,
        "portfolio_id": rest.pk,
        "cover_id": Cover.objects.get().pk,
        "hand_over_id": HandOver.objects.create(
            company=company, giver=by, taker=nobody, first_on=today, number=1, made_at=at
        ).pk,
        "batch_id": brought_in(company, OPEN_ITEMS).pk,
        "view_id": SavedView.objects.create(company=company, name="All", query={"currency": "GBP"}).pk,
        "team_id": team.pk,
        "user_id": nobody.pk,
        "charge_id": InterestCharge.objects.get().pk,
        "release_id": Release.objects.get().pk,
        "unreadable_id": Unreadable.objects.get().pk,
        "factor_id": SecondFactor.objects.create(user=by, kind="app", name="x", salt="x", added_at=at).pk,
        "session_id": sessions.begin(user=by, agent="", address="", at=at).pk,
        "token_id": SystemToken.objects.get().pk,
        "setup_delivery_again.key": str(Delivery.objects.earliest("pk").key),
        "segment_version.number": SegmentVersion.objects.filter(company=company).earliest("pk").number,
        "place": 1,
        "number": 1,
        "purpose": "level_1",
        "language": "en",
        "rule": "oldest_age",
        "table": "ageing",
        "stamp": f"{WriteOff.objects.get(handed_over_at__isnull=False).handed_over_at:%Y%m%dT%H%M%S%f}",
        "name": "own",
        "slug": "x",
    }


def _about(found: dict[str, int] | dict[str, int | str], **names: str) -> Places:
    return {names[key]: value for key, value in found.items() if key in names}

"""Disputes against a plain model that counts day by day: whatever is done on whichever day, state, clock,
level and version agree, and what the model forbids is refused.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collections_app.activity.events import Event
from collections_app.contact import (
    dispute_closings,
    dispute_escalations,
    dispute_lists,
    dispute_pauses,
    dispute_work,
    disputes,
)
from collections_app.contact.dispute_closings import Closing
from collections_app.contact.disputes import Dispute
from collections_app.contact.rules import DisputeState
from collections_app.contact.rules.disputing import REASONS
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.desk import person
from tests.ledgerrows import Rows, company_of, moment
from tests.ledgertext import load

FIRST = dt.date(2026, 3, 25)  # nine days before Easter
DAY = dt.timedelta(days=1)
ENDS = {
    "accepted": Closing("pricing", Decimal(200), is_told=True),
    "partly_accepted": Closing("pricing", Decimal(20), is_told=False),
    "rejected": Closing("in_order", is_told=True),
    "withdrawn": Closing("in_order", is_told=True),
}
steps = st.one_of(
    st.tuples(st.just("wait_days"), st.integers(1, 9)),
    st.tuples(st.just("night"), st.none()),
    st.tuples(st.just("ask"), st.none()),
    st.tuples(st.just("receive"), st.none()),
    st.tuples(st.just("resume"), st.none()),
    st.tuples(st.just("answer"), st.none()),
    st.tuples(st.just("recode"), st.sampled_from(["COPY", "PRICE", "DMG", "OTHER"])),
    st.tuples(st.just("close"), st.sampled_from(sorted(ENDS))),
)


@dataclass
class Model:
    """A dispute as somebody would keep it on a sheet of paper, making a stroke for each day that counts."""

    reason: str
    today: dt.date = FIRST
    state: str = "lodged"
    strokes: int = 0
    level: int = 0
    version: int = 1

    @property
    def allowed(self) -> int:
        return REASONS[self.reason].resolve_days

    @property
    def is_closed(self) -> bool:
        return self.state not in ("lodged", "waiting")

    @property
    def is_overdue(self) -> bool:
        return self.strokes > self.allowed

    def do(self, step: str, what: Any) -> bool:
        """Whether it may be done; then it is."""
        if step == "wait_days":
            return True
        if step == "night":
            if self.state == "lodged":
                reached = (self.strokes > self.allowed) + (self.strokes > self.allowed + max(self.allowed, 1))
                self._count(self.level < reached)
                self.level = max(self.level, reached)
            return True
        if self.is_closed:
            return step == "close" and what == self.state
        if step == "ask":
            return self._turn("lodged", "waiting")
        if step == "resume":
            return self._turn("waiting", "lodged")
        if step == "receive":
            self.state = "lodged"
        elif step == "recode":
            self._count(what != self.reason)
            self.reason = what
            return True
        elif step == "close":
            if self.reason == "OTHER":
                return False
            self.state = what
        self._count(True)
        return True

    def pass_day(self, is_worked: bool) -> None:
        """The next day begins."""
        self.today += DAY
        self.strokes += is_worked and self.state == "lodged"

    def _turn(self, of: str, to: str) -> bool:
        if self.state != of:
            return False
        self.state = to
        self._count(True)
        return True

    def _count(self, is_changed: bool) -> None:
        self.version += is_changed


@pytest.fixture
def rows(db: None) -> Rows:
    ledger = 'customer 100 "Harrow"\ninvoice 100 A1 1200.00 due=-41'
    return load(ledger, company=company_of(country="GB"), today=FIRST)


@pytest.fixture
def priya(rows: Rows) -> User:
    return person(rows.company, "priya")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reason=st.sampled_from(["COPY", "PRICE", "OTHER"]), drawn=st.lists(steps, max_size=14))
def test_whatever_is_done_the_dispute_stands_as_the_model_says(
    rows: Rows, priya: User, reason: str, drawn: list[tuple[str, Any]]
) -> None:
    model = Model(reason)
    with transaction.atomic():
        dispute = disputes.lodge(
            customer=rows.customers["100"],
            invoice=rows.invoices["A1"],
            amount=Decimal(200),
            reason=reason,
            by=priya,
            at=moment(FIRST),
        )
        for step, what in drawn:
            if step == "wait_days":
                _pass_working_days(model, rows.company, what)
            _agrees_to(step, what, dispute, model, priya)
            dispute.refresh_from_db()
            _compare(dispute, model, rows.company)
        counted = Event.objects.filter(what__startswith="dispute.").count()
        transaction.set_rollback(True)
    assert counted == model.version


def _pass_working_days(model: Model, company: Company, working_days: int) -> None:
    """Deeds are done on days that are worked; the model strikes off each day between them."""
    until = company.calendar.add(model.today, working_days)
    while model.today < until:
        model.pass_day(company.calendar.is_working_day(model.today + DAY))


def _agrees_to(step: str, what: Any, dispute: Dispute, model: Model, by: User) -> None:
    """The product does what the model allows, and refuses what it does not."""
    may = model.do(step, what)
    if may:
        _do(step, what, dispute, on=model.today, by=by)
    else:
        with pytest.raises(Refused):
            _do(step, what, dispute, on=model.today, by=by)


def _do(step: str, what: Any, dispute: Dispute, *, on: dt.date, by: User) -> None:
    facts: dict[str, Any] = {"by": by, "at": moment(on)}
    if step == "night":
        dispute_escalations.escalate(company=dispute.company, today=on, at=moment(on))
    elif step == "ask":
        dispute_pauses.ask_customer(dispute, asked_for="photographs", **facts)
    elif step == "receive":
        dispute_pauses.receive_evidence(dispute, evidence="They came", **facts)
    elif step == "resume":
        dispute_pauses.resume(dispute, **facts)
    elif step == "answer":
        dispute_work.answer(dispute, finding="right", text="So it is", **facts)
    elif step == "recode":
        dispute_work.recode(dispute, reason=what, **facts)
    elif step == "close":
        dispute_closings.end(dispute, DisputeState(what), ENDS[what], **facts)


def _compare(dispute: Dispute, model: Model, company: Company) -> None:
    standing = dispute_lists.standing_of(dispute, company=company, day=model.today)
    assert (dispute.state, dispute.reason, dispute.level) == (model.state, model.reason, model.level)
    assert dispute.version == model.version
    assert (standing.state, standing.clock.used, standing.clock.allowed) == (
        model.state,
        model.strokes,
        model.allowed,
    )
    assert standing.clock.is_overdue == model.is_overdue
    is_listed = Dispute.objects.overdue(model.today).filter(pk=dispute.pk).exists()
    assert is_listed == (model.is_overdue and not model.is_closed)

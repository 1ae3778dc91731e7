"""Approvals: what waits for a manager's decision over all rooms, the oldest first, counted in the rail."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.dunning import interest_charges, interest_terms, procedures
from collections_app.holds import orders, releases, rule_versions, steering
from collections_app.holds.rules import rule_sets
from collections_app.holds.rules.ordering import Stated
from collections_app.intake import batches
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.reports import approvals
from collections_app.screens import needs
from collections_app.write_offs import decisions, proposals
from collections_app.write_offs.write_off_rows import WriteOff
from tests.desk import person
from tests.doors import text
from tests.dunning.reminding import waiting
from tests.screens.collecting.conftest import Office

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
PAGE = "/NG/approvals/"
SAMPLES = Path(__file__).parents[3] / "docs" / "samples"


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Friday whose rates are known."""
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def ruth(office: Office) -> User:
    return person(office.company, "ruth", Role.MANAGER)


def give_up(
    office: Office, by: User, *, of: str = "D1", amount: int = 100, at: dt.datetime = NOON
) -> WriteOff:
    invoice = office.rows.invoices[of]
    lines = [(invoice, Decimal(amount))]
    return proposals.propose(invoice.customer, lines=lines, reason="COST", words="Gone", by=by, at=at)


@pytest.fixture
def everything(office: Office, ruth: User) -> None:
    """One of each kind asked by Ruth or Priya, and one of each that Dana asked herself."""
    hours = [NOON - dt.timedelta(hours=n) for n in range(9)]
    give_up(office, office.priya, at=hours[1])
    give_up(office, office.dana, of="B1", at=hours[1])
    interest_terms.switch(company=office.company, on=True, by=office.dana, at=NOON)
    interest_charges.propose(office.rows.invoices["A1"], reason="Third time", by=ruth, at=hours[2])
    interest_charges.propose(office.rows.invoices["B1"], reason="Late", by=office.dana, at=hours[2])
    for number, asker in (("SO-1", office.priya), ("SO-2", office.dana)):
        customer = office.customer("300")
        steering.force(customer, reason="We wait", by=ruth, at=NOON)
        stated = Stated(number=number, amount=Decimal(50), currency="GBP", placed_on=office.today)
        taken = orders.take_in(customer=customer, stated=stated, by=None, at=NOON)
        releases.ask(taken.order, reason="Their line stands still", by=asker, at=hours[3])
    harrow, invoice = office.customer("100"), office.rows.invoices["A1"]
    for channel, signer in (("hold_proposal", "collector"), ("letter", "manager"), ("call", "collector")):
        waiting(harrow, invoice, day=office.today, channel=channel, signer=signer, made_at=hours[4])
    text = (SAMPLES / "customers.csv").read_bytes()
    checked, _ = (
        batches.receive(
            company=office.company, file_name="customers.csv", content=[each], profile_name="own",
            kind="customers", by=office.dana, at=hours[5],
        )
        for each in (text, text + b"\n")
    )  # fmt: skip
    batches.check(checked, at=NOON)


def kinds(office: Office, user: User) -> list[str]:
    return [each.kind for each in approvals.waiting_for(user, company=office.company).rows]


@pytest.mark.usefixtures("everything")
def test_it_lists_what_others_asked_the_oldest_first(office: Office) -> None:
    found = approvals.waiting_for(office.dana, company=office.company)

    assert kinds(office, office.dana) == [
        "file", "reminder", "reminder", "release", "interest", "write_off",
    ]  # fmt: skip
    told = {each.kind: each for each in found.rows}
    assert (told["write_off"].customer, told["write_off"].amount, told["write_off"].by) == (
        "Calder Ltd",
        Decimal(100),
        "Priya",
    )
    assert told["release"].by == "Priya"
    assert told["interest"].customer == "Harrow Tools"
    assert found.kinds == {"write_off": 1, "release": 1, "interest": 1, "reminder": 2, "file": 1}


@pytest.mark.usefixtures("everything")
def test_the_rail_counts_what_the_page_lists(office: Office, ruth: User) -> None:
    for user in (office.dana, ruth, office.priya, office.tom, office.sam):
        counted = needs.counts(user, office.company, today=office.today)["approvals"]
        assert counted == approvals.waiting_for(user, company=office.company).whole, user
    assert approvals.waiting_for(ruth, company=office.company).kinds == {
        "write_off": 2, "release": 2, "interest": 1, "reminder": 2, "file": 1,
    }  # fmt: skip
    assert kinds(office, office.priya) == []


@pytest.mark.usefixtures("everything")
def test_each_line_opens_where_it_is_decided(office: Office) -> None:
    browser = office.client(office.dana)
    page = text(browser.get(PAGE))

    assert "Reminder that a manager signs" in page
    assert "Their line stands still" in page
    for kind in approvals.KINDS:
        one = text(browser.get(PAGE, {"kind": kind}))
        (link, *_) = [part.split('"')[0] for part in one.split('href="')[1:] if "data-row-link" in part[:200]]
        assert browser.get(link).status_code == 200, kind
    assert browser.get(PAGE, {"kind": "other"}).status_code == 404
    assert browser.get(PAGE, {"page": "7"}).status_code == 200


def test_the_first_of_two_who_approve_has_no_more_to_decide(office: Office, ruth: User) -> None:
    large = give_up(office, office.priya, of="B1", amount=9000)
    decisions.approve(large, by=office.dana, at=NOON)

    assert kinds(office, office.dana) == []
    assert kinds(office, ruth) == ["write_off"]
    assert "Nothing waits for you" in text(office.client(office.dana).get(PAGE))


def test_drafts_that_take_a_second_person_stand_below(office: Office, ruth: User) -> None:
    company = office.company
    rule_versions.ensure_default(company=company, by=None, at=NOON)
    draft = rule_versions.begin(company=company, by=ruth, at=NOON)
    usual = rule_sets.usual("GBP")
    looser = replace(usual, overdue_days=(usual.overdue_days or 0) + 30)
    rule_versions.edit(version=draft, rules=looser, revision=draft.revision, by=ruth, at=NOON)
    procedures.ensure_default(company=company, by=None, at=NOON)
    procedures.begin(company=company, segment_code="standard", by=ruth, at=NOON)

    theirs, own = (text(office.client(user).get(PAGE)) for user in (office.dana, ruth))
    assert "Days overdue:" in theirs
    assert "Procedure of standard, version 2" in theirs
    assert "Drafts of somebody else" not in own


def test_stricter_rules_wait_for_nobody(office: Office, ruth: User) -> None:
    rule_versions.ensure_default(company=office.company, by=None, at=NOON)
    rule_versions.begin(company=office.company, by=ruth, at=NOON)

    assert "Drafts of somebody else" not in text(office.client(office.dana).get(PAGE))


def test_it_is_for_those_who_decide(office: Office) -> None:
    for user in (office.priya, office.sam):
        assert office.client(user).get(PAGE).status_code == 403
        assert PAGE not in text(office.client(user).get("/NG/"))
    assert f'href="{PAGE}"' in text(office.client(office.dana).get("/NG/"))


def test_it_asks_no_more_however_much_waits(office: Office) -> None:
    def asked() -> int:
        browser: Any = office.client(office.dana)
        browser.get(PAGE)
        with CaptureQueriesContext(connection) as found:
            browser.get(PAGE)
        return len(found)

    give_up(office, office.priya)
    before = asked()
    give_up(office, office.priya, of="B1")
    give_up(office, office.priya, of="A2")
    assert asked() == before

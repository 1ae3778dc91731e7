"""What is kept for a while goes in its time: words and files; rows, sums and charts stay."""

import datetime as dt
import json
from io import StringIO
from typing import Any

import pytest
from django.contrib.sessions.models import Session as StoredSession
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from collections_app.activity import events, seals
from collections_app.activity.events import Event
from collections_app.chase import working
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.request_rows import ColleagueRequest, RequestFile
from collections_app.contact.rules import Outcome
from collections_app.correspondence import stored_files
from collections_app.correspondence.received_rows import ReceivedMessage
from collections_app.intake import keeping
from collections_app.intake.received import Batch, FilePart
from collections_app.jobs import tasks
from collections_app.ledger import proofs
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.lib import clock
from collections_app.lib.refusals import Refused
from collections_app.people import sessions
from collections_app.people.sessions import Session
from collections_app.privacy import erasures, legal_holds, retention
from collections_app.privacy.due import DUE
from collections_app.privacy.retention import RetentionRun
from collections_app.privacy.rules.keeping import CLASSES, REMOVED, YEAR, lengths
from collections_app.reports.report_editions import ReportEdition
from collections_app.reports.report_mailings import ReportMailing
from collections_app.reports.saved_views import SavedView
from tests.access.world import World
from tests.architecture.house import ROOT
from tests.desk import call
from tests.ledgerrows import company_of
from tests.privacy.test_erasures import books

LATER = dt.timedelta(days=11 * YEAR)


@pytest.fixture
def world(db: None) -> World:
    """Something of everything, today."""
    return World(company_of("NG", country="GB"))


def ng() -> Company:
    return Company.objects.get(code="NG")


def counts_of_rows() -> dict[str, int]:
    """How many rows each table has, but those that tell of the removal itself."""
    own = {
        "activity_event",
        "activity_seal",
        "activity_unsealed",
        "activity_blanking",
        "privacy_retention_run",
    }
    gone = {"stored_file_content", "import_file_part", "import_row_problem"}
    with connection.cursor() as cursor:
        found = {}
        for table in set(connection.introspection.table_names(cursor)) - own - gone:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def test_each_class_has_a_reason_and_a_way_to_be_found() -> None:
    assert {each.name for each in CLASSES} == set(DUE)
    assert all(each.why.endswith(".") and each.days >= 30 for each in CLASSES)


def test_nothing_goes_before_its_time(world: World) -> None:
    assert {
        line.kept.name: line.rows for line in retention.foresee(company=ng(), at=clock.now())
    } == dict.fromkeys(DUE, 0)
    assert retention.apply(company=ng(), at=clock.now()) == {}


def test_words_go_and_rows_sums_and_the_chain_stay(world: World) -> None:
    company, at = ng(), clock.now() + LATER
    log = call(Outcome.INFORMED, said="They are well")
    customer = Customer.objects.get(number="101", company=company)
    working.log_contact(log, customer=customer, by=world.who["worker"], at=clock.now())
    read = ReceivedMessage.objects.filter(company=company)
    read.update(read_by=world.who["worker"], read_at=clock.now())
    before, rows = books(), counts_of_rows()
    seals.seal()
    head = seals.head(company)
    foreseen = {line.kept.name: line.rows for line in retention.foresee(company=company, at=at)}

    done = retention.apply(company=company, at=at)

    # The events that tell of a removal are new, and due in ten years.
    assert done == {name: count for name, count in foreseen.items() if count}
    assert {"contact_logs", "messages", "replies", "events"} <= set(done)
    assert books() == before
    assert counts_of_rows() == rows
    assert [problem.message for problem in proofs.prove(company=company, touched=None)] == []
    seals.seal()
    assert [problem.message for problem in seals.prove(company, noted=[head])] == []
    assert retention.apply(company=company, at=at) == {}
    assert Event.objects.filter(what="retention.applied").count() == len(done)


def test_what_is_about_an_open_invoice_is_kept(world: World) -> None:
    customer = Customer.objects.get(number="101", company=ng())
    invoice = customer.invoices.filter(open_amount__gt=0)[0]
    spoke = call(Outcome.INFORMED, said="About the open one", invoices=(invoice,))
    working.log_contact(spoke, customer=customer, by=world.who["worker"], at=clock.now())
    retention.apply(company=ng(), at=clock.now() + LATER)
    assert ContactLog.objects.filter(said="About the open one").exists()


def test_a_customer_under_a_legal_hold_is_passed_over(world: World) -> None:
    customer, at = Customer.objects.get(number="101", company=ng()), clock.now() + LATER
    hold = legal_holds.place(customer, reason="Before court", by=world.who["admin"], at=clock.now())
    words = list(customer.messages.order_by("pk").values_list("body", flat=True))
    logs = ContactLog.objects.filter(customer=customer).order_by("pk")
    said = list(logs.values_list("pk", "said"))
    retention.apply(company=ng(), at=at)
    assert list(customer.messages.order_by("pk").values_list("body", flat=True)) == words
    assert said
    assert list(logs.values_list("pk", "said")) == said
    legal_holds.lift(hold, because="Settled", by=world.who["admin"], at=at)
    assert sum(retention.apply(company=ng(), at=at).values()) > 0
    assert list(customer.messages.order_by("pk").values_list("body", flat=True)) != words


def test_what_tells_of_many_customers_stays_while_one_is_under_a_legal_hold(world: World) -> None:
    company, at = ng(), clock.now() + LATER
    batch = Batch.objects.create(
        company=company, profile_name="own", mapping={}, kind="customers", file_name="c.csv", file_bytes=1,
        file_sha256="0" * 64, state="refused", received_at=clock.now(), ended_at=clock.now(),
    )  # fmt: skip
    FilePart.objects.create(batch=batch, position=1, content=b"customer,contact_name")
    customer = Customer.objects.get(number="101", company=company)
    hold = legal_holds.place(customer, reason="Before court", by=world.who["admin"], at=clock.now())
    other = Customer.objects.exclude(pk=customer.pk).filter(company=company)[0]
    erased = Contact.objects.create(customer=other, name="Ann Oak", recorded_at=clock.now())
    erasures.erase(erased, reason="She asked on 2 March", by=world.who["admin"], at=clock.now())
    retention.apply(company=company, at=at)
    keeping.drop_old_files(at=at)
    assert batch.parts.exists()
    legal_holds.lift(hold, because="Settled", by=world.who["admin"], at=at)
    retention.apply(company=company, at=at)
    assert not batch.parts.exists()


def test_files_of_answers_and_reports_go_in_their_time(world: World) -> None:
    company, at = ng(), clock.now()
    asked = ColleagueRequest.objects.filter(company=company)[0]
    ColleagueRequest.objects.filter(pk=asked.pk).update(state="answered", ended_at=at, ended_as="Pia")
    answer = stored_files.keep(name="a.txt", content=b"Signed by Ann", by=None, at=at)
    RequestFile.objects.create(request=asked, stored_file=answer)
    report = stored_files.keep(name="r.txt", content=b"Who owes", by=None, at=at)
    view = SavedView.objects.filter(company=company)[0]
    mailing = ReportMailing.objects.get_or_create(
        view=view, defaults={"rhythm": "daily", "hour": 7, "set_by": world.who["worker"], "set_at": at}
    )[0]
    ReportEdition.objects.create(mailing=mailing, due_on=at.date(), made_at=at, stored_file=report)
    left = []
    for years in (0, 1, 3):
        retention.apply(company=company, at=at + dt.timedelta(days=years * YEAR + 1))
        left.append([stored_files.content_of(each) != stored_files.GONE for each in (answer, report)])
    assert left == [[True, True], [True, False], [False, False]]


def test_a_contact_that_nobody_used_for_two_years_goes(world: World) -> None:
    customer, at = Customer.objects.get(number="101", company=ng()), clock.now()
    gone = Contact.objects.create(
        customer=customer, name="Old Hand", email="old@h.example", is_active=False,
        recorded_at=at, dropped_at=at,
    )  # fmt: skip
    kept = Contact.objects.create(customer=customer, name="New Hand", recorded_at=at)
    retention.apply(company=ng(), at=at + dt.timedelta(days=2 * YEAR + 1))
    gone.refresh_from_db()
    kept.refresh_from_db()
    assert (gone.name, gone.email, kept.name) == (f"{REMOVED} {gone.pk}", "", "New Hand")


def test_a_contact_known_for_long_is_kept_for_two_years_after_it_was_dropped(world: World) -> None:
    customer, at = Customer.objects.get(number="101", company=ng()), clock.now()
    hand = Contact.objects.create(
        customer=customer, name="Old Hand", is_active=False,
        recorded_at=at - dt.timedelta(days=3 * YEAR), dropped_at=at - dt.timedelta(days=1),
    )  # fmt: skip
    retention.apply(company=ng(), at=at)
    hand.refresh_from_db()
    assert hand.name == "Old Hand"
    retention.apply(company=ng(), at=at + dt.timedelta(days=2 * YEAR))
    hand.refresh_from_db()
    assert hand.name == f"{REMOVED} {hand.pk}"


def test_it_is_done_once_a_day(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks.apply_retention()
    assert set(RetentionRun.objects.values_list("company__code", flat=True)) == {"NG", "OT"}
    assert retention.apply_where_due(at=clock.now()) == 0


def test_sessions_go_also_of_who_never_comes_back(world: World) -> None:
    at, user = clock.now(), world.who["worker"]
    day = dt.timedelta(days=1)
    for number, ends in enumerate((at - day, at + day)):
        StoredSession.objects.create(session_key=f"of-{number}", session_data="", expire_date=ends)
    Session.objects.all().delete()
    for seen in (at - 91 * day, at - 89 * day):
        sessions.begin(user=user, agent="", address="", at=seen)
    Session.objects.filter(seen_at__lt=at - 90 * day).update(ended_at=at - 91 * day, why_ended="idle")
    retention.apply_where_due(at=at)
    assert set(StoredSession.objects.values_list("session_key", flat=True)) & {"of-0", "of-1"} == {"of-1"}
    assert Session.objects.get().seen_at == at - 89 * day


def test_a_company_that_fails_stops_nobody_else(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *rest = Company.objects.order_by("pk")
    asked, apply = [], retention.apply

    def fail_for_one(*, company: Company, at: dt.datetime) -> dict[str, int]:
        asked.append(company)
        if company == first:
            raise RuntimeError("its rows are odd")
        return apply(company=company, at=at)

    monkeypatch.setattr(retention, "apply", fail_for_one)
    with pytest.raises(ExceptionGroup) as raised:
        retention.apply_where_due(at=clock.now())
    assert [str(each) for each in raised.value.exceptions] == ["its rows are odd"]
    assert asked == [first, *rest]
    assert rest
    assert {run.company for run in RetentionRun.objects.all()} == set(rest)


def test_several_sets_each_vouch_for_their_own(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    company, at = ng(), clock.now()
    for number in range(5):
        events.record("contact.logged", f"Called {number}", company=company, by=None, at=at)
    monkeypatch.setattr(retention, "SET_ROWS_MAX", 2)
    retention.apply(company=company, at=at + LATER)
    seals.seal()
    assert seals.prove(company) == []
    assert not Event.objects.filter(summary__startswith="Called").exists()


def test_other_lengths_are_a_setting_and_a_wrong_one_is_refused(world: World, settings: Settings) -> None:
    settings.RETENTION_DAYS = {"notes": "400"}
    found = {line.kept.name: line.days for line in retention.foresee(company=ng(), at=clock.now())}
    assert (found["notes"], found["messages"]) == (400, 6 * YEAR)
    settings.RETENTION_DAYS = {"notes": "a year"}
    with pytest.raises(Refused, match="write 30 days or more"):
        retention.apply(company=ng(), at=clock.now())


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"letters": "400"}, "RETENTION_DAYS names letters, and there is no such class."),
        ({"import_files": "400"}, "RETENTION_DAYS names import_files, whose length is fixed."),
        ({"notes": "7"}, "RETENTION_DAYS says notes=7; write 30 days or more, as a number."),
    ],
)
def test_what_is_wrong_with_lengths_is_told(chosen: dict[str, str], said: str) -> None:
    assert lengths(chosen)[1] == [said]


def told(*given: str) -> dict[str, Any]:
    said = StringIO()
    call_command("retention", *given, "--json", stdout=said)
    return dict(json.loads(said.getvalue()))


def test_a_dry_run_prints_the_table_and_removes_nothing(world: World) -> None:
    found = told("--company", "NG", "--dry-run")
    assert found["is_dry_run"] is True
    assert [each["class"] for each in found["companies"]["NG"]] == [each.name for each in CLASSES]
    assert not RetentionRun.objects.exists()
    said = StringIO()
    call_command("retention", "--company", "NG", "--dry-run", stdout=said)
    assert "Words of calls and visits" in said.getvalue()
    assert set(told()["companies"]) == {"NG", "OT"}


def test_the_page_in_the_docs_has_every_class_with_its_length() -> None:
    page = (ROOT / "docs" / "privacy.md").read_text("utf-8")
    for each in CLASSES:
        assert (
            f"| `{each.name}`: {each.title.lower()} | {each.days:,} days | {each.after} | {each.why} |"
            in page
        )

"""A view goes out by email: to those who may see it, once for each date, with what the page shows."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from email.message import Message as Mail
from typing import Any

import openpyxl
import pytest

from collections_app.activity.events import Event
from collections_app.correspondence import deliveries, outbox
from collections_app.correspondence.carriers.smtp import EmailBackend
from collections_app.correspondence.message_rows import Message
from collections_app.jobs import outbox as workers
from collections_app.jobs import tasks
from collections_app.jobs.schedule import BEAT, QUEUE_OF
from collections_app.ledger.companies import Company, Membership
from collections_app.lib import clock
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.reports import report_editions, report_mailings, saved_views
from collections_app.reports.report_editions import NOT_THEIRS, ReportCopy, ReportEdition
from collections_app.reports.report_mailings import ReportMailing
from collections_app.reports.rules.mailing import Rhythm, Schedule
from collections_app.reports.saved_views import SavedView
from tests.correspondence.mailserver import Sink, mail_server
from tests.desk import person
from tests.ledgerrows import company_of
from tests.ledgertext import load
from tests.together import interleaved

# Wednesday; the mailing goes out on Mondays at seven, in London.
AT = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)
MONDAY = dt.datetime(2026, 3, 16, 7, 1, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)
MONDAYS = Schedule(Rhythm.WEEKLY, 7, weekday=0)
LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.10 due=-95 issued=-125
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 3000.00 due=-40 issued=-70
invoice 200 B2 40.00 due=+30 issued=-3
invoice 200 E1 10.00 due=-1 issued=-31 currency=EUR
"""


class Office:
    """Dana and Max manage; Dana kept a view of Germany for everybody."""

    def __init__(self) -> None:
        self.company: Company = company_of("NG", time_zone="Europe/London", country="GB")
        load(LEDGER, company=self.company, today=AT.date())
        self.dana, self.max = (self.manager(name) for name in ("dana", "max"))
        self.view = self.keep("Germany", is_shared=True)

    def manager(self, name: str) -> User:
        user = person(self.company, name, Role.MANAGER)
        user.email = f"{name}@northgate.example"
        user.save()
        return user

    def keep(self, name: str, *, is_shared: bool) -> SavedView:
        return saved_views.keep(
            company=self.company,
            name=name,
            query={"currency": "GBP", "country": "DE"},
            is_shared=is_shared,
            is_default=False,
            by=self.dana,
            at=AT,
        )

    def mail(self, *readers: User, view: SavedView | None = None) -> ReportMailing:
        return report_mailings.set_up(
            view or self.view, schedule=MONDAYS, readers=readers or [self.dana, self.max], by=self.dana, at=AT
        )


@pytest.fixture
def office(db: None) -> Office:
    return Office()


@pytest.fixture
def sink() -> Iterator[Sink]:
    with mail_server(Sink()) as sink:
        yield sink


def links(view: SavedView) -> tuple[str, str]:
    return f"https://workbench.example/report/{view.pk}/", f"https://workbench.example/email/{view.pk}/"


def made(mailing: ReportMailing, at: dt.datetime = MONDAY) -> ReportEdition | None:
    return report_editions.make(mailing=mailing.pk, links=links, at=at)


def leave(sink: Sink, at: dt.datetime = MONDAY) -> list[Mail]:
    """What a real mail server was given."""
    carrier = EmailBackend(host="127.0.0.1", port=sink.port, username="", password="", timeout=5)
    deliveries.send_due(gates=workers.GATES, link_for=workers.link_for, connection=carrier, at=at)
    carrier.close()
    return sink.mails


def words_of(mail: Mail) -> str:
    (part,) = (each for each in mail.walk() if each.get_content_type() == "text/plain")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


def book_of(mail: Mail) -> Any:
    (part,) = (each for each in mail.walk() if each.get_filename())
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return openpyxl.load_workbook(io.BytesIO(content))


def test_each_reader_gets_the_figures_the_links_and_the_workbook(office: Office, sink: Sink) -> None:
    made(office.mail())
    mails = leave(sink)

    assert [mail["To"] for mail in mails] == ["Dana <dana@northgate.example>", "Max <max@northgate.example>"]
    words = words_of(mails[0]).replace("\r\n", "\n")
    assert mails[0]["Subject"] == f"Germany, {office.company.name}, 16 March 2026"
    assert mails[0]["Auto-Submitted"] == "auto-generated"
    assert "Hello Dana," in words
    assert "Owed: £3,040.00\nOverdue: £3,000.00\nShare not overdue, by amount: 1.3 %" in words
    assert "narrowed to Country: DE" in words
    assert f"https://workbench.example/report/{office.view.pk}/" in words
    assert f"https://workbench.example/email/{office.view.pk}/" in words
    assert "every Monday at 07:00" in words

    book = book_of(mails[0])
    figures = {row[0]: row[2] for row in book["The ledger in amounts"].values}
    assert Decimal(str(figures["Overdue"])) == Decimal(3000)
    assert "DSO" in {row[0] for row in book["All measures"].values}
    assert dict(list(book["About"].values))["Country"] == "DE"


def test_a_date_goes_out_once_however_often_it_is_asked(office: Office) -> None:
    mailing = office.mail()
    assert report_editions.due(at=MONDAY - dt.timedelta(minutes=2)) == []
    assert report_editions.due(at=MONDAY) == [mailing.pk]

    assert made(mailing)
    assert made(mailing) is None
    assert made(mailing, MONDAY + dt.timedelta(hours=3)) is None
    assert report_editions.due(at=MONDAY + dt.timedelta(hours=3)) == []
    assert Message.objects.count() == 2
    assert report_editions.due(at=MONDAY + WEEK) == [mailing.pk]


def test_what_was_missed_is_made_up_for_once_and_is_of_the_day_it_is_made(office: Office) -> None:
    late = MONDAY + 3 * WEEK + dt.timedelta(days=2)
    mailing = office.mail(office.dana)

    edition = made(mailing, late)

    assert edition
    assert edition.due_on == dt.date(2026, 4, 6)
    assert made(mailing, late) is None
    (message,) = Message.objects.all()
    assert "8 April 2026" in message.subject


def test_who_may_not_see_it_any_more_gets_none_and_the_page_says_so(office: Office) -> None:
    mailing = office.mail()
    Membership.objects.filter(user=office.max).delete()

    made(mailing)

    assert [message.to_name for message in Message.objects.all()] == ["Dana"]
    assert ReportCopy.objects.get(reader=office.max).why_not == NOT_THEIRS


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.COLLECTOR}])
def test_who_lost_the_right_in_between_is_not_written_to(
    office: Office, sink: Sink, change: dict[str, Any]
) -> None:
    made(office.mail())
    User.objects.filter(pk=office.max.pk).update(**change)

    assert [mail["To"] for mail in leave(sink)] == ["Dana <dana@northgate.example>"]
    held = Message.objects.get(to_name="Max")
    assert (held.state, held.stops[0]["sentence"]) == ("held_back", NOT_THEIRS)
    outbox.send_again(held, by=office.dana, at=MONDAY)
    assert len(leave(sink, MONDAY + dt.timedelta(minutes=5))) == 1


def test_nobody_outside_can_be_a_reader(office: Office) -> None:
    elsewhere = person(company_of("US"), "eve", Role.MANAGER)
    priya = person(office.company, "priya")
    own = office.keep("Mine", is_shared=False)
    office.dana.email = ""
    office.dana.save()

    for view, reader, said in (
        (office.view, elsewhere, "Eve may not see these reports."),
        (office.view, priya, "Priya may not see these reports."),
        (own, office.max, "Max may not see these reports."),
        (office.view, office.dana, "No email address of Dana is known"),
    ):
        with pytest.raises(Refused, match=re.escape(said)):
            office.mail(reader, view=view)
    with pytest.raises(Refused, match="at least one reader"):
        report_mailings.set_up(office.view, schedule=MONDAYS, readers=[], by=office.dana, at=AT)
    assert not ReportMailing.objects.exists()


def test_a_stopped_mailing_goes_out_no_more_nor_does_what_has_not_left(office: Office, sink: Sink) -> None:
    mailing = office.mail()
    made(mailing)
    report_mailings.stop(office.view, by=office.max, at=MONDAY)
    report_mailings.stop(office.view, by=office.max, at=MONDAY)

    assert leave(sink) == []
    assert made(mailing, MONDAY + WEEK) is None
    assert report_editions.due(at=MONDAY + WEEK) == []
    stopped = Event.objects.filter(what="report_mailing.stopped")
    assert [event.by for event in stopped] == [office.max]

    office.mail(office.dana)
    assert report_editions.due(at=MONDAY) == []


def test_a_reader_leaves_and_the_last_one_ends_it(office: Office, sink: Sink) -> None:
    mailing = office.mail()
    made(mailing)
    report_mailings.leave(office.view, by=office.max, at=MONDAY)
    assert [mail["To"] for mail in leave(sink)] == ["Dana <dana@northgate.example>"]

    report_mailings.leave(office.view, by=office.dana, at=MONDAY)
    assert report_editions.due(at=MONDAY + WEEK) == []


def test_what_has_not_left_goes_with_its_view(office: Office, sink: Sink) -> None:
    made(office.mail())
    report_mailings.remove_view(office.view, by=office.dana, at=MONDAY)

    assert leave(sink) == []
    assert set(Message.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert not ReportEdition.objects.exists()


def test_the_rates_of_a_converted_view_are_told(office: Office) -> None:
    view = saved_views.keep(
        company=office.company,
        name="In pounds",
        query={"currency": "GBP", "into": "GBP"},
        is_shared=True,
        is_default=False,
        by=office.dana,
        at=AT,
    )
    made(office.mail(office.dana, view=view))
    message = Message.objects.get()
    assert "EUR stays apart" in message.body
    assert "Owed: €10.00" in message.body


@pytest.fixture
def at_seven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


def test_the_clock_hands_out_what_is_due(
    office: Office, at_seven: None, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.SITE_URL = "https://collections.example"
    monkeypatch.setattr(tasks.make_report, "delay", tasks.make_report)
    office.mail(office.dana)
    assert BEAT["start_due_reports"]["task"] == tasks.start_due_reports.name
    assert {tasks.start_due_reports.name, tasks.make_report.name} <= set(QUEUE_OF)

    tasks.start_due_reports()
    tasks.start_due_reports()

    message = Message.objects.get()
    assert "https://collections.example/NG/reports/?currency=GBP&country=DE\n" in message.body
    assert f"https://collections.example/NG/reports/views/{office.view.pk}/email/\n" in message.body


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one() -> None:
    office = Office()
    mailing = office.mail()
    found: list[ReportEdition | None] = []

    interleaved(lambda: found.append(made(mailing)), lambda: found.append(made(mailing)))

    assert [edition is not None for edition in found] == [True, False]
    assert Message.objects.count() == 2

"""A saved view by email, on its page: set up, what was sent, left, stopped."""

import datetime as dt

import pytest
from django.test import Client

from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.reports import report_editions
from collections_app.reports.report_mailings import ReportMailing
from collections_app.reports.saved_views import SavedView
from tests.desk import list_day, person
from tests.doors import signed_in, text
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.10 due=-95 issued=-125
"""


@pytest.fixture
def rows() -> Rows:
    company, at = company_of("NG", time_zone="Europe/London", country="GB"), clock.now()
    rows = load(LEDGER, company=company, today=company.today(at=at))
    list_day(company, at=at)
    return rows


def manager(rows: Rows, name: str) -> User:
    user = person(rows.company, name, Role.MANAGER)
    user.email = f"{name}@northgate.example"
    user.save()
    return user


@pytest.fixture
def dana(rows: Rows) -> User:
    return manager(rows, "dana")


@pytest.fixture
def view(rows: Rows) -> SavedView:
    return SavedView.objects.create(company=rows.company, name="Everybody", query={"currency": "GBP"})


def given(*readers: User, **more: str) -> dict[str, object]:
    ids = [str(user.pk) for user in readers]
    return {"rhythm": "weekly", "weekday": "0", "month_day": "1", "hour": "7", "readers": ids, **more}


def address(view: SavedView) -> str:
    return f"/NG/reports/views/{view.pk}/email/"


def test_a_view_is_sent_as_the_form_says_and_the_list_of_views_tells_so(dana: User, view: SavedView) -> None:
    client = signed_in(dana)
    page = text(client.get(address(view)))
    assert "Dana" in page
    assert "Have it sent" in page

    assert client.post(address(view), given(dana)).status_code == 303

    assert "It goes out every Monday at 07:00, next on" in text(client.get(address(view)))
    assert "Every Monday at 07:00" in text(client.get("/NG/reports/views/"))


def test_what_was_typed_stays_when_something_is_missing(dana: User, view: SavedView) -> None:
    client = signed_in(dana)
    answer = client.post(address(view), given(hour="18"))

    assert answer.status_code == 422
    assert "Choose at least one reader." in text(answer)
    assert '<option value="18" selected>18:00</option>' in text(answer)

    dana.email = ""
    dana.save()
    answer = client.post(address(view), given(dana))
    assert answer.status_code == 422
    assert "No email address of Dana is known; an administrator can add it." in text(answer)
    assert not ReportMailing.objects.exists()


def test_only_those_who_may_see_it_can_be_chosen(rows: Rows, dana: User, view: SavedView) -> None:
    priya, eve = person(rows.company, "priya"), person(company_of("US"), "eve", Role.MANAGER)
    client = signed_in(dana)

    assert "Priya" not in text(client.get(address(view)))
    for stranger in (priya, eve):
        answer = client.post(address(view), given(stranger))
        assert answer.status_code == 422
        assert "may not see this report" in text(answer)


def test_what_was_sent_is_listed_with_where_each_message_stands(dana: User, view: SavedView) -> None:
    client = signed_in(dana)
    client.post(address(view), given(dana))
    mailing = ReportMailing.objects.get()
    a_week_on = clock.now() + dt.timedelta(days=8)
    edition = report_editions.make(
        mailing=mailing.pk, links=lambda view: ("https://a.example/", "https://a.example/"), at=a_week_on
    )
    assert edition
    copy = edition.copies.get()

    page = text(client.get(address(view)))
    assert f'href="/NG/outbox/{copy.message_id}/">Dana</a>: waiting to leave' in page
    assert "Everybody" in text(client.get(f"/NG/outbox/{copy.message_id}/"))


def test_it_is_left_by_one_and_stopped_for_all(rows: Rows, dana: User, view: SavedView) -> None:
    max_ = manager(rows, "max")
    signed_in(dana).post(address(view), given(dana, max_))
    client = signed_in(max_)

    assert "Do not send it to me any more" in text(client.get(address(view)))
    assert client.post(f"{address(view)}leave/").status_code == 303
    page = text(client.get(address(view)))
    assert "Do not send it to me any more" not in page
    assert "It goes out every Monday" in page

    assert client.post(f"{address(view)}stop/").status_code == 303
    assert "It does not go out any more." in text(client.get(address(view)))
    assert "Have it sent" in text(client.get("/NG/reports/views/"))


def test_a_view_of_somebody_else_and_a_collector_are_turned_away(
    rows: Rows, dana: User, view: SavedView
) -> None:
    own = SavedView.objects.create(
        company=rows.company, owner=manager(rows, "max"), name="Mine", query={"currency": "GBP"}
    )
    dana_, priya = signed_in(dana), signed_in(person(rows.company, "priya"))

    for deed in ("", "stop/", "leave/"):
        ask = Client.post if deed else Client.get
        assert ask(dana_, f"{address(own)}{deed}").status_code == 404
        assert ask(priya, f"{address(view)}{deed}").status_code == 403

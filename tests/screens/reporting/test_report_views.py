"""The dashboard's filter is kept under a name, opens first, gets another name, and goes."""

import pytest
from django.test import Client

from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.reports import snapshots
from collections_app.reports.saved_views import SavedView
from tests.desk import list_day, person
from tests.doors import signed_in, text
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.10 due=-95 issued=-125
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 3000.00 due=-40 issued=-70
"""


@pytest.fixture
def rows() -> Rows:
    company, at = company_of("NG", time_zone="Europe/London", country="GB"), clock.now()
    rows = load(LEDGER, company=company, today=company.today(at=at))
    list_day(company, at=at)
    snapshots.refresh(company=company, today=company.today(at=at), at=at)
    return rows


@pytest.fixture
def dana(rows: Rows) -> Client:
    return signed_in(person(rows.company, "dana", Role.MANAGER))


def keep(client: Client, name: str = "Germany", **more: str) -> SavedView:
    given = {"name": name, "currency": "GBP", "country": "DE", **more}
    assert client.post("/NG/reports/views/", given).status_code == 303
    return SavedView.objects.get(name=name)


def test_what_is_shown_is_kept_and_opened_again(dana: Client) -> None:
    page = text(dana.get("/NG/reports/?country=DE"))
    assert "/NG/reports/views/?" in page
    assert "Country: DE" in text(dana.get("/NG/reports/views/?currency=GBP&country=DE"))

    answer = dana.post("/NG/reports/views/", {"name": "Germany", "currency": "GBP", "country": "DE"})

    assert answer.status_code == 303
    assert answer["Location"] == "/NG/reports/?currency=GBP&country=DE"
    shown = text(dana.get(answer["Location"]))
    assert "£3,000.00" in shown
    assert 'href="/NG/reports/?currency=GBP&amp;country=DE" aria-current="page">Germany</a>' in shown
    assert 'aria-current="page">Germany' not in text(dana.get("/NG/reports/?currency=GBP"))


def test_the_default_opens_without_a_filter_and_only_then(dana: Client) -> None:
    assert dana.get("/NG/reports/").status_code == 200
    keep(dana, is_default="on")

    assert dana.get("/NG/reports/")["Location"] == "/NG/reports/?currency=GBP&country=DE"
    assert dana.get("/NG/reports/?currency=GBP").status_code == 200


def test_a_view_gets_another_name_and_goes(dana: Client) -> None:
    view = keep(dana)
    address = f"/NG/reports/views/{view.pk}/"
    assert 'value="Germany"' in text(dana.get(address))

    assert dana.post(address, {"name": "Our Germans", "is_default": "on"}).status_code == 303
    view.refresh_from_db()
    assert (view.name, view.is_default) == ("Our Germans", True)

    assert dana.post(f"{address}remove/").status_code == 303
    assert not SavedView.objects.exists()
    assert dana.get(address).status_code == 404


def test_a_name_that_is_taken_is_told_and_nothing_typed_is_lost(dana: Client) -> None:
    keep(dana)

    answer = dana.post("/NG/reports/views/", {"name": "germany", "currency": "GBP", "is_shared": ""})

    assert answer.status_code == 422
    assert "There is a view “germany” already." in text(answer)
    assert 'value="germany"' in text(answer)


@pytest.mark.parametrize("given", [{"name": ""}, {"name": "x", "country": "XX"}])
def test_a_view_of_nothing_is_refused(dana: Client, given: dict[str, str]) -> None:
    assert dana.post("/NG/reports/views/", given).status_code == 422
    assert not SavedView.objects.exists()


def test_a_shared_view_is_everybodys_and_ones_own_is_not(rows: Rows, dana: Client) -> None:
    own, shared = keep(dana), keep(dana, "For all", is_shared="on")
    omar = signed_in(person(rows.company, "omar", Role.MANAGER))

    page = text(omar.get("/NG/reports/"))

    assert "For all" in page
    assert "Germany" not in page
    for address in (f"/NG/reports/views/{own.pk}/", f"/NG/reports/views/{own.pk}/remove/"):
        assert omar.post(address, {"name": "Mine now"}).status_code == 404
    assert omar.get(f"/NG/reports/views/{shared.pk}/").status_code == 200


def test_views_are_for_those_who_see_the_whole_company(rows: Rows, dana: Client) -> None:
    view = keep(dana, is_shared="on")
    collector = signed_in(person(rows.company, "priya", Role.COLLECTOR))
    stranger = signed_in(person(company_of("OTHER"), "eve", Role.MANAGER))

    for address in ("/NG/reports/views/", f"/NG/reports/views/{view.pk}/"):
        assert collector.post(address, {"name": "x"}).status_code == 403
        assert stranger.post(address, {"name": "x"}).status_code == 404
    assert dana.get(f"/NG/reports/views/{view.pk}/remove/").status_code == 405

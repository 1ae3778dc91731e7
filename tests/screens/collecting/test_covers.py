"""Cover on the screens: home tells both, the stand-in reads how things stand, who returns what happened."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.chase import working
from collections_app.contact import commitments, standing_notes
from collections_app.contact.rules import Outcome
from collections_app.contact.rules.noting import NoteKind
from collections_app.people.rules import Role
from collections_app.segmentation import portfolios
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.covers import Cover
from collections_app.segmentation.portfolio_rows import Portfolio
from collections_app.segmentation.rules.conditions import Rule
from tests.desk import call, person
from tests.ledgerrows import company_of
from tests.screens.collecting.conftest import Office
from tests.screens.collecting.test_home import DAY, counts, home


@pytest.fixture
def north(office: Office) -> Portfolio:
    """All of Priya's customers, Brandt aside."""
    made = portfolios.create(
        company=office.company, name="North", rule=Rule(), collector=office.priya, by=None, at=office.at
    )
    theirs = Assignment.objects.exclude(customer=office.customer("200"))
    theirs.update(portfolio=made)
    return made


def cover(office: Office, north: Portfolio, first: int, last: int) -> Cover:
    """Tom stands in for Priya between two days from today."""
    portfolios.set_stand_in(
        portfolio=north,
        stand_in=office.tom,
        start=office.today + first * DAY,
        end=office.today + last * DAY,
        by=office.dana,
        at=office.at + min(first, 0) * DAY,
    )
    return Cover.objects.latest("pk")


def told(office: Office, user: str) -> str:
    """The sentences of home about covers, with single spaces."""
    found = re.findall(r'class="notice tone-info cover"[^>]*>(.*?)</div>', home(office, user), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(found)).split())


def test_home_tells_both_while_it_runs(office: Office, north: Portfolio) -> None:
    running = cover(office, north, 0, 0)
    assert told(office, "priya").startswith("Tom looks after your customers in “North” until today.")
    assert told(office, "tom").startswith("You look after the customers of Priya in “North” until today.")
    for user in ("priya", "tom"):
        page = home(office, user)
        assert f"/NG/portfolios/{north.pk}/overview/" in page
        assert f"/NG/covers/{running.pk}/" in page
    assert told(office, "dana") == ""


def test_before_it_begins_the_stand_in_hears_of_it_and_sees_nothing_yet(
    office: Office, north: Portfolio
) -> None:
    coming = cover(office, north, 1, 2)
    assert told(office, "tom").startswith("From tomorrow until")
    assert "/overview/" not in home(office, "tom")
    browser = office.client(office.tom)
    assert browser.get(f"/NG/portfolios/{north.pk}/overview/").status_code == 404
    assert browser.get(f"/NG/covers/{coming.pk}/").status_code == 404


def test_who_returns_reads_what_happened_and_puts_it_away(office: Office, north: Portfolio) -> None:
    over = cover(office, north, -5, -1)
    working.log_contact(
        call(Outcome.INFORMED, said="Approved, in Friday's run"),
        customer=office.customer("100"),
        by=office.dana,
        at=office.at - 2 * DAY,
    )
    assert "looked after your customers" in told(office, "priya")
    assert told(office, "tom") == ""

    browser = office.client(office.priya)
    page = browser.get(f"/NG/covers/{over.pk}/").content.decode()
    assert "Approved, in Friday&#x27;s run" in page
    assert "Harrow Tools" in page
    assert "Brandt" not in page
    put_away = browser.post(f"/NG/covers/{over.pk}/read/")
    assert (put_away.status_code, put_away.headers["Location"]) == (303, "/NG/")
    assert told(office, "priya") == ""
    assert "I have read this" not in browser.get(f"/NG/covers/{over.pk}/").content.decode()


def test_what_still_grows_cannot_be_put_away(office: Office, north: Portfolio) -> None:
    running = cover(office, north, 0, 2)
    page = office.client(office.priya).post(f"/NG/covers/{running.pk}/read/", follow=True)
    assert "still stands in" in page.content.decode()
    running.refresh_from_db()
    assert running.read_at is None


def test_the_overview_tells_what_to_avoid_and_what_is_open(office: Office, north: Portfolio) -> None:
    cover(office, north, 0, 2)
    standing_notes.record(
        customer=office.customer("300"),
        kind=NoteKind.AVOID,
        words="Not before ten.",
        by=office.priya,
        at=office.at,
    )
    page = office.client(office.tom).get(f"/NG/portfolios/{north.pk}/overview/").content.decode()
    assert "Not before ten." in page
    assert "£120,900.00" in page
    assert "Tom stands in until" in " ".join(page.split())
    assert "Brandt" not in page


@pytest.mark.parametrize(("user", "status"), [("priya", 200), ("tom", 200), ("dana", 200), ("sam", 404)])
def test_who_may_read_it_while_it_runs(office: Office, north: Portfolio, user: str, status: int) -> None:
    running = cover(office, north, 0, 2)
    browser = office.client(getattr(office, user))
    for address in (f"/NG/portfolios/{north.pk}/overview/", f"/NG/covers/{running.pk}/"):
        assert browser.get(address).status_code == status


def test_the_stand_in_reads_it_only_while_it_runs(office: Office, north: Portfolio) -> None:
    over = cover(office, north, -5, -1)
    assert office.client(office.tom).get(f"/NG/covers/{over.pk}/").status_code == 404
    assert office.client(office.tom).post(f"/NG/covers/{over.pk}/read/").status_code == 404


def test_a_stranger_and_another_company_get_404(office: Office, north: Portfolio) -> None:
    running = cover(office, north, 0, 2)
    other = company_of("OTHER")
    stranger = office.client(person(other, "mallory", Role.MANAGER))
    for company in ("NG", "OTHER"):
        for address in (f"portfolios/{north.pk}/overview/", f"covers/{running.pk}/"):
            assert stranger.get(f"/{company}/{address}").status_code == 404
        assert stranger.post(f"/{company}/covers/{running.pk}/read/").status_code == 404


def test_a_manager_finds_both_on_the_page_of_the_portfolio(office: Office, north: Portfolio) -> None:
    running = cover(office, north, 0, 2)
    page = office.client(office.dana).get(f"/NG/segments/portfolios/{north.pk}/").content.decode()
    assert f"/NG/portfolios/{north.pk}/overview/" in page
    assert f"/NG/covers/{running.pk}/" in page
    seen = office.client(office.dana).get(f"/NG/covers/{running.pk}/").content.decode()
    assert "Tom looks after the customers of Priya" in seen


def test_the_stand_in_is_reminded_of_what_the_absent_colleague_said_we_would_do(
    office: Office, north: Portfolio
) -> None:
    from_priya(office, "300")
    from_priya(office, "200")
    assert counts(home(office, "tom"))["Our commitments due"] == 0
    cover(office, north, 0, 2)
    assert counts(home(office, "tom"))["Our commitments due"] == 1
    assert counts(home(office))["Our commitments due"] == 2


def from_priya(office: Office, number: str) -> None:
    commitments.record(
        customer=office.customer(number),
        kind="copy",
        owner=office.priya,
        due_on=office.today,
        by=office.priya,
        at=office.at,
    )


def test_the_queries_of_both_pages_are_few(office: Office, north: Portfolio) -> None:
    running = cover(office, north, 0, 2)
    browser = office.client(office.tom)
    browser.get("/NG/")
    for address, budget in ((f"portfolios/{north.pk}/overview/", 28), (f"covers/{running.pk}/", 16)):
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/NG/{address}")
        assert len(queries) <= budget, address

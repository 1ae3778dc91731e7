"""Where somebody is signed in: listed, ended at once, and ended by itself."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from collections_app.activity.events import Event
from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.people.sessions import Session
from collections_app.people.users import User
from tests.desk import person
from tests.doors import HTMX, text
from tests.ledgerrows import company_of

pytestmark = pytest.mark.django_db
PASSWORD = "harbour-lantern-forty"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"
MORNING = dt.datetime(2026, 3, 11, 8, 0, tzinfo=dt.UTC)
PAGE = "/preferences/signing-in/"
BY_ITSELF = {"X-By-Itself": "yes"}


@pytest.fixture
def sessions_are_noted_seldom() -> None:
    """Here they are noted as often as they are."""


@pytest.fixture
def company() -> Company:
    cache.clear()
    return company_of("NG")


@pytest.fixture
def sam(company: Company) -> User:
    user = person(company, "sam", Role.SALES)
    user.set_password(PASSWORD)
    user.save()
    return user


def browser_of(user: User, agent: str = FIREFOX, address: str = "203.0.113.57") -> Client:
    browser = Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)
    assert browser.post("/sign-in/", {"username": user.username, "password": PASSWORD}).status_code == 302
    return browser


def is_in(browser: Client) -> bool:
    return browser.get(PAGE).status_code == 200


def test_somebody_sees_where_they_are_signed_in(sam: User) -> None:
    here, _ = browser_of(sam), browser_of(sam, IPHONE, "2001:db8:0:12::1")
    page = text(here.get(PAGE))
    assert 'Firefox on Windows <span class="badge-text">this one</span>' in page
    assert "Safari on iPhone" in page
    assert "203.0.113.x" in page
    assert "2001:db8:0:x" in page
    assert "203.0.113.57" not in page


def test_a_session_that_is_ended_does_nothing_any_more(sam: User) -> None:
    here, phone = browser_of(sam), browser_of(sam, IPHONE)
    there = Session.objects.get(device="Safari on iPhone")
    assert here.post(f"{PAGE}sessions/{there.pk}/end/").status_code == 303
    answer = phone.get("/NG/", follow=True)
    assert "This browser was signed out from elsewhere." in text(answer)
    assert not is_in(phone)
    assert is_in(here)
    assert "Safari on iPhone" not in text(here.get(PAGE)).partition("Where you are")[2]
    assert (
        Event.objects.get(what="session.ended").summary == "Sam signed out of Safari on iPhone, 203.0.113.x"
    )
    assert here.post(f"{PAGE}sessions/{there.pk}/end/").status_code == 303
    assert Event.objects.filter(what="session.ended").count() == 1


def test_all_others_are_ended_at_once(sam: User) -> None:
    here, phone, third = browser_of(sam), browser_of(sam, IPHONE), browser_of(sam)
    answer = here.post(f"{PAGE}sessions/end/", headers=HTMX)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, PAGE)
    assert [is_in(each) for each in (here, phone, third)] == [True, False, False]
    assert Event.objects.filter(what="session.ended").count() == 1


def test_nobody_ends_the_session_of_somebody_else(company: Company, sam: User) -> None:
    browser_of(sam)
    other = Client()
    other.force_login(person(company, "priya"))
    assert other.post(f"{PAGE}sessions/{Session.objects.get(user=sam).pk}/end/").status_code == 404
    assert Session.objects.get(user=sam).ended_at is None


def test_sessions_outlive_the_cache_and_so_does_their_end(sam: User) -> None:
    here, phone = browser_of(sam), browser_of(sam, IPHONE)
    cache.clear()
    assert is_in(here)
    remembered = phone.session.session_key
    data = cache.get(f"django.contrib.sessions.cached_db{remembered}")
    here.post(f"{PAGE}sessions/end/")
    cache.set(f"django.contrib.sessions.cached_db{remembered}", data)
    assert not is_in(phone)
    cache.clear()
    assert not is_in(phone)


def test_an_administrator_ends_somebodys_sessions(company: Company, sam: User) -> None:
    theirs = browser_of(sam)
    browser = Client()
    browser.force_login(person(company, "ada", Role.ADMINISTRATOR))
    page = f"/setup/users/{sam.pk}/signing-in/"
    assert "Firefox on Windows" in text(browser.get(page))
    assert browser.post(f"/setup/users/{sam.pk}/sessions/end/")["Location"] == page
    assert not is_in(theirs)
    assert "Nowhere at the moment" in text(browser.get(page))
    event = Event.objects.get(what="session.ended")
    assert (str(event.by), event.summary) == ("Ada", "Sam was signed out everywhere")


def test_whoever_leaves_or_signs_out_is_nowhere(company: Company, sam: User) -> None:
    here, phone = browser_of(sam), browser_of(sam, IPHONE)
    here.post("/sign-out/")
    assert list(Session.objects.filter(ended_at=None).values_list("device", flat=True)) == [
        "Safari on iPhone"
    ]
    admin = Client()
    admin.force_login(person(company, "ada", Role.ADMINISTRATOR))
    admin.post(f"/setup/users/{sam.pk}/", {"full_name": "Sam", "role": "sales", "companies": [company.pk]})
    assert not is_in(phone)
    assert not Session.objects.filter(user=sam, ended_at=None).exists()


def test_nothing_done_for_half_an_hour_ends_it_and_says_why(sam: User) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = browser_of(sam)
        clock.shift(dt.timedelta(minutes=29))
        assert is_in(browser)
        clock.shift(dt.timedelta(minutes=30))
        answer = browser.get("/NG/", follow=True)
    assert "because nothing was done here for a while" in text(answer)
    assert Session.objects.get().why_ended == "idle"


def test_what_a_page_asks_by_itself_is_nothing_done(sam: User) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = browser_of(sam)
        for _ in range(29):
            clock.shift(dt.timedelta(minutes=1))
            assert browser.get("/NG/", headers=BY_ITSELF).status_code == 200
        clock.shift(dt.timedelta(minutes=1))
        part = browser.get("/NG/", headers={**HTMX, **BY_ITSELF})
    assert (part.status_code, part["X-Signed-Out"]) == (204, "yes")


def test_after_half_a_day_one_signs_in_again_however_busy(sam: User) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = browser_of(sam)
        for _ in range(35):
            clock.shift(dt.timedelta(minutes=20))
            assert is_in(browser)
        clock.shift(dt.timedelta(minutes=20))
        assert "for a whole working day" in text(browser.get("/NG/", follow=True))


def test_a_form_that_comes_too_late_is_carried(sam: User) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = browser_of(sam)
        clock.shift(dt.timedelta(minutes=31))
        answer = browser.post("/NG/customers/1/contacts/", {"said": "In Friday's run"})
        assert (answer.status_code, "What you typed is safe" in text(answer)) == (401, True)
        carried = str(answer.context["carried"])
        given = {"username": "sam", "password": PASSWORD, "carried": carried}
        assert "In Friday&#x27;s run" in text(browser.post("/sign-in/", given))


def test_a_page_learns_how_long_there_is_and_somebody_who_stays_stays(sam: User) -> None:
    left = f"{PAGE}left/"
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = browser_of(sam)
        clock.shift(dt.timedelta(minutes=28))
        asked = browser.get(left, headers={**HTMX, **BY_ITSELF})
        assert (asked["X-Seconds-Left"], "signed out in 2 minutes" in text(asked)) == ("120", True)
        stayed = browser.post(left, headers={**HTMX, **BY_ITSELF})
        assert stayed["X-Seconds-Left"] == "1800"
        clock.shift(dt.timedelta(minutes=29))
        assert is_in(browser)


def test_something_done_is_noted_once_a_minute(sam: User) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = browser_of(sam)
        clock.shift(dt.timedelta(seconds=59))
        is_in(browser)
        assert Session.objects.get().seen_at == MORNING
        clock.shift(dt.timedelta(seconds=1))
        is_in(browser)
        assert Session.objects.get().seen_at == MORNING + dt.timedelta(minutes=1)


def test_a_session_that_ended_says_why_and_is_not_seen_before_it_began(sam: User) -> None:
    browser_of(sam)
    for wrong in (
        {"ended_at": MORNING},
        {"why_ended": "idle"},
        {"seen_at": MORNING - dt.timedelta(days=3650)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Session.objects.update(**wrong)


def test_sessions_of_long_ago_are_forgotten(sam: User) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        browser_of(sam)
        clock.shift(dt.timedelta(days=91))
        browser_of(sam)
    assert Session.objects.count() == 1

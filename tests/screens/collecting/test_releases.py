"""Releases on screen: asked for by whoever sells, decided by a manager, never about one's own."""

import datetime as dt
from uuid import uuid4

import pytest
from django.utils.html import strip_tags

from collections_app.holds import releases
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.doors import Answered
from tests.screens.collecting.conftest import Office
from tests.screens.collecting.selling import forced, placed, promised, sold


def said(answer: Answered) -> str:
    return " ".join(strip_tags(answer.content.decode()).split())


@pytest.fixture
def order(office: Office) -> Order:
    """Harrow, to whom Sam sells, has one invoice that is too old."""
    sold(office, "100")
    return placed(office, "SO-1", "9400.00", wanted_on=office.today + dt.timedelta(days=2))


@pytest.fixture
def asked(office: Office, order: Order) -> Release:
    return releases.ask(order, reason="Their line stands still", by=office.sam, at=office.at)


def url(order: Order, rest: str = "") -> str:
    return f"/NG/holds/orders/{order.pk}/{rest}"


def ask(office: Office, order: Order, user: User, **more: str) -> Answered:
    given = {"form_key": str(uuid4()), "reason": "Their line stands still", **more}
    return office.client(user).post(url(order, "ask/"), given, follow=True)


def test_whoever_sells_asks_with_a_reason_and_a_day(office: Office, order: Order) -> None:
    day = office.today + dt.timedelta(days=1)
    text = said(ask(office, order, office.sam, needed_on=day.isoformat()))
    assert "It is asked. You are told as soon as somebody has decided." in text
    made = Release.objects.get()
    assert (made.asked_by, made.reason, made.needed_on) == (office.sam, "Their line stands still", day)
    assert "Waits for a decision" in text


def test_the_day_is_proposed_on_which_the_order_is_wanted(office: Office, order: Order) -> None:
    page = office.client(office.sam).get(url(order)).content.decode()
    assert f'value="{order.wanted_on:%Y-%m-%d}"' in page


def test_the_same_form_sent_twice_asks_once(office: Office, order: Order) -> None:
    key = str(uuid4())
    for _ in range(2):
        ask(office, order, office.sam, form_key=key)
    assert Release.objects.count() == 1


def test_without_a_reason_it_is_refused_and_nothing_typed_is_lost(office: Office, order: Order) -> None:
    past = (office.today - dt.timedelta(days=1)).isoformat()
    answer = ask(office, order, office.sam, reason=" ", needed_on=past)
    text = said(answer)
    assert "Say why this order should go, in a few words." in text
    assert "The day by which you need it is over." in text
    assert past in answer.content.decode()
    assert not Release.objects.exists()


def test_it_may_rest_on_a_promise_that_runs(office: Office, order: Order) -> None:
    promised(office, "5000")
    page = office.client(office.sam).get(url(order)).content.decode()
    assert "£5,000.00 for " in page
    number = page.split('<option value="')[-1].split('"')[0]
    ask(office, order, office.sam, promise=number)
    assert Release.objects.get().promise_id == int(number)


def test_it_is_taken_back_by_whoever_asked(office: Office, order: Order, asked: Release) -> None:
    assert "priya" not in said(office.client(office.priya).post(url(order, "withdraw/"), follow=True))
    asked.refresh_from_db()
    assert asked.state == "asked"
    office.client(office.sam).post(url(order, "withdraw/"))
    asked.refresh_from_db()
    assert asked.state == "withdrawn"


def test_managers_see_who_waits_longest_first_with_what_is_known(
    office: Office, order: Order, asked: Release
) -> None:
    other = placed(office, "SO-2", "700.00")
    releases.ask(
        other, reason="A smaller one", by=office.sam, at=office.at - dt.timedelta(hours=5, minutes=30)
    )
    text = said(office.client(office.dana).get("/NG/holds/?view=asked"))
    assert text.index("A smaller one") < text.index("Their line stands still")
    assert "5.5 hours ago" in text
    assert "A1 is 95 days overdue" in text
    assert "From request to decision" in text
    assert "Nobody has looked at 2 that wait, the oldest since" in text
    rail = office.client(office.dana).get("/NG/").content.decode()
    assert "Holds" in rail


def test_a_manager_releases_for_five_working_days_under_conditions(
    office: Office, order: Order, asked: Release
) -> None:
    dana = office.client(office.dana)
    until = office.company.calendar.add(office.today, 5)
    assert f'value="{until:%Y-%m-%d}"' in dana.get(url(order)).content.decode()
    given = {"until": until.isoformat(), "conditions": "Paid by Friday", "words": ""}
    text = said(dana.post(f"/NG/holds/releases/{asked.pk}/grant/", given, follow=True))
    assert "Released until" in text
    assert "Paid by Friday" in text
    assert Hold.objects.get().ending == "release"
    home = said(office.client(office.sam).get("/NG/"))
    assert "Dana released order SO-1 of Harrow Tools" in home


def test_what_stands_in_the_way_is_told_at_once_and_typed_words_stay(
    office: Office, order: Order, asked: Release
) -> None:
    forced(office, "We wait for their bank")
    given = {"until": (office.today + dt.timedelta(days=300)).isoformat(), "conditions": "Typed words"}
    answer = office.client(office.dana).post(f"/NG/holds/releases/{asked.pk}/grant/", given)
    assert answer.status_code == 422
    text = said(answer)
    assert "A person put this customer on hold." in text
    assert "within 92 days" in text
    assert "Typed words" in text


def test_a_decision_against_is_read_for_courtesy_once_and_shows_what_was_known(
    office: Office, order: Order, asked: Release
) -> None:
    dana, where = office.client(office.dana), f"/NG/holds/releases/{asked.pk}/decline/"
    answer = dana.post(where, {"words": "You should have asked sooner"})
    assert answer.status_code == 422
    assert "reads like blame or pressure." in said(answer)
    assert "You should have asked sooner" in answer.content.decode()
    asked.refresh_from_db()
    assert asked.state == "asked"

    dana.post(where, {"words": "The oldest invoice is not disputed, and a date would help us"})
    text = said(office.client(office.sam).get(url(order)))
    assert "The oldest invoice is not disputed, and a date would help us" in text
    assert "Known then A1 is 95 days overdue with £120,000.00" in text
    assert "open, of it £120,000.00 overdue, the oldest by 95 days. By version 1 of the hold rules." in text


def test_words_may_stay_as_they_are(office: Office, asked: Release) -> None:
    given = {"words": "You should have asked sooner", "as_it_is": "yes"}
    office.client(office.dana).post(f"/NG/holds/releases/{asked.pk}/decline/", given)
    asked.refresh_from_db()
    assert asked.state == "declined"


def test_nobody_decides_about_their_own_request_or_their_own_customer(office: Office, order: Order) -> None:
    releases.ask(order, reason="Mine", by=office.dana, at=office.at)
    asked = Release.objects.get()
    text = said(office.client(office.dana).get(url(order)))
    assert "You asked for it, so somebody else decides." in text
    assert "Release the order" not in text
    answer = office.client(office.dana).post(
        f"/NG/holds/releases/{asked.pk}/grant/", {"until": office.today.isoformat()}
    )
    assert answer.status_code == 422

    ruth = person(office.company, "ruth", Role.MANAGER)
    Customer.objects.filter(number="100").update(salesperson=ruth)
    text = said(office.client(ruth).get(url(order)))
    assert "You sell to this customer, so somebody else decides." in text
    answer = office.client(ruth).post(f"/NG/holds/releases/{asked.pk}/decline/", {"words": "No"})
    assert answer.status_code == 422
    assert Release.objects.get().state == "asked"


@pytest.mark.parametrize("who", ["sam", "priya"])
@pytest.mark.parametrize("deed", ["grant", "decline"])
def test_only_managers_decide(office: Office, asked: Release, who: str, deed: str) -> None:
    answer = office.client(getattr(office, who)).post(
        f"/NG/holds/releases/{asked.pk}/{deed}/", {"words": "x"}
    )
    assert answer.status_code == 403


def test_notices_are_put_away(office: Office, asked: Release) -> None:
    dana = office.client(office.dana)
    page = dana.get("/NG/").content.decode()
    assert "Sam asks for the release of order SO-1" in page
    newest = page.split('name="newest" value="')[1].split('"')[0]
    dana.post("/NG/home/notices/seen/", {"newest": "x"})
    assert "Sam asks for" in dana.get("/NG/").content.decode()
    dana.post("/NG/home/notices/seen/", {"newest": newest})
    assert "Sam asks for" not in dana.get("/NG/").content.decode()

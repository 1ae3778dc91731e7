"""What a person decides for everybody, rates and rules, frees what goes by it at once."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.management import call_command
from pytest_django import DjangoCaptureOnCommitCallbacks

from collections_app.activity.events import Event
from collections_app.chase import regroupings
from collections_app.holds import rule_versions, steering, taking_effect
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.jobs import followers
from collections_app.jobs import regroupings as work
from collections_app.ledger.customers import Customer
from collections_app.ledger.rate_files import PublishedDay
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.segmentation import versions
from tests.desk import person
from tests.holds.selling import DAY, Shop, codes, held, rules, said

PATIENT = RuleSet(overdue_days=120)


@pytest.fixture
def olga(shop: Shop) -> User:
    return person(shop.company, "olga", Role.ADMINISTRATOR)


def in_euros(shop: Shop) -> Order:
    """An order that waits for nothing but a rate."""
    taken = shop.order("SO-1", "100", customer="200", currency="EUR")
    assert codes(taken.hold) == ["no_rate"]
    return taken.order


def set_rate(shop: Shop, by: User, *, since: dt.date) -> None:
    taking_effect.set_rate(
        company=shop.company, currency="EUR", rate=Decimal("0.86"), valid_from=since, by=by, at=shop.at
    )


def test_a_rate_that_holds_today_frees_what_waited_for_it_alone(shop: Shop, olga: User) -> None:
    in_euros(shop)

    set_rate(shop, olga, since=shop.today + DAY)
    assert held() == ["SO-1"]
    set_rate(shop, olga, since=shop.today - DAY)
    assert held() == []
    assert said() == "Order SO-1 over €100.00 is free after a decision of ours: nothing holds it any more"
    assert Hold.objects.get().ending == "facts"


def test_a_file_of_published_rates_frees_what_waited_for_one_of_them(shop: Shop, olga: User) -> None:
    in_euros(shop)
    published = [PublishedDay(shop.today - DAY, {"EUR": Decimal(1), "GBP": Decimal("0.86")})]

    for _again in range(2):
        taking_effect.take_rates(published, company=shop.company, source="a bank", by=olga, at=shop.at)
        assert held() == []
    assert Hold.objects.get().ending == "facts"


def test_a_rate_that_is_set_by_the_command_does_so_too(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: shop.at)
    in_euros(shop)

    call_command("set_exchange_rate", "EUR", "0.86", "--company", shop.company.code, stdout=io.StringIO())
    assert held() == []
    assert Event.objects.filter(what="exchange_rate.recorded").count() == 1


def test_a_rate_frees_nothing_that_a_person_holds(shop: Shop, dana: User, olga: User) -> None:
    in_euros(shop)
    steering.force(shop.rows.customers["200"], reason="Cheque came back", by=dana, at=shop.at)

    set_rate(shop, olga, since=shop.today)
    assert codes(Hold.objects.standing().get()) == ["forced"]


@pytest.mark.parametrize(("days", "waits"), [(0, []), (1, ["SO-1"])])
def test_looser_rules_free_what_they_let_go_as_soon_as_they_hold(
    shop: Shop, dana: User, days: int, waits: list[str]
) -> None:
    shop.order("SO-1", "100")
    draft = rule_versions.begin(company=shop.company, by=dana, at=shop.at)
    draft = rule_versions.edit(version=draft, rules=PATIENT, revision=0, by=dana, at=shop.at)
    since = shop.today + DAY * days

    taking_effect.publish(version=draft, revision=1, in_force_from=since, by=None, at=shop.at)
    assert held() == waits


def test_rules_for_one_customer_are_followed_by_a_look_at_their_orders_alone(shop: Shop, dana: User) -> None:
    before = shop.at - DAY
    shop.order("SO-1", "100", at=before)
    shop.order("SO-2", "900", customer="200", at=before)
    harrow = shop.rows.customers["100"]
    draft = rule_versions.begin(company=shop.company, customer=harrow, by=dana, at=shop.at)
    draft = rule_versions.edit(version=draft, rules=PATIENT, revision=0, by=dana, at=shop.at)

    taking_effect.publish(version=draft, revision=1, in_force_from=shop.today, by=None, at=shop.at)
    assert held() == ["SO-2"]
    assert Order.objects.get(checked_at=shop.at).number == "SO-1"


@pytest.mark.parametrize("is_small", [True, False])
def test_whoever_comes_to_stand_under_looser_rules_by_being_placed_anew_is_free_then(
    shop: Shop,
    dana: User,
    is_small: bool,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    versions.ensure_default(company=shop.company, by=None, at=shop.at)
    shop.order("SO-1", "100")
    rules(shop, PATIENT, dana)  # published without a look at what waits
    assert held() == ["SO-1"]
    if is_small:
        with (
            django_capture_on_commit_callbacks(execute=True),
            work.following(company=shop.company, today=shop.today, at=shop.at),
        ):
            Customer.objects.filter(number="100").update(classification="key")
    else:
        regroupings.want(company=shop.company, at=shop.at)
        followers.run(company=shop.company, at=shop.at)

    assert held() == []

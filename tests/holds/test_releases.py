"""Releases: asked for by one, decided by another, within limits, and over by themselves."""

import datetime as dt
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from collections_app.activity.events import Event
from collections_app.holds import checks, releases, steering
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.holds.rule_rows import HoldRuleVersion
from collections_app.holds.rules.ordering import Moment
from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.holds.selling import DAY, Shop, again, codes, happened, held, rules, said


@pytest.fixture
def order(shop: Shop) -> Order:
    """One that waits for an old invoice."""
    return shop.order("SO-1", "100.00").order


@pytest.fixture
def asked(order: Order, sam: User, shop: Shop) -> Release:
    return releases.ask(order, reason="Their plant stands still", by=sam, at=shop.at)


def codes_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_what_is_granted_goes_for_five_working_days_and_then_waits_again_by_itself(
    asked: Release, dana: User, shop: Shop
) -> None:
    releases.grant(asked, conditions="Paid by Friday", by=dana, at=shop.at)

    assert (asked.until, asked.amount) == (dt.date(2026, 3, 18), Decimal("100.000"))
    assert Hold.objects.get().ending == "release"
    assert (
        said() == "Released Order SO-1 over £100.00 until 18 March 2026, under the condition: Paid by Friday"
    )
    assert shop.recheck(days=7) == 0
    assert shop.recheck(days=8) == 1

    asked.refresh_from_db()
    assert (asked.state, asked.because) == ("ended", "Its release ended on 18 March 2026.")
    assert said().startswith(
        "Order SO-1 over £100.00 was put on hold in the night: Its release ended on 18 March 2026. A1 is 108"
    )
    assert happened() == ["order.held", "release.asked", "release.granted", "order.held"]


def test_what_was_freed_by_facts_meanwhile_does_not_wait_again(
    asked: Release, dana: User, shop: Shop
) -> None:
    releases.grant(asked, by=dana, at=shop.at)
    shop.pay("480", invoice="A1")

    assert shop.recheck(days=8) == 0
    assert held() == []


def test_nobody_decides_about_what_they_asked_for_or_about_their_own_customer(
    order: Order, company: Company, dana: User, sam: User, shop: Shop
) -> None:
    mine = releases.ask(order, reason="Urgent", by=dana, at=shop.at)
    with pytest.raises(Refused) as refused:
        releases.grant(mine, by=dana, at=shop.at)
    assert codes_of(refused) == ["own"]
    with pytest.raises(Refused) as refused:
        releases.decline(mine, words="No", by=sam, at=shop.at)
    assert codes_of(refused) == ["not_allowed"]

    rita = person(company, "rita", Role.MANAGER)
    Customer.objects.filter(number="100").update(salesperson=rita)
    mine.refresh_from_db()
    with pytest.raises(Refused) as refused:
        releases.grant(again_release(mine), by=rita, at=shop.at)
    assert codes_of(refused) == ["salesperson"]
    assert list(releases.waiting_for(rita, company=company)) == []
    assert list(releases.waiting_for(dana, company=company)) == []


def again_release(release: Release) -> Release:
    return Release.objects.get(pk=release.pk)


def test_above_the_amount_of_the_rules_the_finance_director_decides(
    asked: Release, company: Company, dana: User, shop: Shop
) -> None:
    rules(shop, RuleSet(release_amount_max=Decimal("99.99")), dana)
    with pytest.raises(Refused, match="are released by the finance director"):
        releases.grant(asked, by=dana, at=shop.at)

    frank = person(company, "frank", Role.MANAGER)
    frank.desk = "finance_director"
    frank.save()
    assert releases.grant(asked, by=frank, at=shop.at).state == "granted"


def test_a_decision_against_it_says_why_and_keeps_what_is_known(
    asked: Release, dana: User, shop: Shop
) -> None:
    with pytest.raises(Refused, match="Say why not"):
        releases.decline(asked, words=" ", by=dana, at=shop.at)
    releases.decline(asked, words="We can send half of it once A1 is paid.", by=dana, at=shop.at)

    assert held() == ["SO-1"]
    assert asked.known is not None
    assert [reason["code"] for reason in asked.known["reasons"]] == ["overdue_days"]
    assert asked.known["figures"]["open"] == {"GBP": "1680.00"}
    assert said().endswith("once A1 is paid.")


def test_a_release_keeps_the_figures_and_the_rules_of_its_moment_in_its_row_and_in_its_event(
    asked: Release, dana: User, shop: Shop
) -> None:
    rules(shop, RuleSet(overdue_days=80, release_amount_max=Decimal(200)), dana)
    releases.grant(asked, by=dana, at=shop.at)
    shop.pay("480", invoice="A1")
    event = Event.objects.filter(what="release.granted").get()
    known = again_release(asked).known or {}
    assert event.facts["figures"] == known["figures"]
    assert known["figures"]["open"] == {"GBP": "1680.00"}
    assert event.facts["codes"] == ["overdue_days"]
    version = HoldRuleVersion.objects.get(pk=event.facts["rules"])
    assert (version.number, known["rules"]) == (2, version.pk)


def test_the_same_decision_twice_has_one_effect_and_another_is_refused(
    asked: Release, company: Company, dana: User, shop: Shop
) -> None:
    releases.grant(asked, by=dana, at=shop.at)
    releases.grant(again_release(asked), by=dana, at=shop.at + DAY)
    with pytest.raises(Refused, match="This request has ended: released, by Dana"):
        releases.decline(asked, words="No", by=dana, at=shop.at)

    assert happened().count("release.granted") == 1


def test_a_form_asks_for_one_order_and_is_refused_for_another(asked: Release, sam: User, shop: Shop) -> None:
    key = uuid4()
    Release.objects.update(form_key=key)
    assert releases.ask(asked.order, reason="Again", form_key=key, by=sam, at=shop.at) == asked
    other = shop.order("SO-2", "100.00").order
    with pytest.raises(Refused, match="asked for the release of order SO-1 already"):
        releases.ask(other, reason="Again", form_key=key, by=sam, at=shop.at)
    assert Release.objects.count() == 1


def test_one_request_waits_at_a_time_and_only_for_what_is_held(
    asked: Release, order: Order, sam: User, shop: Shop
) -> None:
    with pytest.raises(Refused) as refused:
        releases.ask(order, reason=" ", by=sam, at=shop.at)
    assert codes_of(refused) == ["waits", "reason"]

    free = shop.order("SO-2", "1", customer="200").order
    with pytest.raises(Refused, match="nothing to release"):
        releases.ask(free, reason="Urgent", by=sam, at=shop.at)


def test_a_request_is_not_needed_any_more_once_facts_free_the_order(asked: Release, shop: Shop) -> None:
    shop.pay("480", invoice="A1")
    shop.recheck(why=Moment.PAYMENT)

    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == ("lapsed", None)
    assert said().endswith("Sam had asked for its release, which is not needed any more")


def test_who_asked_takes_it_back_and_nobody_else(asked: Release, dana: User, sam: User, shop: Shop) -> None:
    with pytest.raises(Refused, match="Sam asked for it"):
        releases.withdraw(asked, by=dana, at=shop.at)
    assert releases.withdraw(asked, by=sam, at=shop.at).state == "withdrawn"


def test_an_order_that_grows_beyond_what_was_released_waits_again(
    asked: Release, dana: User, shop: Shop
) -> None:
    releases.grant(asked, by=dana, at=shop.at)
    assert shop.order("SO-1", "100.00", wanted_on=shop.today).hold is None
    grown = shop.order("SO-1", "100.01")

    assert codes(grown.hold) == ["overdue_days"]
    assert again_release(asked).because == "The order has become larger than what was released."


def test_a_release_lasts_no_longer_than_a_quarter_and_not_into_the_past(
    asked: Release, dana: User, shop: Shop
) -> None:
    for days in (-1, 93):
        with pytest.raises(Refused, match="within 92 days"):
            releases.grant(asked, until=shop.today + DAY * days, by=dana, at=shop.at)


def test_a_hold_of_a_person_is_not_released_order_by_order(asked: Release, dana: User, shop: Shop) -> None:
    steering.force(shop.rows.customers["100"], reason="Cheque came back", by=dana, at=shop.at)

    with pytest.raises(Refused, match="Lift that first"):
        releases.grant(asked, by=dana, at=shop.at)


def test_the_first_look_of_somebody_who_may_release_is_kept(
    order: Order, dana: User, sam: User, shop: Shop
) -> None:
    hold = Hold.objects.get()
    assert releases.look(hold, by=sam, at=shop.at).first_looked_at is None
    releases.look(hold, by=dana, at=shop.at + dt.timedelta(hours=2))
    releases.look(hold, by=dana, at=shop.at + dt.timedelta(hours=5))

    assert hold.first_looked_at == shop.at + dt.timedelta(hours=2)
    assert hold.first_looked_by == dana


def test_a_look_of_whoever_may_not_decide_about_the_order_is_not_the_first(
    asked: Release, company: Company, dana: User, shop: Shop
) -> None:
    rita = person(company, "rita", Role.MANAGER)
    Order.objects.update(salesperson=rita)
    hold = Hold.objects.select_related("order__customer").get()
    assert releases.look(hold, by=rita, at=shop.at).first_looked_at is None
    Release.objects.update(asked_by=dana)
    assert releases.look(hold, by=dana, at=shop.at).first_looked_at is None
    ruth = person(company, "ruth", Role.MANAGER)
    assert releases.look(hold, by=ruth, at=shop.at).first_looked_at == shop.at


def test_words_that_read_like_blame_are_asked_about_once_whatever_door_they_come_through(
    asked: Release, dana: User, shop: Shop
) -> None:
    unkind = "You should have asked them first"
    with pytest.raises(Refused, match="reads like blame") as refused:
        releases.decline(asked, words=unkind, by=dana, at=shop.at)
    assert codes_of(refused) == ["courtesy"]
    assert releases.decline(asked, words=unkind, as_it_is=True, by=dana, at=shop.at).state == "declined"


def test_the_database_lets_nobody_approve_themselves(asked: Release, sam: User, shop: Shop) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=asked.pk).update(state="declined", decided_by=sam, decided_at=shop.at)


def test_checking_a_released_order_at_pick_lets_it_go(asked: Release, dana: User, shop: Shop) -> None:
    releases.grant(asked, by=dana, at=shop.at)

    assert checks.check(again(asked.order), moment=Moment.PICK, at=shop.at + DAY) is None

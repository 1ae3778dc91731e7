"""How long sales waited for us: also where we answered badly or not at all."""

import datetime as dt

from collections_app.holds import releases, waiting_times
from collections_app.holds.hold_rows import Hold
from collections_app.holds.waiting_times import FirstLooks
from collections_app.people.users import User
from tests.holds.selling import DAY, Shop

HOUR = dt.timedelta(hours=1)


def looks(shop: Shop, *, since: int = -90, until: int = 30) -> FirstLooks:
    """Of the days from ``since`` to ``until``, counted from the shop's."""
    begins, ends = shop.at + DAY * since, shop.at + DAY * until
    return waiting_times.until_looked_at(company=shop.company, since=begins, until=ends)


def look(number: str, shop: Shop, *, by: User, hours: float) -> None:
    hold = Hold.objects.select_related("order__customer").get(order__number=number)
    releases.look(hold, by=by, at=shop.at + HOUR * hours)


def test_it_counts_every_hold_that_was_looked_at_whatever_came_of_it(
    shop: Shop, sam: User, dana: User
) -> None:
    for number in ("SO-1", "SO-2", "SO-3"):
        shop.order(number, "10")
    asked = releases.ask(shop.order("SO-4", "10").order, reason="Stock", by=sam, at=shop.at)
    releases.decline(asked, words="Please ask again after Friday.", by=dana, at=shop.at + 72 * HOUR)
    look("SO-1", shop, by=dana, hours=1)
    look("SO-2", shop, by=dana, hours=2)

    found = looks(shop)
    assert (found.number, found.hours) == (3, 25.0)
    shop.pay("480", invoice="A1")
    shop.recheck(days=4)
    assert (looks(shop).number, looks(shop).hours) == (3, 25.0)


def test_what_nobody_has_looked_at_is_told_beside_it(shop: Shop, dana: User) -> None:
    assert looks(shop) == FirstLooks(0, None)
    shop.order("SO-1", "10")
    shop.order("SO-2", "10", at=shop.at + DAY)
    assert (looks(shop).number, looks(shop).unseen, looks(shop).unseen_since) == (0, 2, shop.at)
    look("SO-1", shop, by=dana, hours=3)
    assert (looks(shop).number, looks(shop).unseen, looks(shop).unseen_since) == (1, 1, shop.at + DAY)
    shop.order("SO-2", "10", state="cancelled", at=shop.at + DAY * 2)
    assert (looks(shop).unseen, looks(shop).unseen_since) == (0, None)


def test_a_span_that_is_over_tells_how_it_stood_at_its_end(shop: Shop, dana: User) -> None:
    shop.order("SO-1", "10")
    look("SO-1", shop, by=dana, hours=48)
    shop.order("SO-1", "10", state="delivered", at=shop.at + DAY * 5)

    assert (looks(shop, until=1).number, looks(shop, until=1).unseen) == (0, 1)
    assert (looks(shop, until=3).number, looks(shop, until=3).hours) == (1, 48.0)
    assert (looks(shop, since=3).number, looks(shop, since=3).unseen) == (0, 0)

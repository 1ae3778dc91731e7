"""Orders of the cast that go and that wait, as the demo tells it."""

from collections_app.holds import explanations
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from tests.demo.conftest import TODAY


def test_some_orders_go_and_each_of_the_others_waits_for_a_reason_of_its_own() -> None:
    waiting = {
        hold.order.number: [reason["code"] for reason in hold.newest_decision["reasons"]]
        for hold in Hold.objects.standing().select_related("order")
    }

    assert waiting == {
        "SO-8809": ["forced"],
        "SO-8812": ["limit_used"],
        "SO-8816": ["limit_used"],
        "SO-8817": ["broken_promises"],
        "SO-3307": ["limit_used"],
    }
    assert Order.objects.in_hand().count() == 8


def test_one_release_is_asked_for_and_waits_for_dana() -> None:
    (release,) = Release.objects.waiting()

    assert (release.order.number, release.asked_by.username) == ("SO-8812", "sam")
    found = explanations.of(release.order, today=TODAY)
    assert [user.username for user in found.deciders] == ["dana"]
    assert found.answer.payment

"""The disputes of the cast: one to decide, one that waits, one whose photographs came, each with its
clock.
"""

from collections_app.contact import dispute_changes, dispute_lists
from collections_app.contact.disputes import Dispute
from tests import cast
from tests.cast import Member
from tests.demo.conftest import TODAY


def dispute_of(member: Member, reason: str) -> Dispute:
    found = Dispute.objects.select_related("company", "invoice", "owner")
    return found.get(customer__number=member.number, customer__company__code=member.company, reason=reason)


def words(dispute: Dispute) -> str:
    return dispute_lists.standing_of(dispute, company=dispute.company, day=TODAY).words


def test_brandts_is_answered_by_sales_and_its_time_is_up() -> None:
    dispute = dispute_of(cast.BRANDT, "PRICE")

    assert (dispute.holder, dispute.finding, str(dispute.answered_by)) == (
        "sales",
        "partly_right",
        "Sam Okafor",
    )
    assert words(dispute) == "6 of 5 working days used; was due on 10 March"
    assert dispute.level == 1  # the night of the seeded day let it rise


def test_fennmeres_clock_stands_until_they_name_the_order() -> None:
    dispute = dispute_of(cast.FENNMERE, "PO")

    assert dispute.state == "waiting"
    assert words(dispute) == (
        "1 of 2 working days used; stopped since 6 March: "
        "waiting for the order number and the name of who ordered"
    )


def test_venburns_photographs_came_and_moved_the_day() -> None:
    dispute = dispute_of(cast.VENBURN, "DMG")

    assert dispute.evidence == "Six photographs, by email."
    assert words(dispute) == "6 of 10 working days used; due on 17 March"
    assert [event.what for event in dispute_changes.history(dispute)] == [
        "dispute.evidence_received",
        "dispute.asked",
        "dispute.lodged",
    ]
    assert dispute.version == 3


def test_what_is_short_is_with_the_warehouse_where_somebody_sits_there() -> None:
    assert dispute_of(cast.VENBURN, "QTY").holder == "warehouse"
    abroad = dispute_of(cast.FELDMOOR, "QTY")  # nobody of the warehouse signs in there
    assert abroad.owner == abroad.lodged_by


def test_every_closed_one_says_what_caused_it_and_that_the_customer_knows() -> None:
    closed = Dispute.objects.closed()

    assert closed.exists()
    assert not closed.filter(cause="").exists()
    assert not Dispute.objects.unknown_to_customer().exists()

"""What the cast wrote back, as the demo tells it."""

from collections_app.correspondence.received_rows import ReceivedMessage
from tests import cast


def test_the_inbox_shows_each_kind_of_answer_and_somebody_nobody_knows() -> None:
    found = {
        (each.customer.number if each.customer else "", each.kind, each.sort)
        for each in ReceivedMessage.objects.select_related("customer")
    }
    assert found == {
        (cast.TARNSTEAD.number, "reply", "promise"),
        (cast.KESTERBY.number, "reply", "paid"),
        (cast.FENNMERE.number, "reply", "copy_please"),
        (cast.ROSHOLT.number, "auto_reply", "away"),
        ("", "reply", "other"),
    }
    promised = ReceivedMessage.objects.get(sort="promise")
    assert promised.promised_on
    assert promised.promised_on > promised.received_at.date()
    assert ReceivedMessage.objects.unread().count() == 4

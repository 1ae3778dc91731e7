"""The mail of the demo: something is held back with its reason, and of one message nobody knows."""

from collections_app.correspondence.message_rows import Message
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.management.demo.seeding import Seeded


def test_reminders_are_held_back_with_the_reason_in_words(demo: Seeded) -> None:
    held = ReminderDraft.objects.filter(state="held_back", company__code="northgate-uk")

    assert held.count() >= 1
    assert all("until" in draft.stops[0]["sentence"] for draft in held)


def test_of_one_message_nobody_knows_whether_it_left(demo: Seeded) -> None:
    message = Message.objects.get(state="uncertain")

    assert message.kind == "statement"
    assert message.attachments.count() == 1
    assert not Message.objects.filter(state="sending").exists()

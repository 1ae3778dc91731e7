"""The copies that a reminder promises are drawn before anybody has to wait for it, and once."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction

from collections_app.correspondence import deliveries, invoice_documents
from collections_app.correspondence.attempts import Counts
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.stored_files import StoredFile
from collections_app.dunning import approvals, draft_files
from collections_app.jobs.outbox import COMPLETES, GATES
from collections_app.ledger.customers import Customer
from tests.correspondence.mailing import Post, link_for
from tests.dunning.office import AT, Office
from tests.dunning.reminding import waiting

COPIES = ["A1.pdf", "A2.pdf"]


@pytest.fixture
def office(transactional_db: None) -> Office:
    return Office()


def approved(office: Office) -> Message:
    """A reminder of both invoices that may leave."""
    asked = [office.rows.invoices[number] for number in ("A1", "A2")]
    draft = waiting(office.harrow, *asked, day=AT.date(), level=1, template="level_1", step_code="email+1")
    approvals.approve([draft], company=office.company, by=office.priya, at=AT)
    Message.objects.update(leave_after=AT, next_attempt_at=AT)
    return Message.objects.select_related("company").get()


def leave(post: Post) -> Counts:
    return deliveries.send_due(gates=GATES, completes=COMPLETES, link_for=link_for, connection=post, at=AT)


def while_drawing(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object]) -> None:
    """Do ``deed`` elsewhere, and wait for it, while the first copies are being drawn."""
    drawn, done = invoice_documents.copies_of, list[bool]()

    def elsewhere() -> None:
        try:
            deed()
        finally:
            connection.close()

    def slowly(*given: Any, **more: Any) -> Any:
        if not done:
            done.append(True)
            thread = Thread(target=elsewhere)
            thread.start()
            thread.join()
        return drawn(*given, **more)

    monkeypatch.setattr(invoice_documents, "copies_of", slowly)


def names(message: Message) -> list[str]:
    found = message.attachments.order_by("position").values_list("stored_file__name", flat=True)
    return [name.rpartition(" ")[2] for name in found]


def test_nobody_waits_for_a_customer_whose_copies_are_being_drawn(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, free = approved(office), list[int]()

    def work() -> None:
        with transaction.atomic():
            free.append(Customer.objects.select_for_update(nowait=True).get(pk=office.harrow.pk).pk)
            free.append(Message.objects.select_for_update(nowait=True).get(pk=message.pk).pk)

    while_drawing(monkeypatch, work)
    post = Post()
    assert leave(post) == Counts(sent=1)
    assert free == [office.harrow.pk, message.pk]
    assert [attached[0] for attached in post.taken[0].attachments] == COPIES


def test_another_worker_that_is_quicker_sends_it_once_with_its_copies(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, quicker, slower = approved(office), Post(), Post()
    while_drawing(monkeypatch, lambda: leave(quicker))
    assert leave(slower) == Counts()
    assert (len(quicker.taken), slower.taken) == (1, [])
    assert names(message) == COPIES
    assert StoredFile.objects.count() == 2


def test_two_who_draw_the_same_keep_it_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    message = approved(office)
    while_drawing(monkeypatch, lambda: draft_files.complete(message, AT))
    draft_files.complete(message, AT)
    assert names(message) == COPIES
    assert StoredFile.objects.count() == 2


def test_a_worker_that_stops_while_it_draws_leaves_the_message_as_it_was(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = approved(office)
    with monkeypatch.context() as now:
        now.setattr(invoice_documents, "copies_of", _stopped)
        with pytest.raises(KeyboardInterrupt):
            leave(Post())
    message.refresh_from_db()
    assert (message.state, message.attempts, names(message)) == ("queued", 0, [])
    assert leave(Post()) == Counts(sent=1)


def test_what_cannot_be_drawn_goes_before_a_person(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    message = approved(office)
    monkeypatch.setattr(invoice_documents, "copies_of", _broken)
    assert leave(Post()) == Counts(held_back=1)
    message.refresh_from_db()
    assert [stop["code"] for stop in message.stops] == ["check_failed"]


def _stopped(*given: Any, **more: Any) -> Any:
    raise KeyboardInterrupt


def _broken(*given: Any, **more: Any) -> Any:
    raise ZeroDivisionError("no such font")

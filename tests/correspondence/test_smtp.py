"""Handing over to a real mail server: at each step it is known whether the message was accepted."""

import socket
import time
from collections.abc import Callable, Iterator
from email.message import Message as Mail
from email.utils import parseaddr
from typing import Any

import pytest
from django.conf import settings as given
from django.core.mail import EmailMultiAlternatives

from collections_app.correspondence import attachments, deliveries, envelopes, messages, stored_files
from collections_app.correspondence.carriers.smtp import EmailBackend
from collections_app.correspondence.letterheads import Letterhead
from collections_app.correspondence.rules import Audience
from collections_app.correspondence.rules.sending import Delivery, Outcome
from tests.correspondence.mailing import AT, LETTER, House, link_for
from tests.correspondence.mailserver import Drops, Hangs, Sink, mail_server
from tests.ledgerrows import company_of

MAIL = EmailMultiAlternatives(
    "Süß", "One\n.two\n..\n", "Us <us@here.example>", ["Ms Vogel <vogel@brandt.example>"],
    headers={"Message-ID": "<1@here.example>"},
)  # fmt: skip


@pytest.fixture
def sink() -> Iterator[Sink]:
    with mail_server(Sink()) as sink:
        yield sink


@pytest.fixture
def carrier(sink: Sink) -> Iterator[EmailBackend]:
    carrier = EmailBackend(host="127.0.0.1", port=sink.port, username="", password="", timeout=1)
    yield carrier
    carrier.close()


def at(step: str, does: Callable[[], str]) -> Callable[[str], str | None]:
    return lambda now: does() if now == step else None


def hangs() -> str:
    raise Hangs


def drops() -> str:
    raise Drops


def test_what_arrives_is_what_was_written(sink: Sink, carrier: EmailBackend) -> None:
    assert carrier.deliver(MAIL) == Delivery(Outcome.ACCEPTED, "250 taken")
    [mail] = sink.mails
    assert isinstance(mail, Mail)
    assert mail.get_payload(decode=True) == b"One\r\n.two\r\n..\r\n"
    assert mail["Message-ID"] == "<1@here.example>"


def test_one_connection_serves_many(sink: Sink, carrier: EmailBackend) -> None:
    assert [carrier.deliver(MAIL).outcome for _ in range(3)] == [Outcome.ACCEPTED] * 3
    assert (len(sink.accepted), sink.connections) == (3, 1)


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "BEFORE"])
@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("451 come again", Outcome.NOT_NOW),
        ("550 nobody of that name", Outcome.REFUSED),
        ("421 bye", Outcome.NOT_NOW),
    ],
)
def test_an_answer_that_says_no_is_certain_at_every_step(
    sink: Sink, carrier: EmailBackend, step: str, answer: str, outcome: Outcome
) -> None:
    sink.mischief = at(step, lambda: answer)
    is_about_address = step == "RCPT" and outcome == Outcome.REFUSED
    assert carrier.deliver(MAIL) == Delivery(outcome, answer, is_about_address)
    assert sink.accepted == []
    sink.mischief = lambda step: None
    assert carrier.deliver(MAIL).outcome == Outcome.ACCEPTED


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("does", [hangs, drops])
def test_before_the_content_a_silent_server_has_accepted_nothing(
    sink: Sink, carrier: EmailBackend, step: str, does: Callable[[], str]
) -> None:
    sink.mischief = at(step, does)
    assert carrier.deliver(MAIL).outcome == Outcome.NOT_NOW
    assert sink.accepted == []
    sink.mischief = lambda step: None
    assert carrier.deliver(MAIL).outcome == Outcome.ACCEPTED


@pytest.mark.parametrize("does", [hangs, drops])
def test_after_the_content_nobody_knows_what_a_silent_server_did(
    sink: Sink, carrier: EmailBackend, does: Callable[[], str]
) -> None:
    sink.mischief = at("END", does)
    assert carrier.deliver(MAIL).outcome == Outcome.UNKNOWN
    assert len(sink.accepted) == 1


def test_an_answer_that_is_none_after_the_content_is_not_taken_for_one(
    sink: Sink, carrier: EmailBackend
) -> None:
    sink.mischief = at("END", lambda: "what?")
    assert carrier.deliver(MAIL).outcome == Outcome.UNKNOWN


def test_nobody_there_is_no_loss(sink: Sink) -> None:
    nobody = EmailBackend(host="127.0.0.1", port=1, username="", password="", timeout=1)
    assert nobody.deliver(MAIL).outcome == Outcome.NOT_NOW


def test_a_server_that_hangs_before_it_says_a_word_is_no_loss() -> None:
    """The kernel takes the connection, and nobody ever answers on it, as when its process is frozen."""
    with socket.create_server(("127.0.0.1", 0)) as frozen:
        port = frozen.getsockname()[1]
        waiting = EmailBackend(host="127.0.0.1", port=port, username="", password="", timeout=1)
        assert waiting.deliver(MAIL) == Delivery(Outcome.NOT_NOW, "The mail server did not answer in time.")
        assert waiting.connection is None


def test_a_server_that_ended_an_idle_connection_is_called_again(sink: Sink, carrier: EmailBackend) -> None:
    carrier.deliver(MAIL)
    calls = iter(["421 you were idle"])
    sink.mischief = at("MAIL", lambda: next(calls, ""))
    assert carrier.deliver(MAIL).outcome == Outcome.ACCEPTED
    assert sink.connections == 2


def test_an_address_that_no_server_takes_is_refused_before_anything_is_said(
    sink: Sink, carrier: EmailBackend
) -> None:
    strange = EmailMultiAlternatives("x", "x", "us@here.example", ["vögel@brandt.example"])
    assert carrier.deliver(strange).outcome == Outcome.REFUSED
    assert sink.connections == 0


def test_a_host_in_letters_of_its_country_is_written_as_servers_know_it(
    sink: Sink, carrier: EmailBackend
) -> None:
    abroad = EmailMultiAlternatives("x", "x", "us@here.example", ["vogel@brändt.example"])
    assert carrier.deliver(abroad).outcome == Outcome.ACCEPTED


def test_a_whole_message_goes_over_the_wire(house: House, sink: Sink, carrier: EmailBackend) -> None:
    Letterhead.objects.create(company=house.company, reply_to="accounts@northgate.example")
    message = house.queued(
        subject="Unsere Abstimmung über 1.200,00 €",
        to_name="Müller, Übel & Söhne",
        body="Guten Tag,\n{answer link}\n" + "lang " * 400,
        body_html="<p>Guten Tag <a href='{answer link}'>hier</a></p>",
        in_reply_to="<their-2@brandt.example>",
        references="<their-1@brandt.example> <their-2@brandt.example>",
    )
    kept = stored_files.keep(name="rechnung.pdf", content=b"%PDF-1.7 one\n%%EOF\n", by=house.priya, at=AT)
    attachments.add(message, [kept])
    began = time.monotonic()
    counts = deliveries.send_due(gates={}, link_for=link_for, connection=carrier, at=AT)
    assert counts.sent == 1
    assert time.monotonic() - began < 5

    [mail] = sink.mails
    assert mail["Message-ID"] == message.message_id
    assert mail["In-Reply-To"] == "<their-2@brandt.example>"
    assert mail["References"] == "<their-1@brandt.example> <their-2@brandt.example>"
    assert mail["Reply-To"] == "accounts@northgate.example"
    assert mail["Date"] == "Wed, 11 Mar 2026 09:15:00 +0000"
    assert mail["Auto-Submitted"] is None
    assert "vogel@brandt.example" in mail["To"]
    parts = {part.get_content_type(): part.get_payload(decode=True) for part in mail.walk()}
    link = link_for(message, AT).encode()
    assert link in bytes(parts["text/plain"] or b"")
    assert link in bytes(parts["text/html"] or b"")
    assert parts["application/pdf"] == b"%PDF-1.7 one\n%%EOF\n"


def test_only_what_nobody_read_before_says_that_it_is_automatic(house: House) -> None:
    sender = envelopes.sender_of(house.company)
    automatic = envelopes.build(house.ready(is_automatic=True), sender=sender, at=AT)
    assert automatic.message()["Auto-Submitted"] == "auto-generated"


def test_a_colleagues_answer_goes_to_whoever_asked(house: House) -> None:
    watched = "accounts@northgate.example"
    letter, customers = house.ready(audience=Audience.COLLEAGUE), house.ready()
    nobodys = envelopes.sender_of(house.company)
    assert envelopes.build(customers, sender=nobodys, at=AT).reply_to == ["priya@northgate.example"]
    Letterhead.objects.create(company=house.company, reply_to=watched)
    sender = envelopes.sender_of(house.company)
    assert envelopes.build(letter, sender=sender, at=AT).reply_to == ["priya@northgate.example"]
    assert envelopes.build(customers, sender=sender, at=AT).reply_to == [watched]


def test_two_companies_write_each_from_an_address_and_under_a_name_of_its_own(
    house: House, sink: Sink, carrier: EmailBackend
) -> None:
    other = company_of("BE")
    Letterhead.objects.create(
        company=house.company, sender_name="Northgate, Credit", sender_address="credit@northgate.example"
    )
    house.queued()
    letters = {"theirs": (None, LETTER)}
    messages.prepare_several(company=other, letters=letters, leave_after=AT, by=None, at=AT)
    deliveries.send_due(gates={}, link_for=link_for, connection=carrier, at=AT)
    said = {(parseaddr(str(mail["From"])), mail["Reply-To"]) for mail in sink.mails}
    assert said == {
        (("Northgate, Credit", "credit@northgate.example"), "credit@northgate.example"),
        (("Company BE", given.DEFAULT_FROM_EMAIL), "priya@northgate.example"),
    }


def test_answers_go_to_the_mailbox_that_is_read_rather_than_to_whoever_wrote(
    house: House, settings: Any
) -> None:
    settings.MAILBOX_URLS = {"NG": "imaps://replies%40northgate.example:x@mail.example/INBOX"}
    assert envelopes.sender_of(house.company).reply_to == "replies@northgate.example"
    settings.MAILBOX_URLS = {"NG": "imaps://replies:x@mail.example/INBOX"}
    assert envelopes.sender_of(house.company).reply_to == ""

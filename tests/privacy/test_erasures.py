"""A contact is erased: nothing in the database names them, and the ledger stands, to the penny."""

from typing import Any

import pytest
from django.db import connection

from collections_app.activity import events, seals
from collections_app.activity.events import Event
from collections_app.chase import working
from collections_app.contact.request_rows import ColleagueRequest, RequestFile
from collections_app.contact.rules import Outcome
from collections_app.correspondence import stored_files
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.received_rows import ReceivedMessage
from collections_app.intake.received import Batch, FilePart
from collections_app.ledger import proofs
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.lib import clock
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from collections_app.privacy import erasures, exports, legal_holds
from tests.access.world import World
from tests.desk import call
from tests.privacy.conftest import PHONE, REASON, WORDS, erase, met_in, vogel


def books() -> list[Any]:
    """What an accountant would add up."""
    statements = (
        "SELECT currency, count(*), sum(amount), sum(open_amount) FROM invoice GROUP BY 1 ORDER BY 1",
        "SELECT currency, count(*), sum(amount) FROM payment GROUP BY 1 ORDER BY 1",
        "SELECT currency, count(*), sum(amount) FROM allocation GROUP BY 1 ORDER BY 1",
        "SELECT state, count(*) FROM promise GROUP BY 1 ORDER BY 1",
        "SELECT count(*), sum(amount) FROM promise_instalment",
        "SELECT count(*) FROM contact_log",
        "SELECT count(*) FROM message",
        "SELECT currency, sum(amount) FROM interest_charge GROUP BY 1",
    )
    with connection.cursor() as cursor:
        found = []
        for statement in statements:
            cursor.execute(statement)
            found.append(cursor.fetchall())
    return found


def test_nobody_is_named_any_more_and_the_ledger_stands(world: World) -> None:
    before, company = books(), Company.objects.get(code="NG")
    heads = {each: seals.head(each) for each in (company, None)}
    assert {"contact", "contact_log", "activity_event", "message", "reminder_draft"} <= set(met_in(WORDS))

    erased = erase(world)

    assert met_in(WORDS) == {}
    assert books() == before
    assert [problem.message for problem in proofs.prove(company=company, touched=None)] == []
    seals.seal()
    for each, head in heads.items():
        assert [found.message for found in seals.prove(each, noted=[head])] == []
    told = Event.objects.get(what="contact.erased")
    assert told.by == world.who["admin"]
    assert (
        told.summary
        == f"Contact no. {erased.contact_id} was erased: [erased] asked for it by letter of 2 March"
    )
    assert told.facts["rows"]["contact_log"] == 2


def test_what_is_not_about_them_stays_in_their_rows(world: World) -> None:
    erase(world)
    assert Event.objects.filter(summary="[erased] has another address").exists()
    logs = Customer.objects.get(number="101").contact_logs.values_list("said", flat=True)
    assert "[erased] is away" in logs


def test_others_of_that_name_and_colleagues_stay_named(world: World) -> None:
    contact, at = vogel(), clock.now()
    Contact.objects.filter(pk=contact.pk).update(name="Petra Vogel")
    Contact.objects.create(customer=contact.customer, name="Hans Vogel", recorded_at=at)
    User.objects.filter(pk=world.who["manager"].pk).update(full_name="Petra Lind")
    said = "Petra Lind told Hans Vogel that Petra Vogel left"
    spoke = call(Outcome.INFORMED, said=said)
    working.log_contact(spoke, customer=contact.customer, by=world.who["worker"], at=at)
    contact.refresh_from_db()
    erasures.erase(contact, reason=REASON, by=world.who["admin"], at=at)
    said = "Petra Lind told Hans Vogel that [erased] left"
    assert contact.customer.contact_logs.filter(said=said).exists()


def test_a_figure_that_reads_like_their_telephone_number_stays(world: World) -> None:
    contact, by, at = vogel(), world.who["worker"], clock.now()
    Contact.objects.filter(pk=contact.pk).update(phone="123456")
    facts = {
        "payment": 123456, "amounts": [123456, "1.00"], "said": 'ring 123456, "Ms Vogel" \\ or 12-34 56',
        "who": {"Vogel": None, "is": True},
    }  # fmt: skip
    company, customer = contact.customer.company, contact.customer
    events.record("contact.changed", "x", company=company, customer=customer, facts=facts, by=by, at=at)
    contact.refresh_from_db()
    erasures.erase(contact, reason=REASON, by=world.who["admin"], at=at)
    assert Event.objects.get(summary="x").facts == {
        "payment": 123456, "amounts": [123456, "1.00"], "said": 'ring [erased], "[erased]" \\ or [erased]',
        "who": {"[erased]": None, "is": True},
    }  # fmt: skip


def test_files_that_brought_contacts_in_go_too(world: World) -> None:
    batch = Batch.objects.create(
        company=vogel().customer.company, profile_name="own", mapping={}, kind="customers", file_name="c.csv",
        file_bytes=1, file_sha256="0" * 64, state="refused", received_at=clock.now(), ended_at=clock.now(),
    )  # fmt: skip
    FilePart.objects.create(batch=batch, position=1, content=b"Ms Vogel")
    erase(world)
    assert not batch.parts.exists()


def test_what_they_answered_by_a_link_goes_with_its_files(world: World) -> None:
    asked, at = ColleagueRequest.objects.filter(customer=vogel().customer)[0], clock.now()
    ColleagueRequest.objects.filter(pk=asked.pk).update(
        to_user=None, to_desk="", to_email="Vogel@brandt.example", to_name="P", state="answered",
        answer="I signed it.", ended_as="Pia", ended_at=at,
    )  # fmt: skip
    file = stored_files.keep(name="vogel.txt", content=b"Signed by Ms Vogel", by=None, at=at)
    RequestFile.objects.create(request=asked, stored_file=file)
    assert "vogel.txt" in exports.as_text(exports.of_contact(vogel()), at=at)
    erase(world)
    asked.refresh_from_db()
    file.refresh_from_db()
    assert (asked.to_email, asked.answer, asked.ended_as) == ("[erased]", "[erased]", "[erased]")
    assert (file.name, stored_files.content_of(file)) == ("[erased].txt", stored_files.GONE)


def test_twice_has_one_effect(world: World) -> None:
    contact = vogel()
    first = erase(world)
    again = erasures.erase(contact, reason=REASON, by=world.who["admin"], at=clock.now())
    assert again == first
    assert Event.objects.filter(what="contact.erased").count() == 1


def test_a_legal_hold_refuses_it_in_words(world: World) -> None:
    hold = legal_holds.place(
        vogel().customer, reason="Claim 17 is before court", by=world.who["admin"], at=clock.now()
    )
    before = met_in(WORDS)
    with pytest.raises(Refused, match=r"legal hold since .*: Claim 17 is before court"):
        erase(world)
    assert met_in(WORDS) == before
    legal_holds.lift(hold, because="It was settled", by=world.who["admin"], at=clock.now())
    erase(world)


def test_without_a_reason_or_the_right_role_nothing_is_erased(world: World) -> None:
    with pytest.raises(Refused, match="Say why they are erased"):
        erase(world, reason="please")
    with pytest.raises(Refused, match="Your role does not include this"):
        erasures.erase(vogel(), reason=REASON, by=world.who["manager"], at=clock.now())
    assert vogel().phone == PHONE


def test_a_message_that_has_not_left_is_settled_first(world: World) -> None:
    message = Message.objects.filter(customer=vogel().customer).first()
    assert message
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE message SET state = 'ready', to_address = 'Vogel@brandt.example', withdrawn_at = NULL"
            " WHERE id = %s",
            [message.pk],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    with pytest.raises(Refused, match="1 message that names them has not left"):
        erase(world)


def test_who_changes_an_event_behind_an_erasure_is_found_out(world: World) -> None:
    company = Company.objects.get(code="NG")
    erase(world)
    seals.seal()
    changed = Event.objects.get(summary="[erased] has another address")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE activity_event SET summary = 'x' WHERE id = %s", [changed.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert [str(changed.pk) in found.message for found in seals.prove(company)] == [True]


def test_a_blanking_that_nobody_vouched_for_is_a_change(world: World) -> None:
    """Whoever may write to the database can carry a mark, and is told all the same."""
    company, event = Company.objects.get(code="NG"), Event.objects.filter(what="contact.changed").latest("pk")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('workbench.blanking', gen_random_uuid()::text, true)")
        cursor.execute("UPDATE activity_event SET summary = 'nothing' WHERE id = %s", [event.pk])
        cursor.execute("SELECT set_config('workbench.blanking', '', true)")
    assert [str(event.pk) in found.message for found in seals.prove(company)] == [True]


def test_an_address_that_others_share_stays(world: World) -> None:
    customer, at = vogel().customer, clock.now()
    Contact.objects.create(customer=customer, name="Mr Lind", email="vogel@brandt.example", recorded_at=at)
    erase(world)
    assert set(met_in(["ms vogel", "petra", "1234567"])) == set()
    assert Contact.objects.get(name="Mr Lind").email == "vogel@brandt.example"


def test_their_letters_are_found_by_their_address(world: World) -> None:
    received = ReceivedMessage.objects.filter(customer=vogel().customer)[0]
    ReceivedMessage.objects.filter(pk=received.pk).update(
        from_address="VOGEL@brandt.example", words="I am unwell."
    )
    erase(world)
    received.refresh_from_db()
    assert (received.words, received.from_address, received.failures) == ("[erased]", "[erased]", [])

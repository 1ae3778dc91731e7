"""People are told all that is held about them, and nothing of others."""

import datetime as dt

from collections_app.lib import clock
from collections_app.people import sessions
from collections_app.people.second_factors import SecondFactor
from collections_app.people.users import User
from collections_app.privacy import exports
from tests.access.world import World
from tests.privacy.conftest import PHONE, WORDS, erase, met_in, vogel


def test_a_person_reads_all_of_it_before_and_after(world: World) -> None:
    contact, at = vogel(), dt.datetime(2026, 3, 11, 9, tzinfo=dt.UTC)
    pack = exports.of_contact(contact)
    held = {each.table for each in pack.held}
    assert {"contact", "contact_log", "activity_event", "message"} <= held
    assert set(met_in(WORDS)) - held <= {"chase_entry"}, "whatever names them is told"
    text = exports.as_text(pack, at=at)
    assert "What is held about Ms Vogel" in text
    assert PHONE in text
    assert "Books: who owed and paid what is kept by law" in text
    assert exports.as_facts(pack, at=at)["person"]["name"] == "Ms Vogel"

    erase(world)
    contact.refresh_from_db()
    after = exports.of_contact(contact)
    assert "ogel" not in str(exports.as_facts(after, at=at)["held"])


def test_a_colleague_reads_where_they_stand_and_nobody_elses_words(world: World) -> None:
    user: User = world.who["worker"]
    user.set_password("a-long-password-of-theirs")
    user.save()
    sessions.begin(user=user, agent="", address="192.0.2.17", at=clock.now())
    SecondFactor.objects.create(
        user=user, kind="passkey", name="Key at home", credential=b"x", added_at=clock.now()
    )
    pack = exports.of_colleague(user)
    titles = {each.title for each in pack.held}
    assert {"User", "Contact log: by", "Event: by"} <= titles
    text = exports.as_text(pack, at=clock.now())
    assert "priya" in text
    assert "Vogel" not in text
    assert user.password not in text
    assert "address: 192.0.2" in text
    assert "name: Key at home" in text

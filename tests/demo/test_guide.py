"""``docs/demo.md`` names everybody of the cast with what they show, and everybody who can sign in."""

from pathlib import Path

import pytest

from collections_app.management.demo.staff import PASSWORD, STAFF, Person
from tests.cast import CAST, Member

GUIDE = (Path(__file__).parents[2] / "docs" / "demo.md").read_text("utf-8")


@pytest.mark.parametrize("member", CAST, ids=lambda member: member.name)
def test_the_guide_tells_what_a_customer_of_the_cast_shows(member: Member) -> None:
    assert (
        f"| {member.number} | {member.name} | {member.collector or 'nobody yet'} | {member.shows} |" in GUIDE
    )


@pytest.mark.parametrize("person", STAFF, ids=lambda person: person.username)
def test_the_guide_tells_who_can_sign_in(person: Person) -> None:
    assert f"| `{person.username}` | {person.full_name} | {person.role} |" in GUIDE
    assert f"`{PASSWORD}`" in GUIDE

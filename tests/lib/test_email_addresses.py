"""One rule for addresses: what a file brings in, or is kept of a colleague, a message can be sent to."""

import pytest

from collections_app.intake import fields, readers
from collections_app.intake.profile_rules import Mapping
from collections_app.intake.rules import FileKind
from collections_app.lib import email_addresses
from collections_app.people.staff_rules import Person, problems_of_person

FIELD = next(field for field in fields.BY_KIND[FileKind.CUSTOMERS] if field.name == "email")
read = readers.reader_of(FIELD, Mapping(FileKind.CUSTOMERS, {}))
NONE = (
    *("ap", "ap@harrow", "ap@harrow.example.", "bob(ap)@harrow.example", "Ada <ap@harrow.example>"),
    *("a..b@harrow.example", ".a@harrow.example", "a.@harrow.example", "a@b..example", "a@.example"),
    *("a b@harrow.example", "a@b@harrow.example", "to:ap@harrow.example", f"{'a' * 250}@b.example"),
)


@pytest.mark.parametrize("text", ["ap@harrow.example", "a.p+x@sub.harrow.example", "jürgen@harrow.example"])
def test_an_address_is_one_for_a_file_for_a_colleague_and_for_a_message(text: str) -> None:
    assert email_addresses.is_address(text)
    assert read(text) == text
    assert problems_of_person(Person("ada", "Ada Osei", text, "collector"), is_name_taken=False) == []


@pytest.mark.parametrize("text", NONE)
def test_what_no_message_can_be_sent_to_is_taken_from_no_file_and_of_no_colleague(text: str) -> None:
    assert not email_addresses.is_address(text)
    with pytest.raises(ValueError, match="is not an email address"):
        read(text)
    (problem,) = problems_of_person(Person("ada", "Ada Osei", text, "collector"), is_name_taken=False)
    assert problem.code == "email"


@pytest.mark.parametrize(
    "text",
    [
        *("mailto:ap@harrow.example", "MailTo: ap@harrow.example; b@harrow.example", "<ap@harrow.example>"),
        "<mailto:ap@harrow.example>",
    ],
)
def test_what_other_programs_write_around_an_address_is_read_over(text: str) -> None:
    assert read(text) == "ap@harrow.example"


def test_letters_of_other_alphabets_are_taken_behind_the_at_alone() -> None:
    """A mail server refuses them before it, whatever a file says."""
    assert email_addresses.is_mailable("a.p+x@müller.example")
    assert not email_addresses.is_mailable("jürgen@harrow.example")
    assert not email_addresses.is_mailable("a..b@harrow.example")

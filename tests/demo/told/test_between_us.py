"""What we owe the cast and what we asked of colleagues, as the demo tells it."""

from collections_app.contact import owing
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.correspondence.messages import Message
from collections_app.correspondence.stored_files import content_of
from collections_app.ledger.companies import Company
from collections_app.people.users import User
from tests import cast
from tests.demo.conftest import TODAY


def test_brandt_waits_for_a_credit_note_of_toms_that_is_two_days_late() -> None:
    (late,) = Commitment.objects.late(TODAY)
    assert (late.customer.number, late.kind) == (cast.BRANDT.number, "credit_note")
    assert late.owner.username == "tom"
    assert (TODAY - late.due_on).days == 2
    assert late.dispute is not None


def test_there_is_a_rate_of_commitments_met() -> None:
    whole = owing.met_in_all(owing.met_by_owner(Company.objects.get(code="northgate-uk"), today=TODAY))
    assert (whole.met, whole.fallen_due) == (3, 5)


def test_everybody_who_is_asked_has_something_waiting() -> None:
    def of(username: str) -> tuple[int, int]:
        user, requests = User.objects.get(username=username), ColleagueRequest.objects.open()
        return requests.asked_of(user).count(), requests.at_desk_of(user).count()

    assert (of("sam"), of("ruth"), of("dana")) == ((1, 1), (0, 1), (2, 0))


def test_the_night_reminded_and_one_request_rose_to_the_manager() -> None:
    risen = ColleagueRequest.objects.get(risen_to__username="dana")
    assert (risen.customer.number, risen.to_desk) == (cast.FENNMERE.number, "sales")
    assert ColleagueRequest.objects.open().filter(reminded_on__isnull=False).count() >= 2
    assert Message.objects.standing().filter(key__contains=f":{TODAY}:").exists()


def test_the_haulier_answered_by_link_with_a_file() -> None:
    answered = ColleagueRequest.objects.get(state="answered")
    assert (answered.customer.number, answered.ended_name, answered.ended_by) == (
        cast.VENBURN.number,
        "Wim Doorn",
        None,
    )
    assert b"40 sets of linen" in content_of(answered.files.get())

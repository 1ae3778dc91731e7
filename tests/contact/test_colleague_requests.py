"""Requests to colleagues: asked of one, answered, declined, withdrawn, moved, passed on."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError

from collections_app.activity.events import Event
from collections_app.contact import colleague_requests, request_changes
from collections_app.contact.request_rows import ColleagueRequest, RequestFile, RequestInvoice
from collections_app.correspondence.messages import Message
from collections_app.correspondence.stored_files import StoredFile
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.contact.requests import DAY, Desk, colleague
from tests.desk import person
from tests.documents import PDF
from tests.ledgerrows import Rows, company_of


@pytest.fixture
def desk(harrow: Customer, priya: User, at: dt.datetime, today: dt.date) -> Desk:
    return Desk(harrow, priya, at, today)


@pytest.fixture
def wanda(company: Company) -> User:
    return colleague(company, "wanda", desk="warehouse")


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def test_it_is_asked_with_courteous_words_and_a_letter_is_ready(desk: Desk, rows: Rows, wanda: User) -> None:
    made = desk.ask(to_user=wanda, invoices=[rows.invoices["A1"]])

    assert made.words == (
        "Please send me the signed proof of delivery for invoice A1 of Harrow Tools, because the customer "
        "cannot pay without it, by Friday 13 March, 16:00. Thank you."
    )
    letter = Message.objects.get()
    assert (letter.to_address, letter.audience, letter.state) == (wanda.email, "colleague", "queued")
    assert made.words in letter.body
    assert letter.key.startswith(made.cause)
    told = Event.objects.get(what="request.asked")
    assert told.summary == "Asked Wanda: Proof of delivery, by Friday 13 March, 16:00"
    assert "courtesy" not in told.facts


def test_a_desk_is_written_to_person_by_person(desk: Desk, company: Company, wanda: User) -> None:
    colleague(company, "will", desk="warehouse")
    colleague(company_of("OTHER"), "stranger", desk="warehouse")
    colleague(company, "lars", desk="logistics")
    made = desk.ask(to_desk="warehouse")

    assert set(Message.objects.values_list("to_name", flat=True)) == {"Wanda", "Will"}
    assert made.asked_of == "warehouse"


def test_words_that_lack_courtesy_are_kept_and_noted(desk: Desk) -> None:
    desk.ask(words="POD for A1, you forgot it")
    assert Event.objects.get(what="request.asked").facts["courtesy"] == [
        "please", "reason", "deadline", "thanks", "blame",
    ]  # fmt: skip


def test_it_is_refused_with_every_reason(desk: Desk, rows: Rows, sam: User, wanda: User) -> None:
    wrong: dict[str, Any] = {
        "to_user": wanda, "to_desk": "sales", "reason": " ", "due_on": desk.today - DAY, "by": sam,
        "invoices": [rows.invoices["B1"]],
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        desk.ask(**wrong)
    assert codes(refused) == {"may_not_ask", "one_addressee", "no_reason", "past_day", "strange_invoices"}
    assert not ColleagueRequest.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"kind": "flowers", "words": "Please"}, "unknown_kind"),
        ({"to_desk": "bakery"}, "unknown_desk"),
        ({"to_email": "w at haulier"}, "address"),
        ({"to_email": "w@haulier.example\nBcc: x@y.example"}, "address"),
        ({"to_email": "w@haulier.example", "to_name": "W\nX"}, "name"),
        ({"words": "x" * 2001}, "too_long"),
        ({"due_on": dt.date(2026, 12, 1)}, "too_far"),
        ({"to_email": ""}, "one_addressee"),
    ],
)
def test_it_is_refused_for_one_reason(desk: Desk, facts: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        desk.ask(**facts)
    assert codes(refused) == {code}


def test_a_colleague_who_left_or_may_not_see_the_company_is_not_asked(desk: Desk, wanda: User) -> None:
    wanda.is_active = False
    for who, code in ((wanda, "colleague_left"), (person(company_of("OTHER"), "eve"), "sees_nothing")):
        with pytest.raises(Refused) as refused:
            desk.ask(to_user=who)
        assert codes(refused) == {code}


def test_the_same_form_twice_asks_once(desk: Desk) -> None:
    key = uuid4()
    assert desk.ask(form_key=key) == desk.ask(form_key=key)
    assert Message.objects.count() == 1


def test_it_is_answered_with_words_and_files_and_no_letter_leaves_any_more(desk: Desk, wanda: User) -> None:
    made = desk.ask(to_user=wanda)
    colleague_requests.answer(
        made, words=" Signed by Mr Rowe ", files=[("../pod.pdf", PDF)], by=wanda, at=desk.at + DAY
    )

    made.refresh_from_db()
    assert (made.state, made.answer, made.ended_by, made.version) == (
        "answered",
        "Signed by Mr Rowe",
        wanda,
        2,
    )
    assert [kept.name for kept in made.files.all()] == ["pod.pdf"]
    assert Message.objects.get().state == "withdrawn"
    assert Event.objects.get(what="request.answered").summary == "Wanda answered: Proof of delivery"
    assert request_changes.ending_of(made) == "answered by Wanda on 12 March 2026, 09:15"


def test_one_bad_file_keeps_nothing_and_tells_of_each(desk: Desk, wanda: User) -> None:
    made = desk.ask(to_user=wanda)
    files = [("pod.pdf", PDF), ("run.exe", b"MZ"), ("empty.pdf", b"")]
    with pytest.raises(Refused) as refused:
        colleague_requests.answer(made, files=files, by=wanda, at=desk.at)
    assert codes(refused) == {"unknown_kind", "empty"}
    assert not StoredFile.objects.exists()
    assert ColleagueRequest.objects.get().state == "open"


def test_an_answer_says_something_and_a_refusal_says_why(desk: Desk, wanda: User) -> None:
    made = desk.ask(to_user=wanda)
    for declines, code in ((False, "says_nothing"), (True, "no_reason")):
        with pytest.raises(Refused) as refused:
            colleague_requests.answer(made, declines=declines, by=wanda, at=desk.at)
        assert codes(refused) == {code}
    declined = colleague_requests.answer(
        made, words="The lorry was lost", declines=True, by=wanda, at=desk.at
    )
    assert declined.state == "declined"
    assert Event.objects.get(what="request.declined").summary.startswith("Wanda said that it cannot be done")


def test_too_many_files_are_refused(desk: Desk, wanda: User) -> None:
    made = desk.ask(to_user=wanda)
    with pytest.raises(Refused, match="Up to 5 files"):
        colleague_requests.answer(made, files=[("a.pdf", PDF)] * 6, by=wanda, at=desk.at)


def test_whom_it_was_asked_of_the_desk_the_asker_and_managers_may_answer(
    desk: Desk, company: Company, wanda: User, tom: User, dana: User, sam: User
) -> None:
    made = desk.ask(to_desk="warehouse")
    for who in (tom, sam):
        with pytest.raises(Refused) as refused:
            colleague_requests.answer(made, words="x", by=who, at=desk.at)
        assert codes(refused) == {"may_not_answer"}
    assert all(request_changes.may_answer(made, who) for who in (wanda, desk.by, dana))
    wanda.is_active = False
    assert not request_changes.may_answer(made, wanda)


def test_the_same_answer_twice_has_one_effect_and_a_second_one_hears_who_was_first(
    desk: Desk, wanda: User, dana: User
) -> None:
    made, key = desk.ask(to_user=wanda), uuid4()
    for _ in range(2):
        colleague_requests.answer(made, words="Here", by=wanda, answer_key=key, at=desk.at)
    with pytest.raises(Refused, match="answered by Wanda on 11 March 2026"):
        colleague_requests.answer(made, words="Mine", by=dana, answer_key=uuid4(), at=desk.at)
    assert Event.objects.filter(what="request.answered").count() == 1
    assert RequestFile.objects.count() == 0


def test_it_is_withdrawn_by_whoever_asked_with_a_reason(desk: Desk, tom: User) -> None:
    made = desk.ask()
    with pytest.raises(Refused) as refused:
        colleague_requests.withdraw(made, reason="", by=tom, at=desk.at)
    assert codes(refused) == {"may_not_change", "no_reason"}
    colleague_requests.withdraw(made, reason="they paid", by=desk.by, at=desk.at)
    colleague_requests.withdraw(made, reason="again", by=desk.by, at=desk.at)
    assert Message.objects.get().state == "withdrawn"
    assert Event.objects.filter(what="request.withdrawn").count() == 1
    with pytest.raises(Refused, match="withdrawn already"):
        colleague_requests.move(made, due_on=desk.today, reason="x", by=desk.by, at=desk.at)


def test_it_is_passed_on_by_whom_it_was_asked_of_and_a_new_letter_is_ready(
    desk: Desk, company: Company, wanda: User
) -> None:
    made = desk.ask(to_user=wanda)
    will = colleague(company, "will")
    with pytest.raises(Refused) as refused:
        colleague_requests.pass_on(made, reason="", by=wanda, at=desk.at)
    assert codes(refused) == {"one_addressee", "no_reason"}

    colleague_requests.pass_on(made, to_user=will, reason="he drove", by=wanda, at=desk.at + DAY)
    states = dict(Message.objects.values_list("to_name", "state"))
    assert states == {"Wanda": "withdrawn", "Will": "queued"}
    told = Event.objects.get(what="request.passed_on")
    assert told.summary == "Passed on from Wanda to Will: Proof of delivery (he drove)"
    assert not request_changes.may_answer(made, wanda)


def test_its_day_moves_with_a_reason(desk: Desk, wanda: User) -> None:
    made = desk.ask(to_user=wanda)
    colleague_requests.move(made, due_on=desk.today + 6 * DAY, reason="away", by=wanda, at=desk.at)
    made.refresh_from_db()
    assert made.due_on == desk.today + 6 * DAY


def test_a_form_of_an_older_version_hears_what_changed_and_by_whom(desk: Desk, wanda: User) -> None:
    made = desk.ask(to_user=wanda)
    colleague_requests.move(made, due_on=desk.today + 6 * DAY, reason="away", by=wanda, at=desk.at)
    with pytest.raises(Refused, match="Moved from 13 March to 17 March") as refused:
        colleague_requests.withdraw(made, reason="x", version=1, by=desk.by, at=desk.at)
    assert codes(refused) == {"changed_since"}
    with pytest.raises(Refused) as refused:
        colleague_requests.answer(made, words="x", version=1, by=wanda, at=desk.at)
    assert codes(refused) == {"changed_since"}


def test_lists_know_who_is_concerned(desk: Desk, company: Company, wanda: User, tom: User) -> None:
    named, at_desk, outside = desk.ask(to_user=wanda), desk.ask(to_desk="warehouse"), desk.ask()
    requests = ColleagueRequest.objects
    assert list(requests.asked_of(wanda)) == [named]
    assert list(requests.at_desk_of(wanda)) == [at_desk]
    assert not requests.at_desk_of(tom).exists()
    assert set(requests.concerning(wanda)) == {named, at_desk}
    assert set(requests.concerning(desk.by)) == {named, at_desk, outside}
    assert not requests.concerning(tom).exists()
    assert not requests.overdue(named.due_on).exists()
    assert requests.overdue(named.due_on + DAY).count() == 3
    colleague_requests.answer(named, words="x", by=wanda, at=desk.at + DAY)
    assert list(requests.asked_by(desk.by).answered_since(desk.at)) == [named]


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"to_desk": "sales"}, "request_is_asked_of_one"),
        ({"to_email": ""}, "request_is_asked_of_one"),
        ({"state": "answered"}, "request_that_is_open_has_not_ended"),
        ({"ended_as": "Wanda"}, "request_that_is_open_has_not_ended"),
        ({"kind": "flowers"}, "request_has_a_known_kind"),
        ({"state": "lost", "ended_at": dt.datetime(2026, 3, 11, tzinfo=dt.UTC)}, "request_has_a_known_state"),
        ({"risen_at": dt.datetime(2026, 3, 11, tzinfo=dt.UTC)}, "request_that_rose_says_to_whom_and_when"),
    ],
)
def test_the_database_guards_requests(desk: Desk, facts: dict[str, Any], constraint: str) -> None:
    made = desk.ask()
    with pytest.raises(IntegrityError, match=constraint):
        ColleagueRequest.objects.filter(pk=made.pk).update(**facts)


def test_it_names_an_invoice_once(desk: Desk, rows: Rows) -> None:
    made = desk.ask(invoices=[rows.invoices["A1"]])
    with pytest.raises(IntegrityError, match="request_names_an_invoice_once"):
        RequestInvoice.objects.create(request=made, invoice=rows.invoices["A1"])

"""Links for colleagues who do not sign in: for one request, until they expire, and made by us alone."""

import datetime as dt

import pytest
from django.core.signing import Signer
from django.db import IntegrityError, connection

from collections_app.contact import answer_links, colleague_requests
from collections_app.contact.answer_links import AnswerLink, Standing
from collections_app.correspondence.messages import Message
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.contact.requests import DAY, Desk, colleague


@pytest.fixture
def desk(harrow: Customer, priya: User, at: dt.datetime, today: dt.date) -> Desk:
    return Desk(harrow, priya, at, today)


def standing(token: str, at: dt.datetime) -> Standing | None:
    opened = answer_links.read(token, at=at)
    return opened.standing if opened else None


def test_it_opens_its_request_until_it_expires(desk: Desk) -> None:
    made = desk.ask()
    token = answer_links.issue(made, by=desk.by, at=desk.at)
    opened = answer_links.read(token, at=desk.at)

    assert opened is not None
    assert (opened.standing, opened.request) == (Standing.OPENS, made)
    assert standing(token, desk.at + answer_links.DAYS * DAY - dt.timedelta(seconds=1)) == Standing.OPENS
    assert standing(token, desk.at + answer_links.DAYS * DAY) == Standing.EXPIRED


def test_the_database_holds_nothing_that_opens_a_request(desk: Desk) -> None:
    token = answer_links.issue(desk.ask(), by=desk.by, at=desk.at)
    secret = token.split(".")[1].split(":")[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT string_agg(l::text, '') FROM answer_link l) || "
            "(SELECT string_agg(m::text, '') FROM message m) || "
            "(SELECT string_agg(e::text, '') FROM activity_event e)"
        )
        (everything,) = cursor.fetchone()
    assert secret not in everything


def test_a_changed_link_opens_nothing(desk: Desk) -> None:
    first, second = desk.ask(), desk.ask()
    token = answer_links.issue(first, by=desk.by, at=desk.at)
    other = answer_links.issue(second, by=desk.by, at=desk.at)
    number, _, rest = token.partition(".")
    others_number = other.partition(".")[0]

    ours, secret = Signer(salt=answer_links.SALT), rest.split(":")[0]
    forged = ["", "x", ".", ":", "0" * 5000, token[:-1], token + "x", token.upper()]
    forged += [f"{others_number}.{rest}", f"{number}.{other.partition('.')[2]}"]
    forged += [ours.sign(text) for text in (f"{number}.guess", "x.guess", "999999.guess", number)]
    forged += [Signer().sign(f"{number}.{secret}"), Signer(key="a", salt=answer_links.SALT).sign(token)]
    for position in range(len(token)):
        changed = "A" if token[position] != "A" else "B"
        forged.append(token[:position] + changed + token[position + 1 :])
    assert [each for each in forged if standing(each, desk.at) is not None] == []
    assert standing(token, desk.at) == Standing.OPENS


def test_it_opens_nothing_once_the_request_has_ended(desk: Desk) -> None:
    answered, withdrawn = desk.ask(), desk.ask()
    tokens = [answer_links.issue(each, by=desk.by, at=desk.at) for each in (answered, withdrawn)]
    colleague_requests.answer(answered, words="Here", by=None, by_name="Wim", at=desk.at)
    colleague_requests.withdraw(withdrawn, reason="they paid", by=desk.by, at=desk.at)

    assert {standing(token, desk.at) for token in tokens} == {Standing.ENDED}
    answered.refresh_from_db()
    assert (answered.ended_by, answered.ended_name) == (None, "Wim")


def test_links_can_be_revoked_and_passing_on_revokes_them(desk: Desk, company: Company, tom: User) -> None:
    made = desk.ask()
    first, second = (answer_links.issue(made, by=desk.by, at=desk.at) for _ in range(2))
    assert answer_links.live(made, at=desk.at) == 2
    with pytest.raises(Refused, match="Only whoever asked"):
        answer_links.revoke(made, by=tom, at=desk.at)
    assert answer_links.revoke(made, by=desk.by, at=desk.at) == 2
    assert answer_links.revoke(made, by=desk.by, at=desk.at) == 0
    assert {standing(token, desk.at) for token in (first, second)} == {Standing.REVOKED}

    third = answer_links.issue(made, by=desk.by, at=desk.at)
    colleague_requests.pass_on(made, to_desk="sales", reason="theirs", by=desk.by, at=desk.at)
    assert standing(third, desk.at) == Standing.REVOKED


def test_who_signs_in_gets_none_and_only_the_asker_makes_one(desk: Desk, company: Company, tom: User) -> None:
    named, outside = desk.ask(to_user=colleague(company, "wanda")), desk.ask()
    with pytest.raises(Refused, match="signs in and needs no link"):
        answer_links.issue(named, by=desk.by, at=desk.at)
    with pytest.raises(Refused, match="Only whoever asked"):
        answer_links.issue(outside, by=tom, at=desk.at)
    colleague_requests.withdraw(outside, reason="x", by=desk.by, at=desk.at)
    with pytest.raises(Refused, match="withdrawn already"):
        answer_links.issue(outside, by=desk.by, at=desk.at)
    assert not AnswerLink.objects.exists()


def test_each_letter_that_leaves_gets_a_link_of_its_own_and_earlier_ones_still_work(desk: Desk) -> None:
    made = desk.ask()
    letter = Message.objects.get()
    first, second = (answer_links.token_for(letter, at=desk.at + days * DAY) for days in (0, 1))
    for token in (first, second):
        opened = answer_links.read(token, at=desk.at + DAY)
        assert opened is not None
        assert (opened.standing, opened.request, opened.link.issued_by) == (Standing.OPENS, made, None)
    for key in ("summary:1", "request:x:asked", "request:999999:asked"):
        with pytest.raises(Refused, match="about no request"):
            answer_links.token_for(Message(key=key, customer=made.customer), at=desk.at)
    colleague_requests.withdraw(made, reason="they paid", by=desk.by, at=desk.at)
    with pytest.raises(Refused, match="withdrawn already"):
        answer_links.token_for(letter, at=desk.at)


def test_the_database_guards_links(desk: Desk) -> None:
    answer_links.issue(desk.ask(), by=desk.by, at=desk.at)
    with pytest.raises(IntegrityError, match="answer_link_expires_after_it_was_made"):
        AnswerLink.objects.update(expires_at=desk.at)

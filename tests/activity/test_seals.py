"""Events are sealed one after the other; whoever changes one is found out, and which one it was is told."""

import datetime as dt
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction

from collections_app.activity import events, seals
from collections_app.activity.events import Event
from collections_app.activity.seals import Head, Seal, Unsealed
from collections_app.ledger.companies import Company
from tests.ledgerrows import company_of

AT = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)


@pytest.fixture
def company(db: None) -> Company:
    return company_of()


def told(company: Company | None, *summaries: str) -> list[Event]:
    return [
        events.record("contact.logged", summary, company=company, facts={"n": 1}, by=None, at=AT)
        for summary in summaries
    ]


def behind_its_back(statement: str, *given: int | str) -> None:
    """As somebody would who may do anything in the database."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, given)
        cursor.execute("SET LOCAL session_replication_role = origin")


def said(company: Company | None, **noted: tuple[Head, ...]) -> list[str]:
    return [problem.message for problem in seals.prove(company, **noted)]


def test_each_company_has_a_chain_and_what_belongs_to_none_another(company: Company) -> None:
    other = company_of("DE")
    told(company, "one", "two")
    told(other, "three")
    told(None, "four")

    assert seals.seal() == 4
    assert seals.seal() == 0
    assert list(Seal.objects.order_by("chain", "place").values_list("chain", "place")) == [
        (0, 1), (company.pk, 1), (company.pk, 2), (other.pk, 1),
    ]  # fmt: skip
    told(company, "five")
    assert seals.seal() == 1
    assert seals.head(company).place == 3
    assert [said(each) for each in (company, other, None)] == [[], [], []]


def test_a_change_of_one_event_is_told_with_its_number(company: Company) -> None:
    _, two, three = told(company, "one", "two", "three")
    seals.seal()

    behind_its_back("UPDATE activity_event SET summary = %s WHERE id = %s", "too", two.pk)
    behind_its_back("UPDATE activity_event SET at = at + interval '1 microsecond' WHERE id = %s", three.pk)

    assert said(company) == [
        f"Event {two.pk}, place 2, contact.logged: it was changed after it was sealed.",
        f"Event {three.pk}, place 3, contact.logged: it was changed after it was sealed.",
    ]


@pytest.mark.parametrize(
    "column", ["customer_id = NULL, by_id", "company_id", "what", "summary", "facts", "at"]
)
def test_every_column_is_sealed(company: Company, column: str) -> None:
    [one] = told(company, "one")
    seals.seal()
    worth = {"company_id": "NULL", "what": "'x.y'", "summary": "''", "facts": "'{}'", "at": "now()"}
    behind_its_back(f"UPDATE activity_event SET {column} = {worth.get(column, '17')} WHERE id = %s", one.pk)
    assert said(company)[0].endswith("it was changed after it was sealed.")


def test_what_was_removed_or_put_in_otherwise_is_told(company: Company) -> None:
    one, two, three = told(company, "one", "two", "three")
    seals.seal()
    behind_its_back("DELETE FROM activity_event WHERE id = %s", one.pk)
    behind_its_back("DELETE FROM activity_seal WHERE event_id = %s", two.pk)
    behind_its_back("DELETE FROM activity_event WHERE id = %s", two.pk)
    behind_its_back("INSERT INTO activity_event (at, what, summary, facts, company_id) "
                    "VALUES (now(), 'contact.logged', 'never', '{}', %s)", company.pk)  # fmt: skip
    put_in = Event.objects.get(summary="never")

    assert said(company) == [
        f"Event {one.pk}, place 1: it was removed; only its seal is left.",
        f"Event {three.pk}, place 3, contact.logged: no event stands at the place before it any more: "
        "one was removed together with its seal.",
        f"Event {put_in.pk}, contact.logged: it was never sealed, and nobody is to seal it.",
    ]


def test_a_seal_that_was_made_to_fit_breaks_the_next(company: Company) -> None:
    _, two, three = told(company, "one", "two", "three")
    seals.seal()
    behind_its_back("UPDATE activity_event SET summary = 'too' WHERE id = %s", two.pk)
    behind_its_back(
        "UPDATE activity_seal SET fingerprint = activity_event_fingerprint(event),"
        " seal = sha256((SELECT seal FROM activity_seal WHERE place = 1)"
        " || activity_event_fingerprint(event))"
        " FROM activity_event AS event WHERE event.id = event_id AND event_id = %s",
        two.pk,
    )
    [found] = said(company)
    assert found.startswith(f"Event {three.pk}, place 3,")
    assert "one of the two seals was changed" in found


def test_a_chain_that_was_made_anew_differs_from_the_head_that_was_noted(company: Company) -> None:
    _, two = told(company, "one", "two")
    seals.seal()
    noted = seals.head(company)
    assert said(company, noted=(noted,)) == []

    behind_its_back("UPDATE activity_event SET summary = 'too' WHERE id = %s", two.pk)
    behind_its_back("DELETE FROM activity_seal")
    behind_its_back("INSERT INTO activity_unsealed SELECT id FROM activity_event")
    seals.seal()
    assert said(company) == []
    assert said(company, noted=(noted,)) == [
        "The seal of place 2 was noted, and another seal stands there now."
    ]
    assert said(company, noted=(Head(9, noted.seal),)) == [
        "The seal of place 9 was noted, and nothing stands there any more."
    ]


def test_the_database_changes_no_seal(company: Company) -> None:
    told(company, "one")
    seals.seal()
    with pytest.raises(IntegrityError, match="never changed or deleted"), transaction.atomic():
        Seal.objects.update(place=7)


def test_many_are_sealed_some_at_a_time(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "BATCH_EVENTS_MAX", 3)
    told(company, *"abcdefgh")
    assert seals.seal() == 8
    assert said(company) == []


@pytest.mark.django_db(transaction=True)
def test_two_at_once_and_events_that_come_late_make_one_chain() -> None:
    company = company_of()
    told(company, *"abc")
    with transaction.atomic():
        told(company, "late")  # not committed yet: the others do not wait for it
        sealers = [Thread(target=_seal_and_close) for _ in range(3)]
        for each in sealers:
            each.start()
        for each in sealers:
            each.join()
        assert seals.head(company).place == 3
    told(company, "later")
    seals.seal()
    assert seals.head(company).place == 5
    assert not Unsealed.objects.exists()
    assert said(company) == []


def _seal_and_close() -> None:
    seals.seal()
    connection.close()

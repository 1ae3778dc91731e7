"""The letterhead: what every letter says of a company, and from where its mail comes."""

import datetime as dt
from typing import Any

import pytest

from collections_app.activity.events import Event
from collections_app.correspondence import letterheads
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.ledgerrows import company_of


@pytest.fixture
def at(today: dt.date) -> dt.datetime:
    return dt.datetime.combine(today, dt.time(9, 15), dt.UTC)


@pytest.fixture
def company(db: None) -> Company:
    return company_of(country="GB")


@pytest.fixture
def dana(company: Company) -> User:
    return person(company, "dana", Role.MANAGER)


def head(company: Company, by: User, at: dt.datetime, **change: object) -> letterheads.Letterhead:
    said: dict[str, object] = {
        "address": " 1 Mill Lane \n\n Leeds ",
        "sender_name": "  Northgate  Credit ",
        "sender_address": "",
        "reply_to": "credit@northgate.example",
        "phone": "0113 496 0000",
        "hours": "9 to 17",
        "bank_details": "IBAN GB29 NWBK 6016 1331 9268 19",
        "revision": 0,
    }
    return letterheads.change(company=company, **{**said, **change}, by=by, at=at)  # type: ignore[arg-type]


def test_the_letterhead_tells_what_was_and_what_is(company: Company, dana: User, at: dt.datetime) -> None:
    assert head(company, dana, at).address == "1 Mill Lane\nLeeds"
    head(company, dana, at, bank_details="IBAN DE02 1203 0000 0000 2020 51", revision=1)
    event = Event.objects.order_by("-pk")[0]
    assert event.summary == "changed the letterhead: bank details"
    assert event.facts == {
        "bank_details": {
            "was": "IBAN GB29 NWBK 6016 1331 9268 19",
            "is": "IBAN DE02 1203 0000 0000 2020 51",
        }
    }
    assert event.by == dana


def test_it_refuses_an_older_letterhead_and_one_with_faults(
    company: Company, dana: User, at: dt.datetime
) -> None:
    head(company, dana, at)
    with pytest.raises(Refused, match="Somebody else changed the letterhead"):
        head(company, dana, at, phone="1")
    wrong = {
        "reply_to": "nobody",
        "sender_name": "Credit <us@x.example>",
        "sender_address": "nobody",
        "phone": "call us",
        "address": "x\n" * 20,
        "hours": "x" * 300,
        "revision": 1,
    }
    with pytest.raises(Refused) as refused:
        head(company, dana, at, **wrong)
    assert [problem.code for problem in refused.value.problems] == [
        *("sender_name", "sender_address", "address", "reply_to", "phone", "hours")
    ]


def test_mail_comes_only_from_where_our_mail_server_may_send_for(
    company: Company, dana: User, at: dt.datetime, settings: Any
) -> None:
    settings.MAIL_DOMAINS = ["northgate.example", "Northgate.test"]
    for fits in ("credit@northgate.example", "us@mail.northgate.test"):
        revision = letterheads.of(company).revision
        assert head(company, dana, at, sender_address=fits, revision=revision).sender_address == fits
    for strange in ("us@southgate.example", "us@notnorthgate.example"):
        with pytest.raises(Refused) as refused:
            head(company, dana, at, sender_address=strange, revision=2)
        assert str(refused.value) == (
            f"Mail from “{strange}” would be refused or taken for spam: our mail server sends for "
            "northgate.example and Northgate.test. Take an address there, or have your domain added to "
            "MAIL_DOMAINS."
        )
    assert letterheads.of(company).sender_name == "Northgate Credit"


def test_a_collector_may_not_change_the_letterhead(company: Company, at: dt.datetime) -> None:
    with pytest.raises(Refused, match="Your role does not include this"):
        head(company, person(company, "priya"), at)

"""Words and reminders to colleagues: courteous by default, on working days, seldom enough."""

import datetime as dt

import pytest

from collections_app.contact.rules import asking, reminding, request_words
from collections_app.contact.rules.asking import KINDS, RequestKind
from collections_app.contact.rules.reminding import Nudge
from collections_app.contact.rules.request_words import Reader, Told
from collections_app.correspondence.rules import courtesy, writing
from collections_app.lib.working_days import Calendar

UK = Calendar(country="GB", subdivision="ENG")
THURSDAY = dt.date(2026, 11, 26)
WANDA = Reader("Wanda", "wanda@northgate.example", signs_in=False)
DANA = Reader("Dana", "dana@northgate.example", signs_in=True)


def told(kind: RequestKind = RequestKind.PROOF_OF_DELIVERY) -> Told:
    words = asking.words_for(kind, numbers=["INV-1042"], customer="Brandt GmbH", reason="", due_on=THURSDAY)
    return Told(
        KINDS[kind].label,
        words,
        "Brandt GmbH",
        THURSDAY,
        asking.DUE_AT,
        "Priya Shah",
        "p@n.example",
        "Northgate",
    )


def test_the_words_say_please_why_by_when_and_thank_you() -> None:
    assert told().words == (
        "Please send me the signed proof of delivery for invoice INV-1042 of Brandt GmbH, because the "
        "customer cannot pay without it, by Thursday 26 November, 16:00. Thank you."
    )


@pytest.mark.parametrize("kind", RequestKind)
def test_every_word_we_prepare_is_courteous(kind: RequestKind) -> None:
    letters = [
        request_words.asking(told(kind), WANDA),
        *(request_words.reminding(told(kind), WANDA, nudge) for nudge in Nudge),
        request_words.rising(told(kind), DANA, asked_of="Wanda"),
    ]
    assert courtesy.findings_of(told(kind).words) == []
    for letter in letters:
        assert courtesy.findings_of(letter.body) == []
        assert writing.problems_of(letter) == []


def test_only_who_does_not_sign_in_finds_a_place_for_a_link() -> None:
    assert request_words.asking(told(), WANDA).body.count(writing.LINK_SLOT) == 1
    for letter in (request_words.asking(told(), DANA), request_words.rising(told(), DANA, asked_of="Wanda")):
        assert writing.LINK_SLOT not in letter.body


def test_a_reason_of_ones_own_stands_in_the_words_and_many_invoices_are_counted() -> None:
    words = asking.words_for(
        RequestKind.OTHER,
        numbers=[f"A{n}" for n in range(1, 8)],
        customer="Brandt GmbH",
        reason=" their bank asks for it. ",
        due_on=THURSDAY,
        due_at=dt.time(9, 30),
    )
    assert words == (
        "Please help me with invoices A1, A2, A3, A4, A5 and 2 more of Brandt GmbH, because their bank asks "
        "for it, by Thursday 26 November, 09:30. Thank you."
    )


@pytest.mark.parametrize(
    ("day", "nudge"),
    [
        ("2026-11-23", None),
        ("2026-11-25", Nudge.TOMORROW),
        ("2026-11-26", Nudge.TODAY),
        ("2026-11-27", None),
        ("2026-11-28", None),  # Saturday
        ("2026-11-30", Nudge.OVERDUE),
        ("2026-12-01", None),
        ("2026-12-02", Nudge.OVERDUE),
        ("2026-12-05", None),  # Saturday
    ],
)
def test_a_colleague_is_reminded_the_day_before_on_the_day_and_each_second_working_day_after(
    day: str, nudge: Nudge | None
) -> None:
    asked_on = dt.date(2026, 11, 20)
    on = dt.date.fromisoformat(day)
    assert reminding.nudge_on(on, asked_on=asked_on, due_on=THURSDAY, calendar=UK) == nudge


def test_a_request_of_today_is_not_reminded_of_today() -> None:
    assert reminding.nudge_on(THURSDAY, asked_on=THURSDAY, due_on=THURSDAY, calendar=UK) is None


def test_a_request_for_a_day_of_rest_is_due_on_the_next_working_day() -> None:
    saturday, monday = dt.date(2026, 11, 28), dt.date(2026, 11, 30)
    friday, asked_on = dt.date(2026, 11, 27), dt.date(2026, 11, 20)
    assert reminding.nudge_on(friday, asked_on=asked_on, due_on=saturday, calendar=UK) == Nudge.TOMORROW
    assert reminding.nudge_on(monday, asked_on=asked_on, due_on=saturday, calendar=UK) == Nudge.TODAY


@pytest.mark.parametrize(
    ("day", "rises"), [("2026-11-27", False), ("2026-11-30", False), ("2026-12-01", True)]
)
def test_it_rises_when_it_is_overdue_for_more_than_two_working_days(day: str, rises: bool) -> None:
    assert reminding.rises(dt.date.fromisoformat(day), due_on=THURSDAY, calendar=UK) is rises

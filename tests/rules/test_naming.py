"""How a person is met in words, and what is not them."""

import pytest

from collections_app.privacy.rules.naming import Known, known_by


def vogel(*, others: str = "Harrow Tools") -> Known:
    return known_by(
        names=["Ms Petra Vogel"], emails=["p.vogel@h.example"], phones=["+49 30 1234567"], others=others
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ms Petra Vogel rang", "[erased] rang"),
        ("petra  vogel and Vogel", "[erased] and [erased]"),
        ("write to P.Vogel@H.example.", "write to [erased]."),
        ("call 0049 30-123 45 67 or +49 (30) 1234567", "call 0049 30-123 45 67 or [erased]"),
        ("49301234567 pounds", "[erased] pounds"),
        ("Vogelsang GmbH, vogel in small letters", "Vogelsang GmbH, vogel in small letters"),
        ("1,200.00 of A1", "1,200.00 of A1"),
    ],
)
def test_a_person_is_met_however_they_are_written(text: str, left: str) -> None:
    assert vogel().replaced(text) == left
    assert vogel().is_in(text) == (text != left)


@pytest.mark.parametrize("stored", ["Petra Vogel", "petra vogel", "PETRA VOGEL", "frau petra VOGEL"])
def test_a_person_is_met_whatever_case_they_are_stored_in(stored: str) -> None:
    person = known_by(names=[stored], emails=[], phones=[], others="")
    said = "Petra said; Vogel wrote, VOGEL called; Vogel, Petra and VOGEL PETRA; a vogel in the garden"
    left = "[erased] said; [erased] wrote, [erased] called; [erased] and [erased]; a vogel in the garden"
    assert person.replaced(said) == left


def test_both_halves_of_a_double_name_are_led_by_a_capital() -> None:
    person = known_by(names=["anne-marie o'neil"], emails=[], phones=[], others="")
    assert person.replaced("Anne-Marie rang, O'Neil wrote") == "[erased] rang, [erased] wrote"


def test_a_name_that_is_also_the_customers_is_left_to_the_customer() -> None:
    brandt = known_by(names=["Herr Brandt"], emails=[""], phones=[""], others="Brandt GmbH")
    assert brandt.replaced("Brandt GmbH owes; Herr Brandt rang") == "Brandt GmbH owes; [erased] rang"


def test_names_of_others_and_dates_are_left_to_them() -> None:
    mark = known_by(names=["Mark May"], emails=[], phones=[], others="Harrow Tools Hans May")
    assert mark.replaced("Hans May paid on 3 May 2026") == "Hans May paid on 3 May 2026"
    assert mark.replaced("Mark May rang; Mark again") == "[erased] rang; [erased] again"
    for name, date in (("Jo April", "3 April"), ("Jo Montag", "am Montag"), ("Jo MÄRZ", "3. März")):
        assert known_by(names=[name], emails=[], phones=[], others="").replaced(date) == date


def test_signs_in_a_name_mean_nothing_else() -> None:
    odd = known_by(names=["O'Neil (.*)"], emails=["a+b@x.example"], phones=["123"], others="")
    assert odd.replaced("anything at all, aab@x.example, 123") == "anything at all, aab@x.example, 123"
    assert odd.replaced("O'Neil rang from a+b@x.example") == "[erased] rang from [erased]"


def test_nobody_is_met_without_a_name() -> None:
    assert known_by(names=[" "], emails=[""], phones=["12"], others="") == Known("", "")

"""Small ground: search keys, refusals, codes."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from collections_app.lib import iso_codes
from collections_app.lib.refusals import Problem, Refused
from collections_app.lib.search_keys import search_key


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        (("00123", "Brändt & Söhne"), "00123 brandt sohne"),
        (("STRASSE 7",), "strasse 7"),
        (("Straße 7",), "strasse 7"),
        (("Łódź Ærø œuvre",), "lodz aero oeuvre"),
        (("O'Neill-Hughes (N.I.)",), "o neill hughes n i"),
        (("  ", "\t"), ""),
        (("ﬁne ①",), "fine 1"),
        (("Ελλάς 株式会社",), "ελλασ 株式会社"),
    ],
)
def test_a_search_key_knows_no_case_accents_or_punctuation(parts: tuple[str, ...], key: str) -> None:
    assert search_key(*parts) == key


@given(st.text())
@example("𝕊𝐌ith")
def test_a_search_key_is_its_own_search_key(text: str) -> None:
    key = search_key(text)

    assert search_key(key) == key
    assert key == " ".join(key.split())


def test_a_refusal_carries_every_problem_and_reads_as_sentences() -> None:
    refusal = Refused(Problem(code, f"{code} is wrong.") for code in ("Name", "Day"))

    assert [problem.code for problem in refusal.problems] == ["Name", "Day"]
    assert str(refusal) == "Name is wrong. Day is wrong."
    assert Refused.because("late", "It is too late.").problems == (Problem("late", "It is too late."),)


def test_codes_are_of_their_length_and_known() -> None:
    assert {len(code) for code in iso_codes.CURRENCIES | iso_codes.PAST_CURRENCIES} == {3}
    assert {len(code) for code in iso_codes.COUNTRIES} == {2}
    assert iso_codes.CURRENCIES.isdisjoint(iso_codes.PAST_CURRENCIES)
    assert len(iso_codes.COUNTRIES) == 249
    assert iso_codes.is_currency("EUR")
    assert not iso_codes.is_currency("eur")
    assert not iso_codes.is_country("UK")

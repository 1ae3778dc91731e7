"""Codes of an app as RFC 6238 has them, and codes on paper."""

import re

import pytest

from collections_app.people import second_factor_rules as rules

# RFC 6238, appendix B, with SHA-1: the last six of its eight figures.
SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ],
)
def test_the_examples_of_the_standard_hold(seconds: int, code: str) -> None:
    assert rules.code_at(SECRET, seconds // 30) == code
    assert rules.step_of(SECRET, f"{code[:3]} {code[3:]}", seconds=seconds, after=None) == seconds // 30


def test_a_clock_may_be_wrong_by_one_step_and_no_more() -> None:
    codes = [rules.code_at(SECRET, step) for step in range(98, 103)]
    found = [rules.step_of(SECRET, code, seconds=100 * 30, after=None) for code in codes]
    assert found == [None, 99, 100, 101, None]


def test_a_code_counts_once() -> None:
    code = rules.code_at(SECRET, 100)
    assert rules.step_of(SECRET, code, seconds=3000, after=99) == 100
    assert rules.step_of(SECRET, code, seconds=3000, after=100) is None
    assert rules.step_of(SECRET, "", seconds=3000, after=None) is None
    assert rules.step_of(SECRET, "٣٤٥٦٧٨", seconds=3000, after=None) is None


def test_an_app_reads_whose_it_is() -> None:
    told = rules.address(SECRET, username="priya@x")
    assert told.startswith("otpauth://totp/Collections%20workbench:priya%40x?secret=GEZDGNBVGY3TQOJQ")
    assert "issuer=Collections%20workbench" in told


def test_codes_for_paper_are_told_apart_and_compared_as_typed() -> None:
    codes = rules.new_recovery_codes()
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"[A-HJKMNP-Z2-9]{5}-[A-HJKMNP-Z2-9]{5}", code) for code in codes)
    assert rules.plain(codes[0].lower().replace("-", " ")) == rules.plain(codes[0])


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\nb", "my PHONE"])
def test_a_name_is_short_and_ones_own(name: str) -> None:
    assert rules.problems_of_name(name, ["My phone"])

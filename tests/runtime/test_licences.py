"""Licences of what we ship and test with: read from what is installed, without the net."""

import pytest

from collections_app.runtime import checks, licences
from collections_app.runtime.home import PROJECT


def test_everything_that_is_pinned_may_be_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert licences.main() == 0, capsys.readouterr().out


def test_every_pin_is_read() -> None:
    pins = [
        line
        for file in licences.FILES
        for line in (PROJECT / file).read_text("utf-8").splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    ]
    assert {name for pin in pins for name in licences.pinned(pin)} == set(
        licences.read(PROJECT / file for file in licences.FILES)
    )
    assert len(pins) > 100


@pytest.mark.parametrize(
    ("expression", "is_allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-3-Clause", True),
        ("GPL-3.0-or-later OR MIT", True),
        ("MIT AND PSF-2.0", True),
        ("MIT AND GPL-3.0-or-later", False),
        ("(MIT)", True),
        ("AGPL-3.0-only", False),
        ("", False),
        ("see the file", False),
    ],
)
def test_an_expression_is_met_or_not(expression: str, is_allowed: bool) -> None:
    assert licences.is_allowed(expression) is is_allowed


def test_what_is_wrong_is_told_in_sentences() -> None:
    names = {"new": True, "elsewhere": False, "gone": True, "djlint": True}
    told = list(licences.problems(names, {"new": "AGPL-3.0-only", "djlint": "MIT"}))
    assert told[0] == "djlint is an exception for “GPL-3.0-or-later”, and now says “MIT”: look again."
    assert told[1] == "gone is pinned and not installed, so its licence is unknown."
    assert told[2] == "new comes under “AGPL-3.0-only”, which is not allowed, and is no exception."
    assert "psycopg2-binary is an exception and is used no more: take it away." in told
    assert not any("elsewhere" in sentence for sentence in told)


def test_every_exception_has_a_reason() -> None:
    assert all(len(each.why.split()) > 6 for each in licences.EXCEPTIONS.values())


def test_it_is_one_of_the_checks() -> None:
    assert "licences" in [check.title for check in checks.all_checks()]

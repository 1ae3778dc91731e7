"""``seed_demo`` at the terminal: what it tells, what it leaves alone, and that its people can sign in."""

import json

import pytest
from django.core.management import call_command
from django.test import Client

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.management import demo
from collections_app.people.users import User


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    call_command("seed_demo", *arguments, "--json")
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return told


@pytest.mark.django_db
def test_small_is_some_600_customers_and_15_000_invoices_and_its_people_sign_in(
    capsys: pytest.CaptureFixture[str], client: Client
) -> None:
    told = answer(capsys, "--date", "2026-03-11")
    assert told["seeded"] is True
    assert 600 <= Customer.objects.count() <= 650
    assert 13_000 <= Invoice.objects.count() <= 18_000
    assert [client.login(username=name, password=secret) for name, secret, _, _ in demo.sign_ins()] == [
        True
    ] * 6
    roles = {user.username: (user.role, user.full_name) for user in User.objects.all()}
    assert all(roles[name] == (role, full_name) for name, _, role, full_name in demo.sign_ins())


@pytest.mark.django_db
def test_if_empty_leaves_a_ledger_alone(capsys: pytest.CaptureFixture[str], company: Company) -> None:
    told = answer(capsys, "--if-empty")
    assert told["seeded"] is False
    assert list(Company.objects.all()) == [company]


@pytest.mark.django_db
def test_without_if_empty_it_says_why_it_does_nothing(
    capsys: pytest.CaptureFixture[str], company: Company
) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("seed_demo")
    assert ended.value.code == 1
    assert "There is a company already" in capsys.readouterr().err


@pytest.mark.parametrize("number", ["-1", "x", "4294967296"])
def test_a_seed_is_a_whole_number(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Exception, match="is not a seed"):
        call_command("seed_demo", f"--seed={number}")


@pytest.fixture
def company() -> Company:
    at = "2026-03-11T06:00:00+00:00"
    return Company.objects.create(code="mine", name="Mine Ltd", currency="GBP", created_at=at)

"""``seed_demo`` at the terminal: what it tells, what it leaves alone, and that its people can sign in."""

import json

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.management import demo
from collections_app.management.commands import workbench
from collections_app.management.demo import seeding
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
    ] * 7
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


@pytest.mark.django_db
@pytest.mark.parametrize(("arguments", "times"), [([], 1), (["--without-sign-ins"], 0)])
def test_its_people_are_told_unless_somebody_else_tells_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], times: int
) -> None:
    made = seeding.Seeded({"customer": 600, "invoice": 15_000, "payment": 9_000}, ())
    monkeypatch.setattr(seeding, "seed", lambda **given: made)
    call_command("seed_demo", *arguments)
    said = capsys.readouterr().out
    assert "The demo is ready: 600 customers, 15,000 invoices, 9,000 payments." in said
    assert said.count("courteous-demo") == times * len(demo.sign_ins())


@pytest.mark.django_db
def test_the_workbench_tells_its_people_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(workbench, "call_command", lambda *words: asked.append(words))
    monkeypatch.setattr(connections, "close_all", lambda: None)
    workbench._bring_demo()
    assert asked == [("seed_demo", "--size", "small", "--if-empty", "--without-sign-ins")]


@pytest.mark.parametrize("number", ["-1", "x", "4294967296"])
def test_a_seed_is_a_whole_number(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Exception, match="is not a seed"):
        call_command("seed_demo", f"--seed={number}")


@pytest.fixture
def company() -> Company:
    at = "2026-03-11T06:00:00+00:00"
    return Company.objects.create(code="mine", name="Mine Ltd", currency="GBP", created_at=at)

"""The clock tells connected systems, forgets old answers, and follows what they bring in; each may run
twice.
"""

from typing import Any

import pytest
from kombu.exceptions import OperationalError

from collections_app.celery import app
from collections_app.holds import order_files
from collections_app.intake import batches
from collections_app.intake.batches import Batch
from collections_app.jobs import ledger_followers, tasks
from collections_app.jobs.schedule import BEAT, FOLLOW_LEDGER_TASK, QUEUE_OF
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.systems import endpoints, systems
from collections_app.systems.rules.scopes import Scope
from tests.desk import person
from tests.holds.selling import LEDGER, Shop
from tests.jobs.conftest import AT, TODAY
from tests.ledgerrows import company_of
from tests.ledgertext import load
from tests.systems.hearing import listening


@pytest.fixture
def company(db: None) -> Company:
    return company_of(country="GB")


@pytest.fixture
def shop(company: Company, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(clock, "now", lambda: AT)
    return Shop(load(LEDGER, company=company, today=TODAY), AT)


def paid(company: Company) -> Batch:
    """The ERP tells that the old invoice was paid."""
    file = (
        "type,customer,number,amount,posted_on,source,source_type\n"
        f"receipt,100,P-1,480.00,{TODAY},,\nallocation,100,A1,480.00,{TODAY},P-1,receipt\n"
    )
    batch = batches.receive(
        company=company, file_name="payments", content=[file.encode()], profile_name="own",
        kind="transactions", by=None, at=AT,
    )  # fmt: skip
    return batches.apply(batch, accepted=True, by=None, at=AT, sides=order_files.SIDES)


def test_systems_are_told_every_few_seconds(shop: Shop, company: Company, settings: Any) -> None:
    settings.WEBHOOKS_TO_LOOPBACK = True
    olga = person(company, "olga", Role.ADMINISTRATOR)
    system = systems.connect(name="ERP", scopes=[Scope.READ_ORDERS], companies=[company], by=olga, at=AT)
    with listening() as ear:
        endpoints.make(system, address=ear.address, allows_loopback=True, by=olga, at=AT)
        shop.order("SO-1", "50.00")
        tasks.send_webhooks()
        tasks.send_webhooks()
        assert ear.told == [("SO-1", "order.held")]
    assert BEAT["send_webhooks"]["task"] == tasks.send_webhooks.name
    assert {each["task"] for each in BEAT.values()} <= QUEUE_OF.keys()


def test_a_broker_that_is_away_leaves_the_batch_applied(
    shop: Shop, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: Any, **_more: Any) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(app, "send_task", away)
    batch = paid(company)
    assert ledger_followers.start(batch) is False
    assert FOLLOW_LEDGER_TASK in QUEUE_OF


def test_old_answers_are_forgotten(shop: Shop) -> None:
    tasks.drop_kept_answers()
    tasks.drop_kept_answers()

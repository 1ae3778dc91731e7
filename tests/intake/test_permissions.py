"""Who may bring in a ledger: every verb asks for itself, whichever door was used."""

from collections.abc import Callable

import pytest

from collections_app.activity.events import Event
from collections_app.intake import batches, handovers, profiles
from collections_app.intake.batches import Batch
from collections_app.intake.profile_rules import Mapping
from collections_app.intake.profiles import Profile
from collections_app.intake.rules import FileKind
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.intake.conftest import AT

MAPPING = Mapping(FileKind.TRANSACTIONS, {"customer": ("who",), "amount": ("total",)})


@pytest.fixture
def batch(company: Company) -> Batch:
    return _received(company, None)


def _received(company: Company, by: User | None) -> Batch:
    return batches.receive(
        company=company,
        file_name="file.csv",
        content=[b"who,total\nC1,5\n"],
        profile_name="own",
        kind="transactions",
        by=by,
        at=AT,
    )


DEEDS: dict[str, Callable[[Batch, User], object]] = {
    "receive": lambda batch, by: _received(batch.company, by),
    "apply": lambda batch, by: batches.apply(batch, by=by, at=AT),
    "discard": lambda batch, by: batches.discard(batch, by=by, at=AT),
    "read as": lambda batch, by: handovers.read_as(batch, profile_name="own", kind="customers", by=by, at=AT),
    "map as": lambda batch, by: handovers.map_as(batch, title="Ours", mapping=MAPPING, by=by, at=AT),
    "save": lambda batch, by: profiles.save(
        company=batch.company, title="Ours", mapping=MAPPING.as_json(), by=by, at=AT
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("role", [Role.COLLECTOR, Role.SALES])
def test_a_role_that_may_not_import_changes_nothing(deed: str, role: Role, batch: Batch) -> None:
    user = User.objects.create_user("tom", "a-long-password", full_name="Tom", role=role)
    with pytest.raises(Refused, match="Your role does not include this: import a ledger"):
        DEEDS[deed](batch, user)
    assert Batch.objects.get().state == "received"
    assert not Profile.objects.exists()


def test_a_mapping_that_cannot_be_used_for_its_file_leaves_no_profile(batch: Batch) -> None:
    batches.discard(batch, by=None, at=AT)
    before = Event.objects.count()
    with pytest.raises(Refused, match="discarded"):
        handovers.map_as(batch, title="Ours", mapping=MAPPING, by=None, at=AT)
    assert not Profile.objects.exists()
    assert Event.objects.count() == before


def test_every_currency_in_use_may_stand_in_a_file_also_one_that_is_gone(company: Company) -> None:
    for currency in ("VED", "DEM"):
        mapping = MAPPING.as_json() | {"currency": currency}
        profiles.save(company=company, title=currency, mapping=mapping, by=None, at=AT)
    mapping = MAPPING.as_json() | {"currency": "XXX"}
    with pytest.raises(Refused, match="not the code of a currency"):
        profiles.save(company=company, title="none", mapping=mapping, by=None, at=AT)

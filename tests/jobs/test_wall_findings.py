"""The doctor tells where the wall around companies does not stand; whoever may not build it is told how."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from collections_app.jobs import doctor
from collections_app.jobs.rules import Finding
from collections_app.lib.migrating import LET_THE_WALLED_IN
from collections_app.lib.walled_connections import WalledCursor
from collections_app.lib.walls import ROLE
from tests.jobs.test_vitals import AT

pytestmark = pytest.mark.django_db


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def findings() -> list[Finding]:
    return [each for each in doctor.examine(known={}, at=AT) if each.code == "wall"]


def test_where_it_stands_nothing_is_said() -> None:
    assert findings() == []


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("DROP POLICY walled ON invoice", "invoice: no wall around companies stands there"),
        ("ALTER TABLE payment DISABLE ROW LEVEL SECURITY", "payment: row-level security has no effect there"),
        (f"ALTER TABLE customer OWNER TO {ROLE}", "customer: row-level security has no effect there"),
        (f"REVOKE UPDATE ON contact FROM {ROLE}", f"contact: the role {ROLE} may not read and write there"),
    ],
)
def test_each_gap_is_named_with_what_to_do(deed: str, said: str) -> None:
    run(deed)
    (found,) = findings()
    assert found.level == "wrong"
    assert found.sentence.startswith(said)


@pytest.fixture
def plain() -> Iterator[str]:
    """A user of the database who may make no roles, and is asked as; gone with the test."""
    run("CREATE ROLE plain_of_a_test NOLOGIN")
    with transaction.atomic():
        run("SET LOCAL ROLE plain_of_a_test")
        yield "plain_of_a_test"
        transaction.set_rollback(True)


def test_whoever_may_not_become_the_role_is_told_what_to_have_run(plain: str) -> None:
    with (
        pytest.raises(DatabaseError, match=f"Have a DBA run: .*GRANT {ROLE} TO {plain};"),
        transaction.atomic(),
    ):
        run(LET_THE_WALLED_IN.text)


def test_a_role_that_is_missing_is_told_by_the_doctor(monkeypatch: pytest.MonkeyPatch) -> None:
    up = WalledCursor._carried

    def of_another_server(self: WalledCursor, text: str) -> str:
        return up(self, text).replace(ROLE, "nobody_at_all")

    monkeypatch.setattr(WalledCursor, "_carried", of_another_server)
    (found,) = findings()
    assert 'role "nobody_at_all" does not exist' in found.sentence
    assert f"GRANT {ROLE} TO the user of DATABASE_URL" in found.sentence


def test_building_it_twice_has_one_effect() -> None:
    run(LET_THE_WALLED_IN.text, LET_THE_WALLED_IN.text)
    assert findings() == []

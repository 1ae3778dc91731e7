"""The demo is the same for the same seed and day, and stands wholly or not at all."""

import io

import pytest
from django.db import connection, transaction

from collections_app.activity.events import Event
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.management.demo import ledgers
from collections_app.management.demo.progress import Progress
from collections_app.people.users import User
from tests.demo.conftest import Seed

# Rows by what they say, not by their ids: those go on counting.
DIGESTS = (
    """SELECT md5(string_agg(concat_ws('|', number, name, terms, credit_limit, collector_code,
              recorded_at), ';' ORDER BY company_id, number))
       FROM customer""",
    """SELECT md5(string_agg(concat_ws('|', c.number, i.kind, i.number, i.line, i.amount, i.due_on,
              i.open_amount, i.settled_on), ';' ORDER BY c.number, i.kind, i.number, i.line))
       FROM invoice i JOIN customer c ON c.id = customer_id""",
    """SELECT md5(string_agg(concat_ws('|', c.number, p.kind, p.number, p.amount, p.posted_on,
              p.unallocated_amount), ';' ORDER BY c.number, p.kind, p.number))
       FROM payment p JOIN customer c ON c.id = customer_id""",
    """SELECT md5(string_agg(concat_ws('|', c.number, l.at, l.outcome, l.said, l.next_step, l.next_on,
              l.next_at), ';' ORDER BY c.number, l.at, l.outcome, l.said))
       FROM contact_log l JOIN customer c ON c.id = customer_id""",
    """SELECT md5(string_agg(concat_ws('|', c.number, e.score, e.rank, e.left_out, e.to_collect, e.parts), ';'
              ORDER BY c.number))
       FROM chase_entry e JOIN customer c ON c.id = customer_id""",
)


def digests() -> list[str]:
    with connection.cursor() as cursor:
        found = []
        for statement in DIGESTS:
            cursor.execute(statement)
            found.append(cursor.fetchone()[0])
        return found


def digests_of(seed: Seed, number: int) -> list[str]:
    """The digests of a demo that is taken back again."""
    with transaction.atomic():
        seed(seed=number)
        found = digests()
        transaction.set_rollback(True)
    return found


class Interrupted(Progress):
    """Somebody presses Ctrl-C when the rows are in and the nights begin."""

    def step(self, label: str, total: int = 0) -> None:
        super().step(label, total)
        if label.startswith("Positions"):
            raise KeyboardInterrupt


@pytest.mark.django_db
def test_the_same_seed_and_day_make_the_same_demo_in_however_many_pieces_and_another_seed_another(
    seed: Seed, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, other = digests_of(seed, 7), digests_of(seed, 8)
    monkeypatch.setattr(ledgers, "PIECE_ROWS", 100)
    again = digests_of(seed, 7)
    assert first == again
    assert all(one != two for one, two in zip(first, other, strict=True))


@pytest.mark.django_db(transaction=True)
def test_a_demo_that_is_interrupted_leaves_nothing_behind(seed: Seed) -> None:
    with pytest.raises(KeyboardInterrupt):
        seed(progress=Interrupted(io.StringIO()))
    left = [model.objects.count() for model in (Company, User, Customer, Invoice, Event)]
    assert left == [0, 0, 0, 0, 0]


@pytest.mark.django_db
def test_the_foreign_keys_put_off_while_seeding_stand_again_as_they_were(seed: Seed) -> None:
    standing = (
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' ORDER BY conname"
    )
    with connection.cursor() as cursor:
        cursor.execute(standing)
        before = cursor.fetchall()
        seed()
        cursor.execute(standing)
        assert cursor.fetchall() == before

"""Seals: each company's events form a chain, so that nobody changes or removes one unnoticed, not even
somebody who may write to the database.

The seal of an event is SHA-256 over the seal before it and the event's fingerprint, which the database makes
of the whole row. Which event follows which is settled when they are sealed, within a minute of being written,
and not when they are written: whoever writes waits for nobody, and what is committed late stands later. What
belongs to no company has a chain of its own.

A chain tells of every change but one: who may write everything could make the whole chain anew. So its head,
place and seal, is meant to be noted elsewhere, and proven against later.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, models, transaction

from collections_app.activity.events import Event
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Problem
from collections_app.lib.sql import Statement

# Sealed in one transaction, so that each is short.
BATCH_EVENTS_MAX = 10_000
PROBLEMS_NAMED_MAX = 50

_SEAL = Statement(__file__, "seal_events")
_PROVE = Statement(__file__, "prove_seals")

SENTENCES = {
    "changed": "it was changed after it was sealed.",
    "removed": "it was removed; only its seal is left.",
    "gap": "no event stands at the place before it any more: one was removed together with its seal.",
    "broken": "its seal does not follow from the one before it: one of the two seals was changed.",
    "unsealed": "it was never sealed, and nobody is to seal it.",
}


class Seal(models.Model):
    """The place of one event in the chain of its company."""

    # No constraint of the database: what was removed behind its back is told by the seal that is left.
    event = models.OneToOneField(
        Event, primary_key=True, on_delete=models.PROTECT, related_name="seal", db_constraint=False
    )
    chain = models.BigIntegerField()  # the company's id, or 0
    place = models.BigIntegerField()  # from 1
    fingerprint = models.BinaryField()
    seal = models.BinaryField()

    class Meta:
        db_table = "activity_seal"
        constraints = [
            models.UniqueConstraint(fields=["chain", "place"], name="one_event_a_place_of_a_chain")
        ]


class Unsealed(models.Model):
    """An event that waits for its seal. The database itself notes it, whoever writes the event."""

    event_id = models.BigIntegerField(primary_key=True)

    class Meta:
        db_table = "activity_unsealed"


@dataclass(frozen=True, slots=True)
class Head:
    """The last seal of a chain; place 0 while there is none. As text ``17:9f3c...``."""

    place: int
    seal: str

    def __str__(self) -> str:
        return f"{self.place}:{self.seal}"


def seal() -> int:
    """Seal what waits, of all companies, some thousands at a time; how many. Of two at once the second waits,
    since a place is given once, and finds nothing left.
    """
    sealed = 0
    while done := _seal_some():
        sealed += done
    return sealed


def _seal_some() -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('activity_seal'))")
        return int(_SEAL.row({"most": BATCH_EVENTS_MAX})["sealed"])


def head(company: Company | None) -> Head:
    """Where the chain of a company ends; without one, that of what belongs to no company."""
    last = Seal.objects.filter(chain=_chain(company)).order_by("-place").first()
    return Head(last.place, bytes(last.seal).hex()) if last else Head(0, "")


def prove(company: Company | None, *, noted: Iterable[Head] = ()) -> list[Problem]:
    """What in the chain of ``company`` is not as it was sealed, by number of its event; ``noted`` are heads
    that were kept elsewhere, each of which must still stand in it. Reads only.
    """
    found = _PROVE.rows({"chain": _chain(company), "most": PROBLEMS_NAMED_MAX})
    problems = [Problem(f"activity.{row['kind']}", _sentence(row)) for row in found]
    return problems + [problem for each in noted if (problem := _differs(company, each))]


def _chain(company: Company | None) -> int:
    return company.pk if company else 0


def _sentence(row: dict[str, object]) -> str:
    place = f", place {row['place']}" if row["place"] else ""
    what = f", {row['what']}" if row["what"] else ""
    return f"Event {row['event_id']}{place}{what}: {SENTENCES[str(row['kind'])]}"


def _differs(company: Company | None, noted: Head) -> Problem | None:
    found = Seal.objects.filter(chain=_chain(company), place=noted.place).first()
    if found and bytes(found.seal).hex() == noted.seal.lower():
        return None
    now = "another seal stands there now" if found else "nothing stands there any more"
    return Problem("activity.head", f"The seal of place {noted.place} was noted, and {now}.")

"""A batch between the one who asks and the worker who does: what was asked for, how the file is read instead.

Asking changes no state. It notes for a short while that a worker was told, so that everybody sees it; when
none began by then, it may be asked for again.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from collections_app.activity import events
from collections_app.intake import batches, keeping, profiles
from collections_app.intake.batches import Batch, RowProblem
from collections_app.intake.profile_rules import Mapping
from collections_app.intake.rules import MAY_CHECK, WORKING, BatchState, FileKind
from collections_app.lib.refusals import Refused
from collections_app.people import permissions
from collections_app.people.rules import Deed
from collections_app.people.users import User

WAIT_SECONDS = 60  # for a worker to begin
FORGOTTEN_AFTER_MAX = dt.timedelta(days=1)  # then a person decides, for something is wrong with it
TO_CHECK, TO_APPLY = "to be checked", "to be applied"
MAY_READ_AS = frozenset({BatchState.RECEIVED, BatchState.CHECKED, BatchState.REFUSED})
_MAY_CHECK = Q(state__in=MAY_CHECK) & ~Q(profile_name="")
_MAY_APPLY = Q(state=BatchState.CHECKED)
_WAITING = Q(step__in=[TO_CHECK, TO_APPLY], leased_until__gte=Now())


def ask_for(batch: Batch, step: str) -> None:
    """Note that ``batch`` is ``TO_CHECK`` or ``TO_APPLY``.

    Raises ``Refused`` when it was asked for already, is being worked on, or has ended.
    """
    # A worker that stopped in the middle left nothing behind; its batch is looked through again.
    lapsed = Q(state__in=WORKING, leased_until__lt=Now())
    to_check = step == TO_CHECK
    free = Batch.objects.filter(_MAY_CHECK | lapsed if to_check else _MAY_APPLY, pk=batch.pk).exclude(
        _WAITING
    )
    asked = free.update(
        step=step,
        leased_until=Now() + dt.timedelta(seconds=WAIT_SECONDS),
        state=BatchState.RECEIVED if to_check else BatchState.CHECKED,
    )
    batch.refresh_from_db()
    if not asked:
        raise Refused.because("not_open", f"{batch.file_name} is being worked on, or has come to its end.")


def call_off(batch: Batch) -> None:
    """No worker could be told: the batch stands as it did before it was asked for."""
    Batch.objects.filter(_WAITING, pk=batch.pk).update(step="", leased_until=None)
    batch.refresh_from_db()


def unchecked(*, at: dt.datetime) -> QuerySet[Batch]:
    """Batches that nobody checks though they should be: the message was lost, or the worker."""
    earliest, latest = at - FORGOTTEN_AFTER_MAX, at - dt.timedelta(seconds=WAIT_SECONDS)
    known = Batch.objects.exclude(profile_name="").filter(received_at__range=(earliest, latest))
    free = Q(state=BatchState.RECEIVED, leased_until__isnull=True)
    return known.filter(free | Q(state__in=[BatchState.RECEIVED, BatchState.CHECKING], leased_until__lt=at))


@transaction.atomic
def read_as(
    batch: Batch,
    *,
    profile_name: str,
    kind: FileKind | str | None = None,
    as_of: dt.date | None = None,
    by: User | None,
    at: dt.datetime,
) -> Batch:
    """Read the file of ``batch`` by another profile, or as of another day, from its check on.

    Raises ``Refused`` when the profile does not fit, the day is missing, or the batch is applied, put away or
    worked on.
    """
    permissions.require(by, Deed.IMPORT_LEDGER)
    held = Batch.objects.select_for_update(of=["self"]).select_related("company").get(pk=batch.pk)
    if held.state not in MAY_READ_AS:
        raise Refused.because(
            "not_open", f"{held.file_name} is {held.state}, so it cannot be read in another way."
        )
    keeping.require_file(held)
    held.profile_name = profile_name
    batches.say_how(held, kind=kind, as_of=as_of or held.as_of, at=at)
    held.state, held.step, held.leased_until, held.ended_at = BatchState.RECEIVED, "", None, None
    held.attempts = 0
    held.summary, held.problem_count, held.rows_done, held.rows_total = {}, 0, 0, None
    held.save()
    RowProblem.objects.filter(batch=held).delete()
    said, facts = f"{held.file_name} is read as {profile_name}.", {"batch": held.pk, "profile": profile_name}
    events.record("batch.read_as", said, company=held.company, facts=facts, by=by, at=at)
    return held


@transaction.atomic
def map_as(
    batch: Batch,
    *,
    title: str,
    mapping: Mapping,
    as_of: dt.date | None = None,
    by: User | None,
    at: dt.datetime,
) -> Batch:
    """Keep ``mapping`` as a profile of the company and read ``batch`` by it: both, or neither.

    Raises ``Refused`` as ``profiles.save`` and ``read_as`` do.
    """
    saved = profiles.save(company=batch.company, title=title, mapping=mapping.as_json(), by=by, at=at)
    return read_as(batch, profile_name=saved.name, kind=mapping.kind, as_of=as_of, by=by, at=at)

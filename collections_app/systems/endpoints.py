"""Where a connected system is told of holds and releases. What is sent is signed with a secret that is worked
out and not kept: a copy of the database signs nothing.
"""

import datetime as dt
import secrets
from typing import ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from collections_app.activity import events
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.systems.rules import delivering
from collections_app.systems.system_rows import System

ENDPOINTS_MAX = 5
SALT_LETTERS = 43
_PURPOSE = "collections_app.systems.endpoints"


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    """Words for endpoints."""

    def told(self) -> "EndpointQuerySet":
        """Those to which something is sent now."""
        return self.filter(ended_at__isnull=True, system__ended_at__isnull=True)


class Endpoint(models.Model):
    """An address of a system."""

    system = models.ForeignKey(System, on_delete=models.CASCADE, related_name="endpoints")
    address = models.CharField(max_length=delivering.ADDRESS_LETTERS_MAX)
    salt = models.CharField(max_length=SALT_LETTERS)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[EndpointQuerySet] = EndpointQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "webhook_endpoint"
        constraints = [
            models.UniqueConstraint(
                fields=["system", "address"],
                condition=Q(ended_at__isnull=True),
                name="system_is_told_at_an_address_once",
            )
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def secret(self) -> str:
        """With which what is sent there is signed. It follows from the key of this workbench."""
        return "whs_" + salted_hmac(_PURPOSE, self.salt, algorithm="sha256").hexdigest()


@transaction.atomic
def make(
    system: System, *, address: str, allows_loopback: bool = False, by: User, at: dt.datetime
) -> Endpoint:
    """Tell ``system`` at ``address`` what happens from now on. Raises ``Refused`` with what is wrong."""
    require(by, Deed.CONNECT_SYSTEMS)
    if problems := delivering.problems_of_address(address, allows_loopback=allows_loopback):
        raise Refused(problems)
    locked = System.objects.select_for_update(no_key=True).get(pk=system.pk)
    if not locked.is_connected:
        raise Refused.because("ended", f"{locked} is not connected any more. Connect it anew.")
    if Endpoint.objects.told().filter(system=locked).count() >= ENDPOINTS_MAX:
        raise Refused.because(
            "endpoints", f"{locked} is told at {ENDPOINTS_MAX} addresses already. Stop one."
        )
    try:
        with transaction.atomic():
            made = Endpoint.objects.create(
                system=locked, address=address, salt=_salt(), made_by=by, made_at=at
            )
    except IntegrityError:
        raise Refused.because("address", f"{locked} is told at this address already.") from None
    _tell("system.told", f"{locked} is told of holds and releases at {address}", made, by=by, at=at)
    return made


@transaction.atomic
def change_secret(endpoint: Endpoint, *, by: User, at: dt.datetime) -> Endpoint:
    """What is sent from now on is signed with another secret. Raises ``Refused`` when nothing is sent."""
    require(by, Deed.CONNECT_SYSTEMS)
    if not Endpoint.objects.told().filter(pk=endpoint.pk).update(salt=_salt()):
        raise Refused.because("ended", "Nothing is sent to this address any more.")
    endpoint.refresh_from_db()
    _tell(
        "system.secret_changed",
        f"{endpoint.system} was given a new secret for {endpoint}",
        endpoint,
        by=by,
        at=at,
    )
    return endpoint


@transaction.atomic
def stop(endpoint: Endpoint, *, by: User, at: dt.datetime) -> Endpoint:
    """Nothing more is sent there, also nothing that waits. Twice has one effect."""
    require(by, Deed.CONNECT_SYSTEMS)
    changed = Endpoint.objects.filter(pk=endpoint.pk, ended_at__isnull=True).update(ended_at=at)
    endpoint.refresh_from_db()
    if changed:
        _tell(
            "system.not_told", f"{endpoint.system} is not told at {endpoint} any more", endpoint, by=by, at=at
        )
    return endpoint


def _salt() -> str:
    return secrets.token_urlsafe(32)


def _tell(what: str, summary: str, endpoint: Endpoint, *, by: User, at: dt.datetime) -> None:
    facts = {"system": endpoint.system_id, "endpoint": endpoint.pk}
    events.record(what, summary, company=None, facts=facts, by=by, at=at)

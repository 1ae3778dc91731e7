"""A link with which somebody who does not sign in answers one request, once, until it expires.

The link is signed and holds a secret whose digest alone lies in the database, so that neither a copy of the
database nor a guess makes one. It opens nothing but its request: no customer, no money, no other request.
"""

import datetime as dt
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from enum import StrEnum

from django.core.signing import BadSignature, Signer
from django.db import models, transaction
from django.db.models import F, Q

from collections_app.activity import events
from collections_app.contact import request_changes
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.contact.rules import asking
from collections_app.contact.rules.asking import RequestState
from collections_app.correspondence.messages import Message
from collections_app.ledger.customers import lock_customer
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.users import User

DAYS = 14
SECRET_BYTES = 24
TOKEN_LETTERS_MAX = 200
SALT = "collections_app.contact.answer_links"


class AnswerLink(models.Model):
    """That a link was made: for which request, by whom, until when. What it holds is known to its reader."""

    request = models.ForeignKey(ColleagueRequest, on_delete=models.CASCADE, related_name="links")
    secret_sha256 = models.CharField(max_length=64)
    # Empty when it was made for a letter that leaves by itself.
    issued_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "answer_link"
        constraints = [
            models.CheckConstraint(
                name="answer_link_expires_after_it_was_made", condition=Q(expires_at__gt=F("issued_at"))
            ),
            models.UniqueConstraint(fields=["secret_sha256"], name="answer_link_has_a_secret_of_its_own"),
        ]


class Standing(StrEnum):
    """What a link still opens."""

    OPENS = "opens"
    EXPIRED = "expired"
    REVOKED = "revoked"
    ENDED = "ended"  # the request is answered, declined or withdrawn


@dataclass(frozen=True, slots=True)
class Opened:
    """A genuine link, and what it still opens."""

    standing: Standing
    link: AnswerLink

    @property
    def request(self) -> ColleagueRequest:
        """The one request that it is for."""
        return self.link.request


def issue(request: ColleagueRequest, *, by: User | None, at: dt.datetime) -> str:
    """A new link's token, told this once. Raises ``Refused`` when the request is not open, or is asked of
    somebody who signs in.
    """
    with transaction.atomic():
        lock_customer(request.customer_id)
        request.refresh_from_db()
        may = by is None or request_changes.may_change(request, by)
        problems = asking.problems_of_change(RequestState(request.state), may_change=may)
        if request.to_user_id:
            text = f"{request.to_user} signs in and needs no link."
            problems.append(Problem("signs_in", text))
        if problems:
            raise Refused(problems)
        secret = secrets.token_urlsafe(SECRET_BYTES)
        made = AnswerLink.objects.create(
            request=request,
            secret_sha256=_digest(secret),
            issued_by=by,
            issued_at=at,
            expires_at=at + dt.timedelta(days=DAYS),
        )
        _tell(request, "link_made", f"Made a link with which {request.asked_of} answers", by=by, at=at)
    return Signer(salt=SALT).sign(f"{made.pk}.{secret}")


def token_for(message: Message, *, at: dt.datetime) -> str:
    """The link that takes the place of ``writing.LINK_SLOT`` in a letter that leaves now: one of its own for
    each letter, so that an earlier one still works. Raises ``Refused`` when the request has ended since, or
    the letter is about none.
    """
    cause, _, rest = message.key.partition(":")
    number = rest.partition(":")[0]
    about = ColleagueRequest.objects.filter(customer=message.customer_id)
    request = about.filter(pk=number).first() if cause == "request" and number.isdecimal() else None
    if request is None:
        raise Refused.because("no_request", "This letter is about no request, and has no place for a link.")
    return issue(request, by=None, at=at)


def revoke(request: ColleagueRequest, *, by: User, at: dt.datetime) -> int:
    """No link of this request opens it any more; how many did. Raises ``Refused``."""
    with transaction.atomic():
        lock_customer(request.customer_id)
        if not request_changes.may_change(request, by):
            raise Refused(asking.problems_of_change(RequestState.OPEN, may_change=False))
        count = request.links.filter(revoked_at__isnull=True).update(revoked_at=at)
        if count:
            _tell(request, "links_revoked", f"Links for {request.asked_of} stopped working", by=by, at=at)
    return count


def read(token: str, *, at: dt.datetime) -> Opened | None:
    """What the link with ``token`` opens; None when we never made such a link, or somebody changed it."""
    if len(token) > TOKEN_LETTERS_MAX:
        return None
    try:
        number, _, secret = Signer(salt=SALT).unsign(token).partition(".")
    except BadSignature:
        return None
    found = AnswerLink.objects.select_related(
        "request__company", "request__customer", "request__asked_by", "request__to_user", "request__ended_by"
    )
    link = found.filter(pk=number).first() if number.isdecimal() else None
    if link is None or not hmac.compare_digest(link.secret_sha256, _digest(secret)):
        return None
    return Opened(_standing(link, at), link)


def live(request: ColleagueRequest, *, at: dt.datetime) -> int:
    """How many links open this request now."""
    return request.links.filter(revoked_at__isnull=True, expires_at__gt=at).count()


def _standing(link: AnswerLink, at: dt.datetime) -> Standing:
    if link.revoked_at:
        return Standing.REVOKED
    if link.request.state != RequestState.OPEN:
        return Standing.ENDED
    return Standing.EXPIRED if at >= link.expires_at else Standing.OPENS


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _tell(request: ColleagueRequest, what: str, summary: str, *, by: User | None, at: dt.datetime) -> None:
    # No version: the request itself is as it was.
    facts = {"request": request.pk}
    events.record(
        f"request.{what}",
        summary,
        company=request.company,
        customer=request.customer,
        facts=facts,
        by=by,
        at=at,
    )

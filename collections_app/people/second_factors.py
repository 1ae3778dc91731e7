"""A second factor: what somebody has beside their password. Added by themselves; removed by themselves, or
all at once by an administrator. The events are written a floor above.

No secret lies in the database: that of an app follows from the key of this workbench and from a salt, a
passkey has none here, and of recovery codes there are digests.
"""

import datetime as dt
import secrets
from collections.abc import Sequence

from django.db import models, transaction
from django.utils.crypto import salted_hmac

from collections_app.lib.refusals import Problem, Refused
from collections_app.people import second_factor_rules as rules
from collections_app.people.second_factor_rules import Kind
from collections_app.people.users import User

_APP, _PAPER = "people.second_factors.app", "people.second_factors.recovery_code"
_SECRET_BYTES = 20
FROM_PAPER = "a recovery code"


class SecondFactor(models.Model):
    """An app for codes, or a passkey."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="second_factors")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    name = models.CharField(max_length=rules.NAME_LETTERS_MAX)
    # Of an app: what its secret follows from, and the newest step of time whose code was used.
    salt = models.CharField(max_length=43, blank=True, default="")
    last_step = models.BigIntegerField(null=True, blank=True)
    # Of a passkey: its number and public key, as WebAuthn writes them.
    credential = models.BinaryField(default=b"", blank=True)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "second_factor"
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="second_factor_has_a_name_of_its_own"),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(kind="app"), name="user_has_one_app_for_codes"
            ),
            models.CheckConstraint(
                name="second_factor_has_what_it_needs",
                condition=(models.Q(kind="app") & ~models.Q(salt=""))
                | (models.Q(kind="passkey") & ~models.Q(credential=b"")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """A code on paper, good for one sign-in."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "recovery_code"
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_of_a_user_is_one")
        ]


def new_salt() -> str:
    """What the secret of a new app follows from."""
    return secrets.token_urlsafe(32)


def secret_of(salt: str) -> bytes:
    """The secret of an app."""
    return salted_hmac(_APP, salt, algorithm="sha256").digest()[:_SECRET_BYTES]


def has_any(user: User) -> bool:
    """Whether ``user`` is asked for more than a password."""
    return SecondFactor.objects.filter(user=user).exists()


def locked(user: User) -> list[SecondFactor]:
    """What ``user`` has, after whatever else is done about it: one code is good for one sign-in. Whoever
    decides by it asks within their transaction.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return list(SecondFactor.objects.filter(user=user).order_by("pk"))


@transaction.atomic
def add_app(*, user: User, salt: str, code: str, name: str, at: dt.datetime) -> SecondFactor:
    """An app that makes the right codes. Raises ``Refused`` with all problems."""
    known = locked(user)
    problems = rules.problems_of_name(name, [each.name for each in known])
    if any(each.kind == Kind.APP for each in known):
        problems.append(Problem("code", "You have an app already. Remove it first."))
    step = rules.step_of(secret_of(salt), code, seconds=at.timestamp(), after=None)
    if step is None:
        text = "This is not the code that the app shows now. Look whether the clock of your phone is right."
        problems.append(Problem("code", text))
    if problems:
        raise Refused(problems)
    return SecondFactor.objects.create(
        user=user, kind=Kind.APP, name=name.strip(), salt=salt, last_step=step, added_at=at
    )


@transaction.atomic
def add_passkey(*, user: User, credential: bytes, name: str, at: dt.datetime) -> SecondFactor:
    """A passkey that a door has proved. Raises ``Refused`` with all problems."""
    if problems := rules.problems_of_name(name, [each.name for each in locked(user)]):
        raise Refused(problems)
    return SecondFactor.objects.create(
        user=user, kind=Kind.PASSKEY, name=name.strip(), credential=credential, added_at=at
    )


@transaction.atomic
def make_recovery_codes(*, user: User) -> list[str]:
    """New codes for paper; those of before are worth nothing any more. Nobody can read them again."""
    locked(user)
    codes = rules.new_recovery_codes()
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(code)) for code in codes)
    return codes


@transaction.atomic
def take_code(*, user: User, code: str, at: dt.datetime) -> str:
    """Use a code of the app or one from paper, which is then used up: what it was of, or nothing when it is
    wrong.
    """
    for app in (each for each in locked(user) if each.kind == Kind.APP):
        step = rules.step_of(secret_of(app.salt), code, seconds=at.timestamp(), after=app.last_step)
        if step is not None:
            SecondFactor.objects.filter(pk=app.pk).update(last_step=step, used_at=at)
            return app.name
    unused = RecoveryCode.objects.filter(user=user, digest=_digest(code), used_at=None)
    return FROM_PAPER if unused.update(used_at=at) else ""


def used(factor: SecondFactor, *, at: dt.datetime) -> None:
    """A passkey that a door has proved was used."""
    SecondFactor.objects.filter(pk=factor.pk).update(used_at=at)


@transaction.atomic
def remove(factors: Sequence[SecondFactor], *, user: User) -> None:
    """``user`` has them no more; with the last one their recovery codes go, too."""
    locked(user)
    SecondFactor.objects.filter(user=user, pk__in=[each.pk for each in factors]).delete()
    if not has_any(user):
        RecoveryCode.objects.filter(user=user).delete()


def _digest(code: str) -> str:
    return salted_hmac(_PAPER, rules.plain(code), algorithm="sha256").hexdigest()

"""A user: somebody who signs in. Created by an administrator, deactivated when they leave, never deleted."""

from datetime import datetime, tzinfo
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models

from collections_app.people.rules import Deed, Role, may


class UserManager(BaseUserManager["User"]):
    """Makes users with a hashed password."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(username, password, **{"role": Role.ADMINISTRATOR, **fields})


class User(AbstractBaseUser):
    """Somebody who works here, with exactly one role."""

    username = models.CharField(max_length=150, unique=True, validators=[UnicodeUsernameValidator()])
    full_name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=20, choices=[(role.value, role.value.title()) for role in Role])
    # What they answer for besides their role; colleagues ask a desk when they know no name.
    desk = models.CharField(max_length=30, blank=True, default="")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    # Single-letter shortcuts can be switched off (WCAG 2.1.4).
    uses_single_keys = models.BooleanField(default=True)
    uses_compact_rows = models.BooleanField(default=False)
    # Codes of the chase list's columns in their order; none for the usual ones. The screen knows them.
    chase_columns = models.JSONField(default=list, blank=True)
    # Home tells what happened since this moment; moved on when the next visit begins.
    home_seen_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        db_table = "app_user"
        constraints = [
            models.CheckConstraint(
                name="user_has_a_known_role", condition=models.Q(role__in=[role.value for role in Role])
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def may(self, deed: Deed) -> bool:
        """Whether this person may do ``deed``; somebody who has left may do nothing."""
        return self.is_active and may(self.role, deed)


def prefer(
    user: User,
    *,
    uses_single_keys: bool | None = None,
    uses_compact_rows: bool | None = None,
    chase_columns: list[str] | None = None,
) -> User:
    """How ``user`` likes the screens; what is None stays. Nobody else is concerned, so no
    event is written.
    """
    chosen = {
        "uses_single_keys": uses_single_keys,
        "uses_compact_rows": uses_compact_rows,
        "chase_columns": chase_columns,
    }
    changed = {name: value for name, value in chosen.items() if value is not None}
    for name, value in changed.items():
        setattr(user, name, value)
    user.save(update_fields=list(changed))
    return user


def begin_visit(user: User, *, left_at: datetime | None, zone: tzinfo, at: datetime) -> User:
    """Home tells what happened since ``user`` left, when that was on an earlier day where they work; coming
    back within a day changes nothing.
    """
    if left_at is None or left_at.astimezone(zone).date() >= at.astimezone(zone).date():
        return user
    seen_at = user.home_seen_at
    return user if seen_at and seen_at >= left_at else saw_home(user, at=left_at)


def saw_home(user: User, *, at: datetime | None) -> User:
    """From ``at`` on home tells ``user`` what is newer. Nobody else is concerned, so no event is written."""
    user.home_seen_at = at
    user.save(update_fields=["home_seen_at"])
    return user

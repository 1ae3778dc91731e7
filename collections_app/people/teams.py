"""A team: people who may see and work each other's customers."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import models

from collections_app.people.users import User

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Team(models.Model):
    """Colleagues who stand in for each other."""

    name = models.CharField(max_length=100, unique=True)
    members = models.ManyToManyField(User, through="TeamMember", related_name="teams")

    class Meta:
        db_table = "team"

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """That a user belongs to a team."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.CASCADE)

    class Meta:
        db_table = "team_member"
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="user_is_in_a_team_once")]


def colleagues_of(user: User) -> "QuerySet[User]":
    """Everybody in a team of ``user``, including ``user``."""
    return User.objects.filter(
        models.Q(pk=user.pk) | models.Q(teams__in=Team.objects.filter(members=user))
    ).distinct()


def members_beside(users: Collection[int]) -> dict[int, set[int]]:
    """Who is in a team with each of these users, by id; those in no team are left out. One query."""
    pairs = TeamMember.objects.filter(user__in=users).values_list("user", "team__members")
    found: dict[int, set[int]] = {}
    for user, member in pairs:
        found.setdefault(user, set()).add(member)
    return found

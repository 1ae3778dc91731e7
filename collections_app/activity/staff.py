"""Who signs in, set up: users, the companies they may see, and their teams. Each deed writes its event.

Users and teams lie below this room; what joins them to companies and to the record of what happened lives
here.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from collections_app.activity import events
from collections_app.ledger import customers
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Problem, Refused
from collections_app.people import sessions
from collections_app.people.permissions import require
from collections_app.people.rules import Deed, Role
from collections_app.people.session_rules import Ended
from collections_app.people.sessions import Session
from collections_app.people.staff_rules import Person, problems_of_person, problems_of_team
from collections_app.people.teams import Team
from collections_app.people.users import User


@transaction.atomic
def create(
    *,
    person: Person,
    password: str,
    companies: Collection[Company],
    teams: Collection[Team],
    by: User | None,
    at: dt.datetime,
) -> User:
    """Somebody new, with a password to begin with. Customers that the accounts system gives them become
    theirs. Refused with all problems.
    """
    require(by, Deed.MANAGE_USERS)
    taken = User.objects.filter(username__iexact=person.username).exists()
    made = User(
        username=person.username,
        full_name=person.full_name.strip(),
        email=person.email,
        role=person.role,
        desk=person.desk,
    )
    problems = problems_of_person(person, is_name_taken=taken) + _weak(password, made)
    if problems:
        raise Refused(problems)
    made.set_password(password)
    made.save()
    made.companies.set(companies)
    made.teams.set(teams)
    customers.give_named(made)
    facts = {"username": made.username, **_set_up(made)}
    _record("user.created", f"{made} can sign in, as {made.role}", made, facts, by=by, at=at)
    return made


@transaction.atomic
def change(
    *,
    user: User,
    person: Person,
    companies: Collection[Company],
    teams: Collection[Team],
    by: User | None,
    at: dt.datetime,
) -> User:
    """Another name, role, companies or teams, or leaving and coming back. The user name stays. Refused with
    all problems. Saying the same again writes no event.
    """
    require(by, Deed.MANAGE_USERS)
    found = _locked(user)
    before = _set_up(found)
    problems = problems_of_person(person, is_name_taken=False) + _without_administrator(found, person)
    if problems:
        raise Refused(problems)
    left = found.is_active and not person.is_active
    if left:
        sessions.close(Session.objects.filter(user=found), Ended.BY_A_PERSON, at=at)
    found.full_name, found.email, found.role = person.full_name.strip(), person.email, person.role
    found.is_active, found.desk = person.is_active, person.desk
    found.save(update_fields=["full_name", "email", "role", "is_active", "desk"])
    found.companies.set(companies)
    found.teams.set(teams)
    summary = (
        f"{found} left and can no longer sign in" if left else f"{found} was set up anew, as {found.role}"
    )
    if differences := events.differences(before, _set_up(found)):
        _record("user.left" if left else "user.changed", summary, found, differences, by=by, at=at)
    return found


@transaction.atomic
def set_password(*, user: User, password: str, by: User | None, at: dt.datetime) -> None:
    """A new password; whoever is signed in as ``user`` is signed out by it. Refused when it is weak."""
    require(by, Deed.MANAGE_USERS)
    if problems := _weak(password, user):
        raise Refused(problems)
    user.set_password(password)
    user.save(update_fields=["password"])
    sessions.close(Session.objects.filter(user=user), Ended.BY_A_PERSON, at=at)
    _record("user.password_set", f"{user} has a new password", user, {}, by=by, at=at)


@transaction.atomic
def keep_team(
    *, team: Team | None, name: str, members: Collection[User], by: User | None, at: dt.datetime
) -> Team:
    """Make a team, or change the name and members of one. Refused with all problems."""
    require(by, Deed.MANAGE_USERS)
    others = Team.objects.exclude(pk=team.pk) if team else Team.objects.all()
    if problems := problems_of_team(name, is_name_taken=others.filter(name__iexact=name.strip()).exists()):
        raise Refused(problems)
    kept = team or Team()
    kept.name = name.strip()
    kept.save()
    kept.members.set(members)
    who = ", ".join(sorted(str(member) for member in members)) or "nobody"
    facts = {"team": kept.pk, "members": [member.pk for member in members]}
    events.record("team.kept", f"team “{kept}”: {who}", company=None, facts=facts, by=by, at=at)
    return kept


@transaction.atomic
def remove_team(*, team: Team, by: User | None, at: dt.datetime) -> None:
    """The team is no more; its people stay."""
    require(by, Deed.MANAGE_USERS)
    events.record("team.removed", f"team “{team}” was removed", company=None, by=by, at=at)
    team.delete()


def _set_up(user: User) -> dict[str, Any]:
    """What of somebody is set up, as events tell it."""
    return {
        "full_name": user.full_name,
        "email": user.email,
        "role": str(user.role),
        "desk": user.desk,
        "is_active": user.is_active,
        "companies": sorted(user.companies.values_list("code", flat=True)),
        "teams": sorted(user.teams.values_list("name", flat=True)),
    }


def _record(
    what: str, summary: str, user: User, facts: dict[str, Any], *, by: User | None, at: dt.datetime
) -> None:
    events.record(what, summary, company=None, facts={"user": user.pk, **facts}, by=by, at=at)


def _weak(password: str, user: User) -> list[Problem]:
    try:
        validate_password(password, user)
    except ValidationError as weak:
        return [Problem("password", message) for message in weak.messages]
    return []


def _locked(user: User) -> User:
    """``user``, locked beside every administrator, so that two who leave at once do not each count on the
    other. In one order, and not for what others write down that names them: that would wait for us, and we
    for it.
    """
    concerned = Q(pk=user.pk) | Q(is_active=True, role=Role.ADMINISTRATOR)
    locking = User.objects.select_for_update(no_key=True).filter(concerned).order_by("pk")
    return next(each for each in locking if each.pk == user.pk)


def _without_administrator(user: User, person: Person) -> list[Problem]:
    """The last administrator must stay one, or nobody could set up anything."""
    if person.is_active and person.role == Role.ADMINISTRATOR:
        return []
    administrators = User.objects.filter(is_active=True, role=Role.ADMINISTRATOR)
    if set(administrators.values_list("pk", flat=True)) != {user.pk}:
        return []
    return [Problem("role", f"{user} is the only administrator. Make somebody else one first.")]

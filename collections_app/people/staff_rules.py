"""What somebody who signs in, and a team, must be like. Pure."""

import re
from dataclasses import dataclass

from collections_app.lib import email_addresses
from collections_app.lib.refusals import Problem
from collections_app.people import desks
from collections_app.people.rules import Role

NAME_LENGTH_MAX = 150
TEAM_NAME_LENGTH_MAX = 100
_USERNAME = re.compile(r"[\w.@+-]+")


@dataclass(frozen=True, slots=True)
class Person:
    """What is said of somebody who signs in."""

    username: str
    full_name: str
    email: str
    role: str
    is_active: bool = True
    desk: str = ""


def problems_of_person(person: Person, *, is_name_taken: bool) -> list[Problem]:
    """Everything that is wrong with a person; empty when they may be kept."""
    found = []
    if not _USERNAME.fullmatch(person.username) or len(person.username) > NAME_LENGTH_MAX:
        text = "A user name has up to 150 letters, digits, and any of @ . + - _ without spaces."
        found.append(Problem("username", text))
    if is_name_taken:
        found.append(Problem("username", f"Somebody has the user name “{person.username}” already."))
    if not person.full_name.strip() or len(person.full_name) > NAME_LENGTH_MAX:
        found.append(Problem("full_name", "Give the name by which colleagues know them."))
    if person.email and not email_addresses.is_address(person.email):
        found.append(Problem("email", f"“{person.email}” is not an address for email."))
    if person.role not in set(Role):
        found.append(Problem("role", "Choose what they do here."))
    if person.desk and not desks.is_desk(person.desk):
        found.append(Problem("desk", "Choose one of the desks, or none."))
    return found


def problems_of_team(name: str, *, is_name_taken: bool) -> list[Problem]:
    """Everything that is wrong with a team; empty when it may be kept."""
    if not name.strip() or len(name) > TEAM_NAME_LENGTH_MAX:
        return [Problem("name", "Give the team a name.")]
    return [Problem("name", f"There is a team “{name.strip()}” already.")] if is_name_taken else []

"""To whom something rises that colleagues have not got done: a manager near them, or the finance director."""

from collections.abc import Collection

from collections_app.ledger.companies import Company, managers_of
from collections_app.people import teams
from collections_app.people.desks import Desk
from collections_app.people.users import User


def managers_of_each(company: Company, users: Collection[int | None]) -> dict[int | None, User | None]:
    """The manager of each of ``users`` (ids; none for a desk or somebody outside): one of their team, else
    the company's first by name. Nobody is their own. Two queries.
    """
    all_of_them = list(managers_of(company).order_by("full_name", "pk"))
    beside = teams.members_beside({user for user in users if user})
    found: dict[int | None, User | None] = {}
    for user in users:
        others = [manager for manager in all_of_them if manager.pk != user]
        near = [manager for manager in others if manager.pk in beside.get(user or 0, set())]
        found[user] = next(iter(near or others), None)
    return found


def directors_of(company: Company) -> list[User]:
    """Who sits at the finance director's desk and may see ``company``, by name; its managers while nobody
    does.
    """
    seated = User.objects.filter(is_active=True, desk=Desk.FINANCE_DIRECTOR, companies=company)
    return list(seated.order_by("full_name", "pk")) or list(managers_of(company).order_by("full_name", "pk"))

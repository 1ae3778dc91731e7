"""Who works in the demo, and how they sign in. Standard library and roles only: the sign-in page reads it."""

from dataclasses import dataclass

from collections_app.people.desks import Desk
from collections_app.people.rules import Role

# One pass phrase for all of them: it is printed on the screen anyway, and short to type while trying things
# out.
PASSWORD = "courteous-demo"

UK, DE, US = "northgate-uk", "northgate-de", "northgate-us"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works at Northgate. ``companies`` are those they may see."""

    username: str
    full_name: str
    role: Role
    companies: tuple[str, ...]
    team: str = ""
    desk: str = ""
    is_introduced: bool = False


STAFF = (
    Person("priya", "Priya Shah", Role.COLLECTOR, (UK, DE), "Leeds", is_introduced=True),
    Person("tom", "Tom Ellis", Role.COLLECTOR, (UK,), "Leeds", is_introduced=True),
    Person("jonas", "Jonas Weber", Role.COLLECTOR, (DE,), "Hamburg", is_introduced=True),
    Person("marisol", "Marisol Vega", Role.COLLECTOR, (US,), "Boston"),
    Person("dana", "Dana Reyes", Role.MANAGER, (UK, DE, US), is_introduced=True),
    Person("sam", "Sam Okafor", Role.SALES, (UK, DE, US), desk=Desk.SALES, is_introduced=True),
    Person("lena", "Lena Krüger", Role.SALES, (DE,), desk=Desk.SALES),
    Person("ruth", "Ruth Bailey", Role.SALES, (UK,), desk=Desk.WAREHOUSE, is_introduced=True),
    Person("admin", "Alex Morgan", Role.ADMINISTRATOR, (UK, DE, US), is_introduced=True),
)

# The larger ledgers need more hands: a team of about twelve looks after ten thousand customers.
_MORE_COLLECTORS = (
    ("aisha", "Aisha Rahman", UK, "Leeds"),
    ("callum", "Callum Reid", UK, "Leeds"),
    ("freya", "Freya Lindqvist", UK, "Leeds"),
    ("george", "George Adeyemi", UK, "Leeds"),
    ("niamh", "Niamh Doyle", UK, "Leeds"),
    ("anke", "Anke Petersen", DE, "Hamburg"),
    ("milan", "Milan Novak", DE, "Hamburg"),
    ("wiebke", "Wiebke Janssen", DE, "Hamburg"),
    ("carter", "Carter Nguyen", US, "Boston"),
    ("denise", "Denise Laurent", US, "Boston"),
)
LARGER_STAFF = STAFF + tuple(
    Person(username, full_name, Role.COLLECTOR, (company,), team)
    for username, full_name, company, team in _MORE_COLLECTORS
)


def sign_ins() -> list[tuple[str, str, str, str]]:
    """(username, password, role, full name) of the people a visitor may try, collectors first."""
    return [(one.username, PASSWORD, str(one.role), one.full_name) for one in STAFF if one.is_introduced]

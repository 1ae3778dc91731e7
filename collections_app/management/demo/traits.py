"""Who a customer of the demo is: drawn by chance, from a source of the customer's own."""

import datetime as dt
import math
import re
from dataclasses import dataclass, field
from random import Random

from collections_app.management.demo import names
from collections_app.management.demo.behaviours import Behaviour, drawn
from collections_app.management.demo.sizes import Firm, Size

_TERMS = (("30", 52), ("14", 14), ("30 EOM", 12), ("60", 10), ("7", 6), ("45", 6))
_CODES = [code for code, _ in _TERMS]
_CODE_WEIGHTS = [weight for _, weight in _TERMS]

# Prices in yen have more digits and in dinars fewer; in thousandths, so that a minor unit stays whole.
MINOR_UNIT = {"JPY": 1_000, "KWD": 1}
DAYS = 730
NAME_TRIES = 4


@dataclass(slots=True)
class Person:
    """A contact: somebody at the customer."""

    name: str
    role: str
    email: str
    phone: str
    language: str = ""
    hours: str = ""
    remarks: str = ""


@dataclass(slots=True)
class Traits:
    """Everything about a customer but their ledger."""

    number: str
    name: str
    currency: str
    country: str
    language: str
    terms: str
    behaviour: Behaviour
    usual_late: int
    typical_amount: float
    invoices: int
    starts_on: dt.date
    time_zone: str = ""
    address: str = ""
    classification: str = ""
    collector: str = ""
    salesperson: str = ""
    credit_limit: int | None = None
    insurer_report_days: int | None = None
    second_currency: str = ""
    parent: str = ""
    people: list[Person] = field(default_factory=list)


def drawn_customer(
    rng: Random,
    firm: Firm,
    size: Size,
    *,
    place: int,
    collectors: list[str],
    sellers: list[str],
    taken: set[str],
    today: dt.date,
) -> Traits:
    """The customer at ``place`` of a company. Their name is added to those ``taken``."""
    classification = rng.choices(("", "key", "public sector", "watch"), (86, 4, 6, 4))[0]
    behaviour = drawn(rng)
    is_new = rng.random() < 0.04
    is_small = rng.random() < 0.12
    typical = math.exp(rng.gauss(7.0, 0.9)) * {"key": 8.0}.get(classification, 0.12 if is_small else 1.0)
    invoices = max(1, round(size.invoices_each * math.exp(rng.gauss(-0.25, 0.7))))
    name = _new_name(rng, firm, is_public=classification == "public sector", taken=taken)
    country = firm.country
    return Traits(
        number=firm.number_format.format(10_000 + place),
        name=name,
        currency=firm.currency,
        country=country,
        language=firm.language,
        terms=rng.choices(_CODES, _CODE_WEIGHTS)[0],
        behaviour=behaviour,
        usual_late=rng.randint(behaviour.late_from, behaviour.late_to),
        typical_amount=typical,
        invoices=rng.randint(1, 3) if is_new else invoices,
        starts_on=today - dt.timedelta(days=rng.randint(30, 80) if is_new else DAYS),
        time_zone=firm.time_zone,
        address=names.address(rng, country),
        classification=classification,
        # A few belong to nobody yet: portfolios say who looks after them.
        collector=rng.choice(collectors) if rng.random() < 0.92 else "",
        salesperson=rng.choice(sellers),
        credit_limit=None if rng.random() < 0.2 else _round_limit(typical * rng.choice((3, 6, 10, 15))),
        insurer_report_days=60 if classification == "watch" or rng.random() < 0.08 else None,
        second_currency=firm.second_currency if rng.random() < 0.03 else "",
        people=_drawn_people(rng, name, country, firm.language),
    )


def amount(rng: Random, typical: float, currency: str) -> int:
    """What one invoice is for, in whole thousandths, a whole number of the currency's minor units."""
    unit = MINOR_UNIT.get(currency, 10)
    return max(unit, round(typical * math.exp(rng.gauss(0, 0.6)) * 1000 / unit) * unit)


def _new_name(rng: Random, firm: Firm, *, is_public: bool, taken: set[str]) -> str:
    """A name that nobody has, as long as there are some left."""
    for _ in range(NAME_TRIES):
        name = names.firm(rng, firm.country, is_public=is_public)
        if name not in taken:
            break
    taken.add(name)
    return name


def _round_limit(limit: float) -> int:
    return max(500, round(limit / 500) * 500) * 1000


def _drawn_people(rng: Random, name: str, country: str, language: str) -> list[Person]:
    # All of the name but its legal form: firms that share an address would be taken for one reader.
    words = re.findall(r"[a-z0-9]+", " ".join(name.split()[:-1] or [name]).casefold())
    domain = "-".join(words) or "office"
    people = []
    for role, mailbox in (("accounts payable", "accounts"), ("finance manager", "finance"))[
        : rng.choice((1, 1, 2))
    ]:
        people.append(
            Person(
                names.person(rng, country),
                role,
                f"{mailbox}@{domain}.example",
                names.phone(rng, country),
                language,
                rng.choice(("", "", "mornings", "09:00-12:00", "not on Fridays", "Monday to Thursday")),
                rng.choice(
                    (
                        "",
                        "",
                        "",
                        "asks for copies by email",
                        "likes the order number first",
                        "returns calls after lunch",
                    )
                ),
            )
        )
    return people

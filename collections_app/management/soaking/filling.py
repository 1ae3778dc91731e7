"""The small ledger that people work on, what the night makes of it, and who they are."""

import datetime as dt
import subprocess
import sys
from dataclasses import dataclass, replace

from collections_app.dunning import procedures
from collections_app.dunning.rules import packs
from collections_app.ledger.companies import Company, Membership
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.management.benchmarks import filling
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.runtime.home import PROJECT
from collections_app.systems import systems, tokens
from collections_app.systems.rules.scopes import Scope

CUSTOMERS, OPEN_INVOICES = 160, 800
PASSWORD = filling.PASSWORD
_DAYS_OF_A_WEEK = 7
# Reminders of these wait for a person's yes.
_APPROVED_BY_A_PERSON, _ONE_IN = "public", 2
_OTHERS = (Role.MANAGER, Role.SALES, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Filled:
    """The company, who works for it by username, and the token of the shop that asks about orders."""

    company: Company
    collectors: tuple[str, ...]
    manager: str
    salesperson: str
    token: str
    customers: tuple[str, ...]


def fill(*, at: dt.datetime) -> Filled:
    """Everything stands as on a morning after the night."""
    made = filling.fill(rows=OPEN_INVOICES, customers=CUSTOMERS, day=at.date(), at=at)
    company = _at_any_hour(made.company, at)
    manager, salesperson, administrator = (_user(company, role) for role in _OTHERS)
    customers = list(Customer.objects.filter(company=company).order_by("pk"))
    waiting = [each.pk for each in customers if each.pk % _ONE_IN]
    Customer.objects.filter(pk__in=waiting).update(classification=_APPROVED_BY_A_PERSON)
    Contact.objects.bulk_create(
        Contact(customer=each, name="Ada Osei", email=f"ada@{each.number}.example", recorded_at=at)
        for each in customers
    )
    system = systems.connect(
        name="Shop", scopes=[*Scope], companies=[company], requests_per_minute=60_000, by=administrator, at=at
    )
    _have_a_person_approve(company, manager, at)
    _run_night(company)
    collectors = User.objects.filter(role=Role.COLLECTOR, companies=company).order_by("pk")
    return Filled(
        company,
        tuple(user.username for user in collectors),
        manager.username,
        salesperson.username,
        tokens.make(system, by=administrator, at=at).text,
        tuple(each.number for each in customers),
    )


def _at_any_hour(company: Company, at: dt.datetime) -> Company:
    """Its customers may be written to now, whatever day and hour it is: nothing depends on when it is run."""
    rests = (company.today(at=at).weekday() + _DAYS_OF_A_WEEK // 2) % _DAYS_OF_A_WEEK
    company.weekend, company.contact_hours = str(rests), "00:00-23:59"
    company.save()
    Customer.objects.filter(company=company).update(country="")
    return company


def _have_a_person_approve(company: Company, manager: User, at: dt.datetime) -> None:
    """The procedure of some customers is as the standard one, only that a person looks at every message."""
    draft = procedures.begin(company=company, segment_code=_APPROVED_BY_A_PERSON, by=manager, at=at)
    steps = [replace(step, is_automatic=False) for step in packs.PACK["standard"]]
    kept = procedures.edit(version=draft, steps=steps, revision=draft.revision, by=manager, at=at)
    procedures.publish(
        version=kept, revision=kept.revision, in_force_from=company.today(at=at), by=manager, at=at
    )


def _run_night(company: Company) -> None:
    """In a process of its own, which knows our Redis and no other."""
    command = [sys.executable, "manage.py", "run_day", "--company", company.code]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    if done.returncode:
        raise Refused.because("night_failed", f"The night failed: {done.stdout}{done.stderr}")


def _user(company: Company, role: Role) -> User:
    made = User.objects.create_user(
        f"{role}0", PASSWORD, full_name=role.title(), email=f"{role}0@house.example", role=role
    )
    Membership.objects.create(company=company, user=made)
    return made

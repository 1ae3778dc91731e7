"""Seeds the demo: one transaction, so that a killed seed leaves nothing behind."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection, transaction

from collections_app.activity import events
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.management.demo import (
    between_us,
    coming_back,
    firms,
    foreign_keys,
    given_up,
    heads,
    insured,
    ledgers,
    mail,
    moments,
    ordering,
    past_weeks,
    settling,
    staging,
)
from collections_app.management.demo.calendars import DAY
from collections_app.management.demo.copying import COLUMNS, Pile
from collections_app.management.demo.history import Numbers
from collections_app.management.demo.ids import Sequences
from collections_app.management.demo.progress import Progress
from collections_app.management.demo.sizes import FIRMS, Size
from collections_app.management.demo.staff import UK
from collections_app.management.demo.traits import DAYS
from collections_app.people.users import User


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was made: rows by table."""

    rows: dict[str, int]
    companies: tuple[Company, ...]


def problems_of_seeding() -> str:
    """Why the demo cannot be seeded, in a sentence; empty when it can."""
    if Company.objects.exists():
        return (
            "There is a company already. The demo needs an empty workbench; --if-empty leaves things alone."
        )
    return ""


def seed(
    *,
    size: Size,
    seed: int,
    today: dt.date,
    progress: Progress,
    at: dt.datetime,
    night_on: dt.date | None = None,
) -> Seeded:
    """Two years until yesterday, what was agreed for ``today``, and the nights that make the list of it.

    The list is that of ``night_on``, or of each company's own day when it is not given. Raises ``Refused``
    when there is a company already.
    """
    with transaction.atomic():
        if problem := problems_of_seeding():
            raise Refused.because("not_empty", problem)
        with foreign_keys.put_off():
            progress.step("Ledgers and conversations", size.customers)
            pile, companies, users = _write_rows(size, seed, today, progress)
            progress.step("Foreign keys and statistics")
        with connection.cursor() as cursor:
            # What follows reads all of them, so the planner should know them. Names are constants.
            cursor.execute(f"ANALYZE {', '.join(COLUMNS)}")
        progress.step("Positions, segments and the chase list", len(companies))
        for company in companies:
            days = ledgers.work_days(company, today)
            settling.set_up_portfolios(company, users, days=days, today=today, at=at)
            mail.switch_levels_on(company, users, today=today)
            if company.code == UK:
                between_us.tell(company, users, days=days, today=today)
                insured.tell(between_us.Between(company, users, days, today))
                mail.block(company, users, today=today)
            ordering.tell(company, users, days=days, today=today)
            if company.code == UK:
                given_up.tell(between_us.Between(company, users, days, today))
            night = night_on or company.today(at=at)
            past_weeks.freeze(company, before=night)
            settling.run_nights(company, on=[days.on_or_before(night - DAY), night], at=at)
            if company.code == UK:
                mail.send(company, users, at=at)
                coming_back.tell(between_us.Between(company, users, days, today))
            progress.advance()
        summary = f"Made the {size.name} demo from seed {seed}"
        events.record("demo.seeded", summary, company=None, by=None, at=at)
    return Seeded(pile.sent, tuple(companies))


def _write_rows(
    size: Size, seed: int, today: dt.date, progress: Progress
) -> tuple[Pile, list[Company], dict[str, User]]:
    pile, sequences = Pile(), Sequences()
    ids = sequences.all()
    first = today - DAY * (DAYS + 20)
    companies = firms.set_up_companies(at=moments.last_load(today))
    heads.write(companies, at=moments.last_load(today))
    users = firms.set_up_people(size.staff, companies)
    firms.set_up_rates(companies, first=first, today=today)
    months = ledgers.months_between(first, today)
    for firm in FIRMS:
        company, customers = companies[firm.code], round(size.customers * firm.share)
        ledger = ledgers.CompanyLedger(
            company=company,
            firm=firm,
            size=size,
            users=users,
            pile=pile,
            ids=ids,
            today=today,
            seed=seed,
            postings=ledgers.made_postings(company, months=months, today=today),
            days=ledgers.work_days(company, today),
            numbers=Numbers(firm.invoice_prefix, first, 100 + customers),
        )
        staging.write_cast(ledger)
        ledger.write(customers, told=progress.advance)
    pile.send()
    sequences.give_back()
    return pile, list(companies.values()), users

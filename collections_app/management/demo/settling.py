"""After the rows: who looks after whom, and the nights that derive positions, segments and the chase list."""

import datetime as dt
from collections.abc import Mapping, Sequence

from collections_app.chase import weights
from collections_app.jobs import nights
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.management.demo import absences
from collections_app.management.demo.calendars import WorkDays
from collections_app.management.demo.staff import DE, UK, US
from collections_app.people.users import User
from collections_app.segmentation import portfolios, versions
from collections_app.segmentation.rules.conditions import Rule

# Who takes the customers that the accounts system gives to nobody.
TAKES_THE_REST = {UK: "tom", DE: "jonas", US: "marisol"}


def set_up_portfolios(
    company: Company, users: Mapping[str, User], *, days: WorkDays, today: dt.date, at: dt.datetime
) -> None:
    """One for each collector, and one for everybody else; those who are away have a stand-in."""
    manager = users["dana"]
    portfolios.ensure_default(company=company, by=manager, at=at)
    rest = users[TAKES_THE_REST[company.code]]
    portfolios.create(company=company, name="Everybody else", rule=Rule(), collector=rest, by=manager, at=at)
    absences.hand_over(company, users, days=days, today=today, by=manager, at=at)


def run_nights(company: Company, *, on: Sequence[dt.date], at: dt.datetime) -> None:
    """The nights in order: the list then knows yesterday's places. Raises ``Refused`` when one fails."""
    versions.ensure_default(company=company, by=None, at=at)
    weights.ensure_default(company=company)
    for day in on:
        failed = [run for run in nights.run(company=company, day=day, at=at) if run.state != "done"]
        if failed:
            raise Refused.because(
                "night_failed", f"The night of {company} failed in {failed[0].stage}: {failed[0].error}"
            )

"""Sets up the companies of the demo, their people and their rates. Few rows, written the ordinary way."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.contrib.auth.hashers import make_password

from collections_app.ledger.companies import Company, Membership
from collections_app.ledger.exchange_rates import ExchangeRate
from collections_app.management.demo.calendars import month_end
from collections_app.management.demo.sizes import FIRMS, Firm
from collections_app.management.demo.staff import PASSWORD, Person
from collections_app.people.teams import Team, TeamMember
from collections_app.people.users import User


def set_up_companies(*, at: dt.datetime) -> dict[str, Company]:
    """The companies by code."""
    made = Company.objects.bulk_create(
        [
            Company(
                code=firm.code,
                name=firm.name,
                currency=firm.currency,
                time_zone=firm.time_zone,
                country=firm.country,
                created_at=at,
            )
            for firm in FIRMS
        ]
    )
    return {company.code: company for company in made}


def set_up_people(staff: Sequence[Person], companies: dict[str, Company]) -> dict[str, User]:
    """The users by username, in their teams and companies. One pass phrase for all, hashed once."""
    password = make_password(PASSWORD)
    users = {
        user.username: user
        for user in User.objects.bulk_create(
            [
                User(
                    username=person.username,
                    full_name=person.full_name,
                    email=f"{person.username}@northgate.example",
                    role=person.role,
                    desk=person.desk,
                    password=password,
                )
                for person in staff
            ]
        )
    }
    names = sorted({person.team for person in staff if person.team})
    teams = {team.name: team for team in Team.objects.bulk_create([Team(name=name) for name in names])}
    TeamMember.objects.bulk_create(
        [TeamMember(team=teams[person.team], user=users[person.username]) for person in staff if person.team]
    )
    Membership.objects.bulk_create(
        [
            Membership(company=companies[code], user=users[person.username])
            for person in staff
            for code in person.companies
        ]
    )
    return users


def set_up_rates(companies: dict[str, Company], *, first: dt.date, today: dt.date) -> None:
    """One rate a month and currency, moving a little about its usual value."""
    months, day = [], first.replace(day=1)
    while day <= today:
        months.append(day)
        day = month_end(day) + dt.timedelta(days=1)
    ExchangeRate.objects.bulk_create(
        [
            ExchangeRate(
                company=companies[firm.code],
                currency=currency,
                valid_from=month,
                rate=_drifted(rate, place, firm),
                source="monthly rates of the demonstration",
            )
            for firm in FIRMS
            for currency, rate in firm.rates
            for place, month in enumerate(months)
        ]
    )


def _drifted(rate: Decimal, place: int, firm: Firm) -> Decimal:
    share = Decimal((place * 7 + len(firm.name)) % 11 - 5) / 400
    return (rate * (1 + share)).quantize(Decimal("0.00000001"))

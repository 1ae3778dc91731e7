"""Connecting other systems of ours, changing what they may do, and parting from them."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from django.db import IntegrityError, transaction

from collections_app.activity import events
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.systems.rules import scopes as rules
from collections_app.systems.system_rows import System, SystemCompany, SystemToken

_SEEN = Statement(__file__, "find_company_seen")


def connect(
    *,
    name: str,
    scopes: Collection[str],
    companies: Sequence[Company],
    requests_per_minute: int = rules.REQUESTS_PER_MINUTE,
    by: User,
    at: dt.datetime,
) -> System:
    """Connect a system; it speaks once it has a token. Raises ``Refused`` with every problem."""
    return keep(
        None,
        name=name,
        scopes=scopes,
        companies=companies,
        requests_per_minute=requests_per_minute,
        by=by,
        at=at,
    )


def keep(
    system: System | None,
    *,
    name: str,
    scopes: Collection[str],
    companies: Sequence[Company],
    requests_per_minute: int,
    by: User,
    at: dt.datetime,
) -> System:
    """A new system, or what one may do from now on. The same again changes nothing. Raises ``Refused``."""
    require(by, Deed.CONNECT_SYSTEMS)
    problems = rules.problems_of(
        name=name, scopes=scopes, companies=len(companies), requests_per_minute=requests_per_minute
    )
    if problems:
        raise Refused(problems)
    if system is not None and not system.is_connected:
        raise Refused.because("ended", f"{system} is not connected any more. Connect it anew.")
    values = {
        "name": name.strip(),
        "scopes": sorted(scopes),
        "requests_per_minute": requests_per_minute,
    }
    try:
        with transaction.atomic():
            return _keep(system, values, companies, by=by, at=at)
    except IntegrityError:
        raise Refused.because(
            "name", f"A system with the name “{name.strip()}” is connected already."
        ) from None


def company_seen(system: System, code: str) -> Company | None:
    """The company with that code if ``system`` sees it; capitals make no difference. One statement."""
    return next(iter(Company.objects.raw(_SEEN.text, {"system": system.pk, "code": code})), None)


def companies_of(system: System) -> list[int]:
    """The companies (ids) that a system sees which came in with a token."""
    seen: list[int] = getattr(system, "sees", [])
    return seen


@transaction.atomic
def disconnect(system: System, *, by: User, at: dt.datetime) -> System:
    """It may not speak with us any more, and is told nothing. Twice has one effect."""
    require(by, Deed.CONNECT_SYSTEMS)
    changed = System.objects.connected().filter(pk=system.pk).update(ended_by=by, ended_at=at)
    system.refresh_from_db()
    if changed:
        SystemToken.objects.filter(system=system, revoked_at__isnull=True).update(
            revoked_by=by, revoked_at=at
        )
        _tell("system.disconnected", f"{system} is not connected any more", system, by=by, at=at)
    return system


def _keep(
    system: System | None,
    values: dict[str, object],
    companies: Sequence[Company],
    *,
    by: User,
    at: dt.datetime,
) -> System:
    if system is None:
        kept = System.objects.create(connected_by=by, connected_at=at, **values)
        before: dict[str, object] = {}
    else:
        kept = System.objects.select_for_update(no_key=True).get(pk=system.pk)
        before = {name: getattr(kept, name) for name in values} | {"companies": _codes(kept)}
        for field, value in values.items():
            setattr(kept, field, value)
        kept.save()
    ids = [company.pk for company in companies]
    SystemCompany.objects.filter(system=kept).exclude(company__in=ids).delete()
    rows = [SystemCompany(system=kept, company=company) for company in companies]
    SystemCompany.objects.bulk_create(rows, ignore_conflicts=True)
    changed = events.differences(before, values | {"companies": _codes(kept)})
    if system is None:
        _tell("system.connected", f"{kept} was connected", kept, changed, by=by, at=at)
    elif changed:
        _tell("system.changed", f"What {kept} may do was changed", kept, changed, by=by, at=at)
    return kept


def _codes(system: System) -> list[str]:
    return sorted(system.companies.values_list("code", flat=True))


def _tell(
    what: str,
    summary: str,
    system: System,
    facts: Mapping[str, object] | None = None,
    *,
    by: User,
    at: dt.datetime,
) -> None:
    about = {"system": system.pk, **(facts or {})}
    events.record(what, summary, company=None, facts=about, by=by, at=at)

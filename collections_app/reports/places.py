"""What a report can be narrowed to: where customers belong now, and where they belonged in the newest
snapshot.
"""

from dataclasses import dataclass

from collections_app.ledger.companies import Company
from collections_app.lib.sql import Statement
from collections_app.people.users import User
from collections_app.reports import history

_FIND = Statement(__file__, "find_places")


@dataclass(frozen=True, slots=True)
class Places:
    """Each place once. Segments are codes, empty for none; people are names by their ids."""

    currencies: frozenset[str]
    segments: frozenset[str]
    collectors: dict[int, str]
    salespeople: dict[int, str]
    countries: frozenset[str]


def of(company: Company) -> Places:
    """The places of a company's customers; segments are those of the snapshot alone, since a live one has no
    need of customers to be asked for. Three queries, one more where somebody was left without any.
    """
    kept = history.places(company)
    live: dict[str, dict[str, str]] = {"collector": {}, "salesperson": {}, "country": {}}
    for row in _FIND.rows({"company": company.pk}):
        live[row["of"]][row["value"]] = row["label"]
    collectors, salespeople = (
        {int(pk): name for pk, name in live[of].items()} for of in ("collector", "salesperson")
    )
    former = (kept["collector"] | kept["salesperson"]) - {None, *collectors, *salespeople}
    names = dict(User.objects.filter(pk__in=former).values_list("pk", "full_name")) if former else {}
    names |= collectors | salespeople
    return Places(
        currencies=frozenset(kept["currency"]),
        segments=frozenset(kept["segment"]),
        collectors=_with(kept["collector"], names, collectors),
        salespeople=_with(kept["salesperson"], names, salespeople),
        countries=frozenset(kept["country"] - {""} | {*live["country"]}),
    )


def _with(kept: set[int | None], names: dict[int, str], live: dict[int, str]) -> dict[int, str]:
    return {pk: names[pk] for pk in kept if pk in names} | live

"""What a report is narrowed to: customers of a segment, collector, salesperson or country; and one currency.

A past day is narrowed by where customers belong today when it is derived from the rows, and by where they
belonged when a snapshot was taken of it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

DIMENSIONS = ("segment", "collector", "salesperson", "country")
# Stands for those without one: in an address, and where an id is asked for.
NOBODY = "none"
NOBODY_ID = 0


@dataclass(frozen=True, slots=True)
class Narrowed:
    """None stands for all of them. ``segment`` is a code and ``country`` too, empty for customers without
    one; people are ids, ``NOBODY_ID`` for customers whom nobody looks after or sells to.
    """

    segment: str | None = None
    collector: int | None = None
    salesperson: int | None = None
    country: str | None = None
    # By who is insured now; of no figure that is kept by where customers belong.
    insured: bool | None = None

    @property
    def params(self) -> dict[str, Any]:
        """As ``place_customers`` takes it."""
        return asdict(self)

    @property
    def given(self) -> dict[str, Any]:
        """What is asked for, without the rest."""
        return {name: value for name, value in self.params.items() if value is not None}

    def lookups(self, **paths: str) -> dict[str, Any]:
        """As a query set takes it, each dimension by the path that leads to it."""
        found: dict[str, Any] = {}
        for name, value in self.given.items():
            if name not in DIMENSIONS:
                continue
            path = paths.get(name, name)
            if value == NOBODY_ID:
                found[f"{path}__isnull"] = True
            elif value == "" and path.endswith("__code"):
                found[f"{path.removesuffix('__code')}__isnull"] = True
            else:
                found[path] = value
        return found


ALL = Narrowed()


def of_query(query: Mapping[str, Any]) -> Narrowed:
    """What the filter of an address, checked before, narrows a report to."""
    return Narrowed(
        segment=_code(query.get("segment")),
        collector=_person(query.get("collector")),
        salesperson=_person(query.get("salesperson")),
        country=_code(query.get("country")),
        insured={"yes": True, "no": False}.get(query.get("insured") or ""),
    )


def _code(given: str | None) -> str | None:
    return "" if given == NOBODY else given or None


def _person(given: str | int | None) -> int | None:
    if given == NOBODY:
        return NOBODY_ID
    return int(given) if given else None

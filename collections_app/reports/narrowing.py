"""What a report is narrowed to: customers of a segment, collector, salesperson or country; and one currency.

A past day is narrowed by where customers belong today when it is derived from the rows, and by where they
belonged when a snapshot was taken of it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

DIMENSIONS = ("segment", "collector", "salesperson", "country")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """None stands for all of them. ``segment`` is a code, empty for customers without one; people are ids."""

    segment: str | None = None
    collector: int | None = None
    salesperson: int | None = None
    country: str | None = None

    @property
    def params(self) -> dict[str, Any]:
        """As ``place_customers`` takes it."""
        return asdict(self)

    @property
    def given(self) -> dict[str, Any]:
        """What is asked for, without the rest."""
        return {name: value for name, value in self.params.items() if value is not None}

    def has(self, row: Mapping[str, Any]) -> bool:
        """Whether a row with these dimensions is among them."""
        return all(row[name] == value for name, value in self.given.items())


ALL = Narrowed()
# Stands for those without one, in an address.
NOBODY = "none"


def of_query(query: Mapping[str, Any]) -> Narrowed:
    """What the filter of an address, checked before, narrows a report to."""
    segment = query.get("segment")
    return Narrowed(
        segment="" if segment == NOBODY else segment or None,
        collector=int(query["collector"]) if query.get("collector") else None,
        salesperson=int(query["salesperson"]) if query.get("salesperson") else None,
        country=query.get("country") or None,
    )

"""Why an order is held, each reason with its figures, and the decision that they make. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from collections_app.holds.rules.rule_sets import Exemption
from collections_app.lib import money


class ReasonCode(StrEnum):
    """What can hold an order, the gravest first."""

    FORCED = "forced"
    OVERDUE_DAYS = "overdue_days"
    BROKEN_PROMISES = "broken_promises"
    OVERDUE_AMOUNT = "overdue_amount"
    LIMIT_USED = "limit_used"
    GROUP_LIMIT_USED = "group_limit_used"
    LIMIT_EXPIRED = "limit_expired"
    FIRST_ORDER = "first_order"
    NO_RATE = "no_rate"


REASON_LABELS: dict[ReasonCode, str] = {
    ReasonCode.FORCED: "Held by a person",
    ReasonCode.OVERDUE_DAYS: "Overdue for too long",
    ReasonCode.BROKEN_PROMISES: "Promises broken",
    ReasonCode.OVERDUE_AMOUNT: "Too much overdue",
    ReasonCode.LIMIT_USED: "Credit limit used",
    ReasonCode.GROUP_LIMIT_USED: "Credit limit of the group used",
    ReasonCode.LIMIT_EXPIRED: "Credit limit expired",
    ReasonCode.FIRST_ORDER: "First order",
    ReasonCode.NO_RATE: "No exchange rate",
}
# What an exclusion can set aside: everything but what a person said, and what cannot be worked out.
EXCLUDABLE = tuple(code for code in ReasonCode if code not in (ReasonCode.FORCED, ReasonCode.NO_RATE))


@dataclass(frozen=True, slots=True)
class Part:
    """An invoice that causes a reason, and how much of it does."""

    invoice_id: int
    number: str
    currency: str
    amount: Decimal
    days_overdue: int

    def as_facts(self) -> dict[str, Any]:
        """For machines."""
        return {
            "invoice": self.number,
            "currency": self.currency,
            "amount": money.text(self.amount, self.currency),
            "days_overdue": self.days_overdue,
        }


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a sentence for people, its figures by name, and the invoices that cause it."""

    code: ReasonCode
    sentence: str
    figures: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()

    def as_facts(self) -> dict[str, Any]:
        """For machines, and as it is kept."""
        return {
            "code": self.code.value,
            "sentence": self.sentence,
            "figures": dict(self.figures),
            "invoices": [part.as_facts() for part in self.parts],
        }


@dataclass(frozen=True, slots=True)
class SetAside:
    """A reason that does not hold the order, and why not."""

    reason: Reason
    because: str
    exemption: Exemption | None = None  # the class of the order, where it is that

    def as_facts(self) -> dict[str, Any]:
        """For machines, and as it is kept."""
        return {**self.reason.as_facts(), "because": self.because}


@dataclass(frozen=True, slots=True)
class Decision:
    """Held for every one of ``reasons``, or free when there is none."""

    reasons: tuple[Reason, ...] = ()
    set_aside: tuple[SetAside, ...] = ()

    @property
    def is_held(self) -> bool:
        """Whether the order waits."""
        return bool(self.reasons)

    @property
    def codes(self) -> tuple[ReasonCode, ...]:
        """Of all reasons, in their order."""
        return tuple(dict.fromkeys(reason.code for reason in self.reasons))

    @property
    def exemption(self) -> Exemption | None:
        """The class of the order, where nothing but that lets it go."""
        found = next((each.exemption for each in self.set_aside if each.exemption), None)
        return None if self.is_held else found

    def as_facts(self) -> dict[str, Any]:
        """For machines, and as it is kept."""
        return {
            "held": self.is_held,
            "reasons": [reason.as_facts() for reason in self.reasons],
            "set_aside": [each.as_facts() for each in self.set_aside],
        }

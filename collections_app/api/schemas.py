"""What comes in and what goes out, as types: the document follows from them."""

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ONE_LINE = r"^[^\x00-\x1f\x7f]*$"
PAGE_ROWS = 100
PAGE_ROWS_MAX = 500
EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2100, 12, 31)


def _as_day(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value
    if not (isinstance(value, str) and ISO_DAY.fullmatch(value)):
        raise ValueError("Write the day like 2026-03-31.")
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        raise ValueError("There is no such day.") from None
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"A day lies between {EARLIEST} and {LATEST}.")
    return day


def _as_amount(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("An amount is a number, or a text like “1850.00”.")
    return value


Day = Annotated[dt.date, BeforeValidator(_as_day)]
Amount = Annotated[Decimal, BeforeValidator(_as_amount), Field(gt=0, max_digits=18, decimal_places=3)]
AnyAmount = Annotated[Decimal, BeforeValidator(_as_amount), Field(max_digits=18, decimal_places=3)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", examples=["EUR"])]
Number = Annotated[str, Field(min_length=1, max_length=64, pattern=ONE_LINE)]
Code = Annotated[str, Field(max_length=40, pattern=ONE_LINE)]
Username = Annotated[str, Field(min_length=1, max_length=150, pattern=ONE_LINE)]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Asked(Schema):
    """What comes in: a field that is not known is a mistake, and said to be one."""

    model_config = ConfigDict(extra="forbid")


class ProblemPart(Schema):
    """One thing that is wrong: a stable code, a sentence, and where. ``row`` counts from 1."""

    code: str
    message: str
    pointer: str | None
    row: int | None


class ProblemDetails(Schema):
    """Problem details, RFC 9457."""

    model_config = ConfigDict(extra="allow")
    type: str
    title: str
    status: int
    detail: str
    problems: list[ProblemPart]


class CompanyOut(Schema):
    """A company that this system sees."""

    code: str
    name: str
    currency: str
    today: dt.date


class Companies(Schema):
    """All of them, and what this system may do there."""

    companies: list[CompanyOut]
    scopes: list[str]


class Part(Schema):
    """An invoice that causes a reason, and how much of it does."""

    invoice: str
    currency: str
    amount: str
    days_overdue: int


class ReasonOut(Schema):
    """Why an order waits. ``figures`` for systems that may read credit positions."""

    code: str
    label: str
    sentence: str
    invoices: list[Part]
    figures: dict[str, Any] | None


class SetAsideOut(ReasonOut):
    """A reason that does not hold the order, and why not."""

    because: str


class PaymentLine(Schema):
    """What is to be paid: an invoice, or in advance (null)."""

    invoice: str | None
    currency: str
    amount: str


class PaymentOut(Schema):
    """The smallest payment that frees the order."""

    totals: dict[str, str]
    lines: list[PaymentLine]


class Decided(Schema):
    """A decision with every reason. ``smallest_payment`` is null where no payment frees the order;
    ``rules`` is the version of the rules that decided.
    """

    held: bool
    as_of: dt.date
    reasons: list[ReasonOut]
    set_aside: list[SetAsideOut]
    smallest_payment: PaymentOut | None
    rules: int | None


class OrderCheck(Asked):
    """An order that is only asked about."""

    customer: Number
    amount: Amount
    currency: Currency | None = None
    exemption_class: Code = ""


class OrderIn(Asked):
    """An order as it is stated. The same number again changes it; what is left out then stays as it was."""

    number: Number
    customer: Number
    amount: Amount
    currency: Currency | None = None
    placed_on: Day | None = None
    wanted_on: Day | None = None
    state: Literal["in_hand", "delivered", "cancelled"] = "in_hand"
    exemption_class: Code | None = None
    salesperson: Annotated[str, Field(max_length=150, pattern=ONE_LINE)] | None = None


class OrderFilter(Schema):
    """Which orders, and from where on."""

    number: Number | None = None
    customer: Number | None = None
    on_hold: bool | None = None
    after: Id | None = None
    limit: Annotated[int, Field(ge=1, le=PAGE_ROWS_MAX)] = PAGE_ROWS


class HoldOut(Schema):
    """That it waits, since when, and why."""

    held_at: dt.datetime
    moment: str
    reasons: list[ReasonOut]


class OrderOut(Schema):
    """An order, and the hold that stands, if any."""

    id: int
    number: str
    customer: str
    amount: str
    currency: str
    placed_on: dt.date
    wanted_on: dt.date | None
    exemption_class: str | None
    salesperson: str | None
    source: str | None
    state: Literal["in_hand", "delivered", "cancelled"]
    on_hold: bool
    hold: HoldOut | None


class Orders(Schema):
    """A page of orders; ask with ``after`` = ``next`` for the one behind it."""

    orders: list[OrderOut]
    next: int | None


class ReleaseIn(Asked):
    """``asked_by`` is the username of a person of ours, for whom the system asks."""

    asked_by: Username
    reason: Annotated[str, Field(min_length=1, max_length=500, pattern=ONE_LINE)]
    needed_on: Day | None = None


class ReleaseOut(Schema):
    """What was asked and what a person decided."""

    id: int
    state: str
    asked_by: str
    asked_at: dt.datetime
    reason: str
    needed_on: dt.date | None
    decided_by: str | None
    decided_at: dt.datetime | None
    answer: str | None
    conditions: str | None
    until: dt.date | None


class Releases(Schema):
    """Of one order, the newest first."""

    releases: list[ReleaseOut]


class ComingOut(Schema):
    """Money that counts already, or is promised by a day."""

    currency: str
    amount: str
    invoice: str | None
    by: dt.date | None


class Explained(Schema):
    """Why an order waits, what frees it, what is on its way, and who decides."""

    order: OrderOut
    standing: str
    decision: Decided
    counted: list[ComingOut]
    promised: list[ComingOut]
    deciders: list[str]
    decided_by: dt.date | None
    release: ReleaseOut | None


class StandingOut(Schema):
    """How a customer stands in one currency."""

    currency: str
    open: str
    overdue: str
    unallocated: str
    orders_in_hand: str


class LimitOut(Schema):
    """How much may be on credit."""

    amount: str
    currency: str
    expires_on: dt.date | None


class GroupOut(Schema):
    """The limit that a customer shares, and what the others have on credit."""

    name: str
    limit: LimitOut
    others: dict[str, str]


class CreditPosition(Schema):
    """Of one customer, as things are now."""

    customer: str
    name: str
    as_of: dt.date
    standings: list[StandingOut]
    limit: LimitOut | None
    group: GroupOut | None
    orders_on_hold: int
    would_hold: bool
    reasons: list[ReasonOut]

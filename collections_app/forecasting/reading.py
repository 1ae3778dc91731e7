"""What stands in forecasts, put together for those who read them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from collections_app.forecasting.expected_payments import ExpectedPayment
from collections_app.forecasting.forecasts import Forecast, ForecastWeek
from collections_app.forecasting.rules import sentences
from collections_app.forecasting.rules.accuracy import Compared
from collections_app.forecasting.rules.sentences import Case
from collections_app.forecasting.sums import DISPUTED, LATER
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import money
from collections_app.lib.kept_queries import KeptQuery
from collections_app.lib.money import ZERO
from collections_app.segmentation.segments import Segment


@dataclass(frozen=True, slots=True)
class CurrencyForecast:
    """One currency: some weeks, and what is expected after them or never; with what is disputed they come to
    what is open.
    """

    currency: str
    weeks: list[ForecastWeek]
    later: Decimal
    disputed: Decimal

    @property
    def expected(self) -> Decimal:
        """Within the weeks."""
        return sum((week.expected for week in self.weeks), ZERO)

    @property
    def open(self) -> Decimal:
        return self.expected + self.later + self.disputed


def by_currency(forecast: Forecast, *, weeks: int) -> list[CurrencyForecast]:
    """The first ``weeks`` of a forecast, in one query; what is expected after them counts as later."""
    rows: dict[str, list[ForecastWeek]] = {}
    for row in forecast.weeks.order_by("currency", "place"):
        rows.setdefault(row.currency, []).append(row)
    return [
        CurrencyForecast(
            currency,
            found[:weeks],
            sum((row.expected for row in found[weeks : LATER + 1]), ZERO),
            found[DISPUTED].expected,
        )
        for currency, found in rows.items()
    ]


@dataclass(frozen=True, slots=True)
class FrozenWeek:
    """A week that has ended, as it was expected on its own Monday or some weeks before."""

    monday: dt.date
    currency: str
    week: ForecastWeek
    compared: Compared


def frozen(
    company: Company, *, currency: str | None = None, ahead: int = 0, weeks: int = 12
) -> list[FrozenWeek]:
    """The newest ``weeks`` that have ended, the newest first, as expected ``ahead`` weeks before; of all
    currencies or of one.
    """
    found = ForecastWeek.objects.filter(
        forecast__company=company, forecast__is_frozen=True, place=ahead, came__isnull=False
    )
    if currency:
        found = found.filter(currency=currency)
    # A week has a row for each of its currencies: the weeks are counted, and not their rows.
    mondays = list(
        found.order_by("-forecast__monday").values_list("forecast__monday", flat=True).distinct()[:weeks]
    )
    newest = found.filter(forecast__monday__in=mondays).select_related("forecast")
    return [
        FrozenWeek(row.forecast.monday + dt.timedelta(7 * ahead), row.currency, row, _compared(row))
        for row in newest.order_by("-forecast__monday", "currency")
    ]


def _compared(row: ForecastWeek) -> Compared:
    return Compared(
        expected=row.expected,
        came=row.came or ZERO,
        low_50=row.low_50 or ZERO,
        high_50=row.high_50 or ZERO,
        low_80=row.low_80 or ZERO,
        high_80=row.high_80 or ZERO,
    )


def next_of(customer: Customer, *, today: dt.date) -> str:
    """What is expected of ``customer`` next, in a sentence, as the newest night says it; empty when nothing
    is, or when that night is long ago.
    """
    found = _NEXT.first(customer.company_id, customer.pk, today - dt.timedelta(1), today)
    if found is None or found.expected_on is None:
        return ""
    amount = money.shown(found.open_amount - found.disputed, found.currency)
    return sentences.expected_next(
        found.invoice.number, amount, found.expected_on, found.from_80, found.to_80, today=today
    )


_NEXT = KeptQuery(
    lambda company, customer, yesterday, today: (
        ExpectedPayment.objects.filter(
            company=company,
            customer=customer,
            day__range=(yesterday, today),
            expected_on__isnull=False,
            invoice__open_amount__gt=0,
        )
        .select_related("invoice")
        .order_by("expected_on", "-open_amount", "invoice")[:1]
    ),
    *("bigint", "bigint", "date", "date"),
)


@dataclass(frozen=True, slots=True)
class Explained:
    """One expected payment with its words."""

    payment: ExpectedPayment
    expected: str
    between: str
    soon: str
    why: str


def explained(payments: Sequence[ExpectedPayment], *, today: dt.date) -> list[Explained]:
    """Expected payments with their reasons; segments are looked up once for all."""
    codes = {each.facts["segment"] for each in payments if "segment" in each.facts}
    names = dict(
        Segment.objects.filter(code__in=codes, version__company__in={each.company_id for each in payments})
        .order_by("version__number")
        .values_list("code", "name")
    )
    return [
        Explained(
            each,
            sentences.expected(each.expected_on, today=today),
            sentences.between(each.from_80, each.to_80, today=today),
            sentences.per_cent(each.soon_share),
            sentences.why(_case(each, names), today=today),
        )
        for each in payments
    ]


def _case(payment: ExpectedPayment, segments: dict[str, str]) -> Case:
    code = payment.facts.get("segment", "")
    return Case(payment.facts, payment.currency, payment.promised, payment.disputed, segments.get(code, code))

"""What is expected to come: week by week with bands, what came of earlier forecasts, and the invoices behind
every figure with their reasons.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from collections_app.forecasting import reading
from collections_app.forecasting.expected_payments import ExpectedPayment
from collections_app.forecasting.forecasts import Forecast, ForecastWeek
from collections_app.forecasting.reading import CurrencyForecast, Explained, FrozenWeek
from collections_app.forecasting.rules import accuracy
from collections_app.forecasting.rules.weeks import WEEKS, amount_of
from collections_app.forecasting.sums import DISPUTED, LATER
from collections_app.people.rules import Deed
from collections_app.screens import forecast_chart
from collections_app.screens.htmx import render_page
from collections_app.screens.scoping import Scope, scope_of

PAGE_ROWS = 50
WEEKS_COMPARED = 12


# Sums of several parts of the forecast, beside its own places.
WITHIN, OPEN = DISPUTED + 1, DISPUTED + 2
# What is told of an invoice as an amount, and not by its weeks.
AMOUNTS = {DISPUTED: "disputed", OPEN: "open_amount"}
TITLES = {
    WITHIN: f"Expected within {WEEKS} weeks",
    LATER: "Expected later or never",
    DISPUTED: "Disputed, set aside",
    OPEN: "Open in all",
}


@dataclass(frozen=True, slots=True)
class Record:
    """How near earlier forecasts came, with the weeks it is made of; None where nothing can be said yet."""

    weeks: list[FrozenWeek]
    accuracy: Decimal | None
    bias: Decimal | None
    held: tuple[Decimal, Decimal] | None


@dataclass(frozen=True, slots=True)
class Row:
    """One invoice of a week: what of it is expected then, and why."""

    told: Explained
    part: Decimal


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """The standing forecast in one currency: the company's own, or the one asked for."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    standing = Forecast.objects.standing().filter(company=scope.company).first()
    found = reading.by_currency(standing, weeks=WEEKS) if standing else []
    chosen = chosen_of(found, request.GET.get("currency", scope.company.currency))
    context = {
        "scope": scope,
        "standing": standing,
        "found": found,
        "chosen": chosen,
        "picture": forecast_chart.picture(chosen.weeks) if chosen else None,
        "record": _record(scope, chosen.currency) if chosen else None,
        "file_query": urlencode({"currency": chosen.currency}) if chosen else "",
        "places": {"within": WITHIN, "later": LATER, "disputed": DISPUTED, "open": OPEN},
    }
    return render_page(request, "forecast/index.html", context)


@require_safe
def invoices(request: HttpRequest, company: str) -> HttpResponse:
    """The invoices behind one figure: of a week, of later or never, or of what is disputed."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    place, number = _number(request, "week", OPEN), _number(request, "page", 100_000)
    week = _week(scope, place, request.GET.get("currency", ""))
    total, count = _whole(scope, week)
    page = _page(scope, week, number)
    told = reading.explained(page, today=week.forecast.day)
    is_last = (number + 1) * PAGE_ROWS >= count
    query: dict[str, str | int] = {"currency": week.currency, "week": place}
    context = {
        "scope": scope,
        "week": week,
        "rows": [Row(each, _part(each.payment, place)) for each in told],
        "count": count,
        "total": total,
        "more": "" if is_last else urlencode({**query, "page": number + 1}),
        "first": urlencode(query) if number else "",
        "title": TITLES.get(place, ""),
    }
    return render_page(request, "forecast/invoices.html", context)


def chosen_of(found: list[CurrencyForecast], currency: str) -> CurrencyForecast | None:
    """What is shown: the currency that is asked for, or the first where nothing is open in it."""
    return next((each for each in found if each.currency == currency), found[0] if found else None)


def _record(scope: Scope, currency: str) -> Record:
    weeks = reading.frozen(scope.company, currency=currency, weeks=WEEKS_COMPARED)
    compared = [each.compared for each in weeks]
    return Record(weeks, accuracy.accuracy(compared), accuracy.bias(compared), accuracy.held(compared))


def _number(request: HttpRequest, name: str, most: int) -> int:
    """A whole number of the address, 0 when it is not given. Raises ``Http404`` for anything else."""
    text = request.GET.get(name, "0")
    if not (text.isascii() and text.isdecimal() and len(text) <= 6 and int(text) <= most):
        raise Http404("No such part of the forecast.")
    return int(text)


def _week(scope: Scope, place: int, currency: str) -> ForecastWeek:
    if place in (WITHIN, OPEN):
        return _sum(scope, place, currency)
    found = ForecastWeek.objects.select_related("forecast").filter(
        forecast__company=scope.company, forecast__is_frozen=False, place=place, currency=currency
    )
    if (week := found.first()) is None:
        raise Http404("No such part of the forecast.")
    return week


def _sum(scope: Scope, place: int, currency: str) -> ForecastWeek:
    """What several weeks come to, as if it were one of them."""
    standing = Forecast.objects.standing().filter(company=scope.company).first()
    if standing is None or not standing.weeks.filter(currency=currency).exists():
        raise Http404("No such part of the forecast.")
    return ForecastWeek(forecast=standing, currency=currency, place=place)


def _whole(scope: Scope, week: ForecastWeek) -> tuple[Decimal, int]:
    """What they come to, and how many there are: as the forecast knows it, unless it is an old one."""
    if week.invoices is not None:
        return week.expected, week.invoices
    payments = _behind(scope, week)
    total: Decimal = payments.aggregate(total=Sum("part"))["total"] or Decimal(0)
    return total if week.place in AMOUNTS else amount_of(int(total)), payments.count()


def _page(scope: Scope, week: ForecastWeek, number: int) -> list[ExpectedPayment]:
    """One page of them: the first ones the forecast knows, for those after it all are sorted."""
    begins, ends = number * PAGE_ROWS, (number + 1) * PAGE_ROWS
    if ends <= len(week.largest) or len(week.largest) == week.invoices:
        ids = week.largest[begins:ends]
        found = ExpectedPayment.objects.filter(company=scope.company, invoice__in=ids)
        known = {each.invoice_id: each for each in found.select_related("customer", "invoice")}
        return [known[each] for each in ids if each in known]
    return list(_behind(scope, week).select_related("customer", "invoice")[begins:ends])


def _behind(scope: Scope, week: ForecastWeek) -> "QuerySet[ExpectedPayment]":
    """With ``part``, what of each makes the figure (thousandths, but of what is disputed the amount); the
    largest first.
    """
    payments = ExpectedPayment.objects.filter(company=scope.company, currency=week.currency)
    if week.place in AMOUNTS:
        found = payments.annotate(part=F(AMOUNTS[week.place])).filter(part__gt=0)
    elif week.place == WITHIN:
        parts: Any = F("by_week__0")
        for place in range(1, WEEKS):
            parts += F(f"by_week__{place}")
        found = payments.annotate(part=parts).filter(part__gt=0)
    else:
        found = payments.annotate(part=F(f"by_week__{week.place}")).filter(part__gt=0)
    return found.order_by("-part", "pk")


def _part(payment: ExpectedPayment, place: int) -> Decimal:
    if place in AMOUNTS:
        amount: Decimal = getattr(payment, AMOUNTS[place])
        return amount
    return amount_of(sum(payment.by_week[:WEEKS]) if place == WITHIN else payment.by_week[place])


urlpatterns = [
    path("reports/forecast/", index, name="forecast"),
    path("reports/forecast/invoices/", invoices, name="forecast_invoices"),
]

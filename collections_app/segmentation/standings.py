"""How customers stand placed now, as last assigned: by segment, by portfolio. Reads only."""

from collections import Counter, defaultdict

from django.db.models import Count, Sum

from collections_app.ledger.companies import Company
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.previews import Owed, Take


def by_segment(company: Company) -> dict[int | None, Take]:
    """What each segment holds, by id; None for customers of no segment. Two queries."""
    return _held(company, "segment")


def by_portfolio(company: Company) -> dict[int | None, Take]:
    """What each portfolio holds, by id; None for customers of no portfolio. Two queries."""
    return _held(company, "portfolio")


def _held(company: Company, group: str) -> dict[int | None, Take]:
    placed = Assignment.objects.filter(company=company).order_by()
    counts = Counter(dict(placed.values_list(group).annotate(Count("pk"))))
    sums = placed.filter(customer__positions__isnull=False).values(group, "customer__positions__currency")
    owed: dict[int | None, list[Owed]] = defaultdict(list)
    for row in sums.annotate(
        customers=Count("customer"),
        exposure=Sum("customer__positions__exposure"),
        overdue=Sum("customer__positions__overdue"),
        to_collect=Sum("customer__positions__to_collect"),
    ).order_by("customer__positions__currency"):
        key, currency = row.pop(group), row.pop("customer__positions__currency")
        owed[key].append(Owed(currency=currency, **row))
    return {key: Take(customers=count, owed=tuple(owed[key])) for key, count in counts.items()}

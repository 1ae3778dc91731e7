"""The credit insurance of Leeds: a policy, who is insured, what the insurer was told by its day, and the
lists of the last weeks signed off but for yesterday's. The cast is told of by the product's own verbs; the
others are many, so their notices are written as sets.
"""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from zoneinfo import ZoneInfo

from collections_app.insurance import notices, policies, rules, sign_offs
from collections_app.insurance.insurance_rows import InsurancePolicy, InsurerNotice, InsurerNoticeLine
from collections_app.insurance.rules import NoticeKind, Terms
from collections_app.ledger.invoices import Invoice
from collections_app.management.demo import cast
from collections_app.management.demo.between_us import Between
from collections_app.management.demo.moments import spoken
from collections_app.management.demo.scenes import minutes

POLICY = Terms(
    insurer="Harbour Mutual Trade Credit",
    policy_number="HM-204417",
    report_days=60,
    stop_days=60,
    claim_days=120,
)
# In working days before today.
SINCE = 22
# The limit, and the days of their own that the policy gives them.
LIMITS = (
    (cast.CORRIDGE, "15000", None),
    (cast.KESTERBY, "12000", None),
    (cast.HALWORTH, "30000", 45),
)


def tell(us: Between) -> None:
    """All of it. What is due from today on waits to be told."""
    manager = us.users["dana"]
    begins = us.at(SINCE, "09:00")
    policy = policies.put(company=us.company, terms=POLICY, by=manager, at=begins)
    for member, limit, days in LIMITS:
        policies.insure(
            company=us.company, number=member.number, limit=Decimal(limit), currency="GBP", report_days=days,
            by=manager, at=begins,
        )  # fmt: skip
    kesterby = us.customer(cast.KESTERBY)
    notices.tell(
        kesterby, kind=NoticeKind.REPORT, invoices=us.overdue(kesterby)[:1], reference="HM-C-88120",
        told_on=us.on(3), words="Three promises were not kept.", by=us.users["tom"], at=us.at(3, "11:40"),
    )  # fmt: skip
    _told_of_the_others(us, policy, but=[kesterby.pk])
    for days_ago in range(SINCE, 1, -1):
        sign_offs.sign(company=us.company, day=us.on(days_ago), by=manager, at=us.at(days_ago, "17:05"))


def _told_of_the_others(us: Between, policy: InsurancePolicy, *, but: list[int]) -> None:
    """One notice for each customer, kind and day on which something had to be told before today."""
    calendar, by = us.company.calendar, us.users["priya"]
    insured = policies.insured(us.company).exclude(pk__in=but).order_by().values("pk")
    overdue = Invoice.objects.overdue(us.today).filter(customer__in=insured).select_related("customer")
    due: dict[tuple[int, NoticeKind, dt.date], list[Invoice]] = defaultdict(list)
    for invoice in overdue.order_by("customer", "due_on", "pk"):
        after = {NoticeKind.REPORT: invoice.customer.insurer_report_days, NoticeKind.CLAIM: policy.claim_days}
        for kind, days in after.items():
            told_on = rules.deadline(invoice.due_on or us.today, days or 0, calendar)
            if told_on < us.today:
                due[invoice.customer_id, kind, told_on].append(invoice)
    made = InsurerNotice.objects.bulk_create(
        InsurerNotice(
            company=us.company, customer_id=customer, kind=kind, told_on=told_on,
            reference=f"HM-{kind[0].upper()}-{61000 + n}", told_by=by, recorded_at=_afternoon(us, told_on),
        )
        for n, (customer, kind, told_on) in enumerate(due)
    )  # fmt: skip
    InsurerNoticeLine.objects.bulk_create(
        InsurerNoticeLine(
            notice=notice, invoice=each, kind=notice.kind, amount=each.open_amount, deadline_on=notice.told_on
        )
        for notice, invoices in zip(made, due.values(), strict=True)
        for each in invoices
    )


def _afternoon(us: Between, day: dt.date) -> dt.datetime:
    return spoken(day, minutes("14:30"), ZoneInfo(us.company.time_zone))

"""The chase list by SQL and by the rules: the same score, parts and absences, at every boundary and a day
beside it.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from collections_app.chase import entries, weights
from collections_app.chase.entries import Entry
from collections_app.chase.rules.leaving import Case, left_out
from collections_app.chase.rules.points import Known, default_bands, measures, score
from collections_app.chase.snoozes import Snooze
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.promises import Promise
from collections_app.forecasting import expected_soon
from collections_app.forecasting.expected_payments import ExpectedPayment
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from collections_app.segmentation import versions
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.segments import Segment
from tests import crowd
from tests.ledgerrows import company_of, moment

DAY = crowd.DAY

Facts = dict[str, Any]


def ago(days: int) -> dt.date:
    return DAY - dt.timedelta(days)


def money(*amounts: str) -> st.SearchStrategy[Decimal]:
    return st.sampled_from([Decimal(amount) for amount in amounts])


facts = st.fixed_dictionaries(
    {
        "is_active": st.sampled_from([True, True, True, False]),
        "segment": st.sampled_from(["", "key", "watch", "small", "steady", "standard"]),
        "due": money("0", "249.99", "250", "250.01", "4999.999", "100000"),
        "disputed_share": st.sampled_from([0, 0, 1, 2]),
        "promised_share": st.sampled_from([0, 0, 1, 2]),
        "oldest_days": st.sampled_from([0, 1, 2, 3, 6, 7, 8, 14, 15, 16, 30, 31, 32, 61, 90, 91, 92]),
        "soon_amount": money("0", "9999.99", "10000"),
        "new_overdue_count": st.sampled_from([0, 1, 2]),
        "exposure": money("0", "899", "900", "999", "1000", "1001"),
        "credit_limit": st.none() | money("0", "1000"),
        "insurer_report_days": st.none() | st.sampled_from([15, 20, 40, 41, 42]),
        "settled_count": st.sampled_from([4, 5, 6]),
        "median_days_late": money("-3", "4.5", "5.0", "12"),
        "p90_days_late": money("0", "6.5", "14"),
        # How likely, how many days ago it was expected, and how late it then was.
        "soon_share": st.none() | money("0", "0.7499", "0.75", "0.8999", "0.9", "1"),
        "soon_ago": st.sampled_from([0, 0, 1, 2]),
        "soon_late": st.sampled_from([-2, -1, 0, 5]),
        "last_contact_ago": st.none() | st.sampled_from([0, 1, 7, 8, 30, 31]),
        "next_step": st.sampled_from(["", "call", "call_back", "send_copy", "check_bank"]),
        "next_in": st.sampled_from([-1, 0, 1]),
        "broken_ago": st.none() | st.sampled_from([0, 1, 8, 29, 30, 31]),
        "broken_state": st.sampled_from(["broken", "partly_kept", "replaced"]),
        "snooze_in": st.none() | st.sampled_from([0, 1]),
    }
)


def write(company: Company, user: User, number: int, given_: Facts, segments: dict[str, Segment]) -> Customer:
    """One customer with everything that the list looks at."""
    due = given_["due"]
    half = (due / 2).quantize(Decimal("0.001"))
    disputed = (Decimal(0), half, due)[given_["disputed_share"]]
    promised = min(due - disputed, (Decimal(0), half, due)[given_["promised_share"]])
    to_collect = due - disputed - promised
    owed = {
        "due": due,
        "overdue": due,
        "disputed": disputed,
        "promised": promised,
        "to_collect": to_collect,
        "oldest_days": given_["oldest_days"] if to_collect else 0,
        "oldest_due_on": ago(given_["oldest_days"]) if to_collect else None,
        "soon_amount": given_["soon_amount"],
        "exposure": given_["exposure"],
        "new_overdue_count": given_["new_overdue_count"],
        "overdue_count": 1,
    }
    habit = {name: given_[name] for name in ("settled_count", "median_days_late", "p90_days_late")}
    customer = crowd.customer(
        company,
        str(number),
        owes={"GBP": owed},
        pays=habit,
        is_active=given_["is_active"],
        credit_limit=given_["credit_limit"],
        insurer_report_days=given_["insurer_report_days"],
    )
    if given_["soon_share"] is not None:
        ExpectedPayment.objects.create(
            company=company,
            customer=customer,
            invoice_id=10_000_000 + customer.pk,
            day=ago(given_["soon_ago"]),
            currency="GBP",
            open_amount=30,
            disputed=10,
            promised=10,
            soon_share=given_["soon_share"],
            by_week=[],
            facts={"late": given_["soon_late"]},
        )
    if given_["segment"]:
        Assignment.objects.create(
            company=company, customer=customer, segment=segments[given_["segment"]], day=DAY
        )
    if given_["last_contact_ago"] is not None:
        step = given_["next_step"]
        ContactLog.objects.create(
            company=company,
            customer=customer,
            by=user,
            at=moment(ago(given_["last_contact_ago"])),
            channel="call",
            direction="out",
            outcome="no_answer",
            next_step=step,
            next_on=ago(-given_["next_in"]) if step else None,
        )
    if given_["broken_ago"] is not None:
        Promise.objects.create(
            company=company,
            customer=customer,
            currency="GBP",
            amount=5,
            promised_on=ago(40),
            state=given_["broken_state"],
            settled_on=ago(given_["broken_ago"]),
            recorded_by=user,
            recorded_at=moment(ago(50)),
        )
    if given_["snooze_in"] is not None:
        Snooze.objects.create(
            customer=customer, until=ago(-given_["snooze_in"]), reason="away", by=user, at=moment(ago(3))
        )
    return customer


def expected(given_: Facts, customer: Customer, segment: Segment | None) -> tuple[int, dict[str, int], str]:
    """What the rules say of the same customer."""
    position = customer.positions.get()
    contacted = given_["last_contact_ago"]
    last_contact_on = None if contacted is None else ago(contacted)
    step = given_["next_step"] if contacted is not None else ""
    next_on = ago(-given_["next_in"]) if step else None
    broken_ago: int | None = given_["broken_ago"]
    if broken_ago is None or broken_ago >= 30 or given_["broken_state"] == "replaced":
        broken_ago = None
    broke_since = broken_ago is not None and (contacted is None or broken_ago < contacted)
    insured = given_["insurer_report_days"]
    steady = given_["settled_count"] >= 5
    expected_lately = given_["soon_ago"] <= 1 and given_["soon_late"] >= 0
    code = given_["segment"]
    bands = default_bands()
    points = score(
        measures(
            Known(
                day=DAY,
                oldest_days=position.oldest_days,
                weight=position.to_collect,
                broken_promises=int(broken_ago is not None),
                broke_since_contact=broke_since,
                next_step=step,
                next_on=next_on,
                overdue_count=1,
                new_overdue_count=given_["new_overdue_count"],
                settled_count=given_["settled_count"],
                p90_days_late=given_["p90_days_late"],
                soon_share=given_["soon_share"] if expected_lately else None,
                exposure=given_["exposure"],
                credit_limit=given_["credit_limit"],
                report_by=position.oldest_due_on + dt.timedelta(insured)
                if insured and position.oldest_due_on
                else None,
                segment_code=code,
                last_contact_on=last_contact_on,
                soon_weight=given_["soon_amount"],
            )
        ),
        segment_code=code,
        bands=bands,
    )
    # A snooze of three days ago gives way to a step that was agreed with the customer after it.
    snooze_holds = given_["snooze_in"] is not None and (contacted is None or contacted > 3 or not step)
    absence = left_out(
        Case(
            day=DAY,
            is_active=given_["is_active"],
            snoozed_until=ago(-given_["snooze_in"]) if snooze_holds else None,
            due=position.due,
            to_collect=position.to_collect,
            disputed=position.disputed,
            promised=position.promised,
            next_step=step,
            next_on=next_on,
            last_contact_on=last_contact_on,
            broken_promises=int(broken_ago is not None),
            broke_since_contact=broke_since,
            wants_call_before=points.get("pre_due", 0) > 0,
            weight=position.to_collect,
            oldest_days=position.oldest_days,
            least_amount=segment.least_amount if segment else Decimal(0),
            least_days_overdue=segment.least_days_overdue if segment else 1,
            usual_days=given_["median_days_late"] if steady else None,
            habit_grace_days=segment.habit_grace_days if segment else None,
        )
    )
    return sum(points.values()), points, absence


@pytest.mark.django_db
@settings(max_examples=60, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck))
@given(several=st.lists(facts, min_size=1, max_size=8))
def test_sql_and_the_rules_agree(several: list[Facts]) -> None:
    with transaction.atomic():
        company, user = (
            company_of(),
            User.objects.create(username="priya", full_name="Priya", role="collector"),
        )
        version = versions.ensure_default(company=company, by=None, at=moment(DAY))
        version.segments.filter(code="small").update(least_amount=Decimal(250))
        segments = {segment.code: segment for segment in Segment.objects.filter(version=version)}
        weights.ensure_default(company=company)
        customers = [
            write(company, user, place, each, segments) for place, each in enumerate(several, start=1)
        ]
        expected_soon.add_up(company=company)

        entries.refresh(company=company, today=DAY, at=moment(DAY))

        for customer, each in zip(customers, several, strict=True):
            entry = Entry.objects.get(customer=customer)
            total, points, absence = expected(each, customer, segments.get(each["segment"]))
            assert {part["rule"]: part["points"] for part in entry.parts} == points
            assert (entry.score, entry.left_out) == (total, absence), repr(each)
        transaction.set_rollback(True)

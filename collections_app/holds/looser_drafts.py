"""Drafts of hold rules that let more through than the rules in force: they wait for a second person."""

import datetime as dt
from dataclasses import dataclass

from collections_app.holds import rule_versions
from collections_app.holds.rule_rows import HoldRuleVersion
from collections_app.ledger.companies import Company
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.segmentation.assignments import Assignment


@dataclass(frozen=True, slots=True)
class Looser:
    """A draft, with what it lets through, a sentence each."""

    version: HoldRuleVersion
    sentences: list[str]


def waiting_for(user: User, *, company: Company, today: dt.date) -> list[Looser]:
    """Those that ``user`` may publish, the oldest first; not what they kept last. Three queries however
    many.
    """
    if not user.may(Deed.EDIT_HOLD_RULES):
        return []
    drafts = HoldRuleVersion.objects.filter(company=company, state="draft")
    others = drafts.exclude(kept_by=user).exclude(kept_by__isnull=True, made_by=user)
    named = list(others.select_related("company", "customer", "made_by", "kept_by").order_by("made_at", "pk"))
    customers = [each.customer_id for each in named if each.customer_id]
    scopes = rule_versions.in_force(company=company, customers=customers, day=today)
    placed = Assignment.objects.filter(customer__in=customers).values_list("customer", "segment__code")
    codes = {customer: code or "" for customer, code in placed}
    told = [
        (each, codes.get(each.customer_id, "") if each.customer_id else each.segment_code) for each in named
    ]
    found = [Looser(each, rule_versions.loosened_by(each, scopes, code)) for each, code in told]
    return [each for each in found if each.sentences]

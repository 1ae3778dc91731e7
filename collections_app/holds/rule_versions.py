"""The hold rules of a company in versions: for all of it, for a segment, for a customer. Begin a draft, edit
it, publish it from a day on.

Two people may have a draft open: every edit names the revision it was made on, and is refused when somebody
was faster.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.db.models import Max, Q

from collections_app.activity import events
from collections_app.holds.rule_rows import HoldRuleVersion, HoldRuleVersionQuerySet
from collections_app.holds.rules import loosening, rule_sets
from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Problem, Refused
from collections_app.lib.sql import Statement, array
from collections_app.people.desks import Desk
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.segmentation import versions
from collections_app.segmentation.assignments import Assignment

NOTE_LETTERS_MAX = 300
_PUBLISHED = Statement(__file__, "read_hold_rules")


@dataclass(frozen=True)
class InForce:
    """A set of rules, and the version that says so; none for the usual ones that nobody wrote down yet. It is
    read when it is asked for: a company may have rules for a thousand customers, and a check is of one.
    """

    version_id: int | None
    kept: str

    @cached_property
    def rules(self) -> RuleSet:
        """The set, as the pure functions take it."""
        return rule_sets.read(json.loads(self.kept))


@dataclass(frozen=True, slots=True)
class Scopes:
    """The rules in force on a day: of the company, by segment, by customer."""

    company: InForce
    segments: dict[str, InForce]
    customers: dict[int, InForce]

    def of(self, customer_id: int, segment_code: str) -> InForce:
        """The nearest rules that stand for a customer of a segment."""
        return self.customers.get(customer_id) or self.segments.get(segment_code) or self.company


def in_force(*, company: Company, customers: Sequence[int] | None = None, day: dt.date) -> Scopes:
    """The rules of ``company`` on ``day``; the usual ones where none were written down yet. One query. Of
    those for one customer only those of ``customers`` (ids), unless it is None.
    """
    newest: dict[tuple[str, int | None], tuple[int, str | None]] = {}
    whose = None if customers is None else array(customers)
    for row in _PUBLISHED.rows({"company": company.pk, "customers": whose}):
        scope = (row["segment_code"], row["customer_id"])
        is_wide = scope == ("", None)
        # Before its first version's day a company has that one; a segment or customer has none of its own.
        if row["in_force_from"] <= day or (is_wide and scope not in newest):
            newest[scope] = (row["id"], row["settings"])
    found = {scope: InForce(version, kept) for scope, (version, kept) in newest.items() if kept is not None}
    usual = json.dumps(rule_sets.write(rule_sets.usual(company.currency)))
    return Scopes(
        company=found.get(("", None)) or InForce(None, usual),
        segments={code: each for (code, _), each in found.items() if code},
        customers={customer: each for (_, customer), each in found.items() if customer},
    )


def ahead(*, company: Company, today: dt.date, within_days: int) -> list[tuple[dt.date, Scopes]]:
    """The rules of today, and those that follow within some days, each with its day, in order."""
    last = today + dt.timedelta(days=within_days)
    coming = HoldRuleVersion.objects.filter(company=company, in_force_from__gt=today, in_force_from__lte=last)
    days = {day for day in coming.published().values_list("in_force_from", flat=True) if day}
    return [(day, in_force(company=company, day=day)) for day in (today, *sorted(days))]


@transaction.atomic
def ensure_default(*, company: Company, by: User | None, at: dt.datetime) -> HoldRuleVersion:
    """The first version of the company's own rules; where there is none, the usual ones stand from today
    on.
    """
    published = _scope(company, "", None).published().in_order()
    if wide := published.first():
        return wide
    versions.lock(company)
    return published.first() or HoldRuleVersion.objects.create(
        company=company,
        number=_next_number(company, "", None),
        state="published",
        settings=rule_sets.write(rule_sets.usual(company.currency)),
        made_by=by,
        made_at=at,
        published_by=by,
        published_at=at,
        in_force_from=company.today(at=at),
    )


def draft(
    *, company: Company, segment_code: str = "", customer: Customer | None = None
) -> HoldRuleVersion | None:
    """The version that is being prepared, if any."""
    return _scope(company, segment_code, customer).filter(state="draft").first()


def history(
    *, company: Company, segment_code: str = "", customer: Customer | None = None
) -> list[HoldRuleVersion]:
    """What was published for a scope, the newest first, with who did."""
    published = _scope(company, segment_code, customer).published().select_related("published_by", "customer")
    return list(published.order_by("-in_force_from", "-number"))


@transaction.atomic
def begin(
    *,
    company: Company,
    segment_code: str = "",
    customer: Customer | None = None,
    by: User | None,
    at: dt.datetime,
) -> HoldRuleVersion:
    """The draft of a scope; where there is none, a copy of what was published last. Two people get one."""
    require(by, Deed.EDIT_HOLD_RULES)
    versions.lock(company)
    if standing := draft(company=company, segment_code=segment_code, customer=customer):
        return standing
    newest = next(iter(history(company=company, segment_code=segment_code, customer=customer)), None)
    wide = in_force(company=company, day=company.today(at=at)).company.rules
    rules = (newest.rules if newest else None) or wide
    made = HoldRuleVersion.objects.create(
        company=company,
        segment_code=segment_code,
        customer=customer,
        number=_next_number(company, segment_code, customer),
        state="draft",
        settings=rule_sets.write(rules),
        made_by=by,
        made_at=at,
        kept_by=by,
    )
    _tell(made, "drafted", f"began {made}", by=by, at=at)
    return made


@transaction.atomic
def edit(
    *, version: HoldRuleVersion, rules: RuleSet | None, revision: int, by: User | None, at: dt.datetime
) -> HoldRuleVersion:
    """Other rules for a draft; None follows the wider scope. Refused with every problem, and when somebody
    was faster.
    """
    require(by, Deed.EDIT_HOLD_RULES)
    found = _locked(version, revision)
    if problems := _problems_of(found, rules):
        raise Refused(problems)
    settings = None if rules is None else rule_sets.write(rules)
    if settings != found.settings:
        found.settings, found.kept_by = settings, by
    found.revision += 1
    found.save(update_fields=["settings", "kept_by", "revision"])
    _tell(found, "edited", f"changed {found}", by=by, at=at)
    return found


@transaction.atomic
def publish(
    *,
    version: HoldRuleVersion,
    revision: int,
    in_force_from: dt.date,
    note: str = "",
    by: User | None,
    at: dt.datetime,
) -> HoldRuleVersion:
    """Make a draft the version in force from a day on, today or later. Orders in hand are checked by it from
    the next check on; doors call ``taking_effect.publish``, which frees at once what goes by it. What lets
    more through than the rules before it, somebody else publishes than whoever kept it last. Refused with
    every problem.
    """
    require(by, Deed.EDIT_HOLD_RULES)
    found = _locked(version, revision)
    if problems := _problems_of(found, found.rules):
        raise Refused(problems)
    if in_force_from < found.company.today(at=at):
        raise Refused.because("in_force_from", "Rules are in force from today on, or from a later day.")
    if problems := problems_of_publishing(found, by=by, day=in_force_from):
        raise Refused(problems)
    found.state, found.in_force_from = "published", in_force_from
    found.note = note.strip()[:NOTE_LETTERS_MAX]
    found.published_by, found.published_at = by, at
    found.save()
    _tell(found, "published", f"published {found}, in force from {in_force_from:%-d %B %Y}", by=by, at=at)
    return found


def problems_of_publishing(version: HoldRuleVersion, *, by: User | None, day: dt.date) -> list[Problem]:
    """Why ``by`` may not put a draft in force from ``day`` on; the operator may."""
    if by is None:
        return []
    writer = version.kept_by_id or version.made_by_id
    customer = version.customer
    return loosening.problems_of_publishing(
        loosened(version, day=day),
        is_writer=by.pk == writer,
        is_director=by.desk == Desk.FINANCE_DIRECTOR,
        is_salesperson=customer is not None and by.pk == customer.salesperson_id,
    )


def loosened(version: HoldRuleVersion, *, day: dt.date) -> list[str]:
    """What a draft lets through from ``day`` on that the rules of that day do not, a sentence each."""
    code = segment_of(version.customer) if version.customer else version.segment_code
    return loosened_by(version, in_force(company=version.company, day=day), code)


def loosened_by(version: HoldRuleVersion, scopes: Scopes, segment_code: str) -> list[str]:
    """The same by rules that are read already, for a customer or a segment of that code."""
    if version.customer_id:
        before, wider = scopes.of(version.customer_id, segment_code), scopes.of(0, segment_code)
    else:
        before, wider = scopes.of(0, segment_code), scopes.company
    return loosening.loosened(before.rules, version.rules or wider.rules, currency=version.company.currency)


def segment_of(customer: Customer) -> str:
    """The code of the segment that ``customer`` is in; empty for none."""
    found = Assignment.objects.filter(customer=customer).values_list("segment__code", flat=True).first()
    return found or ""


@transaction.atomic
def discard(*, version: HoldRuleVersion, revision: int, by: User | None, at: dt.datetime) -> None:
    """Throw a draft away; what is in force stays."""
    require(by, Deed.EDIT_HOLD_RULES)
    found = _locked(version, revision)
    _tell(found, "discarded", f"discarded {found}", by=by, at=at)
    HoldRuleVersion.objects.filter(pk=found.pk).delete()


def _scope(company: Company, segment_code: str, customer: Customer | None) -> HoldRuleVersionQuerySet:
    whose = Q(customer=customer) if customer else Q(customer__isnull=True)
    return HoldRuleVersion.objects.filter(whose, company=company, segment_code=segment_code)


def _next_number(company: Company, segment_code: str, customer: Customer | None) -> int:
    newest = _scope(company, segment_code, customer).aggregate(newest=Max("number"))["newest"]
    return (newest or 0) + 1


def _problems_of(version: HoldRuleVersion, rules: RuleSet | None) -> list[Problem]:
    if rules is not None:
        return rule_sets.problems_of(rules)
    if version.segment_code or version.customer_id:
        return []
    return [Problem("settings", "The rules of a company follow no wider ones, so they say something.")]


def _locked(version: HoldRuleVersion, revision: int) -> HoldRuleVersion:
    locking = HoldRuleVersion.objects.select_for_update(of=("self",), no_key=True)
    found = locking.select_related("company", "customer").filter(pk=version.pk).first()
    if found is None or found.state != "draft":
        text = "This draft was published or discarded meanwhile. Open the rules again."
        raise Refused.because("not_a_draft", text)
    if found.revision != revision:
        text = "Somebody else changed this draft since you opened it. Look at it again, then repeat it."
        raise Refused.because("changed_meanwhile", text)
    return found


def _tell(version: HoldRuleVersion, what: str, summary: str, *, by: User | None, at: dt.datetime) -> None:
    facts = {
        "version": version.pk,
        "segment": version.segment_code,
        "customer": version.customer_id,
        "settings": version.settings,
    }
    events.record(f"hold_rules.{what}", summary, company=version.company, facts=facts, by=by, at=at)

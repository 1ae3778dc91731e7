"""One order and why it waits: the reasons, the way out, who decides, what to tell the customer, and what a
payment would change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.behaviour.habits import PayHabit
from collections_app.chase import habit_words
from collections_app.correspondence.messages import CORRECTABLE
from collections_app.correspondence.rules import STATE_LABELS as STATES_OF_MESSAGES
from collections_app.correspondence.rules import MessageState, courtesy, purposes
from collections_app.correspondence.rules.purposes import PURPOSE_LABELS
from collections_app.holds import customer_letters, deciders, explanations, order_sight, releases, watches
from collections_app.holds.explanations import Explanation
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.holds.rule_rows import HoldRuleVersion
from collections_app.holds.rules import figures, for_sales, paying, releasing
from collections_app.holds.rules.customer_sentence import Waiting, sentence_for_customer
from collections_app.holds.rules.for_sales import Told
from collections_app.holds.rules.ordering import MOMENT_LABELS, Moment
from collections_app.holds.rules.reasons import Part
from collections_app.holds.rules.releasing import STATE_LABELS, ReleaseState
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Problem
from collections_app.people.rules import Deed
from collections_app.screens.first_rows import Shown, address_of_all, asks_for_all, shown
from collections_app.screens.hold_forms import DeclineForm, GrantForm, LetterForm, ReleaseForm, WhatIfForm
from collections_app.screens.htmx import NO_CONTENT, render_page
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import assignments


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a payment would come to: the order goes, or what more it takes (None: no payment does)."""

    paid: Mapping[str, Decimal]
    lines: Shown
    is_free: bool
    reasons: Sequence[Told]
    more: Sequence[tuple[str, Decimal]] | None


def address(order: Order, company: str) -> str:
    """The page of an order."""
    return reverse("order", kwargs={"company": company, "order_id": order.pk})


def order_or_404(scope: Scope, order_id: int) -> Order:
    """An order that the reader may see."""
    found = order_sight.visible_to(scope.user, company=scope.company, today=scope.today)
    whose = ("company", "salesperson", "customer__company", "customer__parent", "customer__salesperson")
    return get_object_or_404(found.select_related(*whose), pk=order_id)


@require_safe
def show(request: HttpRequest, company: str, order_id: int) -> HttpResponse:
    """Why an order waits; with ``paid`` also what that would change, alone for htmx."""
    scope = scope_of(request)
    return page(request, scope, order_or_404(scope, order_id), fragment="what_if")


@require_POST
def look(request: HttpRequest, company: str, order_id: int) -> HttpResponse:
    """The page of a hold says that somebody who may release is looking at it."""
    scope = scope_of(request, to=Deed.RELEASE_ORDERS)
    order = order_or_404(scope, order_id)
    if hold := Hold.objects.standing().filter(order=order).first():
        releases.look(hold, by=scope.user, at=scope.at)
    return HttpResponse(status=NO_CONTENT)


def page(
    request: HttpRequest,
    scope: Scope,
    order: Order,
    *,
    typed: Mapping[str, Form] | None = None,
    problems: Sequence[Problem] = (),
    findings: Sequence[courtesy.Finding] = (),
    fragment: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of an order; forms that were refused come back as they were typed."""
    found = explanations.of(order, today=scope.today)
    decision = found.answer.decision
    reasons = for_sales.told([each.as_facts() for each in decision.reasons], sees_credit=scope.sees_credit)
    currencies = _currencies(found)
    asked = WhatIfForm(request.GET, currencies=currencies)
    whole = asks_for_all(request)
    context = {
        "scope": scope,
        "order": order,
        "customer": order.customer,
        "sees_customer": assignments.visible_to(scope.user, today=scope.today)
        .filter(pk=order.customer_id)
        .exists(),
        "found": found,
        "hold": found.hold,
        "held_because": MOMENT_LABELS[Moment(found.hold.moment)] if found.hold else "",
        "reasons": reasons,
        "freed": found.before if found.state == "goes" else None,
        "freed_figures": figures.sentence(found.before.ended_figures or {}) if found.before else "",
        "set_aside": decision.set_aside if scope.sees_credit else (),
        "parts": shown(_parts(found), whole=whole),
        "payment": found.answer.payment,
        "lines": shown(found.answer.payment or (), whole=whole),
        "promised": shown(found.promised, whole=whole),
        "all_url": address_of_all(request),
        "total": list(paying.totals(found.answer.payment or ()).items()),
        "decided_by": found.decided_by or deciders.next_decision(scope.company, scope.today),
        # Problems stand where the answer would: the field itself stays as it is while one types.
        "what_if": WhatIfForm(initial=request.GET.dict(), currencies=currencies),
        "what_if_problems": [text for each in asked.errors.values() for text in each],
        "outcome": _outcome(found, asked.payment, scope, whole=whole) if asked.payment else None,
        "is_watched": found.hold is not None and watches.is_watched(order, by=scope.user),
        "may_look": found.hold is not None and releases.is_first_look(found.hold, by=scope.user),
        "problems": problems,
        "findings": findings,
        "opened": next(iter(typed or {}), ""),
        **_for_customer(found, reasons),
        **_letter(scope, order, typed or {}),
        **_release(scope, found, typed or {}),
    }
    return render_page(request, "holds/show.html", context, fragment=fragment, status=status)


def _release(scope: Scope, found: Explanation, typed: Mapping[str, Form]) -> dict[str, Any]:
    """The newest request, what stands in the reader's way, and the forms they may use."""
    release, order = found.release, found.order
    known = release.known if release is not None else None
    waits = release if release is not None and release.state == ReleaseState.ASKED else None
    hindrances = releasing.problems_of_decider(
        may_release=scope.user.may(Deed.RELEASE_ORDERS),
        is_asker=waits is not None and waits.asked_by_id == scope.user.pk,
        is_salesperson=deciders.sells(scope.user, order),
    )
    may_ask = found.hold is not None and waits is None and scope.user.may(Deed.ASK_RELEASE)
    rules = found.answer.rules
    until = scope.company.calendar.add(scope.today, rules.release_working_days)
    asking = typed.get("ask") or ReleaseForm(customer=order.customer, wanted_on=_still(order, scope))
    return {
        "release": release,
        "waits": waits,
        "release_label": STATE_LABELS[ReleaseState(release.state)] if release else "",
        "may_ask": may_ask,
        "may_withdraw": waits is not None and waits.asked_by_id == scope.user.pk,
        "decides": waits is not None and not hindrances,
        "hindrances": hindrances if waits and scope.user.may(Deed.RELEASE_ORDERS) else [],
        "known": _known(release, scope),
        "known_figures": figures.sentence(known["figures"]) if known and "figures" in known else "",
        "known_rules": _version(known["rules"]) if known and known.get("rules") else None,
        "habit": _habit(order.customer) if scope.sees_credit else "",
        "ask_form": asking if may_ask else None,
        "grant_form": typed.get("grant") or GrantForm(initial={"until": until}),
        "decline_form": typed.get("decline") or DeclineForm(),
    }


def _still(order: Order, scope: Scope) -> Any:
    """The day on which it is wanted, while that is to come."""
    return order.wanted_on if order.wanted_on and order.wanted_on >= scope.today else None


def _known(release: Release | None, scope: Scope) -> list[Told]:
    """What was known when it was decided."""
    if release is None or not release.known:
        return []
    return for_sales.told(release.known["reasons"], sees_credit=scope.sees_credit)


def _version(version_id: int) -> HoldRuleVersion | None:
    """The rules by which it was decided."""
    return HoldRuleVersion.objects.filter(pk=version_id).select_related("customer").first()


def _habit(customer: Customer) -> str:
    return habit_words.told(PayHabit.objects.filter(customer=customer).first())


def _for_customer(found: Explanation, reasons: Sequence[Told]) -> dict[str, str]:
    """What the reader may tell the customer, in the customer's language and in English."""
    if found.hold is None or not reasons:
        return {"tell": "", "tell_english": "", "language": ""}
    order, customer = found.order, found.order.customer
    contact = customer.contacts.filter(is_active=True).order_by("-is_primary", "name").first()
    tag = (contact.language if contact else "") or customer.language
    codes = [each.code for each in reasons]
    waiting = Waiting(order.number, order.amount, order.currency, codes, found.answer.payment)
    language = purposes.language_of(tag)
    return {
        "tell": sentence_for_customer(waiting, language=tag, country=customer.country),
        "tell_english": sentence_for_customer(waiting) if language != "en" else "",
        "language": language,
    }


def _letter(scope: Scope, order: Order, typed: Mapping[str, Form]) -> dict[str, Any]:
    """The letter that may be written about the order, the form for it, and the one that stands."""
    purpose, _ = customer_letters.about(order) if scope.may_work else (None, None)
    standing = customer_letters.standing(order) if purpose else None
    return {
        "letter": PURPOSE_LABELS[purpose] if purpose else "",
        "letter_form": typed.get("letter") or LetterForm(customer=order.customer),
        "letter_made": standing,
        "letter_state": STATES_OF_MESSAGES[MessageState(standing.state)] if standing else "",
        "letter_waits": standing is None or standing.state in CORRECTABLE,
    }


def _parts(found: Explanation) -> list[Part]:
    """The invoices that cause it, each once, the oldest first."""
    by_invoice = {part.invoice_id: part for reason in found.answer.decision.reasons for part in reason.parts}
    return sorted(by_invoice.values(), key=lambda part: (-part.days_overdue, part.number))


def _currencies(found: Explanation) -> list[str]:
    owed = [each.currency for each in found.answer.facts.standings if each.owed]
    return list(dict.fromkeys([*paying.totals(found.answer.payment or ()), found.order.currency, *owed]))


def _outcome(found: Explanation, paid: Mapping[str, Decimal], scope: Scope, *, whole: bool) -> Outcome:
    facts, rules = found.answer.facts, found.answer.rules
    after = paying.what_if(facts, rules, paid)
    rest = paying.smallest_payment(paying.after(facts, after.lines), rules)
    reasons = [each.as_facts() for each in after.decision.reasons]
    return Outcome(
        paid=paid,
        lines=shown(after.lines, whole=whole),
        is_free=not after.decision.is_held,
        reasons=for_sales.told(reasons, sees_credit=scope.sees_credit),
        more=None if rest is None else list(paying.totals(rest).items()),
    )


urlpatterns = [
    path("holds/orders/<int:order_id>/", show, name="order"),
    path("holds/orders/<int:order_id>/look/", look, name="order_look"),
]

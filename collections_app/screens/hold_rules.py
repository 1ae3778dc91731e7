"""The rules that hold orders: for the company, for segments, for single customers; in versions."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.holds import rule_versions
from collections_app.holds.rule_rows import HoldRuleVersion
from collections_app.holds.rules import rule_sets, rule_words
from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Deed
from collections_app.screens.htmx import go_to, render_page
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import segments, versions


@dataclass(frozen=True, slots=True)
class Line:
    """One scope: whose orders, by which rules of its own (none: those of the wider scope), and its draft."""

    name: str
    segment_code: str
    number: str
    sentences: Sequence[str]
    newest: HoldRuleVersion | None
    draft: HoldRuleVersion | None


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """All scopes with what holds there."""
    scope = scope_of(request, to=Deed.EDIT_HOLD_RULES)
    return _page(request, scope)


@require_POST
def begin(request: HttpRequest, company: str) -> HttpResponse:
    """A draft for the company, a segment, or a customer told by number."""
    scope = scope_of(request, to=Deed.EDIT_HOLD_RULES)
    segment_code = request.POST.get("segment", "")
    number = request.POST.get("customer", "").strip()
    if segment_code and segment_code not in _names(scope):
        return _page(request, scope, problem="There is no such segment.", status=422)
    customer = Customer.objects.filter(company=scope.company, number=number).first() if number else None
    if number and customer is None:
        text = f"{scope.company.name} has no customer with the number “{number}”."
        return _page(request, scope, problem=text, number=number, status=422)
    if "alone" in request.POST and customer is None:
        return _page(request, scope, problem="Type the number of the customer.", status=422)
    version = rule_versions.begin(
        company=scope.company,
        segment_code="" if customer else segment_code,
        customer=customer,
        by=scope.user,
        at=scope.at,
    )
    return go_to(request, reverse("hold_rules_draft", kwargs={"company": company, "version_id": version.pk}))


@require_safe
def show(request: HttpRequest, company: str, version_id: int) -> HttpResponse:
    """A published version, and those before it in its scope."""
    scope = scope_of(request, to=Deed.EDIT_HOLD_RULES)
    found = HoldRuleVersion.objects.published().filter(company=scope.company)
    version = get_object_or_404(found.select_related("company", "customer", "published_by"), pk=version_id)
    context = {
        "scope": scope,
        "version": version,
        "name": name_of(version, scope),
        "sentences": sentences_of(version.rules, scope),
        "history": rule_versions.history(
            company=scope.company, segment_code=version.segment_code, customer=version.customer
        ),
    }
    return render_page(request, "hold_rules/show.html", context)


def name_of(version: HoldRuleVersion, scope: Scope) -> str:
    """Whose orders a version is about."""
    if version.customer:
        return version.customer.name
    if version.segment_code:
        return _names(scope).get(version.segment_code, version.segment_code)
    return scope.company.name


def sentences_of(rules: RuleSet | None, scope: Scope) -> list[str]:
    """A set in words; None follows the wider scope."""
    if rules is None:
        return ["The rules of the wider scope hold."]
    return rule_words.sentences_of(rules, currency=scope.company.currency)


def _page(
    request: HttpRequest, scope: Scope, *, problem: str = "", number: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "scope": scope,
        "lines": _lines(scope),
        "problems": [problem] if problem else [],
        "number": number,
    }
    return render_page(request, "hold_rules/index.html", context, status=status)


def _names(scope: Scope) -> dict[str, str]:
    """What the live segments are called, by code."""
    live = versions.live(scope.company)
    return {segment.code: segment.name for segment in segments.of(live)} if live else {}


def _lines(scope: Scope) -> list[Line]:
    """The company first, then its segments, then customers with rules of their own. A few queries."""
    rows = HoldRuleVersion.objects.filter(company=scope.company).select_related("customer", "published_by")
    newest: dict[tuple[str, int | None], HoldRuleVersion] = {}
    drafts: dict[tuple[str, int | None], HoldRuleVersion] = {}
    for row in rows.in_order():
        (drafts if row.state == "draft" else newest)[row.segment_code, row.customer_id] = row
    own = {row.customer_id: row.customer for row in [*newest.values(), *drafts.values()] if row.customer}
    scopes: list[tuple[str, str, int | None]] = [(scope.company.name, "", None)]
    scopes += [(name, code, None) for code, name in _names(scope).items()]
    scopes += [(each.name, "", pk) for pk, each in own.items()]
    return [
        Line(
            name=name,
            segment_code=code,
            number=own[pk].number if pk else "",
            sentences=_told(newest.get((code, pk)), scope, is_wide=not code and pk is None),
            newest=newest.get((code, pk)),
            draft=drafts.get((code, pk)),
        )
        for name, code, pk in scopes
    ]


def _told(version: HoldRuleVersion | None, scope: Scope, *, is_wide: bool) -> list[str]:
    if version is None:
        return sentences_of(rule_sets.usual(scope.company.currency), scope) if is_wide else []
    return sentences_of(version.rules, scope)


urlpatterns = [
    path("holds/rules/", index, name="hold_rules"),
    path("holds/rules/begin/", begin, name="hold_rules_begin"),
    path("holds/rules/<int:version_id>/", show, name="hold_rules_version"),
]

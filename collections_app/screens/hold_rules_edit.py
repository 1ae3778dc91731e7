"""A draft of hold rules: edited while one sees what it would hold now, then published or discarded."""

from collections.abc import Sequence

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from collections_app.holds import rule_previews, rule_versions, taking_effect
from collections_app.holds.rule_previews import Count
from collections_app.holds.rule_rows import HoldRuleVersion
from collections_app.holds.rules import rule_sets
from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens.hold_rule_forms import PublishForm, RulesForm, initial_of
from collections_app.screens.hold_rules import name_of
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import Scope, scope_of


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, company: str, version_id: int) -> HttpResponse:
    """The draft; a POST keeps other rules in it, or that it follows the wider scope."""
    scope = scope_of(request, to=Deed.EDIT_HOLD_RULES)
    version = _draft(scope, version_id)
    if request.method != "POST":
        return _page(request, scope, version)
    form = RulesForm(request.POST)
    if not form.is_valid():
        return _page(request, scope, version, form=form)
    rules = None if "follow" in request.POST else form.rules
    try:
        rule_versions.edit(
            version=version,
            rules=rules,
            revision=form.cleaned_data["revision"],
            by=scope.user,
            at=scope.at,
        )
    except Refused as refusal:
        return _page(request, scope, version, form=form, problems=refusal.problems)
    messages.success(request, "It is kept in the draft. Nothing changes until it is published.")
    return go_to(request, _address(version, company))


@require_POST
def look(request: HttpRequest, company: str, version_id: int) -> HttpResponse:
    """What the rules as typed would hold now; nothing is kept."""
    scope = scope_of(request, to=Deed.EDIT_HOLD_RULES)
    version, form = _draft(scope, version_id), RulesForm(request.POST)
    rules = form.rules if form.is_valid() and not rule_sets.problems_of(form.rules) else None
    context = {"scope": scope, "version": version, "count": _count(version, rules, scope)}
    return render_page(request, "hold_rules/counted.html", context)


@require_POST
def publish(request: HttpRequest, company: str, version_id: int) -> HttpResponse:
    """Make the draft the rules in force from a day on."""
    scope = scope_of(request, to=Deed.EDIT_HOLD_RULES)
    version, form = _draft(scope, version_id), PublishForm(request.POST)
    if not form.is_valid():
        return _page(request, scope, version, publishing=form)
    try:
        made = taking_effect.publish(version=version, **form.cleaned_data, by=scope.user, at=scope.at)
    except Refused as refusal:
        return _page(request, scope, version, publishing=form, problems=refusal.problems)
    said = f"These rules hold from {made.in_force_from:%-d %B} on."
    if made.in_force_from == scope.today:
        said = "These rules hold now, and what they let go is free."
    messages.success(request, f"{said} The night checks every order by them.")
    return go_to(request, reverse("hold_rules", kwargs={"company": company}))


@require_POST
def discard(request: HttpRequest, company: str, version_id: int) -> HttpResponse:
    """Throw the draft away."""
    scope = scope_of(request, to=Deed.EDIT_HOLD_RULES)
    version = _draft(scope, version_id)
    seen = request.POST.get("revision", "")
    try:
        revision = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else -1
        rule_versions.discard(version=version, revision=revision, by=scope.user, at=scope.at)
    except Refused as refusal:
        return _page(request, scope, version, problems=refusal.problems)
    messages.success(request, "The draft is gone; the rules in force are as they were.")
    return go_to(request, reverse("hold_rules", kwargs={"company": company}))


def _draft(scope: Scope, version_id: int) -> HoldRuleVersion:
    drafts = HoldRuleVersion.objects.filter(company=scope.company, state="draft")
    return get_object_or_404(drafts.select_related("company", "customer", "made_by"), pk=version_id)


def _address(version: HoldRuleVersion, company: str) -> str:
    return reverse("hold_rules_draft", kwargs={"company": company, "version_id": version.pk})


def _count(version: HoldRuleVersion, rules: RuleSet | None, scope: Scope) -> Count | None:
    return None if rules is None else rule_previews.count(version, rules, today=scope.today)


def _page(
    request: HttpRequest,
    scope: Scope,
    version: HoldRuleVersion,
    *,
    form: Form | None = None,
    publishing: Form | None = None,
    problems: Sequence[Problem] = (),
) -> HttpResponse:
    rules = version.rules
    wide = rule_versions.in_force(company=scope.company, day=scope.today).company.rules
    day = {"revision": version.revision, "in_force_from": scope.today}
    context = {
        "scope": scope,
        "version": version,
        "name": name_of(version, scope),
        "is_wide": not version.segment_code and not version.customer_id,
        "follows": rules is None,
        "form": form or RulesForm(initial=initial_of(rules or wide, version.revision)),
        "publish_form": publishing or PublishForm(initial=day),
        "count": _count(version, rules or wide, scope),
        "problems": problems,
        "looser": rule_versions.loosened(version, day=scope.today),
        "hindrances": rule_versions.problems_of_publishing(version, by=scope.user, day=scope.today),
    }
    refused = problems or (form and form.errors) or (publishing and publishing.errors)
    return render_page(request, "hold_rules/draft.html", context, status=UNPROCESSABLE if refused else 200)


urlpatterns = [
    path("holds/rules/drafts/<int:version_id>/", edit, name="hold_rules_draft"),
    path("holds/rules/drafts/<int:version_id>/look/", look, name="hold_rules_look"),
    path("holds/rules/drafts/<int:version_id>/publish/", publish, name="hold_rules_publish"),
    path("holds/rules/drafts/<int:version_id>/discard/", discard, name="hold_rules_discard"),
]

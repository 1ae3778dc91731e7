"""Who looks after whom: portfolios in the order in which they are asked, and stand-ins for absence."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collections_app.ledger.companies import Company, collectors_of
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.screens import conditions as rule_lines
from collections_app.screens import following
from collections_app.screens.conditions import Lines
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page, sentence
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import portfolios, previews, standings
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.covers import Cover
from collections_app.segmentation.portfolios import Portfolio
from collections_app.segmentation.previews import Take
from collections_app.segmentation.rules import conditions, sentences
from collections_app.segmentation.rules.segments import NAME_LENGTH_MAX

COVERS_SHOWN = 3


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PortfolioForm(forms.Form):
    """A portfolio beside its conditions."""

    name = forms.CharField(max_length=NAME_LENGTH_MAX, label="Name")
    collector = forms.ModelChoiceField(User.objects.none(), label="Looked after by", empty_label="choose …")

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["collector"].queryset = collectors_of(company).order_by("full_name")  # type: ignore[attr-defined]


class StandInForm(forms.Form):
    """Who covers an absence, from the first to the last day."""

    stand_in = forms.ModelChoiceField(User.objects.none(), label="Stand-in", empty_label="choose …")
    start = forms.DateField(label="From", widget=_day())
    end = forms.DateField(label="Until and with", widget=_day())

    def __init__(self, *args: Any, portfolio: Portfolio, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = collectors_of(portfolio.company).exclude(pk=portfolio.collector_id)
        self.fields["stand_in"].queryset = others.order_by("full_name")  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """One place up or down."""

    places = forms.TypedChoiceField(choices=[(-1, "up"), (1, "down")], coerce=int)


@dataclass(frozen=True, slots=True)
class Edit:
    """What the page of one portfolio shows beside the portfolio itself."""

    form: PortfolioForm
    lines: Lines
    stand_in_form: StandInForm | None = None
    problems: Sequence[Problem] = field(default_factory=tuple)
    stand_in_problems: Sequence[Problem] = field(default_factory=tuple)


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """All portfolios with what they hold."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    held = standings.by_portfolio(scope.company)
    currency = scope.company.currency
    context = {
        "scope": scope,
        "lines": [
            {
                "portfolio": portfolio,
                "takes": sentences.of_rule(portfolio.conditions, currency),
                "take": held.get(portfolio.pk, Take()),
                "is_covered": portfolio.stands_in(today=scope.today),
            }
            for portfolio in portfolios.of(scope.company)
        ],
        "following": following.of(scope),
        "nobodys": Assignment.objects.filter(company=scope.company, collector=None).count(),
    }
    return render_page(request, "portfolios/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, company: str) -> HttpResponse:
    """A new portfolio, asked last."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    if request.method != "POST":
        return _page(
            request, scope, None, Edit(PortfolioForm(company=scope.company), Lines((rule_lines.Line(),)))
        )
    return _saved(request, scope, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, company: str, portfolio_id: int) -> HttpResponse:
    """One portfolio: its rule, its collector and the stand-in."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    portfolio = _portfolio_or_404(scope, portfolio_id)
    if request.method != "POST":
        initial = {"name": portfolio.name, "collector": portfolio.collector_id}
        form = PortfolioForm(initial=initial, company=scope.company)
        return _page(request, scope, portfolio, Edit(form, rule_lines.of(portfolio.conditions)))
    return _saved(request, scope, portfolio)


@require_POST
def look(request: HttpRequest, company: str, portfolio_id: int = 0) -> HttpResponse:
    """The form as its buttons and choices make it, with how many customers meet the rule; nothing is kept."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    portfolio = _portfolio_or_404(scope, portfolio_id) if portfolio_id else None
    lines = rule_lines.read(request.POST.dict()).after(request.POST.get("step", ""))
    edit = Edit(PortfolioForm(initial=request.POST.dict(), company=scope.company), lines)
    part = "looked" if "step" in request.POST else "count"
    return _page(request, scope, portfolio, edit, fragment=part)


@require_POST
def move(request: HttpRequest, company: str, portfolio_id: int) -> HttpResponse:
    """Ask a portfolio one place earlier or later."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    portfolio = _portfolio_or_404(scope, portfolio_id)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return sentence(request, "Say whether it goes up or down.", status=UNPROCESSABLE)
    with following.followed(scope):
        portfolios.move(portfolio=portfolio, places=form.cleaned_data["places"], by=scope.user, at=scope.at)
    return go_to(request, reverse("portfolios", kwargs={"company": company}))


@require_POST
def remove(request: HttpRequest, company: str, portfolio_id: int) -> HttpResponse:
    """Take a portfolio away."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    portfolio = _portfolio_or_404(scope, portfolio_id)
    with following.followed(scope):
        portfolios.remove(portfolio=portfolio, by=scope.user, at=scope.at)
    then = following.sentence([scope.company])
    messages.success(request, f"“{portfolio}” is gone. Its customers fall to the portfolios below. {then}")
    return go_to(request, reverse("portfolios", kwargs={"company": company}))


@require_POST
def cover(request: HttpRequest, company: str, portfolio_id: int) -> HttpResponse:
    """Name the stand-in and the days."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    portfolio = _portfolio_or_404(scope, portfolio_id)
    form = StandInForm(request.POST, portfolio=portfolio)
    problems: Sequence[Problem] = ()
    if form.is_valid():
        try:
            with following.followed(scope):
                portfolios.set_stand_in(portfolio=portfolio, **form.cleaned_data, by=scope.user, at=scope.at)
        except Refused as refused:
            problems = refused.problems
        else:
            said = f"{form.cleaned_data['stand_in']} stands in for {portfolio.collector}."
            messages.success(request, f"{said} {following.sentence([scope.company])}")
            return go_to(request, _address(scope, portfolio))
    plain = PortfolioForm(
        initial={"name": portfolio.name, "collector": portfolio.collector_id}, company=scope.company
    )
    edit = Edit(plain, rule_lines.of(portfolio.conditions), form, stand_in_problems=problems)
    return _page(request, scope, portfolio, edit, status=UNPROCESSABLE)


@require_POST
def uncover(request: HttpRequest, company: str, portfolio_id: int) -> HttpResponse:
    """Nobody stands in any more."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    portfolio = _portfolio_or_404(scope, portfolio_id)
    with following.followed(scope):
        portfolios.clear_stand_in(portfolio=portfolio, by=scope.user, at=scope.at)
    then = following.sentence([scope.company])
    messages.success(request, f"{portfolio.collector} works “{portfolio}” alone again. {then}")
    return go_to(request, _address(scope, portfolio))


def _address(scope: Scope, portfolio: Portfolio) -> str:
    return reverse("portfolio", kwargs={"company": scope.company.code, "portfolio_id": portfolio.pk})


def _portfolio_or_404(scope: Scope, portfolio_id: int) -> Portfolio:
    found = Portfolio.objects.select_related("company", "collector", "stand_in")
    return get_object_or_404(found, pk=portfolio_id, company=scope.company)


def _saved(request: HttpRequest, scope: Scope, portfolio: Portfolio | None) -> HttpResponse:
    lines = rule_lines.read(request.POST.dict())
    form = PortfolioForm(request.POST, company=scope.company)
    if not form.is_valid():
        edit = Edit(form, lines, problems=conditions.problems(lines.rule))
        return _page(request, scope, portfolio, edit, status=UNPROCESSABLE)
    given = {**form.cleaned_data, "rule": lines.rule, "by": scope.user, "at": scope.at}
    try:
        with following.followed(scope):
            if portfolio is None:
                kept = portfolios.create(company=scope.company, **given)
            else:
                kept = portfolios.change(portfolio=portfolio, **given)
    except Refused as refused:
        return _page(
            request, scope, portfolio, Edit(form, lines, problems=refused.problems), status=UNPROCESSABLE
        )
    then = following.sentence([scope.company])
    messages.success(request, f"“{kept}” is looked after by {kept.collector}. {then}")
    return go_to(request, reverse("portfolios", kwargs={"company": scope.company.code}))


def _page(
    request: HttpRequest,
    scope: Scope,
    portfolio: Portfolio | None,
    edit: Edit,
    *,
    fragment: str = "form",
    status: int = 200,
) -> HttpResponse:
    kwargs = {"company": scope.company.code, **({"portfolio_id": portfolio.pk} if portfolio else {})}
    rule = edit.lines.rule
    is_sound = not conditions.problems(rule)
    context = {
        "scope": scope,
        "portfolio": portfolio,
        "edit": edit,
        "form": edit.form,
        "problems": edit.problems,
        "stand_in_form": edit.stand_in_form or (_stand_in_form(portfolio) if portfolio else None),
        "latest_covers": _latest_covers(portfolio, scope) if portfolio else [],
        "lines": edit.lines,
        "rows": rule_lines.rows(edit.lines, company=scope.company),
        "rows_max": conditions.CONDITIONS_MAX,
        "keeps_values": request.POST.get("step") == "chosen",
        "meeting": previews.taken_alone(company=scope.company, rule=rule, today=scope.today)
        if is_sound
        else None,
        "look_url": reverse("portfolio_look" if portfolio else "portfolio_new_look", kwargs=kwargs),
    }
    return render_page(request, "portfolios/show.html", context, fragment=fragment, status=status)


def _latest_covers(portfolio: Portfolio, scope: Scope) -> list[Cover]:
    begun = Cover.objects.filter(portfolio=portfolio, first_on__lte=scope.today)
    return list(begun.select_related("collector", "stand_in").order_by("-last_on", "-pk")[:COVERS_SHOWN])


def _stand_in_form(portfolio: Portfolio) -> StandInForm:
    initial = {
        "stand_in": portfolio.stand_in_id,
        "start": portfolio.stand_in_from,
        "end": portfolio.stand_in_until,
    }
    return StandInForm(initial=initial, portfolio=portfolio)


urlpatterns = [
    path("segments/portfolios/", index, name="portfolios"),
    path("segments/portfolios/new/", add, name="portfolio_new"),
    path("segments/portfolios/new/look/", look, name="portfolio_new_look"),
    path("segments/portfolios/<int:portfolio_id>/", change, name="portfolio"),
    path("segments/portfolios/<int:portfolio_id>/look/", look, name="portfolio_look"),
    path("segments/portfolios/<int:portfolio_id>/move/", move, name="portfolio_move"),
    path("segments/portfolios/<int:portfolio_id>/remove/", remove, name="portfolio_remove"),
    path("segments/portfolios/<int:portfolio_id>/stand-in/", cover, name="portfolio_cover"),
    path("segments/portfolios/<int:portfolio_id>/stand-in/end/", uncover, name="portfolio_uncover"),
]

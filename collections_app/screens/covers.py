"""Cover for an absence: how a portfolio stands for who looks after it, and what happened meanwhile for who
returns.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.chase import meanwhile, overview_sections, overviews
from collections_app.chase.rules import covering
from collections_app.chase.rules.covering import Absence
from collections_app.lib.refusals import Refused
from collections_app.screens.htmx import go_to, render_page
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import covers
from collections_app.segmentation.covers import Cover, CoverQuerySet
from collections_app.segmentation.portfolio_rows import Portfolio


@dataclass(frozen=True, slots=True)
class Told:
    """A cover as one of its two people is told of it, and what the links beside it may be."""

    cover: Cover
    sentence: str
    has_overview: bool
    has_differences: bool
    may_put_away: bool


def told(scope: Scope) -> list[Told]:
    """What home says about covers by or for the reader. One query."""
    if not scope.may_work:
        return []
    found = Cover.objects.filter(company=scope.company).told_to(scope.user, today=scope.today)
    return [_told(cover, scope) for cover in _with_names(found).order_by("first_on", "pk")]


@require_safe
def overview(request: HttpRequest, company: str, portfolio_id: int) -> HttpResponse:
    """How a portfolio stands: what a stand-in reads before the first call."""
    scope = scope_of(request)
    readable = Portfolio.objects.filter(company=scope.company).readable_by(scope.user, today=scope.today)
    portfolio = get_object_or_404(
        readable.select_related("company", "collector", "stand_in"), pk=portfolio_id
    )
    context = {
        "scope": scope,
        "portfolio": portfolio,
        "is_covered": portfolio.stands_in(today=scope.today),
        "overview": overviews.of_portfolio(portfolio, today=scope.today),
        "rows_max": overview_sections.ROWS_MAX,
        "broken_days": covering.BROKEN_DAYS,
    }
    return render_page(request, "covers/overview.html", context)


@require_safe
def show(request: HttpRequest, company: str, cover_id: int) -> HttpResponse:
    """What happened while somebody was away."""
    scope = scope_of(request)
    cover = _cover_or_404(scope, cover_id)
    context = {
        "scope": scope,
        "told": _told(cover, scope),
        "cover": cover,
        "differences": meanwhile.during(cover, at=scope.at),
        "shown_max": meanwhile.SHOWN_MAX,
    }
    return render_page(request, "covers/show.html", context)


@require_POST
def put_away(request: HttpRequest, company: str, cover_id: int) -> HttpResponse:
    """Who was away has read it: home does not offer it any more."""
    scope = scope_of(request)
    cover = _cover_or_404(scope, cover_id)
    try:
        covers.put_away(cover, by=scope.user, at=scope.at)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return go_to(request, reverse("cover", kwargs={"company": company, "cover_id": cover_id}))
    messages.success(request, f"Welcome back. “{cover.portfolio}” is with you again.")
    return go_to(request, reverse("home", kwargs={"company": company}))


def _with_names(found: CoverQuerySet) -> CoverQuerySet:
    return found.select_related("company", "portfolio__company", "collector", "stand_in")


def _cover_or_404(scope: Scope, cover_id: int) -> Cover:
    readable = Cover.objects.filter(company=scope.company).readable_by(scope.user, today=scope.today)
    return get_object_or_404(_with_names(readable), pk=cover_id)


def _told(cover: Cover, scope: Scope) -> Told:
    absence = Absence(
        str(cover.collector),
        str(cover.stand_in),
        str(cover.portfolio),
        cover.first_on,
        cover.last_on,
        ended=cover.ended_at is not None,
    )
    is_away, today = cover.collector_id == scope.user.pk, scope.today
    if is_away:
        sentence = covering.to_who_is_away(absence, today=today)
    elif cover.stand_in_id == scope.user.pk:
        sentence = covering.to_the_stand_in(absence, today=today)
    else:
        sentence = covering.to_others(absence, today=today)
    return Told(
        cover,
        sentence,
        has_overview=cover.is_running(today) or (is_away and not cover.is_over(today)),
        has_differences=cover.first_on <= today,
        may_put_away=is_away and cover.is_over(today) and cover.read_at is None,
    )


urlpatterns = [
    path("portfolios/<int:portfolio_id>/overview/", overview, name="portfolio_overview"),
    path("covers/<int:cover_id>/", show, name="cover"),
    path("covers/<int:cover_id>/read/", put_away, name="cover_read"),
]

"""Customers: their list, the page of one with the call card first, and the claim that a page holds."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from collections_app.chase import cards, claims, entries, explanations, news, statements, timeline, working
from collections_app.chase.cards import Card
from collections_app.chase.entries import Entry, Place
from collections_app.chase.rules import sentences
from collections_app.dunning import blocks, standings
from collections_app.dunning.blocks import Block
from collections_app.holds import customer_holds, deciders
from collections_app.ledger.customers import Customer
from collections_app.lib import money
from collections_app.lib.refusals import Problem
from collections_app.lib.search_keys import search_key
from collections_app.people.rules import Deed
from collections_app.screens import inbox_lists, outbox_lists, reply_form, usually_nothing, view_counts
from collections_app.screens.block_form import BlockForm
from collections_app.screens.conversation_form import ConversationForm
from collections_app.screens.customer_hold_forms import ExcludeForm, ExpiryForm, ForceForm, LiftForm
from collections_app.screens.htmx import UNPROCESSABLE, More, answer, go_to, render_page, wants_part
from collections_app.screens.note_form import NoteForm
from collections_app.screens.pause_form import PauseForm, SkipForm
from collections_app.screens.scoping import Scope, customer_or_404, scope_of
from collections_app.screens.timelines import TimelineForm
from collections_app.segmentation import assignments

PAGE_ROWS = 50
# A page renews its claim so often; the lease is longer, so one lost request loses nothing.
CLAIM_SECONDS = 240


def address(customer_id: int, company: str) -> str:
    """The page of a customer."""
    return reverse("customer", kwargs={"company": company, "customer_id": customer_id})


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """Every customer that the reader may see, by name; a filter by words of name or number."""
    scope = scope_of(request)
    words, after = request.GET.get("q", "").strip(), request.GET.get("after", "")
    visible = assignments.visible_to(scope.user, today=scope.today).filter(company=scope.company)
    only = request.GET.get("only", "")
    if only == "closed" and scope.sees_credit:
        visible = visible.filter(pk__in=news.closed_customers(scope.company).values("pk"))
    found = visible.matching(search_key(words)).order_by("search_key", "pk")
    last = visible.filter(pk=after).first() if after.isdecimal() and len(after) < 18 else None
    if last:
        found = found.after(last)
    if scope.sees_credit:
        found = found.select_related("assignment__segment", "assignment__collector")
    page = list(found[: PAGE_ROWS + 1])
    rows = cards.with_positions(page[:PAGE_ROWS])
    more = (
        urlencode({"q": words, "only": only, "after": str(rows[-1].customer.pk)})
        if len(page) > PAGE_ROWS
        else ""
    )
    context = {
        "scope": scope,
        "words": words,
        "only": only,
        "rows": rows,
        "more": more,
        "is_first": last is None,
    }
    return render_page(request, "customers/index.html", context, fragment="list")


def context_of(scope: Scope, customer: Customer, **given: Any) -> dict[str, Any]:
    """What the page of a customer shows; forms that were refused come back as they were typed."""
    with usually_nothing.foreseen(scope, customer):
        return _context(scope, customer, **given)


def _context(
    scope: Scope,
    customer: Customer,
    *,
    entry: Entry | None = None,
    all_invoices: bool = False,
    form: ConversationForm | None = None,
    pause_form: PauseForm | None = None,
    skip_form: SkipForm | None = None,
    note_form: NoteForm | None = None,
    note_problems: Sequence[Problem] = (),
    block_form: BlockForm | None = None,
    block_problems: Sequence[Problem] = (),
    hold_typed: Mapping[str, Form] | None = None,
    hold_problems: Sequence[Problem] = (),
    problems: Sequence[Problem] = (),
    ticked: Sequence[int] = (),
) -> dict[str, Any]:
    card = Card(customer, today=scope.today, at=scope.at, all_invoices=all_invoices)
    card.look(entry)
    entry = card.entry
    reminded = standings.of(customer)
    standing = blocks.standing_of(customer, today=scope.today)
    held = claims.held_by_others(customers=[customer.pk], user=scope.user, at=scope.at)
    return {
        "scope": scope,
        "card": card,
        "customer": customer,
        "entry": entry,
        "parts": explanations.why(entry) if entry else [],
        "way_off": explanations.way_off(entry) if entry else [],
        "absent": sentences.absent(entry.left_out, entry.left_out_facts, today=entry.day)
        if entry and entry.left_out
        else "",
        "held_by": held.get(customer.pk),
        "previous": _previous(scope, entry),
        "claim_seconds": CLAIM_SECONDS,
        "form": form or ConversationForm(card=card, now=scope.now),
        "pause_form": pause_form or PauseForm(today=scope.today),
        "skip_form": skip_form or SkipForm(),
        "note_form": note_form or NoteForm(),
        "note_problems": note_problems,
        "blocks": [(block, _may_not_lift(block, scope)) for block in standing],
        "block_form": block_form or BlockForm(today=scope.today, invoices=card.invoices),
        "block_problems": block_problems,
        "problems": problems,
        "holds": card.holds,
        "steers": scope.user.may(Deed.RELEASE_ORDERS),
        "hold_forms": _hold_forms(scope, card) | dict(hold_typed or {}),
        "hold_opened": next(iter(hold_typed or {}), ""),
        "hold_problems": hold_problems,
        "reminders": reminded,
        "deeds": reminded.deeds,
        "ticked": set(ticked),
        "unsent": outbox_lists.unsent(customer, at=scope.at),
        "unread": inbox_lists.unread_of(customer),
        "timeline": timeline.read(customer),
        "choice": "all",
        "choices": timeline.CHOICES,
        "filter_form": TimelineForm(customer=customer),
    }


def _hold_forms(scope: Scope, card: Card) -> dict[str, Form]:
    """By which a manager decides about all orders of the customer."""
    if not scope.user.may(Deed.RELEASE_ORDERS):
        return {}
    return {
        "force": ForceForm(),
        "lift": LiftForm(forced=card.holds.forced),
        "exclude": ExcludeForm(today=scope.today, most=most_alone(scope, card.customer)),
        "expiry": ExpiryForm(term=card.holds.term),
    }


def most_alone(scope: Scope, customer: Customer) -> str:
    """The largest order of theirs that the reader lets go alone; empty for any."""
    most = deciders.most_alone(scope.user, customer, today=scope.today)
    return "" if most is None else money.shown(most, scope.company.currency)


def _may_not_lift(block: Block, scope: Scope) -> str:
    return " ".join(problem.message for problem in block.problems_of_lifting(scope.user, today=scope.today))


def _previous(scope: Scope, entry: Entry | None) -> int | None:
    """The customer above this one on the reader's list, so that *Next* has a way back."""
    if entry is None or not scope.may_work:
        return None
    whole = scope.user.may(Deed.SEE_WHOLE_COMPANY)
    return entries.customer_above(entry.place, company=scope.company, collector=None if whole else scope.user)


@require_safe
def show(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """The page of a customer."""
    scope = scope_of(request)
    customer = customer_or_404(scope, customer_id)
    whole = request.GET.get("invoices") == "all"
    if not scope.sees_credit:
        return render_page(request, "customers/statement.html", _statement(scope, customer, whole))
    given: dict[str, Any] = {"all_invoices": whole}
    if answer_to := reply_form.filled(request, scope, customer):
        # All invoices, so that those it names are there to be ticked.
        given = {"all_invoices": True, "form": answer_to.form, "ticked": answer_to.ticked}
    return render_page(request, "customers/show.html", context_of(scope, customer, **given))


def _statement(scope: Scope, customer: Customer, all_invoices: bool) -> dict[str, Any]:
    return {
        "scope": scope,
        "customer": customer,
        "holds": customer_holds.of(customer, today=scope.today),
        "statement": statements.statement_of(customer, today=scope.today, all_invoices=all_invoices),
        "timeline": timeline.read(customer, timeline.Filter(statements.TIMELINE)),
        "choice": statements.TIMELINE,
        "choices": [statements.TIMELINE],
    }


def refused(request: HttpRequest, scope: Scope, customer: Customer, **given: Any) -> HttpResponse:
    """The page again with what was typed and what stands in the way; htmx gets the region alone."""
    context = context_of(scope, customer, **given)
    return render_page(request, "customers/show.html", context, fragment="customer", status=UNPROCESSABLE)


def go_on(
    request: HttpRequest, scope: Scope, *, after: Place | None, said: str, undo: str, more: More | None = None
) -> HttpResponse:
    """After a deed: the next customer, already rendered, with what was said, its undo, and what ``more`` can
    be done about it in one key.
    """
    view_counts.forget(scope)
    entry = working.next_for(
        user=scope.user, company=scope.company, today=scope.today, at=scope.at, after=after
    )
    if entry is None:
        messages.success(request, said, extra_tags=undo)
        messages.info(request, "Nothing is left on your list for now.")
        return go_to(request, reverse("chase_list", kwargs={"company": scope.company.code}))
    then = address(entry.customer_id, scope.company.code)
    context: dict[str, Any] = {"oob": True}
    if wants_part(request):
        context |= context_of(scope, customer_or_404(scope, entry.customer_id), entry=entry)
    response = answer(request, "customers/next.html", context, then=then, said=said, undo=undo, more=more)
    if wants_part(request):
        response.headers["HX-Push-Url"] = then
    return response


@require_POST
def renew_claim(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """The page says that it is still open. Answered with who has the customer."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    claim = working.open_customer(customer=customer_or_404(scope, customer_id), user=scope.user, at=scope.at)
    held_by = claim.user if claim.user_id != scope.user.pk else None
    return render_page(request, "customers/_claim.html", {"held_by": held_by})


urlpatterns = [
    path("customers/", index, name="customers"),
    path("customers/<int:customer_id>/", show, name="customer"),
    path("customers/<int:customer_id>/claim/", renew_claim, name="customer_claim"),
]

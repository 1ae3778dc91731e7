"""One promise: how it stands, instalment by instalment, and its two ends by hand: another promise takes its
place, or it is withdrawn. Both say why; a promise is never edited.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.chase import working
from collections_app.contact import promise_histories
from collections_app.contact.promised import Promise
from collections_app.contact.rules import (
    CONFIDENCE_LABELS,
    PAY_BY_LABELS,
    PROMISE_STATE_LABELS,
    PromiseState,
    promising,
)
from collections_app.contact.rules.promising import BECAUSE_LETTERS_MAX, INSTALMENTS_MAX, Instalment
from collections_app.lib import money
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens import view_counts
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import Scope, customer_or_404, scope_of

ROWS = 3  # instalments that a form offers room for, unless more were asked for


class WithdrawForm(forms.Form):
    """Why a promise does not stand any more."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    because = forms.CharField(
        label="Why",
        max_length=BECAUSE_LETTERS_MAX,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Say in a few words why, so that colleagues understand it later."},
    )


class ReplaceForm(forms.Form):
    """What is promised instead: one day, or several with an amount each."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    said_by = forms.CharField(label="Who said it", max_length=promising.NAME_LETTERS_MAX, required=False)
    said_by_role = forms.CharField(label="Their role", max_length=promising.ROLE_LETTERS_MAX, required=False)
    how = forms.ChoiceField(
        label="How it comes", required=False, choices=[("", "Not said"), *PAY_BY_LABELS.items()]
    )
    confidence = forms.ChoiceField(
        label="How far we believe it", required=False, choices=[("", "Not said"), *CONFIDENCE_LABELS.items()]
    )
    because = forms.CharField(
        label="Why it changes",
        max_length=BECAUSE_LETTERS_MAX,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Say in a few words why, so that colleagues understand it later."},
    )

    def __init__(self, *args: Any, rows: int = ROWS, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "new_%s", **kwargs})
        self.rows = rows
        for number in range(1, rows + 1):
            self.fields[f"on_{number}"] = forms.DateField(
                label=f"Day {number}",
                required=False,
                widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            )
            self.fields[f"amount_{number}"] = forms.DecimalField(
                label=f"Amount {number}",
                required=False,
                max_digits=money.MAX_DIGITS,
                decimal_places=money.DECIMAL_PLACES,
                widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
            )

    @property
    def plan(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of each instalment."""
        return [(self[f"on_{number}"], self[f"amount_{number}"]) for number in range(1, self.rows + 1)]

    def clean(self) -> dict[str, Any]:
        """A day without an amount, or the other way round, is asked about; a row left empty is not there."""
        given = self.cleaned_data
        plan = []
        for number in range(1, self.rows + 1):
            day, amount = given.pop(f"on_{number}", None), given.pop(f"amount_{number}", None)
            if (day is None) != (amount is None) and not self.errors.get(f"on_{number}"):
                missing = "on" if day is None else "amount"
                self.add_error(f"{missing}_{number}", "Say which day." if day is None else "Say how much.")
            elif day is not None:
                plan.append(Instalment(day, amount))
        if not plan and not self.errors:
            self.add_error("on_1", "Say how much is promised, and for which day.")
        return {**given, "instalments": plan}

    def facts(self) -> dict[str, Any]:
        """The promise as the verb takes it."""
        given = self.cleaned_data
        return {**given, "amount": sum((each.amount for each in given["instalments"]), money.ZERO)}


@require_safe
def show(request: HttpRequest, company: str, promise_id: int) -> HttpResponse:
    """A promise, with the forms by which it may end while it runs."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    return _page(request, scope, _promise_or_404(scope, promise_id))


@require_POST
def replace(request: HttpRequest, company: str, promise_id: int) -> HttpResponse:
    """Another promise takes its place."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    promise = _promise_or_404(scope, promise_id)
    form = ReplaceForm(request.POST, rows=_rows(request))
    if not form.is_valid():
        return _page(request, scope, promise, replacing=form, status=UNPROCESSABLE)
    try:
        view_counts.forget(scope)
        made = working.replace_promise(promise, **form.facts(), by=scope.user, at=scope.at)
    except Refused as refused:
        return _page(request, scope, promise, replacing=form, problems=refused.problems, status=UNPROCESSABLE)
    said = f"Promised anew: {money.shown(made.amount, made.currency)}."
    day = promising.moved(made.promised_on, scope.company.calendar)
    messages.success(request, f"{said} {day}".strip())
    return go_to(request, address(made, scope))


@require_POST
def withdraw(request: HttpRequest, company: str, promise_id: int) -> HttpResponse:
    """It is taken back, and what it was for is to be collected again."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    promise = _promise_or_404(scope, promise_id)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, scope, promise, withdrawing=form, status=UNPROCESSABLE)
    try:
        view_counts.forget(scope)
        working.withdraw_promise(promise, **form.cleaned_data, by=scope.user, at=scope.at)
    except Refused as refused:
        return _page(
            request, scope, promise, withdrawing=form, problems=refused.problems, status=UNPROCESSABLE
        )
    messages.success(request, "The promise is withdrawn.")
    return go_to(request, address(promise, scope))


def address(promise: Promise, scope: Scope) -> str:
    """The page of a promise."""
    return reverse("promise", kwargs={"company": scope.company.code, "promise_id": promise.pk})


def _promise_or_404(scope: Scope, promise_id: int) -> Promise:
    found = Promise.objects.select_related("company", "customer", "recorded_by", "ended_by", "replaced_by")
    promise = get_object_or_404(found, pk=promise_id)
    customer_or_404(scope, promise.customer_id)
    return promise


def _rows(request: HttpRequest) -> int:
    """How many instalments the form has room for."""
    asked = request.POST.get("rows") or request.GET.get("rows") or ""
    return min(max(int(asked), ROWS), INSTALMENTS_MAX) if asked.isdecimal() and len(asked) < 4 else ROWS


def _page(
    request: HttpRequest,
    scope: Scope,
    promise: Promise,
    *,
    replacing: ReplaceForm | None = None,
    withdrawing: WithdrawForm | None = None,
    problems: Sequence[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    promise.refresh_from_db()
    parts = list(promise.instalments.order_by("number"))
    current = next((part for part in parts if part.promised_on == promise.promised_on), parts[0])
    rows = replacing.rows if replacing else _rows(request)
    context = {
        "scope": scope,
        "promise": promise,
        "state": PROMISE_STATE_LABELS[PromiseState(promise.state)],
        "is_running": promise.state == PromiseState.RUNNING,
        "parts": [(part, PROMISE_STATE_LABELS[PromiseState(part.state)]) for part in parts],
        "current": current,
        "moved": promising.moved(current.promised_on, scope.company.calendar),
        "lines": promise.lines.select_related("invoice").order_by("invoice__due_on", "pk"),
        "awaited": promise.awaited,
        "still": promise.still,
        "how": PAY_BY_LABELS.get(promise.how, ""),  # type: ignore[call-overload]
        "confidence": CONFIDENCE_LABELS.get(promise.confidence, ""),  # type: ignore[call-overload]
        "kept_percent": f"{(promise.kept_share * 100).normalize():f}",
        "after_broken": promising.after_broken(
            promise_histories.broken_count(promise.customer, today=scope.today)
        ),
        "replacing": replacing or _filled(promise, rows, today=scope.today, still=promise.still),
        "withdrawing": withdrawing or WithdrawForm(initial={"version": promise.version}),
        "problems": problems,
        "is_withdrawing": withdrawing is not None,
        "more_rows": INSTALMENTS_MAX if rows < INSTALMENTS_MAX else 0,
    }
    return render_page(request, "promises/show.html", context, status=status)


def _filled(promise: Promise, rows: int, *, today: dt.date, still: Decimal) -> ReplaceForm:
    """What mostly changes is the day: the rest stands there as it was."""
    running = list(promise.instalments.filter(state=PromiseState.RUNNING).order_by("number"))
    filled: dict[str, Any] = {
        "version": promise.version,
        "form_key": uuid4(),
        "said_by": promise.said_by,
        "said_by_role": promise.said_by_role,
        "how": promise.how,
        "confidence": promise.confidence,
    }
    for number, part in enumerate(running[:INSTALMENTS_MAX], start=1):
        amount = still if len(running) == 1 else part.amount
        filled[f"on_{number}"] = max(part.promised_on, today)
        filled[f"amount_{number}"] = money.text(amount, promise.currency)
    return ReplaceForm(initial=filled, rows=min(max(rows, len(running)), INSTALMENTS_MAX))


urlpatterns = [
    path("promises/<int:promise_id>/", show, name="promise"),
    path("promises/<int:promise_id>/replace/", replace, name="promise_replace"),
    path("promises/<int:promise_id>/end/", withdraw, name="promise_end"),
]

"""One's own second factors: an app for codes, passkeys, and codes on paper. Whoever adds or removes something
gives their password once more, so that a browser left alone is not enough.
"""

from collections.abc import Sequence
from typing import Any

import segno
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from collections_app.activity import second_factors
from collections_app.ledger import companies
from collections_app.lib import clock
from collections_app.lib.refusals import Problem, Refused
from collections_app.people import second_factor_rules as rules
from collections_app.people import second_factors as own
from collections_app.people.second_factors import SecondFactor
from collections_app.people.users import User
from collections_app.screens import passkeys, sign_in, sign_in_pauses
from collections_app.screens.entering import NEEDS_FACTOR
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import reader_of

# In the session: what the secret of an app follows from until its first code proves it.
SALT = "app_salt"
WRONG_PASSWORD = Problem("password", "That is not your password.")


class PasswordForm(forms.Form):
    """Somebody shows that it is them."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class FactorForm(PasswordForm):
    """What every second factor has."""

    name = forms.CharField(max_length=rules.NAME_LETTERS_MAX, label="Call it", initial="My phone")


class AppForm(FactorForm):
    """The first code of an app."""

    code = forms.CharField(
        max_length=12,
        label="The code that the app shows",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    field_order = ("code", "name", "password")


class PasskeyForm(FactorForm):
    """What the browser answered."""

    answer = forms.CharField(
        widget=forms.HiddenInput, error_messages={"required": "Your browser has not made a passkey yet."}
    )
    field_order = ("name", "password")


@require_http_methods(["GET", "HEAD", "POST"])
def add_app(request: HttpRequest) -> HttpResponse:
    """The picture for the app, and its first code."""
    user, form = reader_of(request), AppForm(request.POST or None)
    # A secret that stood on the page of before may have been seen: each look has its own.
    if request.method != "POST" or SALT not in request.session:
        request.session[SALT] = own.new_salt()
    salt = request.session[SALT]
    problems: Sequence[Problem] = _problems(request, form)
    if form.is_bound and form.is_valid() and not problems:
        given = form.cleaned_data
        try:
            codes = second_factors.add_app(
                salt=salt, code=given["code"], name=given["name"], by=user, at=clock.now()
            )
        except Refused as refused:
            problems = refused.problems
        else:
            del request.session[SALT]
            return _added(request, codes)
    secret = own.secret_of(salt)
    picture = segno.make(rules.address(secret, username=user.username), error="m", micro=False)
    context = {
        "form": form,
        "problems": problems,
        "spelled": rules.spelled(secret),
        # Drawn by a library from numbers and letters of ours.
        "picture": mark_safe(picture.svg_inline(scale=5, border=4, light="#fff", dark="#000")),
    }
    return _page(request, "signing_in/app.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: HttpRequest) -> HttpResponse:
    """What the browser is asked, and its answer."""
    user, form = reader_of(request), PasskeyForm(request.POST or None, initial={"name": "This device"})
    problems: Sequence[Problem] = _problems(request, form)
    if form.is_bound and form.is_valid() and not problems:
        given = form.cleaned_data
        credential = passkeys.added(request, given["answer"])
        try:
            if credential is None:
                raise Refused.because("answer", "The browser's answer does not fit. Try once more.")
            codes = second_factors.add_passkey(
                credential=credential, name=given["name"], by=user, at=clock.now()
            )
        except Refused as refused:
            problems = refused.problems
        else:
            return _added(request, codes)
    options = passkeys.to_add(request, user, SecondFactor.objects.filter(user=user))
    return _page(request, "signing_in/passkey.html", {"form": form, "problems": problems, "options": options})


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, factor_id: int) -> HttpResponse:
    """One of the reader's own."""
    user, form = reader_of(request), PasswordForm(request.POST or None)
    factor = get_object_or_404(SecondFactor, pk=factor_id, user=user)
    problems: Sequence[Problem] = _problems(request, form)
    if form.is_bound and form.is_valid() and not problems:
        is_required = companies.ask_second_factor_of(user)
        try:
            second_factors.remove(factor, is_required=is_required, by=user, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"“{factor}” is no second factor of yours any more.")
            return go_to(request, reverse("signing_in"))
    context = {"form": form, "problems": problems, "title": f"Remove “{factor}”", "button": "Remove it"}
    return _page(request, "signing_in/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def renew_codes(request: HttpRequest) -> HttpResponse:
    """New codes for paper."""
    user, form = reader_of(request), PasswordForm(request.POST or None)
    problems: Sequence[Problem] = _problems(request, form)
    if form.is_bound and form.is_valid() and not problems:
        try:
            return _added(request, second_factors.renew_codes(by=user, at=clock.now()))
        except Refused as refused:
            problems = refused.problems
    words = "The recovery codes that you have on paper are worth nothing any more then."
    context = {"title": "New recovery codes", "words": words, "button": "Make new codes"}
    return _page(request, "signing_in/confirm.html", {"form": form, "problems": problems, **context})


def _problems(request: HttpRequest, form: forms.Form) -> list[Problem]:
    """That the password is wrong, or that one has to wait after wrong ones. They are counted like those of
    the sign-in page.
    """
    if not form.is_bound or not form.is_valid():
        return []
    user: User = reader_of(request)
    if waits := sign_in.begin_try(request, user.username):
        return [Problem("password", waits[0])]
    if user.check_password(form.cleaned_data["password"]):
        sign_in_pauses.take_back(request, user.username)
        return []
    sign_in_pauses.failed(request, user.username)
    return [WRONG_PASSWORD]


def _added(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """Codes are shown once; without any, back to the list."""
    request.session[NEEDS_FACTOR] = False
    if codes:
        return render_page(request, "signing_in/codes.html", {"codes": codes})
    messages.success(request, "It is asked for from your next sign-in on.")
    return go_to(request, reverse("signing_in"))


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render_page(request, template, context, status=UNPROCESSABLE if request.method == "POST" else 200)


urlpatterns = [
    path("preferences/signing-in/app/", add_app, name="factor_app"),
    path("preferences/signing-in/passkey/", add_passkey, name="factor_passkey"),
    path("preferences/signing-in/codes/", renew_codes, name="factor_codes"),
    path("preferences/signing-in/factors/<int:factor_id>/remove/", remove, name="factor_remove"),
]

"""Signing in and out. In the demo the page offers the demo's people."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from collections_app.chase import news
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.management import demo
from collections_app.people import users
from collections_app.people.users import User
from collections_app.screens import carried_forms, sign_in_pauses, signed_in

TOLD_IN_SECONDS, TOO_MANY, UNAUTHORIZED = 90, 429, 401


class SignIn(views.LoginView):
    """The sign-in page; a signed-in visitor goes on to where they wanted."""

    template_name = "sign_in.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """After some wrong passwords a name has to wait at its address, before any other is looked at."""
        seconds = sign_in_pauses.seconds_left(request, request.POST.get("username", ""))
        if not seconds:
            return super().post(request, *args, **kwargs)
        wait = f"{seconds} seconds" if seconds < TOLD_IN_SECONDS else f"{-(-seconds // 60)} minutes"
        problems = [f"There were too many wrong passwords. Wait {wait}, then try again."]
        form = self.get_form_class()(request, initial={"username": request.POST["username"]})
        return self.render_to_response(self.get_context_data(form=form, problems=problems), status=TOO_MANY)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """A wrong password is counted."""
        if form.cleaned_data.get("username"):
            sign_in_pauses.failed(self.request, form.cleaned_data["username"])
        return super().form_invalid(form)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """A visit begins: home tells what happened since the last one did."""
        user = form.get_user()
        sign_in_pauses.forget(self.request, user.get_username())
        if isinstance(user, User):
            company = Company.objects.visible_to(user).order_by("name").first()
            zone = ZoneInfo(company.time_zone) if company else dt.UTC
            users.begin_visit(user, left_at=news.left_at(user), zone=zone, at=clock.now())
        response = super().form_valid(form)
        if isinstance(user, User):
            signed_in.begin(self.request, user, at=clock.now())
        carried = carried_forms.unpack(self.request.POST.get("carried", ""))
        return render(self.request, "carried.html", {"carried": carried}) if carried else response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = demo.sign_ins() if settings.SHOWS_DEMO_SIGN_INS else []
        offered = [(username, role, password) for username, password, role, _ in people]
        carried = self.request.POST.get("carried", "")
        return super().get_context_data(**{"demo_sign_ins": offered, "carried": carried, **kwargs})


class SignOut(views.LogoutView):
    """The way out; the session is noted as ended."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out."""
        signed_in.end(request)
        return super().post(request, *args, **kwargs)


def ask_again(request: HttpRequest, carried: str) -> HttpResponse:
    """The sign-in page for somebody whose session ended while they typed; ``carried`` is their form."""
    view = SignIn()
    view.setup(request)
    context = view.get_context_data(form=AuthenticationForm(request), carried=carried)
    return view.render_to_response(context, status=UNAUTHORIZED)


urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="sign_in"),
    path("sign-out/", SignOut.as_view(), name="sign_out"),
]

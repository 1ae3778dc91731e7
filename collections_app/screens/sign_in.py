"""Signing in and out. In the demo the page offers the demo's people. Whoever has a second factor is asked for
it after their password.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from collections_app.activity import sign_ins
from collections_app.lib import clock
from collections_app.management import demo
from collections_app.people import second_factors, second_step_pauses
from collections_app.people.second_factors import SecondFactor
from collections_app.people.users import User
from collections_app.screens import passkeys, sign_in_pauses, signed_in
from collections_app.screens.entering import enter
from collections_app.screens.htmx import UNPROCESSABLE

# What a browser kept of us goes with whoever signs out; the session ends by itself.
CLEARED_AT_THE_END = '"cache", "storage"'
TOLD_IN_SECONDS, TOO_MANY, UNAUTHORIZED = 90, 429, 401
# In the session of somebody who has given their password, for some minutes.
SECOND_STEP = "second_step"
SECOND_STEP_MINUTES = 5
SECOND_STEP_TRIES = 5
FEW_CODES = 3
TOO_LONG = f"That took longer than {SECOND_STEP_MINUTES} minutes. Begin once more."
TOO_OFTEN = "There were too many wrong tries. Begin once more."
WRONG = "That is not right, or it was used before. Try the next code."


class SignIn(views.LoginView):
    """The sign-in page; a signed-in visitor goes on to where they wanted."""

    template_name = "sign_in.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """After some wrong passwords a name has to wait at its address, before any other is looked at."""
        username = request.POST.get("username", "")
        problems = begin_try(request, username) if username.strip() else []
        if not problems and (problems := _told(sign_in_pauses.begin_as_stranger(request, username))):
            sign_in_pauses.take_back(request, username)
        if not problems:
            return super().post(request, *args, **kwargs)
        form = self.get_form_class()(request, initial={"username": username})
        return self.render_to_response(self.get_context_data(form=form, problems=problems), status=TOO_MANY)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """A wrong password; the first pause is told."""
        if form.cleaned_data.get("username"):
            sign_in_pauses.failed(self.request, form.cleaned_data["username"])
        return super().form_invalid(form)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """In, or on to the second factor."""
        user = form.get_user()
        assert isinstance(user, User)  # there is one backend, and one kind of user
        sign_in_pauses.take_back(self.request, user.username)
        sign_in_pauses.take_back_as_stranger(self.request, user.username)
        return go_on(self.request, user, then=self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = demo.sign_ins() if settings.SHOWS_DEMO_SIGN_INS else []
        offered = [(username, role, password) for username, password, role, _ in people]
        carried = self.request.POST.get("carried", "")
        return super().get_context_data(
            **{"demo_sign_ins": offered, "carried": carried, "sign_on": settings.SIGN_ON, **kwargs}
        )


class SignOut(views.LogoutView):
    """The way out; the session is noted as ended."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out."""
        signed_in.end(request)
        answer = super().post(request, *args, **kwargs)
        request.session[signed_in.ASK_ANEW] = True
        answer["Clear-Site-Data"] = CLEARED_AT_THE_END
        return answer


def go_on(request: HttpRequest, user: User, *, then: str, is_vouched_for: bool = False) -> HttpResponse:
    """In, or on to the second factor where ``user`` has one. Whom the identity provider of the house vouches
    for adds none here because a company asks for it: the provider does.
    """
    if not second_factors.has_any(user):
        return enter(request, user, then=then, may_need_factor=not is_vouched_for)
    request.session.cycle_key()  # who knew the number of before knows nothing of what follows
    until = clock.now() + dt.timedelta(minutes=SECOND_STEP_MINUTES)
    request.session[SECOND_STEP] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "until": until.isoformat(),
        "then": then,
        "tries": 0,
    }
    return _ask(request, user)


@login_not_required
@never_cache
@sensitive_post_parameters("code", "answer")
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """The second step: a code of the app, one from paper, or a passkey. Wrong ones are counted like wrong
    passwords.
    """
    user = _who_gave_their_password(request)
    if user is None:
        return _begin_again(request, TOO_LONG if request.session.pop(SECOND_STEP, None) else "")
    if request.method != "POST":
        return _ask(request, user)
    problems = begin_try(request, user.username)
    if not problems and (problems := _begin_anywhere(user)):
        sign_in_pauses.take_back(request, user.username)
    if problems:
        return _ask(request, user, problems, status=TOO_MANY)
    if _is_right(request, user):
        second_step_pauses.forget(user)
        return enter(request, user, then=request.session.pop(SECOND_STEP)["then"])
    sign_in_pauses.failed(request, user.username)
    step = request.session.pop(SECOND_STEP)
    if step["tries"] + 1 >= SECOND_STEP_TRIES:
        return _begin_again(request, TOO_OFTEN)
    request.session[SECOND_STEP] = {**step, "tries": step["tries"] + 1}
    return _ask(request, user, [WRONG], status=UNPROCESSABLE)


def _begin_anywhere(user: User) -> list[str]:
    """Count it wherever it comes from; or else that they have to wait, in a sentence."""
    at = clock.now()
    left = second_step_pauses.begin_try(user, at=at, on_first_pause=lambda: sign_ins.paused(user, at=at))
    return _told(left)


def begin_try(request: HttpRequest, username: str) -> list[str]:
    """Count a try; or else that ``username`` has to wait at this address, in a sentence."""
    return _told(sign_in_pauses.begin_try(request, username))


def _told(seconds: int) -> list[str]:
    if not seconds:
        return []
    told = f"{seconds} seconds" if seconds < TOLD_IN_SECONDS else f"{-(-seconds // 60)} minutes"
    return [f"There were too many wrong tries. Wait {told}, then try again."]


def _begin_again(request: HttpRequest, words: str) -> HttpResponse:
    """Back to the first step, with a form that was carried and with ``words`` that say why."""
    if words:
        messages.info(request, words)
    if carried := request.POST.get("carried", ""):
        return ask_again(request, carried)
    return HttpResponseRedirect(reverse("start" if request.user.is_authenticated else "sign_in"))


def ask_again(request: HttpRequest, carried: str) -> HttpResponse:
    """The sign-in page for somebody whose session ended while they typed; ``carried`` is their form."""
    view = SignIn()
    view.setup(request)
    context = view.get_context_data(form=AuthenticationForm(request), carried=carried)
    return view.render_to_response(context, status=UNAUTHORIZED)


def _who_gave_their_password(request: HttpRequest) -> User | None:
    """None when nobody did, when it is too long ago, or when it was changed meanwhile."""
    step = request.session.get(SECOND_STEP)
    if not step or clock.now() >= dt.datetime.fromisoformat(step["until"]):
        return None
    user = User.objects.filter(pk=step["user"], is_active=True).first()
    return user if user and user.get_session_auth_hash() == step["password"] else None


def _is_right(request: HttpRequest, user: User) -> bool:
    at = clock.now()
    if answer := request.POST.get("answer", ""):
        factor = passkeys.shown(request, answer, SecondFactor.objects.filter(user=user))
        if factor:
            second_factors.used(factor, at=at)
        return factor is not None
    taken = second_factors.take_code(user=user, code=request.POST.get("code", ""), at=at)
    if taken == second_factors.FROM_PAPER:
        left = sign_ins.used_recovery_code(user, at=at)
        advice = " Make new ones under How you sign in." if left <= FEW_CODES else ""
        codes = "code is" if left == 1 else "codes are"
        messages.info(request, f"You used a recovery code. {left} {codes} left.{advice}")
    return bool(taken)


def _ask(
    request: HttpRequest, user: User, problems: list[str] | None = None, *, status: int = 200
) -> HttpResponse:
    known = list(SecondFactor.objects.filter(user=user))
    context = {
        "problems": problems,
        "carried": request.POST.get("carried", ""),
        "has_app": any(each.kind == "app" for each in known),
        "options": passkeys.to_use(request, known),
    }
    return render(request, "sign_in_second.html", context, status=status)


urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="sign_in"),
    path("sign-in/second/", second, name="sign_in_second"),
    path("sign-out/", SignOut.as_view(), name="sign_out"),
]

"""Everybody signs in first. A form that came after its session had ended is carried along."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from collections_app.screens import carried_forms, sign_in, signed_in
from collections_app.screens.entering import NEEDS_FACTOR, OPEN_WITHOUT
from collections_app.screens.htmx import NO_CONTENT, go_to, wants_part


class SignInRequired(LoginRequiredMiddleware):
    """Stands after the check of the form's token, so that only forms of ours are carried."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Whoever is let in did something, unless the page asked by itself."""
        refused = super().process_view(request, view_func, view_args, view_kwargs)
        if refused is not None or not getattr(view_func, "login_required", True):
            return refused
        signed_in.saw(request)
        name = request.resolver_match.url_name if request.resolver_match else None
        if not request.session.get(NEEDS_FACTOR) or name in OPEN_WITHOUT:
            return None
        if signed_in.BY_ITSELF in request.headers:
            return HttpResponse(status=NO_CONTENT)  # nobody is led away from the page that adds it
        return go_to(request, reverse("signing_in"))

    def handle_no_permission(  # type: ignore[override]  # a form is answered by a page
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        """To the sign-in page: with the form that was sent, or with where one wanted to go."""
        signed_in.say_why(request)
        if request.method != "POST" or wants_part(request):
            return super().handle_no_permission(request, view_func)
        if carried := carried_forms.pack(request):
            return sign_in.ask_again(request, carried)
        return redirect_to_login(carried_forms.page_of(request), settings.LOGIN_URL)

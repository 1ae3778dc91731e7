"""Where a system comes in: who it is, whether it asks too often, and whether it asked this before."""

import datetime as dt
import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from ninja.security import HttpBearer

from collections_app.api import paces, problems
from collections_app.ledger import customers
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import clock, outages, visitors, walls
from collections_app.lib.refusals import Refused
from collections_app.systems import kept_answers, systems, tokens
from collections_app.systems.kept_answers import KEY_LETTERS_MAX, Reply, Waits
from collections_app.systems.rules.scopes import Scope
from collections_app.systems.system_rows import System

KEY_HEADER = "Idempotency-Key"
View = Callable[..., HttpResponse]


class Token(HttpBearer):
    """A token of a connected system that was allowed ``scope``; None asks for a token only."""

    def __init__(self, scope: Scope | None = None) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> System | None:
        """The system that came in. Raises ``Forbidden`` when it may not do this."""
        system: System | None = request.META.get("workbench.system")
        if system is not None and self.scope is not None and not system.may(self.scope):
            text = f"This system was not allowed “{self.scope.value}”. An administrator can allow it."
            raise problems.Forbidden(text)
        return system


def system_of(request: HttpRequest) -> System:
    """Who asks."""
    system: System = request.META["workbench.system"]
    return system


def company_of(request: HttpRequest, code: str) -> Company:
    """A company that the system sees. Raises ``Refused`` for any other, as for one that is not there."""
    company = systems.company_seen(system_of(request), code)
    if company is None:
        raise Refused.because("unknown_company", f"There is no company “{code}” that you may see.")
    return company


def customer_of(request: HttpRequest, code: str, number: str) -> Customer:
    """A customer of such a company, with the company. Raises ``Refused`` when there is none."""
    return customers.by_number(company=company_of(request, code), number=number)


def guarded(view: View) -> View:
    """``view`` behind the entrance. It asks for no session and no form token: a token comes with each
    request.
    """

    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = _enter(request, lambda: view(request, *args, **kwargs))
        except (OperationalError, InterfaceError) as error:
            if not outages.is_of_the_database(error):
                raise
            response = problems.away()
        response["Cache-Control"] = "no-store"
        return response

    enter.login_required = False  # type: ignore[attr-defined]
    enter.csrf_exempt = True  # type: ignore[attr-defined]
    return enter


def of_now(request: HttpRequest) -> None:
    """What is answered is true of this moment only: it is not kept for when the same is asked again."""
    request.META["workbench.is_of_now"] = True


def nowhere(request: HttpRequest) -> HttpResponse:
    """Every address below the API that is none."""
    return problems.not_found()


def _enter(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    at = clock.now()
    stated = request.META.get("CONTENT_LENGTH") or "0"
    if str(stated).isdecimal() and int(stated) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2
        return problems.answer(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", f"Send up to {most} MB at once."
        )
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    system = tokens.system_of(text.strip(), at=at) if kind.casefold() == "bearer" else None
    request.META["workbench.system"] = system
    if system is None:
        pace = paces.take_of_stranger(visitors.place_of(request.META), at=at)
    else:
        walls.put_up(systems.companies_of(system))
        pace = paces.take(system, at=at)
    if pace.is_over:
        who = system or "Whoever shows no token that stands"
        said = f"{who} may ask {pace.most:,} times a minute. Wait {pace.seconds_left} seconds."
        response = problems.answer(HTTPStatus.TOO_MANY_REQUESTS, "too_often", said)
        response["Retry-After"] = str(pace.seconds_left)
    else:
        response = _plain(view()) if system is None else _once(request, system, view, at=at)
    response["RateLimit-Limit"] = str(pace.most)
    response["RateLimit-Remaining"] = str(pace.left)
    response["RateLimit-Reset"] = str(pace.seconds_left)
    return response


def _once(
    request: HttpRequest, system: System, view: Callable[[], HttpResponse], *, at: dt.datetime
) -> HttpResponse:
    key = request.headers.get(KEY_HEADER)
    if request.method != "POST" or key is None:
        return _plain(view())
    if not 1 <= len(key) <= KEY_LETTERS_MAX or not key.isascii() or not key.isprintable():
        said = f"An {KEY_HEADER} has 1 to {KEY_LETTERS_MAX} plain letters, such as a UUID."
        return problems.answer(HTTPStatus.BAD_REQUEST, "bad_key", said)
    asked = hashlib.sha256(
        f"{request.method} {request.get_full_path()}\n".encode() + request.body
    ).hexdigest()

    def answer() -> tuple[Reply, bool]:
        response = _plain(view())
        reply = Reply(response.status_code, response.headers["Content-Type"], response.content)
        # Only what was done is kept: a request that was refused may be put right under its key.
        is_done = response.status_code < HTTPStatus.MULTIPLE_CHOICES
        return reply, is_done and "workbench.is_of_now" not in request.META

    try:
        reply = kept_answers.once(system, key, asked, answer, at=at)
    except Waits:
        said = "A request with this Idempotency-Key is being answered just now. Ask again in a moment."
        response = problems.answer(HTTPStatus.CONFLICT, "in_progress", said)
        response["Retry-After"] = "1"
        return response
    except Refused as refusal:
        return problems.refused(refusal)
    response = HttpResponse(reply.body, content_type=reply.content_type, status=reply.status)
    if reply.is_repeated:
        response["Idempotency-Replayed"] = "true"
    return response


def _plain(response: HttpResponse) -> HttpResponse:
    """A method that an address does not know is told as every other problem is."""
    if not isinstance(response, HttpResponseNotAllowed):
        return response
    allowed = response["Allow"]
    said = problems.answer(HTTPStatus.METHOD_NOT_ALLOWED, "method", f"This address knows {allowed} only.")
    said["Allow"] = allowed
    return said

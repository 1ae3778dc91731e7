"""How the API says no: problem details (RFC 9457) with a stable code, and every problem with its place."""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from collections_app.lib import outages
from collections_app.lib.refusals import Problem, Refused

_log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:workbench:problem:"
PROBLEMS_TOLD_MAX = 1000
RETRY_SECONDS = "10"


class Forbidden(Exception):
    """A system asks for what no administrator allowed it."""


class Conflict(Exception):
    """What was asked does not go with how things are; ``more`` is told beside the sentence."""

    def __init__(self, code: str, detail: str, more: Mapping[str, Any] | None = None) -> None:
        self.code, self.detail, self.more = code, detail, more or {}
        super().__init__(detail)


class RowsRefused(Exception):
    """Rows of a batch that cannot be taken in: each problem with its row."""

    def __init__(self, found: Sequence[Mapping[str, Any]], count: int) -> None:
        self.found, self.count = found, count
        super().__init__(f"{count} problems")


def answer(
    status: int, code: str, detail: str, *, problems: Iterable[Mapping[str, Any]] = (), **more: Any
) -> HttpResponse:
    """One problem as it leaves."""
    told = [dict(each) for each in problems]
    body = {
        "type": f"{TYPE}{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "problems": told,
        **more,
    }
    response = HttpResponse(json.dumps(body, ensure_ascii=False), content_type=MEDIA_TYPE, status=status)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


def refused(refusal: Refused) -> HttpResponse:
    """What a verb's rule does not allow."""
    found = [_said(problem) for problem in refusal.problems]
    code = refusal.problems[0].code
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if code.startswith("unknown_"):
        status = HTTPStatus.NOT_FOUND
    return answer(status, code, str(refusal), problems=found)


def not_found() -> HttpResponse:
    """Nothing of what this system may see is there."""
    return answer(HTTPStatus.NOT_FOUND, "not_found", "There is nothing at this address that you may see.")


def away() -> HttpResponse:
    """The database does not answer."""
    said = "The database does not answer just now. Nothing is lost by asking again in a minute."
    response = answer(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", said)
    response["Retry-After"] = RETRY_SECONDS
    return response


def say_no_with(api: NinjaAPI) -> None:
    """Have ``api`` answer every refusal in this form."""

    @api.exception_handler(Refused)
    def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
        return refused(refusal)

    @api.exception_handler(Conflict)
    def _conflict(request: HttpRequest, why: Conflict) -> HttpResponse:
        return answer(HTTPStatus.CONFLICT, why.code, why.detail, **why.more)

    @api.exception_handler(RowsRefused)
    def _rows(request: HttpRequest, why: RowsRefused) -> HttpResponse:
        said = "1 problem" if why.count == 1 else f"{why.count:,} problems"
        detail = f"Nothing was changed: there is {said} with the rows." if why.count == 1 else (
            f"Nothing was changed: there are {said} with the rows."
        )  # fmt: skip
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return answer(status, "rows_refused", detail, problems=why.found, problem_count=why.count)

    @api.exception_handler(Forbidden)
    def _forbidden(request: HttpRequest, why: Forbidden) -> HttpResponse:
        return answer(HTTPStatus.FORBIDDEN, "not_allowed", str(why))

    @api.exception_handler(AuthenticationError)
    def _stranger(request: HttpRequest, why: Exception) -> HttpResponse:
        return answer(
            HTTPStatus.UNAUTHORIZED,
            "no_token",
            "Send a token that is not revoked, as “Authorization: Bearer wb_…”. An administrator makes one.",
        )

    @api.exception_handler(Http404)
    def _nowhere(request: HttpRequest, why: Exception) -> HttpResponse:
        return not_found()

    @api.exception_handler(HttpError)
    def _unreadable(request: HttpRequest, why: HttpError) -> HttpResponse:
        return answer(why.status_code, "unreadable", "The body cannot be read as JSON in UTF-8.")

    @api.exception_handler(ValidationError)
    def _invalid(request: HttpRequest, why: ValidationError) -> HttpResponse:
        found = [_invalid_part(error) for error in why.errors]
        detail = " ".join(f"{each['pointer'] or 'The request'}: {each['message']}" for each in found[:3])
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        told = found[:PROBLEMS_TOLD_MAX]
        return answer(status, "invalid", detail, problems=told, problem_count=len(found))

    @api.exception_handler(Exception)
    def _failed(request: HttpRequest, why: Exception) -> HttpResponse:
        _log.error("The API could not answer %s.", request.path, exc_info=why)
        if outages.is_of_the_database(why):
            return away()
        said = (
            "Something went wrong here. Nothing is lost by asking again; if it stays so, tell us when it was."
        )
        return answer(HTTPStatus.INTERNAL_SERVER_ERROR, "failed", said)


def _said(problem: Problem) -> dict[str, Any]:
    return {"code": problem.code, "message": problem.message, "pointer": None, "row": None}


def _invalid_part(error: Mapping[str, Any]) -> dict[str, Any]:
    """One thing that does not fit the document. A place in the body is a JSON pointer, another one a name."""
    where, *place = [str(each) for each in error.get("loc", ())]
    if where == "body":
        place = place[1:]  # the name of our parameter
    row = int(place[1]) + 1 if place[:1] == ["rows"] and len(place) > 1 and place[1].isdecimal() else None
    pointer = "#" + "".join(f"/{each}" for each in place) if where == "body" else "/".join(place)
    message = str(error.get("msg", "This cannot be read."))
    message = message.removeprefix("Value error, ")
    code = str(error.get("type", "invalid"))
    return {"code": code, "message": f"{message.rstrip('.')}.", "pointer": pointer, "row": row}

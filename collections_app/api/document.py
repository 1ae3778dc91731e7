"""The API as a whole: its addresses, and the document that tells machines of them."""

import json
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, re_path
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from collections_app.api import credit, entrance, ledger, orders, problems, releases

ABOUT = """
Orders on hold, and the ledger that decides about them, for the ERP, the shop and the warehouse.

Every request carries a token of a connected system (`Authorization: Bearer wb_…`), which an administrator
makes under Set-up, Systems. A POST may carry an `Idempotency-Key`: sent again with the same body it has one
effect and the same answer for seven days. Another method than an address knows is answered with 405 and
`Allow`. Answers tell how often may be asked (`RateLimit-Limit`,
`-Remaining`, `-Reset`). Amounts are texts, exact to the decimal. What is wrong is told as problem details
(RFC 9457).
"""


class ExactParser(Parser):
    """Amounts are read to the decimal, and what is no JSON is not read."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body of a request."""
        try:
            return json.loads(request.body, parse_float=Decimal, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            raise HttpError(400, "unreadable") from error


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


class _Api(NinjaAPI):
    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> OpenAPISchema:
        """With the media type of problems, the headers that every answer has, and the key of a POST."""
        schema = super().get_openapi_schema(*args, **kwargs)
        for methods in schema["paths"].values():
            for method, operation in methods.items():
                _complete(method, operation)
        return schema


_HEADERS = {
    name: {"description": about, "schema": {"type": "integer"}}
    for name, about in (
        ("RateLimit-Limit", "How often this system may ask in a minute."),
        ("RateLimit-Remaining", "How often more in this minute."),
        ("RateLimit-Reset", "Seconds until the next minute."),
    )
}
_RETRY = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
_KEY = {
    "name": entrance.KEY_HEADER,
    "in": "header",
    "required": False,
    "description": "A key of your choice, such as a UUID: the same request sent again has one effect.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}


def _complete(method: str, operation: dict[str, Any]) -> None:
    for status, response in operation["responses"].items():
        if int(status) >= 400:
            for schema in response.get("content", {}).values():
                response["content"] = {problems.MEDIA_TYPE: schema}
                break
        response["headers"] = dict(_HEADERS)
        if int(status) == 429:
            response["headers"] |= _RETRY
    if method == "post":
        operation.setdefault("parameters", []).append(_KEY)


def _made() -> NinjaAPI:
    api = _Api(
        title="Collections workbench",
        version="1",
        description=ABOUT,
        docs_url=None,
        openapi_url="/openapi.json",
        urls_namespace="api",
        parser=ExactParser(),
    )
    problems.say_no_with(api)
    for router in (credit.router, orders.router, releases.router, ledger.router):
        api.add_router("/companies", router)
    return api


API = _made()


def _guarded() -> list[URLPattern | URLResolver]:
    patterns, *_ = API.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = entrance.guarded(pattern.callback)
    return [*patterns, re_path(r"", entrance.guarded(entrance.nowhere))]


urlpatterns = (_guarded(), "ninja", "api")

"""Which answers an address may give, for the document: what is not said here is never answered."""

from typing import Any

from collections_app.api.schemas import ProblemDetails

_OFTEN = (401, 403, 404, 422, 429)


def reading(schema: type[Any]) -> dict[Any, Any]:
    """Of a question that changes nothing."""
    return {200: schema, frozenset(_OFTEN): ProblemDetails}


def asking(schema: type[Any]) -> dict[Any, Any]:
    """Of a question that comes with a body."""
    return {200: schema, frozenset({400, 409, 413, *_OFTEN}): ProblemDetails}


def making(schema: type[Any]) -> dict[Any, Any]:
    """Of what makes something: 201 when it is new, 200 when it was there."""
    return {200: schema, 201: schema, frozenset({400, 409, 413, *_OFTEN}): ProblemDetails}

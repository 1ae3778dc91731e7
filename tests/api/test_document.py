"""The document, and a machine that asks whatever it allows and much that it does not: nothing fails, and
nothing is answered that it does not tell of.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from collections_app.wsgi import application
from tests.api.asking import Machine
from tests.holds.selling import Shop

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 15
# Of each kind for each address: what the document allows, and what it does not.
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]

SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)]


def parts_of(body: Any) -> list[dict[str, Any]]:
    """What may name a customer: the body, or its rows."""
    if not isinstance(body, dict):
        return []
    rows = body.get("rows")
    return [body, *(row for row in rows if isinstance(row, dict))] if isinstance(rows, list) else [body]


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """A request that comes in past Django's own client ends with the connection of this test left open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("mode", MODES, ids=["allowed", "not_allowed"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda found: found.label)
def test_it_answers_as_the_document_says(
    operation: Any, mode: GenerationMode, machine: Machine, shop: Shop
) -> None:
    """In every second question the company is ours, the order is there and the customer known, or nothing
    would be reached."""
    known = {"company": machine.company, "order_id": shop.order("SO-1", "50").order.pk}
    asked = 0

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        nonlocal asked
        asked += 1
        if asked % 2:
            for name in known.keys() & case.path_parameters.keys():
                case.path_parameters[name] = known[name]
            for part in parts_of(case.body):
                if "customer" in part:
                    part["customer"] = "100"
        response = case.call(headers={"Authorization": f"Bearer {machine.token}"})
        case.validate_response(response, checks=CHECKS)

    ask()
    assert asked >= 2


def test_the_document_tells_of_every_address_and_how_to_come_in(client: Client) -> None:
    document = client.get("/api/v1/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    assert document["components"]["securitySchemes"] == {"Token": {"type": "http", "scheme": "bearer"}}
    assert len(document["paths"]) == 11
    for methods in document["paths"].values():
        for method, operation in methods.items():
            assert operation["security"] == [{"Token": []}]
            assert operation["description"].endswith((".", "?"))
            for status in ("401", "403", "404", "429"):
                assert list(operation["responses"][status]["content"]) == ["application/problem+json"]
            keys = [each["name"] for each in operation.get("parameters", [])]
            assert ("Idempotency-Key" in keys) == (method == "post")

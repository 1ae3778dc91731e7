"""The document, and a machine that asks whatever it allows and much that it does not: nothing fails, nothing
is answered that it does not tell of, what it does not allow is refused, and every address is reached.
"""

from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.result import Ok
from schemathesis.generation.coverage import GenerationSession
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from collections_app.api import paces
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from collections_app.systems.rules.scopes import REQUESTS_PER_MINUTE_MAX
from collections_app.systems.system_rows import System
from collections_app.wsgi import application
from tests.api.asking import Machine
from tests.holds.selling import Shop

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    ignored_auth,
    unsupported_method,
]
EXAMPLES = 4
# What the document allows, and what it does not.
ALLOWED, NOT_ALLOWED = GenerationMode.POSITIVE, GenerationMode.NEGATIVE

SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)]
# What stands in the ledger, by the name of the field that names it: without it nothing would be reached.
KNOWN = {
    "customer": "100",
    "currency": "GBP",
    "amount": "12.50",
    "asked_by": "sam",
    "salesperson": "sam",
    "placed_on": "2026-03-09",
    "wanted_on": "2026-03-20",
    "needed_on": "2026-03-20",
    "issued_on": "2026-03-02",
    "posted_on": "2026-03-09",
    "due_on": "2026-04-01",
    "settled_on": None,
    "parent": None,
    "country": "GB",
    "time_zone": "Europe/London",
    "language": "en",
    "email": "ap@harrow.example",
    "collector": None,
    "accepted": ["total_moves_GBP"],
}


def parts_of(body: Any) -> list[dict[str, Any]]:
    """What may name a customer: the body, or its rows."""
    if not isinstance(body, dict):
        return []
    rows = body.get("rows")
    return [body, *(row for row in rows if isinstance(row, dict))] if isinstance(rows, list) else [body]


def is_about_the_key(case: Any) -> bool:
    """Whether a question is asked for the sake of its key."""
    return getattr(case.meta.phase.data, "parameter", None) == "Idempotency-Key"


def plant(case: Any, known: dict[str, Any], asked: int) -> None:
    """What is asked about is there. What the document does not allow is left as it is, but for its path."""
    if not case.meta.is_negative_at(ParameterLocation.PATH):
        for name in known.keys() & case.path_parameters.keys():
            case.path_parameters[name] = known[name]
    if "Idempotency-Key" in case.headers and not is_about_the_key(case):
        case.headers["Idempotency-Key"] = f"k-{asked}"
    if case.meta.generation.mode == NOT_ALLOWED:
        return
    for part in parts_of(case.body):
        for name in KNOWN.keys() & part.keys():
            part[name] = KNOWN[name]
    if "customer" in case.query:
        case.query["customer"] = KNOWN["customer"]


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """A request that comes in past Django's own client ends with the connection of this test left open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def known(
    machine: Machine, shop: Shop, sam: User, webshop: System, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Any]:
    """An order that waits, of a customer to whom Sam sells; and nobody asks too often."""
    cache.clear()
    monkeypatch.setattr(paces, "STRANGERS_PER_MINUTE", REQUESTS_PER_MINUTE_MAX)
    System.objects.filter(pk=webshop.pk).update(requests_per_minute=REQUESTS_PER_MINUTE_MAX)
    Customer.objects.filter(number="100").update(salesperson=sam)
    return {"company": machine.company, "order_id": shop.order("SO-1", "50").order.pk}


def answer_to(case: Any, machine: Machine) -> int:
    """What it is answered, which the document tells of."""
    headers = {"Authorization": f"Bearer {machine.token}"}
    response = case.call(headers=headers)
    case.validate_response(response, checks=CHECKS, headers=headers)
    return int(response.status_code)


def at_bounds(operation: Any, mode: GenerationMode, *, most: int) -> list[Any]:
    """Questions with each field at, and just past, what is said of it; with one too many or too few; by other
    methods. About ``most`` of them, each so many.
    """
    config = SCHEMA.config.generation_for(operation=operation)
    found = list(
        SCHEMA.iter_coverage_cases(
            operation=operation,
            generation_modes=[mode],
            generation_config=config,
            session=GenerationSession(),
        )
    )
    return found[:: 1 + len(found) // most]


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda found: found.label)
def test_what_the_document_allows_is_answered_as_it_says_and_does_something(
    operation: Any, machine: Machine, known: dict[str, Any]
) -> None:
    cases = at_bounds(operation, ALLOWED, most=12)
    answers = Counter[int]()
    for number, case in enumerate(cases):
        plant(case, known, number)
        answers[answer_to(case, machine)] += 1

    assert answers[HTTPStatus.OK] + answers[HTTPStatus.CREATED] > 0, answers


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda found: found.label)
def test_what_the_document_does_not_allow_is_refused(
    operation: Any, machine: Machine, known: dict[str, Any]
) -> None:
    answers = Counter[int]()
    for number, case in enumerate(at_bounds(operation, NOT_ALLOWED, most=50)):
        plant(case, known, number)
        answers[answer_to(case, machine)] += 1

    assert answers[HTTPStatus.METHOD_NOT_ALLOWED] > 0, answers
    if operation.body:
        assert answers[HTTPStatus.UNPROCESSABLE_ENTITY] > 0, answers
    # Few are turned away for their key, or for what is no JSON, before anything else is looked at.
    assert answers[HTTPStatus.BAD_REQUEST] <= 2, answers


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("mode", [ALLOWED, NOT_ALLOWED], ids=["allowed", "not_allowed"])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda found: found.label)
def test_whatever_is_asked_it_answers_as_the_document_says(
    operation: Any, mode: GenerationMode, machine: Machine, known: dict[str, Any]
) -> None:
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
            plant(case, known, asked)
        answer_to(case, machine)

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

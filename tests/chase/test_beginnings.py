"""A company is set up with all that every company starts with, by whichever door."""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from collections_app.activity.events import Event
from collections_app.chase import beginnings
from collections_app.chase.weights import Weight
from collections_app.ledger.companies import Company
from collections_app.segmentation import versions

AT = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def test_a_company_begins_with_segments_and_weights_and_once() -> None:
    facts: dict[str, Any] = {"code": "NG", "name": "Northgate", "currency": "GBP", "by": None, "at": AT}
    first = beginnings.set_up(**facts)
    second = beginnings.set_up(**facts)

    company = Company.objects.get()
    assert (first, second) == ((company, True), (company, False))
    assert versions.live(company) is not None
    assert Weight.objects.filter(company=company).exists()
    told = ["company.created", "segments.published"]
    assert list(Event.objects.order_by("pk").values_list("what", flat=True)) == told


def test_the_command_begins_a_company_the_same_way() -> None:
    call_command("create_company", "NG", "--name", "Northgate", "--currency", "GBP", stdout=StringIO())

    company = Company.objects.get()
    assert versions.live(company) is not None
    assert Event.objects.get(what="company.created").facts["code"] == "NG"

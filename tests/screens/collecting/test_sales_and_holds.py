"""Every answer that a salesperson can get, of every address and every deed, is searched for what is not for
them: segments and classes, insurers, notes of ours, other customers, and what a group has on credit.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

from collections_app.activity.events import Event
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.ledger.customers import Customer
from tests.doors import HTMX
from tests.screens.collecting.conftest import Office
from tests.screens.collecting.planting import forbidden, plant

# What an order's page would say of it to whoever works the customer.
ONLY_CREDIT = ("Why now", "To collect", "risk", "Risk", "Pays ", "insurer")


@pytest.fixture
def planted(office: Office) -> Office:
    """Sam sells to Harrow, who is one of a group, and to nobody else."""
    return plant(office)


def addresses(patterns: list[URLPattern | URLResolver], ids: dict[str, list[int]]) -> Iterator[str]:
    """Every address of the product; where a number belongs, those of planted things, and 1."""
    for each in patterns:
        if isinstance(each, URLResolver):
            before = "NG/" if "company" in str(each.pattern) else str(each.pattern)
            yield from (f"{before}{rest}" for rest in addresses(each.url_patterns, ids))
            continue
        filled = [str(each.pattern)]
        for name, converter in each.pattern.converters.items():
            values = ids.get(name, [1]) if isinstance(converter, IntConverter) else ["x"]
            filled = [_with(route, name, value) for route in filled for value in values]
        yield from filled


def _with(route: str, name: str, value: Any) -> str:
    """The route with a value in the place of ``<int:name>`` or ``<name>``."""
    return re.sub(rf"<(\w+:)?{name}>", str(value), route)


@pytest.fixture
def everything(planted: Office) -> list[str]:
    ids: dict[str, list[int]] = {
        "customer_id": list(Customer.objects.filter(number__in=("100", "900")).values_list("pk", flat=True)),
        "order_id": list(Order.objects.values_list("pk", flat=True)),
        "release_id": list(Release.objects.values_list("pk", flat=True)),
    }
    found = sorted(set(addresses(get_resolver().url_patterns, ids)))
    found = [each if each.startswith("/") else f"/{each}" for each in found]
    views = [f"/NG/holds/?{query}" for query in ("view=asked", "view=soon", "q=SO", "q=sister", "q=harrow")]
    own = Order.objects.get(number="SO-1").pk
    return [*found, *views, f"/NG/holds/orders/{own}/?paid=99999", "/NG/search/?q=sister", "/NG/search/?q=SO"]


def told(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text: str = content.decode("utf-8", "replace")
    return text.split('<dialog id="help"', maxsplit=1)[0]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_no_page_part_or_error_holds_what_is_not_for_sales(
    planted: Office, everything: list[str], headers: dict[str, str]
) -> None:
    browser = planted.client(planted.sam)
    met, leaks, wanted = 0, [], forbidden()
    for url in everything:
        if "sign-out" in url:
            continue
        text = told(answer := browser.get(url, headers=headers))
        met += answer.status_code == 200
        leaks += [(url, words) for words in wanted if words in text and words not in url]
    assert leaks == []
    assert met > 15


def test_no_answer_to_a_deed_holds_what_is_not_for_sales(planted: Office, everything: list[str]) -> None:
    browser = planted.client(planted.sam)
    leaks, wanted = [], forbidden()
    for url in everything:
        if "sign-out" in url or "sign-in" in url:
            continue
        given = {"reason": "", "paid": "x", "words": "", "form_key": "x", "q": "sister"}
        text = told(browser.post(url, given, follow=True))
        leaks += [(url, words) for words in wanted if words in text and words not in url]
    assert leaks == []


def test_whoever_works_the_customer_does_read_it(planted: Office) -> None:
    """So that what is searched for above would be found where it stands."""
    order = Order.objects.get(number="SO-1").pk
    text = told(planted.client(planted.priya).get(f"/NG/holds/orders/{order}/"))
    for words in ("planted-insurer", "Planted Sister", "77,7", forbidden()[-1], "planted-exclusion"):
        assert words in text, words
    sales = told(planted.client(planted.sam).get(f"/NG/holds/orders/{order}/"))
    assert "The credit limit that this customer shares with others is used up." in sales
    assert "Please ask Dana what is next." in sales
    assert [words for words in ONLY_CREDIT if words in sales] == []


def test_sales_get_nothing_more_in_the_context_than_on_the_page(planted: Office) -> None:
    order = Order.objects.get(number="SO-1").pk
    answer = planted.client(planted.sam).get(f"/NG/holds/orders/{order}/")
    names = ("habit", "set_aside")
    shown = [
        layer.get(name) for each in answer.context for layer in getattr(each, "dicts", ()) for name in names
    ]
    assert not any(shown)
    assert Event.objects.filter(what="order.held").exists()

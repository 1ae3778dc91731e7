"""Which page an address asks for, and where the pager leads from it."""

import pytest
from django.test import RequestFactory

from collections_app.screens import paging


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("", 1),
        ("page=1", 1),
        ("page=17", 17),
        ("page=0", 1),
        ("page=-3", 1),
        ("page=%C2%B2", 1),
        ("page=two", 1),
        ("page=" + "9" * 6, paging.PAGES_MAX),
        ("page=" + "9" * 5000, 1),
    ],
)
def test_anything_that_is_no_page_is_the_first(query: str, page: int) -> None:
    assert paging.asked(RequestFactory().get(f"/?{query}")) == page


def test_the_filters_of_the_address_stay_on_the_way() -> None:
    request = RequestFactory().get("/?kind=release&who=A%26B&who=C&page=2")
    assert paging.ways(request, page=2, is_last=False) == (
        "?kind=release&who=A%26B&who=C",
        "?kind=release&who=A%26B&who=C&page=3",
    )


def test_the_only_page_leads_nowhere() -> None:
    assert paging.ways(RequestFactory().get("/"), page=1, is_last=True) == ("", "")

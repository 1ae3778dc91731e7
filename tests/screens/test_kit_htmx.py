"""Page or part, answers, refusals and ended sessions."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from collections_app.people.users import User

pytestmark = pytest.mark.django_db


def test_a_plain_browser_gets_the_page_and_htmx_its_part(browser: Client, htmx: dict[str, str]) -> None:
    page = browser.get("/OURS/").content.decode()
    part = browser.get("/OURS/", headers=htmx).content.decode()
    assert "<html" in page
    assert 'id="part"' in page
    assert "<html" not in part
    assert 'id="part"' in part


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_whole_page_is_never_answered_with_a_part(
    browser: Client, htmx: dict[str, str], header: str
) -> None:
    assert "<html" in browser.get("/OURS/", headers={**htmx, header: "true"}).content.decode()


def test_nothing_is_stored_and_parts_never_pass_for_pages(browser: Client) -> None:
    response = browser.get("/OURS/")
    assert "no-store" in response["Cache-Control"]
    assert "HX-Request" in response["Vary"]


def test_a_part_costs_no_query_for_the_frame(
    browser: Client, htmx: dict[str, str], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser.get("/OURS/")
    with django_assert_max_num_queries(3):  # session, reader, company
        browser.get("/OURS/", headers=htmx)


def test_a_form_with_problems_comes_back_as_422_with_what_was_typed(
    browser: Client, htmx: dict[str, str]
) -> None:
    response = browser.post("/OURS/", {"said": ""}, headers=htmx)
    assert response.status_code == 422
    assert "This field is required" in response.content.decode()


def test_after_a_deed_htmx_gets_regions_a_status_and_an_undo(browser: Client, htmx: dict[str, str]) -> None:
    response = browser.post("/OURS/", {"said": "Friday"}, headers=htmx)
    html = response.content.decode()
    assert response["HX-Reswap"] == "none"
    assert 'id="part" hx-swap-oob="true"' in html
    assert '<div id="status" hx-swap-oob="innerHTML">Saved.</div>' in html
    assert 'action="/undo/"' in html


def test_after_a_deed_a_plain_browser_is_sent_on_and_told_there(browser: Client) -> None:
    response = browser.post("/OURS/", {"said": "Friday"})
    assert response.status_code == 303
    html = browser.get(response["Location"]).content.decode()
    assert "<p>Saved.</p>" in html
    assert 'action="/undo/"' in html


def test_a_refusal_is_a_sentence_through_both_doors(browser: Client, htmx: dict[str, str]) -> None:
    part = browser.get("/OURS/refuse/", headers=htmx)
    assert (part.status_code, part["Content-Type"]) == (409, "text/plain; charset=utf-8")
    assert part.content.decode() == "Tom has this customer open."
    assert "Tom has this customer open." in browser.get("/OURS/refuse/").content.decode()


def test_an_ended_session_sends_the_whole_page_to_sign_in_and_back(kit: None, htmx: dict[str, str]) -> None:
    response = Client().get("/OURS/chase/", headers=htmx)
    assert response.status_code == 204
    assert response["HX-Redirect"] == "/sign-in/?next=%2FOURS%2Fchase%2F%3Fview%3Dmine"
    assert response["X-Signed-Out"] == "yes"


def test_an_ended_session_never_leads_to_a_strangers_site(kit: None, htmx: dict[str, str]) -> None:
    response = Client().get("/OURS/", headers={**htmx, "HX-Current-URL": "https://elsewhere.example/x"})
    assert response["HX-Redirect"] == "/sign-in/?next=%2F"


def test_an_old_token_is_explained(collector: User, kit: None, htmx: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(collector)
    part = client.post("/OURS/", {"said": "x"}, headers=htmx)
    assert part.status_code == 403
    assert "signed in again" in part.content.decode()
    assert "out of date" in client.post("/OURS/", {"said": "x"}).content.decode()

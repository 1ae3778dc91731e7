"""The columns of the chase list: chosen by each reader, kept, and put in order without a script."""

import re

import pytest
from django.test import Client

from collections_app.chase import claims
from collections_app.people import users
from tests.screens.collecting.conftest import Office

USUAL = ["Overdue", "Oldest", "To collect", "Disputed", "Promised", "Contact", "Next", "Why now"]


def heads(page: str) -> list[str]:
    """What stands over the columns, those that always lead left out."""
    return re.findall(r"<th scope=\"col\"[^>]*>([^<]+)</th>", page)[2:]


def choose(browser: Client, *columns: str, **buttons: str) -> str:
    """The page that follows when these columns are ticked and a button is pressed."""
    given = {"columns": columns, "next": "/NG/chase/?view=mine", **buttons}
    return browser.post("/preferences/columns/", given, follow=True).content.decode()


def test_who_chose_nothing_sees_the_usual_ones(office: Office) -> None:
    page = office.client(office.priya).get("/NG/chase/").content.decode()
    assert heads(page) == USUAL
    assert "As usual" not in page


def test_what_was_chosen_is_kept_for_one_reader_and_all_their_browsers(office: Office) -> None:
    page = choose(office.client(office.priya), "why", "overdue", "unallocated", "segment", "previous")
    assert heads(page) == ["Why now", "Overdue", "Cash", "Segment", "Before"]

    again = office.client(office.priya).get("/NG/chase/?view=all").content.decode()
    assert heads(again) == ["Why now", "Overdue", "Cash", "Segment", "Before"]
    assert heads(office.client(office.dana).get("/NG/chase/").content.decode()) == USUAL


def test_what_was_chosen_is_shown_in_narrow_windows_too(office: Office) -> None:
    page = choose(office.client(office.priya), "overdue", "disputed")
    assert '<th scope="col" class="num">Disputed</th>' in page
    assert not re.search(r'data-label="Disputed"\s+class="[^"]*less', page)


def test_a_column_is_moved_one_place_and_its_button_keeps_the_focus(office: Office) -> None:
    browser = office.client(office.priya)
    page = choose(browser, "overdue", "oldest", "why", later="overdue")
    assert heads(page) == ["Oldest", "Overdue", "Why now"]
    assert re.search(r'name="later"\s+value="overdue"[^>]*autofocus', page)
    assert re.search(r'<details class="menu columns"\s+open', page)

    page = choose(browser, "oldest", "overdue", "why", earlier="why")
    assert heads(page) == ["Oldest", "Why now", "Overdue"]
    assert re.search(r'name="earlier"\s+value="why"[^>]*autofocus', page)


def test_the_first_stays_first_and_the_last_last(office: Office) -> None:
    browser = office.client(office.priya)
    assert heads(choose(browser, "overdue", "why", earlier="overdue")) == ["Overdue", "Why now"]
    assert heads(choose(browser, "overdue", "why", later="why")) == ["Overdue", "Why now"]


def test_the_usual_ones_come_back_with_one_button(office: Office) -> None:
    browser = office.client(office.priya)
    assert "As usual" in choose(browser, "why")
    assert heads(choose(browser, "why", usual="yes")) == USUAL


def test_none_at_all_is_refused_in_a_sentence_and_changes_nothing(office: Office) -> None:
    browser = office.client(office.priya)
    choose(browser, "why")
    page = choose(browser)
    assert "choose at least one column" in page
    assert heads(page) == ["Why now"]


def test_a_column_that_is_none_is_refused(office: Office) -> None:
    answer = office.client(office.priya).post("/preferences/columns/", {"columns": ["secret"]})
    assert answer.status_code == 400
    assert "not known here" in answer.content.decode()


def test_a_column_that_is_no_more_is_passed_over(office: Office) -> None:
    users.prefer(office.priya, chase_columns=["gone", "why"])
    assert heads(office.client(office.priya).get("/NG/chase/").content.decode()) == ["Why now"]


def test_the_height_of_rows_is_chosen_with_them(office: Office) -> None:
    browser = office.client(office.priya)
    assert 'data-density="compact"' in choose(browser, "why", compact="on")
    assert 'data-density="normal"' in choose(browser, "why")


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_it_never_sends_to_a_strangers_site(office: Office, back: str) -> None:
    given = {"columns": ["why"], "next": back}
    assert office.client(office.priya).post("/preferences/columns/", given).headers["Location"] == "/"


def test_nothing_changes_when_it_is_only_looked_at(office: Office) -> None:
    assert office.client(office.priya).get("/preferences/columns/").status_code == 405


def test_a_form_without_its_token_is_refused(office: Office) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(office.priya)
    page = browser.get("/NG/chase/").content.decode()
    form = re.search(r'action="/preferences/columns/">.*?value="([^"]+)"', page, re.DOTALL)
    assert form
    assert browser.post("/preferences/columns/", {"columns": ["why"]}).status_code == 403
    given = {"columns": ["why"], "csrfmiddlewaretoken": form[1]}
    assert browser.post("/preferences/columns/", given).status_code == 303


def test_who_has_a_customer_open_is_said_without_the_next_step_too(office: Office) -> None:
    claims.claim(customer=office.customer("100"), user=office.dana, at=office.at)
    page = choose(office.client(office.priya), "overdue")
    assert "with Dana" in page


def test_words_of_the_ledger_are_escaped_in_every_column(office: Office) -> None:
    customer = office.customer("100")
    customer.name, customer.number = '<b>"Harrow" & 100%(name)s', "1'0%s"
    customer.save()
    page = choose(office.client(office.priya), "overdue", "segment")
    assert "&lt;b&gt;&quot;Harrow&quot; &amp; 100%(name)s" in page
    assert "1&#x27;0%s" in page

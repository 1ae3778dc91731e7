"""What a manager decides and an administrator sets up takes effect where others look."""

import re

import pytest
from playwright.sync_api import Page, expect

from collections_app.jobs import nights
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.segmentation import portfolios
from collections_app.segmentation.rules.conditions import Rule
from tests.browsing import press, ready
from tests.desk import person
from tests.flows.conftest import PASSWORD
from tests.flows.tabs import Tabs
from tests.ledgerrows import Rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROW = "tbody tr"


@pytest.fixture
def desk(tabs: Tabs, company: Company, rows: Rows, priya: User) -> Page:
    """A manager's tab, after a night has measured and placed everybody."""
    at = clock.now()
    portfolios.create(company=company, name="All", rule=Rule(), collector=priya, by=None, at=at)
    assert {run.state for run in nights.run(company=company, day=company.today(at=at), at=at)} == {"done"}
    return tabs.open(person(company, "dana", Role.MANAGER))


def test_another_condition_moves_a_customer_to_another_segment(desk: Page, rows: Rows) -> None:
    customer = f"/NG/customers/{rows.customers['102'].pk}/"
    desk.goto(customer)
    expect(desk.locator("#customer .page-head .soft")).not_to_contain_text("Key account")

    desk.goto("/NG/segments/")
    press(desk, "e")
    desk.click("#segment-key")
    expect(desk.locator("#count")).to_contain_text("1 customer")
    ready(desk)
    desk.fill("[name=value-1]", "25000")
    expect(desk.locator("#count .purpose")).to_have_text("2 customers")
    desk.click("#terms [data-submit]")
    expect(desk.locator("#row-key")).to_contain_text("+1")
    expect(desk.locator("#moves")).to_contain_text("1 customer")

    # Until it is published nothing has changed for anybody.
    desk.goto(customer)
    expect(desk.locator("#customer .page-head .soft")).not_to_contain_text("Key account")
    desk.goto("/NG/segments/draft/")
    desk.fill("#id_note", "From 25,000 on")
    desk.click("#publish button[data-submit]")
    expect(desk).to_have_url(re.compile("/segments/$"))
    desk.goto(customer)
    expect(desk.locator("#customer .page-head .soft")).to_contain_text("Key account")


def test_other_points_of_a_rule_change_who_comes_first(desk: Page) -> None:
    desk.goto("/NG/chase/?view=all")
    names = desk.locator("[data-row-link]")
    expect(names).to_have_count(6)
    before = names.all_inner_texts()
    assert before[0] == "Harrow Tools"

    # Whoever owes little is to come first now; of those, the one who is longest overdue.
    desk.goto("/NG/segments/chase-rules/")
    desk.click("#rule-amount")
    points = desk.locator("input[name$=points]:visible")
    measures = desk.locator("input[name$=at_least]:visible")
    measures.first.fill("1")
    points.first.fill("90")
    for place in range(1, 5):
        points.nth(place).fill(str(5 - place))
    desk.click("main button[data-submit]")
    expect(desk).to_have_url(re.compile("/chase-rules/$"))

    desk.goto("/NG/chase/?view=all")
    expect(names.first).to_have_text("Elder Glass")
    expect(desk.locator(ROW).first).to_contain_text("+90")


def test_a_new_user_of_a_new_company_signs_in(tabs: Tabs, company: Company) -> None:
    page = tabs.open(person(company, "ada", Role.ADMINISTRATOR))
    page.goto("/setup/")
    press(page, "a")
    expect(page.locator("h1")).to_have_text("New company")
    page.fill("#id_code", "ACME")
    page.fill("#id_name", "Acme Trading Ltd")
    page.fill("#id_currency", "XXXX")
    page.click("main button[data-submit]")
    expect(page.locator("[data-problems], .field-problems").first).to_be_visible()
    expect(page.locator("#id_name")).to_have_value("Acme Trading Ltd")
    page.fill("#id_currency", "EUR")
    page.fill("#id_time_zone", "Europe/Berlin")
    page.select_option("#id_country", label="Germany")
    page.click("main button[data-submit]")
    expect(page.locator("main")).to_contain_text("Acme Trading Ltd")

    page.goto("/setup/users/new/")
    page.fill("#id_username", "lena")
    page.fill("#id_full_name", "Lena Krüger")
    page.fill("#id_password", PASSWORD)
    page.get_by_label("Collector: works customers").check()
    page.get_by_label("Acme Trading Ltd").check()
    page.click("main button[data-submit]")
    expect(page).to_have_url(re.compile("/setup/users/$"))
    expect(page.locator(ROW).filter(has_text="lena")).to_contain_text("Acme Trading Ltd")

    hers = tabs.open()
    hers.goto("/")
    hers.fill("#id_username", "lena")
    hers.fill("#id_password", PASSWORD)
    hers.keyboard.press("Enter")
    expect(hers).to_have_url(re.compile("/ACME/$"))
    expect(hers.locator("h1")).to_contain_text("Lena")
    hers.click("nav.rail >> text=Chase list")
    expect(hers.locator("main")).to_contain_text("Nobody is left here")
    answer = hers.goto("/NG/")
    assert answer is not None
    assert answer.status == 404

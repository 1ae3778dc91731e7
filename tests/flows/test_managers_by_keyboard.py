"""The pages of managers by keyboard alone: workload and hand-over, exceptions, respect, what waits for a yes,
a view that is kept and sent; and on a phone what is ticked is a finger high.
"""

import datetime as dt
import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from collections_app.chase import working
from collections_app.contact.rules import Outcome
from collections_app.dunning import blocks
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.reports import snapshots
from collections_app.segmentation import assignments, portfolios
from collections_app.segmentation.portfolio_rows import Portfolio
from collections_app.segmentation.rules.conditions import Rule
from collections_app.write_offs import proposals
from collections_app.write_offs.write_off_rows import WriteOff
from tests.browsing import arrow_to, go, press, ready, tab_to
from tests.desk import call, list_day, person
from tests.flows.sights import fits_and_is_accessible
from tests.flows.tabs import Tabs
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.10 due=-95 issued=-125
invoice 100 A2 40.00 due=-60 issued=-90
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 3000.00 due=-40 issued=-70
"""


@pytest.fixture
def rows() -> Rows:
    company, at = company_of("NG", time_zone="Europe/London", country="GB"), clock.now()
    rows = load(LEDGER, company=company, today=company.today(at=at))
    priya, _ = (person(company, each) for each in ("priya", "tom"))
    dana = person(company, "dana", Role.MANAGER)
    dana.email = "dana@northgate.example"
    dana.save()
    portfolios.create(company=company, name="All", rule=Rule(), collector=priya, by=dana, at=at)
    assignments.assign(company=company, today=company.today(at=at))
    harrow = rows.customers["100"]
    until = company.today(at=at) + dt.timedelta(9)
    blocks.place(customer=harrow, reason="plan", words="", until=until, by=priya, at=at)
    working.log_contact(call(Outcome.NO_ANSWER), customer=harrow, by=priya, at=at)
    lines = [(rows.invoices["A2"], Decimal("40.00"))]
    proposals.propose(harrow, lines=lines, reason="COST", words="A third call costs more", by=priya, at=at)
    list_day(company, at=at)
    snapshots.refresh(company=company, today=company.today(at=at), at=at)
    return rows


@pytest.fixture
def page(tabs: Tabs, rows: Rows) -> Page:
    page = tabs.open(User.objects.get(username="dana"))
    page.goto("/NG/reports/")
    ready(page)
    return page


def test_customers_are_handed_over_and_taken_back(page: Page, rows: Rows) -> None:
    press(page, "l")
    expect(page.get_by_role("heading", name="Workload")).to_be_visible()
    press(page, "a")
    tab_to(page, page.locator("[name=giver]").first)
    arrow_to(page, "Priya")
    tab_to(page, page.get_by_role("button", name="Show whom that takes"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What moves")).to_be_visible()
    ready(page)
    fits_and_is_accessible(page)
    tab_to(page, page.locator("[name=taker]").first)
    arrow_to(page, "Tom")
    tab_to(page, page.locator("[name=new_ones]").first)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("New customers of these portfolios go to Tom too")).to_be_visible()
    assert Portfolio.objects.get().collector.username == "tom"
    ready(page)
    press(page, "z")
    expect(page.get_by_text("Taken back by Dana")).to_be_visible()
    assert Portfolio.objects.get().collector.username == "priya"


def test_exceptions_and_respect_are_read_down_to_where_they_stand(page: Page) -> None:
    press(page, "e")
    expect(page.get_by_role("heading", name="Exceptions")).to_be_visible()
    ready(page)
    press(page, "j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Harrow Tools")).to_be_visible()

    page.goto("/NG/reports/")
    ready(page)
    press(page, "r")
    expect(page.get_by_role("heading", name="Respect")).to_be_visible()
    tab_to(page, page.locator("a[data-figure]").first)
    page.keyboard.press("Enter")
    expect(page.locator("[aria-current=page][data-figure]")).to_contain_text("All")
    ready(page)
    press(page, "2")
    expect(page).to_have_url(re.compile("only=missed"))
    ready(page)
    fits_and_is_accessible(page)
    tab_to(page, page.get_by_role("link", name="All figures"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/respect/$"))


def test_what_waits_for_a_yes_is_opened_and_approved(page: Page) -> None:
    go(page, "gv")
    expect(page.get_by_role("heading", name="Approvals")).to_be_visible()
    ready(page)
    press(page, "j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Approve £40.00")).to_be_visible()
    ready(page)
    fits_and_is_accessible(page)
    tab_to(page, page.locator("form [data-submit]").first)
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Approve £40.00")).to_have_count(0)
    assert WriteOff.objects.get().state == "approved"


def test_a_view_is_kept_and_has_itself_sent(page: Page) -> None:
    page.goto("/NG/reports/?country=GB")
    ready(page)
    press(page, "v")
    tab_to(page, page.locator("[name=name]").first)
    page.keyboard.type("Britain")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("link", name="Britain", exact=True)).to_be_visible()
    ready(page)
    page.goto("/NG/reports/views/")
    ready(page)
    tab_to(page, page.locator("a[href$='/email/']").first)
    page.keyboard.press("Enter")
    tab_to(page, page.locator("input[name=readers]").first)
    page.keyboard.press("Space")
    fits_and_is_accessible(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Britain").first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_on_a_phone_what_is_ticked_is_a_finger_high(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for url in ("/NG/chase/", "/NG/reports/views/?country=GB", "/NG/write-offs/"):
        page.goto(url)
        low = page.eval_on_selector_all(
            "input[type=checkbox], input[type=radio]",
            """found => found.filter(each => each.offsetParent).map(each => [each.name, Math.max(
                ...[each, ...each.labels].map(one => one.getBoundingClientRect().height))])""",
        )
        assert [each for each in low if each[1] < 44] == [], url
        assert low or url.endswith("write-offs/")

"""Every page of every role in the states one meets: axe finds nothing serious, nothing sticks out."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from collections_app.chase import claims
from collections_app.contact import answer_links, colleague_requests, commitments
from collections_app.contact.commitment_rows import Commitment
from collections_app.intake import batches
from collections_app.intake.batches import Batch
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.segmentation import drafts, portfolios
from collections_app.segmentation.covers import Cover
from collections_app.segmentation.rules.conditions import Rule
from tests.browsing import press
from tests.desk import person
from tests.flows.sights import too_wide, violations
from tests.flows.tabs import Tabs
from tests.ledgerrows import Rows, company_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAMPLES = Path(__file__).parents[2] / "docs" / "samples"

State = Callable[[Page], None]


def as_it_opens(page: Page) -> None:
    """Nothing more is done."""


def promise_and_pauses_open(page: Page) -> None:
    press(page, "p")
    page.locator("#log_also_disputes").check()
    page.locator("[data-key=s]").evaluate("element => { element.open = true; }")
    page.locator("[data-key=y]").evaluate("element => { element.open = true; }")


def refused(page: Page) -> None:
    """The form as it is sent off too early."""
    page.locator("form button[data-submit]").first.click()
    page.locator(".field-problems, .problems, [data-problems]").first.wait_for()


def why_open(page: Page) -> None:
    page.locator("td details summary").first.click()
    page.locator("td .points").first.wait_for()


def help_open(page: Page) -> None:
    press(page, "?")
    expect(page.locator("#help")).to_be_visible()


def palette_open(page: Page) -> None:
    press(page, "Control+k")
    expect(page.locator("#palette-input")).to_be_focused()
    page.keyboard.type("harrow")
    expect(page.locator("#palette-found a").first).to_be_visible()


def menu_open(page: Page) -> None:
    page.locator("details.menu.at-end summary").click()


def file_refused(page: Page) -> None:
    page.locator("button[data-submit]").click()
    expect(page.locator("main")).to_contain_text("Choose the file.")


def signed_out(page: Page) -> None:
    page.locator("#log_said").fill("They will ring")
    page.context.clear_cookies(name="workbench_session")
    page.locator("label.act").first.click()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#signed-out")).to_be_visible()


def not_let_in(page: Page) -> None:
    page.locator("#id_username").fill("priya")
    page.locator("#id_password").fill("wrong")
    page.keyboard.press("Enter")
    page.locator("[data-problems]").wait_for()


def all_open(page: Page) -> None:
    page.locator("details.panel").evaluate_all("found => found.forEach((each) => { each.open = true; })")


def without_courtesy(page: Page) -> None:
    page.locator("#id_words").fill("POD asap")
    page.locator("button[data-submit]").click()
    page.locator("[data-problems]").wait_for()


def nothing_said(page: Page) -> None:
    page.get_by_role("button", name="Send the answer").click()
    page.locator("[data-problems]").wait_for()


COLLECTING: list[tuple[str, State]] = [
    ("/NG/", as_it_opens),
    ("/NG/", help_open),
    ("/NG/home/cash/", as_it_opens),
    ("/NG/home/commitments/", as_it_opens),
    ("/NG/portfolios/{portfolio}/overview/", as_it_opens),
    ("/NG/covers/{cover}/", as_it_opens),
    ("/NG/chase/", why_open),
    ("/NG/chase/", palette_open),
    ("/NG/chase/?view=asleep", as_it_opens),
    ("/NG/chase/?q=nobody+of+that+name", as_it_opens),
    ("/NG/chase/absence/?number=harrow", as_it_opens),
    ("/NG/chase/{customer}/why/", as_it_opens),
    ("/NG/customers/", menu_open),
    ("/NG/customers/{customer}/", promise_and_pauses_open),
    ("/NG/customers/{customer}/", refused),
    ("/NG/customers/{customer}/timeline/", as_it_opens),
    ("/NG/search/?q=A1", as_it_opens),
    ("/NG/requests/?view=asked", as_it_opens),
    ("/NG/requests/{request}/", all_open),
    ("/NG/requests/{request}/", refused),
    ("/NG/customers/{customer}/requests/new/", without_courtesy),
    ("/NG/requests/commitments/", as_it_opens),
    ("/NG/requests/commitments/?view=late", as_it_opens),
    ("/NG/requests/commitments/{commitment}/", all_open),
    ("/NG/customers/{customer}/commitments/new/", as_it_opens),
    ("/preferences/password/", refused),
    ("/NG/customers/{customer}/", signed_out),
]
IMPORTING: list[tuple[str, State]] = [
    ("/NG/imports/", as_it_opens),
    ("/NG/imports/new/", file_refused),
    ("/NG/imports/{checked}/", as_it_opens),
    ("/NG/imports/{applied}/", as_it_opens),
    ("/NG/imports/{refused}/", as_it_opens),
    ("/NG/imports/{refused}/mapping/", as_it_opens),
    ("/NG/imports/profiles/", as_it_opens),
]
MANAGING: list[tuple[str, State]] = [
    ("/NG/", as_it_opens),
    ("/NG/chase/", as_it_opens),
    ("/NG/segments/?customer=101", as_it_opens),
    ("/NG/segments/draft/", as_it_opens),
    ("/NG/segments/draft/segments/steady/", as_it_opens),
    ("/NG/segments/draft/new/", refused),
    ("/NG/segments/portfolios/", as_it_opens),
    ("/NG/segments/portfolios/new/", refused),
    ("/NG/segments/portfolios/{portfolio}/", as_it_opens),
    ("/NG/segments/chase-rules/?segment=key", as_it_opens),
    ("/NG/segments/chase-rules/amount/", as_it_opens),
]
SETTING_UP: list[tuple[str, State]] = [
    ("/setup/", as_it_opens),
    ("/setup/companies/new/", refused),
    ("/setup/companies/NG/settings/", as_it_opens),
    ("/setup/companies/NG/rates/", refused),
    ("/setup/users/", as_it_opens),
    ("/setup/users/new/", refused),
    ("/setup/users/{ada}/", as_it_opens),
    ("/setup/teams/", as_it_opens),
    ("/setup/teams/new/", refused),
    # A company in which nothing has happened yet.
    ("/BARE/", as_it_opens),
    ("/BARE/customers/", as_it_opens),
    ("/BARE/imports/", as_it_opens),
    ("/BARE/segments/", as_it_opens),
]
SELLING: list[tuple[str, State]] = [
    ("/NG/", as_it_opens),
    ("/NG/customers/", as_it_opens),
    ("/NG/customers/{customer}/", as_it_opens),
    ("/NG/search/?q=harrow", as_it_opens),
    ("/NG/requests/", as_it_opens),
    ("/NG/requests/commitments/", as_it_opens),
    ("/NG/chase/", as_it_opens),  # 403
    ("/NG/customers/999999/", as_it_opens),  # 404
]
OUTSIDE: list[tuple[str, State]] = [
    ("/sign-in/", as_it_opens),
    ("/sign-in/", not_let_in),
    ("/answer/{link}/", as_it_opens),
    ("/answer/{link}/", nothing_said),
    ("/answer/{expired}/", as_it_opens),  # 410
    ("/answer/guess/", as_it_opens),  # 404
]
WALKS: dict[str, tuple[Role | None, list[tuple[str, State]]]] = {
    "a collector": (Role.COLLECTOR, COLLECTING),
    "whoever imports": (Role.MANAGER, IMPORTING),
    "a manager": (Role.MANAGER, MANAGING),
    "an administrator": (Role.ADMINISTRATOR, SETTING_UP),
    "a salesperson": (Role.SALES, SELLING),
    "nobody yet": (None, OUTSIDE),
}


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical on the page as it stands."""
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in violations(page)
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def faults(page: Page, *, is_dark: bool) -> list[str]:
    """What is wrong with the page as it stands: by axe on a wide light screen, or a small dark one; by width
    on all.
    """
    found = [] if is_dark else serious(page)
    found += too_wide(page, (1440, 820, 320, 390))
    return found + (serious(page) if is_dark else [])


def brought_in(company: Company, text: str) -> Batch:
    """A file that a worker has looked through."""
    at = clock.now()
    batch = batches.receive(
        company=company,
        file_name="open-items.csv",
        content=[text.encode()],
        profile_name="own",
        kind="open-items",
        as_of=dt.date(2026, 3, 11),
        by=None,
        at=at,
    )
    batches.check(batch, at=at)
    return batch


def between_us(customer: Customer, by: User) -> dict[str, int | str]:
    """Something asked of a colleague outside, links to it, and something that we owe, late."""
    at = clock.now()
    today = customer.company.today(at=at)
    asked = colleague_requests.ask(
        customer=customer,
        kind="proof_of_delivery",
        to_email="wim@haulier.example",
        reason="they cannot pay without it",
        due_on=today,
        by=by,
        at=at,
    )
    expired = answer_links.issue(asked, by=by, at=at - dt.timedelta(days=20))
    owed = commitments.record(customer=customer, kind="copy", owner=by, due_on=today, by=by, at=at)
    Commitment.objects.update(due_on=today - dt.timedelta(days=3))
    link = answer_links.issue(asked, by=by, at=at)
    return {"request": asked.pk, "commitment": owed.pk, "link": link, "expired": expired}


@pytest.fixture
def places(company: Company, rows: Rows, priya: User) -> dict[str, int | str]:
    """Everything there is to see, by the words that stand for it in addresses."""
    at, text = clock.now(), (SAMPLES / "open-items.csv").read_text("utf-8")
    company_of("BARE")
    drafts.begin(company=company, by=None, at=at)
    rest = portfolios.create(company=company, name="All", rule=Rule(), collector=priya, by=None, at=at)
    today, tom = company.today(at=at), person(company, "tom")
    portfolios.set_stand_in(portfolio=rest, stand_in=tom, start=today, end=today, by=None, at=at)
    applied = brought_in(company, (SAMPLES / "customers.csv").read_text("utf-8"))
    customer = rows.customers["101"]
    claims.claim(customer=rows.customers["103"], user=tom, at=at)
    return {
        **between_us(customer, priya),
        "customer": customer.pk,
        "portfolio": rest.pk,
        "cover": Cover.objects.get().pk,
        "checked": brought_in(company, text).pk,
        "refused": brought_in(company, text.replace("1250.00", "many")).pk,
        "applied": applied.pk,
    }


@pytest.mark.parametrize("who", WALKS)
def test_every_page_is_for_everybody(
    tabs: Tabs, company: Company, places: dict[str, int | str], priya: User, who: str
) -> None:
    role, screens = WALKS[who]
    user = priya if role == Role.COLLECTOR else person(company, "ada", role) if role else None
    if role == Role.SALES:
        Customer.objects.filter(pk=places["customer"]).update(salesperson=user)
    # Dark and light take turns, so that a page that is met in two states is seen in both.
    pages = [tabs.open(user), tabs.open(user, color_scheme="dark")]
    found = {}
    for turn, (path, state) in enumerate(screens):
        page = pages[turn % 2]
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(path.format(**places, ada=user.pk if user else 0))
        state(page)
        if wrong := faults(page, is_dark=page is pages[1]):
            found[f"{path} {state.__name__}"] = wrong
    assert found == {}

"""Every page of every role in the states one meets: axe finds nothing serious, nothing sticks out."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from collections_app.chase import claims
from collections_app.dunning import blocks, procedures
from collections_app.forecasting import forecasts
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.teams import Team
from collections_app.people.users import User
from collections_app.reports.saved_views import SavedView
from collections_app.segmentation import drafts, portfolios
from collections_app.segmentation.covers import Cover
from collections_app.segmentation.hand_over_rows import HandOver
from collections_app.segmentation.rules.conditions import Rule
from tests.desk import person
from tests.dunning.reminding import waiting
from tests.flows.sights import too_wide, violations
from tests.flows.tabs import Tabs
from tests.flows.walk_places import (
    agreed,
    between_us,
    brought_in,
    came_back,
    connected,
    given_up,
    gone_wrong,
    insured,
    late,
    ordered,
    worded,
    written,
)
from tests.flows.walks import WALKS
from tests.ledgerrows import Rows, company_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAMPLES = Path(__file__).parents[2] / "docs" / "samples"


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


@pytest.fixture
def places(company: Company, rows: Rows, priya: User) -> dict[str, int | str]:
    """Everything there is to see, by the words that stand for it in addresses."""
    at, text = clock.now(), (SAMPLES / "open-items.csv").read_text("utf-8")
    company_of("BARE")
    drafts.begin(company=company, by=None, at=at)
    procedures.ensure_default(company=company, by=None, at=at)
    procedures.begin(company=company, segment_code="standard", by=None, at=at)
    forecasts.make(company=company, today=company.today(at=at), at=at)
    rest = portfolios.create(company=company, name="All", rule=Rule(), collector=priya, by=None, at=at)
    today, tom = company.today(at=at), person(company, "tom")
    portfolios.set_stand_in(portfolio=rest, stand_in=tom, start=today, end=today, by=None, at=at)
    facts = {"giver": tom, "taker": priya, "first_on": today, "number": 1, "made_at": at}
    given = HandOver.objects.create(company=company, **facts)
    given.lines.create(customer=rows.customers["101"])
    applied = brought_in(company, (SAMPLES / "customers.csv").read_text("utf-8"))
    customer = rows.customers["101"]
    insured(customer)
    claims.claim(customer=rows.customers["103"], user=tom, at=at)
    late(company)
    worded(company)
    blocks.place(customer=customer, reason="plan", words="three parts", until=today, by=priya, at=at)
    held = [{"code": "paid", "then": "person", "sentence": "It was paid since.", "until": None}]
    waiting(rows.customers["103"], rows.invoices["C1"], day=today, state="held_back", stops=held)
    reminded = waiting(customer, rows.invoices["A1"], rows.invoices["A2"], day=today)
    deeds = {
        channel: waiting(customer, rows.invoices["A1"], day=today, channel=channel, note="Ask for a day").pk
        for channel in ("call", "task", "hold_proposal")
    }
    letter = {"channel": "letter", "state": "approved", "decided_at": at, "subject": "A1", "body": "Words"}
    waiting(rows.customers["104"], rows.invoices["D1"], day=today, **letter)
    one = rows.invoices["A2"]
    blocks.place(customer=customer, invoice=one, reason="legal", until=today, by=tom, at=at)
    return {
        **between_us(customer, priya),
        **agreed(rows, priya),
        **written(customer, priya),
        **came_back(customer, priya),
        **ordered(customer, priya),
        **connected(company),
        **given_up(rows, priya),
        **gone_wrong(company),
        "customer": customer.pk,
        "contact": customer.contacts.earliest("pk").pk,
        "reminder": reminded.pk,
        "task": deeds["task"],
        "hold": deeds["hold_proposal"],
        "portfolio": rest.pk,
        "cover": Cover.objects.get().pk,
        "hand_over": given.pk,
        "giver": priya.pk,
        "checked": brought_in(company, text).pk,
        "refused": brought_in(company, text.replace("1250.00", "many")).pk,
        "applied": applied.pk,
        "view": SavedView.objects.create(company=company, name="All of it", query={"currency": "GBP"}).pk,
        "team": Team.objects.create(name="North").pk,
    }


@pytest.mark.long(110)
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

"""A collector's whole morning by keyboard: ten customers, every outcome, a call back at its minute, a
colleague who answers by a link; and at noon the lists hold what was said, and nothing else.
"""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from playwright.sync_api import FilePayload, Page, expect

from collections_app.chase.snoozes import Skip, Snooze
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.dispute_rows import Dispute
from collections_app.contact.promised import Promise
from collections_app.contact.rules import Outcome
from collections_app.correspondence.messages import Message
from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.browsing import arrow_to, go, press, ready, tab_to, type_day
from tests.desk import person
from tests.documents import PDF
from tests.flows.conftest import LONDON, TODAY, sign_in
from tests.flows.tabs import Tabs
from tests.ledgerrows import Rows

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("morning"),
]

NAMES = {
    101: "Harrow Tools", 102: "Brandt GmbH", 103: "Calder Ltd", 104: "Dunmore plc", 105: "Elder Glass",
    106: "Fenton Paper", 107: "Garner Bikes", 108: "Hale Cables", 109: "Irwin Foods", 110: "Jarrow Boats",
    111: "Kelso Mills", 112: "Lister Pumps", 113: "Morton Toys",
}  # fmt: skip
# All equally late, so that who owes more comes first, and by keyboard nobody need look for the next.
LEDGER = "\n".join(
    f'customer {number} "{name}"\ninvoice {number} N{number} {(131 - number) * 1000}.00 due=-95'
    for number, name in NAMES.items()
)


@pytest.fixture
def ledger() -> str:
    return LEDGER


@pytest.fixture
def people(rows: Rows) -> Rows:
    """Whom one speaks with at each customer, and where they are written to."""
    for number, customer in rows.customers.items():
        customer.contacts.filter(is_primary=True).delete()
        customer.contacts.create(
            name=f"Pat of {number}",
            email=f"pat@{number}.example",
            is_primary=True,
            recorded_at=customer.recorded_at,
        )
    return rows


def at_customer(page: Page, number: int) -> None:
    """The customer is on screen, with all of its page in place."""
    expect(page.locator("#customer h1")).to_have_text(NAMES[number])
    expect(page).to_have_title(re.compile(f"^{NAMES[number]}"))
    ready(page)


def saved(page: Page, *, then: int) -> None:
    """Send the form one is in, and go on to ``then``."""
    page.keyboard.press("Control+Enter")
    at_customer(page, then)


def worked(page: Page, number: int, key: str, *, then: int) -> None:
    """An outcome that needs no more than its key."""
    at_customer(page, number)
    press(page, key)
    saved(page, then=then)


def until_eleven(page: Page) -> None:
    """From Harrow to Kelso: a promise in full with its summary, a message, a call back, a commitment,
    somebody passed over, a dispute, a copy, somebody asleep, a standing note, no answer, a slip of the hand.
    """
    worked(page, 101, "p", then=102)
    press(page, "e")
    expect(page.locator("#toasts")).to_contain_text("The summary for Pat of 101 leaves in 20 seconds.")
    # Calder is open on the manager's desk, and is passed.
    worked(page, 102, "2", then=104)

    press(page, "b")
    expect(page.locator("#log_next_at")).to_be_focused()
    page.keyboard.type("1030AM")
    expect(page.locator("#log_next_at")).to_have_value("10:30")
    saved(page, then=105)

    press(page, "5", "m", "Tab")
    arrow_to(page, "Credit note")
    page.keyboard.press("Tab")
    page.keyboard.type("for the broken pane")
    saved(page, then=106)

    press(page, "t", "Tab")
    page.keyboard.type("Their line is dead today")
    saved(page, then=107)

    press(page, "d")
    expect(page.locator("#log_dispute_invoice")).to_be_focused()
    arrow_to(page, "N107")
    page.keyboard.press("Tab")
    page.keyboard.type("500")
    page.keyboard.press("Tab")
    arrow_to(page, "Price or discount")
    saved(page, then=108)

    worked(page, 108, "i", then=109)

    press(page, "s", "Tab")
    type_day(page, TODAY + dt.timedelta(days=6))
    tab_to(page, page.locator("#pause_reason"))
    page.keyboard.type("Their office is moving")
    saved(page, then=110)

    press(page, "w", "Tab")
    arrow_to(page, "To avoid")
    page.keyboard.press("Tab")
    page.keyboard.type("Calls before ten")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#standing-notes")).to_contain_text("Calls before ten")
    worked(page, 110, "1", then=111)

    worked(page, 111, "4", then=112)
    press(page, "z")
    expect(page.locator("#toasts")).to_contain_text("Taken back.")
    worked(page, 111, "3", then=112)


def ask_the_haulier(page: Page) -> str:
    """Priya asks somebody outside for a proof of delivery; the link that they get."""
    press(page, "r")
    expect(page.locator("h1")).to_have_text("Ask a colleague about Lister Pumps")
    ready(page)
    page.keyboard.press("Tab")
    press(page, "Home", "Tab")
    page.keyboard.type("wim@haulier.example")
    page.keyboard.press("Tab")
    page.keyboard.type("Wim")
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_have_text("Proof of delivery")
    press(page, "l")
    return page.get_by_label(re.compile("^The link")).input_value()


def answer_from_outside(tabs: Tabs, link: str) -> None:
    """Wim has no password. He types his answer, adds a file, and sends it."""
    tab = tabs.open()
    tab.goto(link)
    expect(tab.get_by_label("Your answer")).to_be_focused()
    tab.keyboard.type("Signed by Ms Rowe on the 3rd.")
    tab.get_by_label("Files").set_input_files(
        FilePayload(name="pod.pdf", mimeType="application/pdf", buffer=PDF)
    )
    tab.get_by_role("button", name="Send the answer").press("Enter")
    expect(tab.locator("h1")).to_have_text("Thank you")
    tab.close()


def open_calder(tabs: Tabs, dana: User, rows: Rows) -> None:
    """A manager looks at Calder; for some minutes nobody else is given them."""
    tab = tabs.open(dana)
    with tab.expect_response("**/claim/"):
        tab.goto(f"/NG/customers/{rows.customers['103'].pk}/")
    tab.close()


def called_back(page: Page) -> None:
    """Dunmore asked for half past ten: five minutes before, wherever one is, a key opens them."""
    page.evaluate("document.body.dispatchEvent(new Event('workbench:minute'))")
    expect(page.locator("#call-backs-due")).to_contain_text("Dunmore plc: call back as agreed.")
    go(page, "gb")
    at_customer(page, 104)
    press(page, "p")
    expect(page.locator("#log_promise_amount")).to_be_focused()
    page.keyboard.type("10000")
    saved(page, then=112)


def rows_of(page: Page, address: str) -> list[str]:
    """The rows of a list, each as one line of words."""
    page.goto(address)
    ready(page)
    return [" ".join(row.split()) for row in page.locator("table[data-rows] tbody tr").all_inner_texts()]


@pytest.mark.long(50)
def test_a_morning_by_keyboard_and_what_is_left_of_it(
    tabs: Tabs, company: Company, people: Rows, morning: time_machine.Traveller, settings: Any
) -> None:
    # An hour and more is skipped in it, in which somebody would have gone on working.
    settings.SESSION_IDLE_MINUTES = 120
    dana = person(company, "dana", Role.MANAGER)
    open_calder(tabs, dana, people)
    page = tabs.open()
    sign_in(page)
    press(page, "Enter")
    until_eleven(page)

    answer_from_outside(tabs, ask_the_haulier(page))
    page.goto(page.url.removesuffix("link/"))
    expect(page.locator("main")).to_contain_text("Signed by Ms Rowe on the 3rd.")
    expect(page.get_by_role("link", name="pod.pdf")).to_be_visible()
    press(page, "c")
    at_customer(page, 112)
    expect(page.locator("#call-backs-due")).to_be_empty()
    morning.move_to(dt.datetime.combine(TODAY, dt.time(10, 25), LONDON))
    open_calder(tabs, dana, people)
    called_back(page)
    worked(page, 112, "4", then=113)
    press(page, "n")
    expect(page.locator("#log_said")).to_be_focused()
    page.keyboard.type("The new owner writes to us")
    press(page, "Escape", "6", "Control+Enter")
    # Whoever is left is open on another desk, or was passed over.
    expect(page.locator("h1")).to_have_text("Chase list")
    expect(page.locator("#toasts")).to_contain_text("Nothing is left on your list for now.")

    what_was_said(page, people)
    what_was_agreed(page)


def what_was_said(page: Page, people: Rows) -> None:
    """Every outcome, each on the timeline of its customer; of others nothing."""
    logs = ContactLog.objects.valid().order_by("at").values_list("customer__number", "outcome")
    assert list(logs) == [
        ("101", "promised"), ("102", "left_message"), ("104", "call_back"), ("105", "informed"),
        ("107", "disputes"), ("108", "wants_copy"), ("110", "no_answer"), ("111", "says_paid"),
        ("104", "promised"), ("112", "wrong_person"), ("113", "other"),
    ]  # fmt: skip
    assert {outcome for _, outcome in logs} == set(Outcome)
    told = {
        101: ["Promised £30,000.00 for 12 March 2026", "Call with Pat of 101: Promised to pay"],
        102: ["Left a message"],
        104: [
            "Promised £10,000.00 for 12 March 2026",
            "Asked us to call back",
            "Call back as agreed, 11 Mar",
        ],
        105: ["Informed them", "We owe them: Credit note: for the broken pane"],
        106: ["Their line is dead today"],
        107: ["Disputes £500.00 of N107: Price or discount"],
        108: ["Wants a copy", "Made ready: "],
        109: ["Their office is moving"],
        110: ["Noted (to avoid): Calls before ten", "No answer"],
        111: ["taken back", "Wrong person", "Says it is paid"],
        112: ["Asked Wim: Proof of delivery", "Wim answered: Proof of delivery", "Wrong person"],
        113: ["Something else", "The new owner writes to us"],
    }
    for number, sentences in told.items():
        page.goto(f"/NG/customers/{people.customers[str(number)].pk}/timeline/")
        for words in sentences:
            expect(page.locator("#timeline")).to_contain_text(words)
    page.goto(f"/NG/customers/{people.customers['103'].pk}/timeline/")
    expect(page.locator(".timeline > li")).to_have_count(1)


def what_was_agreed(page: Page) -> None:
    """The lists of promises, disputes, commitments and requests; and what is kept ready to leave."""
    promised = rows_of(page, "/NG/promises/")
    assert [row.split(" £0.00 ")[0] for row in promised] == [
        "Harrow Tools 101 £30,000.00",
        "Dunmore plc 104 £10,000.00",
    ]
    assert set(Promise.objects.values_list("customer__number", "amount", "promised_on")) == {
        ("101", Decimal(30_000), TODAY + dt.timedelta(days=1)),
        ("104", Decimal(10_000), TODAY + dt.timedelta(days=1)),
    }
    (disputed,) = rows_of(page, "/NG/disputes/?view=all")
    assert disputed.startswith("N107 Lodged Garner Bikes £500.00 Price or discount Priya")
    assert Dispute.objects.get().amount == 500
    (owed,) = rows_of(page, "/NG/requests/commitments/")
    assert "Elder Glass Credit note: for the broken pane Priya" in owed
    assert Commitment.objects.get().customer.number == "105"
    assert rows_of(page, "/NG/requests/?view=asked") == []
    (answered,) = rows_of(page, "/NG/requests/?view=asked&state=answered")
    assert "Proof of delivery Lister Pumps" in answered
    assert Skip.objects.get().reason == "Their line is dead today"
    assert Snooze.objects.get().until == TODAY + dt.timedelta(days=6)
    ready_to_leave = set(Message.objects.values_list("customer__number", "kind", "to_address"))
    assert {("101", "summary", "pat@101.example"), ("108", "copy", "pat@108.example")} <= ready_to_leave

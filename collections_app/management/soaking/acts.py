"""What people do all day, each act with a mark in its words. One that is begun is a function of a desk."""

import datetime as dt
import re
from functools import partial

from collections_app.lib import clock
from collections_app.management.soaking.desk import Desk
from collections_app.management.soaking.pages import form_of

PAYMENTS = 3
LOOKS_AT_AN_IMPORT = 8
LOOK_SECONDS = 1.0
_CUSTOMER = re.compile(r'href="(/[^"]*/customers/(\d+)/)"')
_DRAFT = re.compile(r'name="draft"\s+value="(\d+)"')
_IMPORT = re.compile(r"/imports/(\d+)/")
CONTACT, PROMISE, DISPUTE, SNOOZE = "contact logged", "promise", "dispute", "customer snoozed"
REQUEST, APPROVAL, ORDER, IMPORT = "colleague asked", "reminders approved", "order stated", "file of payments"


def _open_a_customer(desk: Desk) -> tuple[int, str]:
    """One of the list, and the page; 0 when there is none."""
    found = _CUSTOMER.findall(desk.read(desk.at("chase_list")))
    if not found:
        return 0, ""
    path, number = desk.chance.choice(found)
    return int(number), desk.read(path)


def _converse(desk: Desk, kind: str, outcome: str) -> None:
    customer, page = _open_a_customer(desk)
    path = desk.at("customer_contacts", customer_id=customer)
    form = form_of(page, path)
    if form is None:
        return
    act = desk.journal.begin(kind)
    form.given |= {"outcome": outcome, "said": f"We talked it over. {act.mark}"}
    if outcome == "disputes":
        form.given["dispute_invoice"] = form.first_of("dispute_invoice")
        form.given["dispute_reason"] = form.first_of("dispute_reason")
    desk.send(act, path, form)


def log_contact(desk: Desk) -> None:
    """Nobody promised anything."""
    _converse(desk, CONTACT, "informed")


def log_promise(desk: Desk) -> None:
    """They promise what is due for the day that the form proposes."""
    _converse(desk, PROMISE, "promised")


def raise_dispute(desk: Desk) -> None:
    """They contest the whole of an invoice."""
    _converse(desk, DISPUTE, "disputes")


def snooze(desk: Desk) -> None:
    """Out of the way for some days. Twice is two snoozes, of which one runs: so it is asked once."""
    customer, page = _open_a_customer(desk)
    path = desk.at("customer_snooze", customer_id=customer)
    form = form_of(page, path)
    if form is None:
        return
    act = desk.journal.begin(SNOOZE)
    until = clock.now().date() + dt.timedelta(days=3)
    form.given |= {"until": until.isoformat(), "reason": f"They are away. {act.mark}"}
    desk.end(act, desk.once(act, lambda: desk.browser.post(path, form.given)))


def ask_colleague(desk: Desk) -> None:
    """Somebody who does not sign in is asked, by a message with a link."""
    customer, _ = _open_a_customer(desk)
    if not customer:
        return
    path = desk.at("request_new", customer_id=customer)
    form = form_of(desk.read(path), "")
    if form is None:
        return
    act = desk.journal.begin(REQUEST)
    form.given |= {"to_user": "", "to_desk": "", "to_email": "kim@house.example", "to_name": "Kim"}
    form.given["words"] = f"{form.given['words'].strip()} ({act.mark})"
    desk.send(act, path, form, action="")


def approve_reminders(desk: Desk) -> None:
    """Two that wait. Once: which were approved meanwhile is no longer waited for."""
    path = desk.at("reminders_approve")
    page = desk.read(f"{desk.at('reminders')}?view=to_approve")
    waiting, form = _DRAFT.findall(page), form_of(page, path)
    if not waiting or form is None:
        return
    for draft in desk.chance.sample(waiting, min(2, len(waiting))):
        act = desk.journal.begin(APPROVAL)
        act.mark = f"draft-{draft}"
        # The form of the rows names no group.
        given = {"csrfmiddlewaretoken": form.given["csrfmiddlewaretoken"], "view": "to_approve"}
        desk.end(act, desk.once(act, partial(desk.browser.post, path, given | {"draft": draft})))


def look_at_holds(desk: Desk) -> None:
    """What those who sell do: which orders wait."""
    desk.read(desk.at("holds"))


def state_order(desk: Desk) -> None:
    """The shop asks whether an order would go, and states it."""
    act = desk.journal.begin(ORDER)
    company, customer = desk.filled.company.code, desk.chance.choice(desk.filled.customers)
    said = {"customer": customer, "amount": f"{desk.chance.randint(10, 900)}.00"}
    base = f"/api/v1/companies/{company}"
    desk.once(act, lambda: desk.browser.send_json(f"{base}/order-checks", said, f"{act.mark}-asked"))
    stated = {**said, "number": act.mark}
    answer = desk.repeat(act, lambda: desk.browser.send_json(f"{base}/orders", stated, act.mark))
    desk.end(act, answer)


def import_payments(desk: Desk) -> None:
    """A small file of payments is brought in, and applied as soon as a worker has looked through it."""
    path = desk.at("import_new")
    form = form_of(desk.read(path), path)
    if form is None:
        return
    act = desk.journal.begin(IMPORT)
    form.given["reads"] = "own:transactions"
    content = _payments(desk, act.mark)
    answer = desk.repeat(act, lambda: desk.browser.send_file(path, form.given, f"{act.mark}.csv", content))
    desk.end(act, answer)
    number = _IMPORT.search(answer.location)
    if number:
        _apply(desk, int(number[1]))


def _payments(desk: Desk, mark: str) -> str:
    day, customer = clock.now().date(), desk.chance.choice(desk.filled.customers)
    lines = ["type,customer,number,currency,amount,posted_on"]
    lines += [f"receipt,{customer},{mark}-{n},GBP,{n}.00,{day}" for n in range(1, PAYMENTS + 1)]
    return "\n".join([*lines, ""])


def _apply(desk: Desk, batch: int) -> None:
    """Once it is looked through. Somebody who waited for a while leaves it to be applied later."""
    path = desk.at("import_apply", batch_id=batch)
    for _ in range(LOOKS_AT_AN_IMPORT):
        if form := form_of(desk.read(desk.at("import", batch_id=batch)), path):
            answer = desk.browser.post(path, form.given)
            if answer.has_failed and not answer.is_told:
                desk.journal.breach("Applying a file was answered with an error and no word about it.")
            return
        if desk.is_over.wait(LOOK_SECONDS):
            return

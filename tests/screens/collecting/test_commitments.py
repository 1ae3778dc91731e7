"""What we owe, on screen: listed, met with one key, moved, handed over, withdrawn; nobody else's business."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from collections_app.contact import commitments
from collections_app.contact.commitment_rows import Commitment
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.ledgerrows import company_of
from tests.screens.collecting.conftest import Office

DAY = dt.timedelta(days=1)


def owed(
    office: Office, number: str = "200", *, days: int = 2, owner: User | None = None, **facts: Any
) -> Commitment:
    given = {"kind": "credit_note", "words": "for the rebate", **facts}
    made = commitments.record(
        customer=office.customer(number),
        owner=owner or office.priya,
        due_on=office.today + max(days, 0) * DAY,
        by=office.priya,
        at=office.at,
        **given,
    )
    if days < 0:
        on = office.today + days * DAY
        Commitment.objects.filter(pk=made.pk).update(due_on=on, first_due_on=on)
        made.refresh_from_db()
    return made


def page(office: Office, path: str, user: User | None = None) -> str:
    return office.client(user or office.priya).get(f"/NG/{path}").content.decode()


def test_the_list_shows_mine_late_and_all_with_counts(office: Office) -> None:
    owed(office, days=-2, words="planted-late")
    owed(office, "100", words="planted-mine")
    owed(office, "300", owner=office.dana, words="planted-danas")

    mine = page(office, "requests/commitments/")
    assert mine.index("planted-late") < mine.index("planted-mine")
    assert "planted-danas" not in mine
    assert ">late</span>" in mine
    late = page(office, "requests/commitments/?view=late")
    assert "planted-late" in late
    assert "planted-mine" not in late
    assert "planted-danas" in page(office, "requests/commitments/?view=all")
    assert "planted-danas" in page(office, f"requests/commitments/?view=all&owner={office.dana.pk}")
    assert "planted-mine" not in page(office, f"requests/commitments/?view=all&owner={office.dana.pk}")


def test_a_long_list_goes_on_by_place(office: Office, django_assert_max_num_queries: Any) -> None:
    for number in range(53):
        owed(office, words=f"number-{number:02}")
    browser = office.client(office.priya)
    with django_assert_max_num_queries(16):
        first = browser.get("/NG/requests/commitments/").content.decode()
    assert "number-49" in first
    assert "number-50" not in first
    last = Commitment.objects.order_by("due_on", "pk")[49]
    rest = page(office, f"requests/commitments/?view=mine&after={last.due_on}~{last.pk}")
    assert "number-50" in rest
    assert "number-49" not in rest
    assert f"after={last.due_on}~{last.pk}" in first
    for odd in ("x", "2026-13-01~1", "2026-01-01~", "~1", "2026-01-01~99999999999999999999"):
        assert "number-00" in page(office, f"requests/commitments/?after={odd}")


def test_one_is_met_from_the_list_and_taken_back(office: Office, htmx: dict[str, str]) -> None:
    made = owed(office)
    browser = office.client(office.priya)
    form = {"version": "1", "here": "view=mine&state=open"}
    answer = browser.post(f"/NG/requests/commitments/{made.pk}/meet/", form, headers=htmx)
    said = answer.content.decode()
    assert 'id="list" hx-swap-oob="true"' in said
    assert "for the rebate" not in said.partition('id="status"')[0]
    assert f"/NG/requests/commitments/{made.pk}/reopen/" in said
    made.refresh_from_db()
    assert made.state == "met"

    browser.post(f"/NG/requests/commitments/{made.pk}/reopen/")
    made.refresh_from_db()
    assert made.state == "open"


def test_a_plain_browser_meets_one_and_comes_back_to_its_list(office: Office) -> None:
    made = owed(office)
    answer = office.client(office.priya).post(
        f"/NG/requests/commitments/{made.pk}/meet/", {"version": "1", "here": "view=late&state=open"}
    )
    assert (answer.status_code, answer["Location"]) == (303, "/NG/requests/commitments/?view=late&state=open")


def test_a_list_that_is_older_than_a_change_meets_nothing_and_says_what_changed(
    office: Office, htmx: dict[str, str]
) -> None:
    made = owed(office)
    commitments.move(made, due_on=office.today + 9 * DAY, reason="agreed", by=office.dana, at=office.at)
    for headers, status in ((htmx, 409), ({}, 422)):
        answer = office.client(office.priya).post(
            f"/NG/requests/commitments/{made.pk}/meet/", {"version": "1"}, headers=headers
        )
        assert answer.status_code == status
        assert "agreed) (Dana" in answer.content.decode()
    made.refresh_from_db()
    assert made.state == "open"


def test_it_is_written_down_from_the_customers_page_once(office: Office) -> None:
    url, invoice = office.url("200", "commitments/new/"), office.rows.invoices["B1"]
    assert "B1" in page(
        office, f"customers/{office.customer('200').pk}/commitments/new/?invoices={invoice.pk}"
    )
    form = {
        "form_key": str(uuid4()), "kind": "call_back", "words": "about the pallets", "owner": office.priya.pk,
        "due_on": f"{office.today + DAY:%Y-%m-%d}", "due_at": "10:15", "invoices": [invoice.pk],
    }  # fmt: skip
    browser = office.client(office.priya)
    for _ in range(2):
        assert browser.post(url, form).status_code == 303
    made = Commitment.objects.get()
    assert (made.kind, made.due_at, [each.number for each in made.invoices.all()]) == (
        "call_back", dt.time(10, 15), ["B1"],
    )  # fmt: skip


def test_what_was_refused_comes_back_as_it_was_typed_with_all_reasons(office: Office) -> None:
    form = {"kind": "other", "words": "", "due_on": f"{office.today - DAY:%Y-%m-%d}", "due_at": "10:15"}
    answer = office.client(office.priya).post(office.url("200", "commitments/new/"), form)
    said = answer.content.decode()
    assert answer.status_code == 422
    for words in ("in a few words what we owe", "Say who does it", "cannot be in the past", "call back only"):
        assert words in said
    assert "10:15" in said


@pytest.mark.parametrize(
    ("deed", "form", "state"),
    [
        ("move", {"due_on": "2099-01-01", "reason": "x"}, None),
        ("move", {"reason": "planted-typed"}, None),
        ("hand-over", {"to": "0", "reason": "planted-typed"}, None),
        ("withdraw", {"reason": ""}, None),
        ("withdraw", {"reason": "they paid"}, "withdrawn"),
    ],
)
def test_changes_from_the_page_are_made_or_refused(
    office: Office, deed: str, form: dict[str, str], state: str | None
) -> None:
    made = owed(office)
    url = f"/NG/requests/commitments/{made.pk}/{deed}/"
    answer = office.client(office.priya).post(url, {"version": "1", **form})
    made.refresh_from_db()
    if state:
        assert (answer.status_code, made.state) == (303, state)
    else:
        assert (answer.status_code, made.state) == (422, "open")
        assert form["reason"] in answer.content.decode()


def test_it_is_handed_over_and_moved_from_its_page(office: Office) -> None:
    made, browser = owed(office), office.client(office.priya)
    at = f"/NG/requests/commitments/{made.pk}/"
    browser.post(f"{at}hand-over/", {"version": "1", "to": office.dana.pk, "reason": "Priya is away"})
    moved = {"version": "2", "due_on": f"{office.today + 5 * DAY:%Y-%m-%d}", "reason": "agreed"}
    browser.post(f"{at}move/", moved)
    made.refresh_from_db()
    assert (made.owner, made.due_on) == (office.dana, office.today + 5 * DAY)
    stale = browser.post(f"{at}withdraw/", {"version": "1", "reason": "planted-typed"})
    assert stale.status_code == 422
    assert "Priya handed to Dana" in stale.content.decode()
    assert "planted-typed" in stale.content.decode()
    assert 'name="version" value="3"' in stale.content.decode()


DEEDS = ("meet/", "reopen/", "move/", "hand-over/", "withdraw/")


@pytest.mark.parametrize("who", ["tom", "sam", "stranger"])
def test_strangers_to_the_customer_find_nothing(office: Office, who: str) -> None:
    people = {
        "tom": office.tom,
        "sam": office.sam,
        "stranger": person(company_of("OTHER"), "eve", Role.MANAGER),
    }
    made, browser = owed(office, "300"), office.client(people[who])
    assert browser.get(f"/NG/requests/commitments/{made.pk}/").status_code == 404
    for deed in DEEDS:
        assert browser.post(f"/NG/requests/commitments/{made.pk}/{deed}", {"reason": "x"}).status_code == 404
    asked = browser.get(office.url("300", "commitments/new/")).status_code
    assert asked == (403 if who == "sam" else 404)
    made.refresh_from_db()
    assert made.version == 1


def test_ids_of_another_company_are_not_found_under_ones_own(office: Office) -> None:
    other = company_of("OTHER")
    other.members.add(office.dana)
    url = f"/OTHER/requests/commitments/{owed(office).pk}/"
    assert office.client(office.dana).get(url).status_code == 404


def test_sales_see_and_meet_what_they_are_to_do_and_no_more(office: Office) -> None:
    theirs = owed(office, "200", owner=office.sam, words="planted-sams")
    owed(office, "200", words="planted-priyas")
    said = page(office, "requests/commitments/?view=all", office.sam)
    assert "planted-sams" in said
    assert "planted-priyas" not in said
    assert "Commitments met" not in said
    office.client(office.sam).post(f"/NG/requests/commitments/{theirs.pk}/meet/", {"version": "1"})
    theirs.refresh_from_db()
    assert theirs.state == "met"


DUE = {"copy": 0, "credit_note": 5, "answer": 2, "call_back": 1, "other": 2}


@pytest.mark.parametrize("kind", DUE)
def test_another_kind_proposes_its_day_while_nobody_has_put_one_in(
    office: Office, htmx: dict[str, str], kind: str
) -> None:
    browser, url = office.client(office.priya), office.url("200", "commitments/new/")
    first = browser.get(url).context["form"]["due_on"].value()
    day = office.company.calendar.on_or_after(office.company.calendar.add(office.today, DUE[kind]))

    asked = {"kind": kind, "due_on": f"{first:%Y-%m-%d}", "proposed": f"{first:%Y-%m-%d}"}
    part = browser.get(url, asked, headers=htmx).content.decode()
    assert part.count(f'value="{day:%Y-%m-%d}"') == 2  # the day, and that it was proposed
    assert "<html" not in part

    put_in = f"{office.today + 30 * DAY:%Y-%m-%d}"
    part = browser.get(url, {**asked, "due_on": put_in}, headers=htmx).content.decode()
    assert f'value="{put_in}"' in part


def test_a_plain_browser_asks_for_the_day_by_a_button_and_loses_nothing(office: Office) -> None:
    invoice = office.rows.invoices["B1"]
    proposed = f"{office.company.calendar.add(office.today, DUE['credit_note']):%Y-%m-%d}"
    typed = {
        "kind": "copy", "words": "planted-typed", "owner": office.dana.pk, "due_on": proposed,
        "proposed": proposed, "due_at": "10:15", "invoices": [invoice.pk], "propose": "yes",
    }  # fmt: skip
    answered = office.client(office.priya).post(office.url("200", "commitments/new/"), typed)
    form = answered.context["form"]

    assert answered.status_code == 200
    assert not Commitment.objects.exists()
    day = office.company.calendar.on_or_after(office.today)
    assert form["due_on"].value() == f"{day:%Y-%m-%d}"
    said = answered.content.decode()
    for words in ('value="planted-typed"', 'value="10:15"', "selected>Copy of an invoice", "checked"):
        assert words in said, words
    assert form["owner"].value() == str(office.dana.pk)


def test_the_rate_of_promises_kept_stands_beside_that_of_commitments_met(office: Office) -> None:
    owed(office, days=-3)

    said = page(office, "requests/commitments/")

    assert "Commitments met" in said
    assert "Promises kept" in said

"""The chase list on screen."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.chase import claims, list_days, working
from collections_app.chase.entries import Entry
from collections_app.ledger.customers import Customer
from collections_app.screens import view_counts
from collections_app.screens.scoping import Scope
from collections_app.segmentation.assignments import Assignment
from tests.desk import list_day
from tests.ledgertext import load
from tests.screens.collecting.conftest import Office


def names(response: Any) -> list[str]:
    return re.findall(r"data-row-link>([^<]+)<", response.content.decode())


def test_it_shows_ones_own_customers_in_order(office: Office) -> None:
    response = office.client(office.priya).get("/NG/chase/")

    assert names(response) == ["Harrow Tools", "Brandt GmbH", "Calder Ltd"]
    assert "£120,000" in response.content.decode()


def test_a_colleague_of_another_team_sees_none_of_them(office: Office) -> None:
    for view in ("mine", "all"):
        assert names(office.client(office.tom).get(f"/NG/chase/?view={view}")) == []


def test_the_list_is_read_and_counted_in_few_statements(office: Office) -> None:
    browser = office.client(office.priya)
    browser.get("/NG/chase/")
    view_counts.forget(Scope(office.priya, office.company, office.today, office.at))
    with CaptureQueriesContext(connection) as asked:
        browser.get("/NG/chase/")
    assert len(asked) <= 11


def test_who_sleeps_is_looked_for_among_ones_own(office: Office) -> None:
    scope = Scope(office.priya, office.company, office.today, office.at)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = view_counts.asleep(scope).order_by().explain()
    assert re.search(r"entry_left_out_by_collector.*\n? *.*Index Cond: .*collector_id", plan), plan


def test_of_which_day_an_old_list_is_is_read_once_for_all_who_look(office: Office) -> None:
    yesterday = office.today - dt.timedelta(days=1)
    Entry.objects.update(day=yesterday)
    with CaptureQueriesContext(connection) as asked:
        days = [list_days.old_day_of(office.company, today=office.today) for _ in range(3)]
    assert days == [yesterday] * 3
    assert len(asked) == 1


def test_a_manager_begins_with_everybodys(office: Office) -> None:
    assert len(names(office.client(office.dana).get("/NG/chase/"))) == 3


def test_sales_may_not_work_it(office: Office) -> None:
    assert office.client(office.sam).get("/NG/chase/").status_code == 403


def test_a_stranger_to_the_company_gets_404(office: Office) -> None:
    office.company.members.clear()
    assert office.client(office.priya).get("/NG/chase/").status_code == 404


def test_the_filter_narrows_it_by_words(office: Office, htmx: dict[str, str]) -> None:
    response = office.client(office.priya).get("/NG/chase/?view=mine&q=brAndt", headers=htmx)

    assert names(response) == ["Brandt GmbH"]
    assert "<html" not in response.content.decode()


def test_an_empty_view_says_so(office: Office) -> None:
    page = office.client(office.priya).get("/NG/chase/?view=broken_promises").content.decode()
    assert "Nobody is left here" in page


def test_it_says_who_has_a_customer_open(office: Office) -> None:
    claims.claim(customer=office.customer("100"), user=office.dana, at=office.at)
    page = office.client(office.priya).get("/NG/chase/").content.decode()
    assert "Dana has it open" in page


def test_those_asleep_have_a_view(office: Office) -> None:
    working.snooze(
        customer=office.customer("200"),
        until=office.today + dt.timedelta(days=3),
        reason="Books closed",
        by=office.priya,
        at=office.at,
    )
    browser = office.client(office.priya)
    assert names(browser.get("/NG/chase/?view=asleep")) == ["Brandt GmbH"]
    assert "Brandt GmbH" not in names(browser.get("/NG/chase/"))


def grow(office: Office, number: int) -> None:
    """Many more customers of Priya, all alike."""
    text = "\n".join(
        f'customer X{n} "Extra {n:04}"\ninvoice X{n} X{n}-1 {300 + n}.00 due=-20' for n in range(number)
    )
    load(text, company=office.company, today=office.today)
    assigned = Assignment.objects.values("customer")
    for customer in Customer.objects.filter(company=office.company).exclude(pk__in=assigned):
        Assignment.objects.create(
            company=office.company, customer=customer, collector=office.priya, day=office.today
        )
    list_day(office.company, at=office.at)


def test_pages_follow_one_another_without_a_gap(office: Office) -> None:
    grow(office, 117)
    browser, url, seen, numbers = office.client(office.priya), "?view=mine", [], []
    while url:
        page = browser.get(f"/NG/chase/{url}")
        seen += names(page)
        numbers += [int(n) for n in re.findall(r'class="rank least">(\d+)<', page.content.decode())]
        found = re.search(r'href="(\?[^"]+)"\s+data-key="n"', page.content.decode())
        url = found.group(1).replace("&amp;", "&") if found else ""

    in_order = Entry.objects.listed(office.company).values_list("customer__name", flat=True)
    assert seen == list(in_order)
    assert numbers == list(range(1, 121))


def test_what_is_worked_between_two_pages_neither_skips_nor_repeats_the_others(office: Office) -> None:
    grow(office, 80)
    browser = office.client(office.priya)
    first = browser.get("/NG/chase/?view=mine")
    found = re.search(r'href="(\?[^"]+)"\s+data-key="n"', first.content.decode())
    assert found
    last = Customer.objects.get(company=office.company, name=names(first)[-1])
    working.snooze(
        customer=last, until=office.today + dt.timedelta(days=3), reason="Away", by=office.priya, at=office.at
    )

    second = browser.get("/NG/chase/" + found.group(1).replace("&amp;", "&"))
    assert len(names(first) + names(second)) == 83
    assert set(names(first)).isdisjoint(names(second))


@pytest.mark.parametrize("after", ["12", "x", "60_3_4_5", "a%00b"])
def test_a_place_that_is_none_of_ours_shows_the_top(office: Office, after: str) -> None:
    shown = office.client(office.priya).get(f"/NG/chase/?after={after}&n=50")
    assert shown.status_code in (200, 400)
    if shown.status_code == 200:
        assert names(shown)[0] == "Harrow Tools"


def test_no_amount_and_no_name_stands_in_a_link(office: Office) -> None:
    grow(office, 60)
    page = office.client(office.priya).get("/NG/chase/").content.decode()
    found = re.search(r'href="\?([^"]+)"\s+data-key="n"', page)
    assert found
    assert re.fullmatch(r"view=mine&amp;q=&amp;after=[\w:%-]+&amp;n=50", found.group(1))


@pytest.mark.parametrize("view", ["mine", "all", "asleep"])
def test_the_queries_do_not_grow_with_the_rows(office: Office, view: str) -> None:
    browser = office.client(office.priya)
    browser.get(f"/NG/chase/?view={view}")

    def queries() -> int:
        cache.clear()  # counts are kept for some seconds, and then asked for again
        with CaptureQueriesContext(connection) as seen:
            browser.get(f"/NG/chase/?view={view}")
        return len(seen)

    few = queries()
    grow(office, 80)
    assert queries() <= few <= 16


def test_why_opens_in_place_and_as_a_page(office: Office, htmx: dict[str, str]) -> None:
    url = f"/NG/chase/{office.customer('100').pk}/why/"
    browser = office.client(office.priya)
    part, page = browser.get(url, headers=htmx).content.decode(), browser.get(url).content.decode()

    assert "oldest invoice 95 days overdue" in part
    assert str(office.entry("100").score) in part
    assert "<html" not in part
    assert "<html" in page


def test_nothing_is_told_about_a_customer_of_others(office: Office) -> None:
    assert office.client(office.tom).get(f"/NG/chase/{office.customer('100').pk}/why/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("400", "no open items"),
        ("paid", "no open items"),
        ("999", "no customer with the number"),
        ("harrow", "is on the list, at place 1"),
        ("", "Give the name or the number"),
        ("00", "Several customers fit"),
    ],
)
def test_the_inspector_answers_by_number_and_by_name(office: Office, asked: str, words: str) -> None:
    page = office.client(office.priya).get("/NG/chase/absence/", {"number": asked}).content.decode()
    assert words in page


def test_start_opens_the_first_and_next_goes_on(office: Office) -> None:
    browser = office.client(office.priya)
    first = browser.post("/NG/chase/next/")
    assert (first.status_code, first.headers["Location"]) == (303, office.url("100"))

    second = browser.post("/NG/chase/next/", {"leaving": office.customer("100").pk})
    assert second.headers["Location"] == office.url("200")


def test_next_changes_nothing_when_it_is_only_looked_at(office: Office) -> None:
    assert office.client(office.priya).get("/NG/chase/next/").status_code == 405


def test_when_nothing_is_left_it_says_so(office: Office) -> None:
    Entry.objects.update(left_out="asleep")
    page = office.client(office.priya).post("/NG/chase/next/", follow=True).content.decode()
    assert "Nothing is left on your list for now." in page


def test_ticked_customers_are_put_to_sleep_together(office: Office) -> None:
    ids = [office.customer(number).pk for number in ("100", "200")]
    browser = office.client(office.priya)

    def snooze(days: int) -> str:
        until = office.today + dt.timedelta(days=days)
        given = {"customers": ids, "until": f"{until:%Y-%m-%d}", "reason": "Books closed"}
        return browser.post("/NG/chase/snooze/", given, follow=True).content.decode()

    assert "Choose a day after today" in snooze(0)
    assert "2 customers sleep until" in snooze(2)
    assert names(browser.get("/NG/chase/")) == ["Calder Ltd"]

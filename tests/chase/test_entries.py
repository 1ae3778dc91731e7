"""The chase list: who is on it, in which order, and what moves it."""

import datetime as dt
from decimal import Decimal
from typing import Any

from collections_app.chase import entries, explanations, inspector
from collections_app.chase.entries import VIEWS, Entry, Place
from collections_app.chase.weights import Weight
from collections_app.contact.contact_logs import ContactLog
from collections_app.ledger.companies import Company
from collections_app.ledger.exchange_rates import ExchangeRate
from collections_app.ledger.invoices import Invoice
from collections_app.people.users import User
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.portfolios import Portfolio
from tests.desk import on_list, person
from tests.ledgerrows import Rows, company_of, moment
from tests.ledgertext import load
from tests.listing import LEDGER, derive, entry, log


def test_the_most_points_come_first(company: Company, rows: Rows, today: dt.date) -> None:
    assert derive(company, today) == 4

    assert on_list(company) == ["100", "200"]
    assert [(each.rank, each.score) for each in entries.listed(company)] == [(1, 35), (2, 17)]


def test_the_parts_say_why_and_add_up_to_the_score(company: Company, rows: Rows, today: dt.date) -> None:
    derive(company, today)

    for listed in entries.listed(company):
        assert sum(part.points for part in explanations.why(listed)) == listed.score
    assert [(part.points, part.why) for part in explanations.why(entry("100"))] == [
        (20, "oldest invoice 41 days overdue"),
        (10, "more than 14 days overdue, and nobody spoke with them for 30 days"),
        (5, "£2,000.00 to collect"),
    ]
    assert explanations.way_off(entry("100"))[0] == "A payment of £2,000.00 takes them off for good."


def test_a_second_run_changes_nothing(company: Company, rows: Rows, today: dt.date) -> None:
    derive(company, today)
    first = list(Entry.objects.order_by("pk").values())

    derive(company, today)

    assert list(Entry.objects.order_by("pk").values()) == first


def test_the_next_day_remembers_the_places_of_the_day_before(
    company: Company, rows: Rows, today: dt.date
) -> None:
    derive(company, today)
    Invoice.objects.filter(number="A2").update(amount=Decimal(900_000), open_amount=Decimal(900_000))

    for _ in range(2):
        derive(company, today + dt.timedelta(1))

        assert [(each.rank, each.previous_rank) for each in entries.listed(company)] == [(1, 1), (2, 2)]


def test_one_customer_is_refreshed_without_losing_the_places(
    company: Company, rows: Rows, today: dt.date, priya: User
) -> None:
    derive(company, today)
    log(rows, "100", priya, on=today, next_step="call", next_on=today + dt.timedelta(3))

    entries.refresh_customers(
        company=company, customers=[rows.customers["100"].pk], today=today, at=moment(today)
    )

    assert on_list(company) == ["200"]
    assert (entry("100").left_out, entry("100").asleep_until) == ("asleep", today + dt.timedelta(3))
    assert (entry("100").rank, entry("200").rank) == (1, 2)


def test_a_call_back_of_a_rest_day_is_on_the_list_of_the_next_working_day(
    company: Company, rows: Rows, priya: User
) -> None:
    saturday, monday = dt.date(2026, 3, 14), dt.date(2026, 3, 16)
    log(rows, "300", priya, on=saturday - dt.timedelta(2), next_step="call_back", next_on=saturday)

    derive(company, monday)

    assert "300" in on_list(company)
    assert explanations.why(entry("300"))[0].why == "call-back agreed for 14 March"


def test_the_agreed_minute_is_in_the_time_of_the_company(today: dt.date, db: None) -> None:
    company = company_of(time_zone="Asia/Tokyo")
    rows = load(LEDGER, company=company, today=today)
    user = person(company, "priya")
    at = dt.datetime.combine(today - dt.timedelta(1), dt.time(3), dt.UTC)
    log(
        rows,
        "100",
        user,
        on=today - dt.timedelta(1),
        next_step="call_back",
        next_on=today,
        next_at=dt.time(10, 15),
    )

    derive(company, today)

    assert entry("100").call_back_at == at.replace(hour=1, minute=15) + dt.timedelta(1)


def test_a_contact_late_in_the_evening_belongs_to_the_day_of_the_company(db: None) -> None:
    today = dt.date(2026, 3, 11)
    company = company_of(time_zone="Asia/Tokyo")
    rows = load(LEDGER, company=company, today=today)
    priya = person(company, "priya")
    for hour, absent in ((14, "worked_today"), (15, "")):  # 23:00 and midnight in Tokyo
        late = log(rows, "100", priya, on=today)
        late.pk, late.at = None, dt.datetime(2026, 3, 11, hour, tzinfo=dt.UTC)
        ContactLog.objects.valid().update(withdrawn_at=late.at, withdrawn_by=priya)
        late.save()

        derive(company, today)

        assert entry("100").left_out == absent


def test_a_stand_in_works_the_list_while_the_collector_is_away(
    company: Company, rows: Rows, today: dt.date, priya: User
) -> None:
    tom = person(company, "tom")
    portfolio = Portfolio.objects.create(
        company=company,
        position=1,
        name="North",
        rule={},
        collector=priya,
        stand_in=tom,
        stand_in_from=today,
        stand_in_until=today + dt.timedelta(1),
    )
    Assignment.objects.create(
        company=company, customer=rows.customers["100"], portfolio=portfolio, collector=priya, day=today
    )
    workers = []
    for shift in (-1, 0, 1, 2):
        derive(company, today + dt.timedelta(shift))
        workers.append(entry("100").collector)

    assert workers == [priya, tom, tom, priya]


def test_somebody_who_left_stands_in_for_nobody(
    company: Company, rows: Rows, today: dt.date, priya: User
) -> None:
    tom = person(company, "tom")
    away = {"stand_in": tom, "stand_in_from": today, "stand_in_until": today}
    portfolio = Portfolio.objects.create(
        company=company, position=1, name="North", rule={}, collector=priya, **away
    )
    customer = rows.customers["100"]
    Assignment.objects.create(
        company=company, customer=customer, portfolio=portfolio, collector=priya, day=today
    )
    User.objects.filter(pk=tom.pk).update(is_active=False)

    derive(company, today)

    assert entry("100").collector == priya


def test_amounts_of_currencies_are_compared_at_the_rate_of_the_day_and_never_added(
    company: Company, today: dt.date
) -> None:
    text = """
    customer 100
    invoice 100 A1 100.00 due=-5
    invoice 100 A2 400000.00 due=-9 currency=JPY
    invoice 100 A3 900000.00 due=-2 currency=CHF
    """
    load(text, company=company, today=today)
    ExchangeRate.objects.create(company=company, currency="JPY", valid_from=today, rate=Decimal("0.005"))

    derive(company, today)

    found = entry("100")
    assert (found.currency, found.oldest_days) == ("GBP", 9)
    assert found.to_collect == 100
    assert found.weight == 2000
    assert [other["currency"] for other in found.other_currencies] == ["CHF", "JPY"]
    assert "JPY\u00a0400,000 to collect" in [part.why for part in explanations.why(found)]


def test_an_amount_without_a_rate_gives_no_points_and_says_so(company: Company, today: dt.date) -> None:
    load("customer 100 currency=CHF\ninvoice 100 A1 9000.00 due=-5", company=company, today=today)

    derive(company, today)

    parts = explanations.why(entry("100"))
    assert parts[-1].why == "there is no exchange rate for CHF, so the amount gives no points"
    assert sum(part.points for part in parts) == entry("100").score


def test_a_company_may_weigh_as_it_likes(company: Company, rows: Rows, today: dt.date) -> None:
    derive(company, today)
    Weight.objects.filter(company=company, rule="amount").update(points=200)

    derive(company, today)

    assert entry("100").score == 20 + 10 + 200


def test_a_customer_whom_nothing_concerns_any_more_leaves_no_entry(
    company: Company, rows: Rows, today: dt.date
) -> None:
    derive(company, today)
    Invoice.objects.filter(number="D1").update(open_amount=0, settled_on=today)

    derive(company, today)

    assert not Entry.objects.filter(customer__number="300").exists()
    why = inspector.explain(company=company, number="300", today=today)
    assert (why.listed, why.rule) == (False, "no_open_items")


def test_pages_follow_each_other_without_a_gap(company: Company, today: dt.date) -> None:
    lines = [f"customer {n}\ninvoice {n} A{n} {n % 3 + 1}00.00 due=-{n % 4 + 4}" for n in range(100, 125)]
    load("\n".join(lines), company=company, today=today)
    derive(company, today)
    whole = [each.pk for each in entries.listed(company)]

    found: list[int] = []
    page = list(entries.listed(company)[:7])
    while page:
        found += [each.pk for each in page]
        page = list(entries.listed(company).after(Place.parse(str(page[-1].place)))[:7])

    assert found == whole
    assert len(whole) == 25
    for number, each in enumerate(entries.listed(company)):
        assert Entry.objects.listed(company).before(each.place).count() == number


def test_each_view_counts_what_it_shows(company: Company, rows: Rows, today: dt.date, priya: User) -> None:
    Assignment.objects.create(company=company, customer=rows.customers["100"], collector=priya, day=today)
    log(rows, "200", priya, on=today - dt.timedelta(1), next_step="call_back", next_on=today)
    derive(company, today)

    (shown,) = Entry.objects.listed(company).counted_by_view(collector=priya)
    counts = dict(zip(VIEWS, shown, strict=True))

    assert counts == {"mine": 1, "call_backs": 1, "broken_promises": 0, "new_overdue": 1, "key": 0, "all": 2}
    for view, count in counts.items():
        shown = Entry.objects.listed(company).in_view(view, collector=priya)
        assert shown.count() == count


def test_a_view_shows_what_is_so_whatever_points_it_gives(
    company: Company, rows: Rows, today: dt.date, priya: User
) -> None:
    log(rows, "200", priya, on=today - dt.timedelta(1), next_step="call_back", next_on=today)
    derive(company, today)
    Weight.objects.filter(company=company, rule__in=("call_back", "new_overdue")).update(points=0)

    derive(company, today)

    assert {part["rule"] for part in entry("200").parts} == {"oldest_age", "amount"}
    for view in ("call_backs", "new_overdue"):
        assert [each.customer.number for each in entries.listed(company, view=view)] == ["200"]


def test_the_list_asks_the_same_number_of_queries_for_any_number_of_customers(
    company: Company, rows: Rows, today: dt.date, django_assert_num_queries: Any
) -> None:
    derive(company, today)
    load(
        "\n".join(f"customer {n}\ninvoice {n} X{n} 500.00 due=-9" for n in range(500, 540)),
        company=company,
        today=today,
    )
    for _ in range(2):
        with django_assert_num_queries(10):
            derive(company, today)
        with django_assert_num_queries(1):
            assert [part.why for each in entries.listed(company) for part in explanations.why(each)]

"""Each figure of a week that is over opens the invoices behind it, to the penny; by customer too, and where
no invoices are kept that is all there is.
"""

import csv
import datetime as dt
import io
import re
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from collections_app.forecasting import forecasts
from collections_app.forecasting.forecasts import Forecast
from collections_app.people.rules import Role
from tests.desk import person
from tests.doors import signed_in, text
from tests.forecasting.paying import always, forecast
from tests.forecasting.test_forecasts import pay
from tests.ledgerrows import company_of, moment
from tests.screens.reporting.walking import linked, total

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 3, 2)
NOW = moment(dt.date(2026, 3, 16))
LIST = "/NG/reports/pieces/{what}/?currency=GBP&of={of}"
KINDS = ("expected", "came", "credited", "missed")


@pytest.fixture
def dana() -> Client:
    """Two customers; one pays what nobody expected, of one some is credited, of one nothing comes."""
    company = company_of("NG", country="GB")
    rows = forecast(
        company,
        MONDAY,
        *always("100", late=5),
        "invoice 100 A1 480.07 due=-3",
        "invoice 100 A2 300.00 due=-4",
        "credit_note 100 C1 40.00 on=-9",
        *always("200", late=5),
        "invoice 200 B1 0.03 due=+90",
        "invoice 200 B2 66.00 due=-4 currency=EUR",
    )
    pay(rows, "A1", "480.07", on=MONDAY + dt.timedelta(2))
    pay(rows, "B1", "0.03", on=MONDAY + dt.timedelta(3))
    pay(rows, "A2", "40.00", on=MONDAY + dt.timedelta(3), credit="C1")
    forecasts.compare(company=company, today=NOW.date())
    return signed_in(person(company, "dana", Role.MANAGER))


def asked(dana: Client, url: str) -> str:
    with time_machine.travel(NOW, tick=True):
        return text(dana.get(url))


def told(html: str) -> dict[str, Decimal]:
    """The rows of a list: what each is of, and its amount."""
    found = re.findall(r'data-label="What">([^<]*)<.*?data-label="Amount">(.*?)</td>', html, re.DOTALL)
    return {
        name.strip(): Decimal(re.sub(r"<[^>]*>|[^\d.−]", "", amount).replace("−", "-"))
        for name, amount in found
    }


def test_the_lists_of_a_week_tell_its_invoices_to_the_penny(dana: Client) -> None:
    found = {what: told(asked(dana, LIST.format(what=what, of=MONDAY))) for what in KINDS}

    assert found["came"] == {"A1": Decimal("480.07"), "B1": Decimal("0.03")}
    assert found["credited"] == {"A2": Decimal("40.00")}
    assert set(found["expected"]) == {"A1", "A2"}
    for number in ("A1", "A2", "B1"):
        came, expected = (found[what].get(number, Decimal(0)) for what in ("came", "expected"))
        assert found["missed"][number] == came - expected


@pytest.mark.parametrize("what", KINDS)
def test_invoices_and_customers_come_to_the_figure_that_opens_them(dana: Client, what: str) -> None:
    page = asked(dana, "/NG/reports/forecast/?currency=GBP") + asked(dana, "/NG/reports/charts/accuracy/")
    figures = [(url, figure) for url, figure in linked(page) if f"/pieces/{what}/" in url]
    assert figures

    for url, figure in figures:
        listed = asked(dana, url)
        assert total(listed) == figure
        assert sum(told(listed).values()) == figure
        (other,) = re.findall(r'<a href="([^"]*)">By customer</a>', listed)
        customers = asked(dana, other.replace("&amp;", "&"))
        assert total(customers) == figure
        assert set(told(customers)) == {""}
        assert ">By invoice</a>" in customers


def test_a_file_of_the_list_tells_the_invoice(dana: Client) -> None:
    with time_machine.travel(NOW, tick=True):
        answer = dana.get(f"/NG/reports/pieces.csv?what=came&currency=GBP&of={MONDAY}")
    lines = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))

    rows = [line for line in lines if line and line[0] in ("100", "200")]
    assert [(line[0], line[2], Decimal(line[6])) for line in rows] == [
        ("100", "A1", Decimal("480.07")),
        ("200", "B1", Decimal("0.03")),
    ]


def test_a_week_without_invoices_opens_to_its_customers_and_says_why(dana: Client) -> None:
    by_invoice = asked(dana, LIST.format(what="missed", of=MONDAY))
    Forecast.objects.update(is_by_invoice=False)

    page = asked(dana, LIST.format(what="missed", of=MONDAY))

    assert "so its customers are listed" in page
    assert "so its customers are listed" not in by_invoice
    assert total(page) == total(by_invoice)
    assert "By invoice</a>" not in page


def test_another_way_of_telling_it_is_not_found(dana: Client) -> None:
    assert dana.get(LIST.format(what="missed", of=f"{MONDAY}.secrets")).status_code == 404

"""Published exchange rates: read from a file as central banks write it, crossed into the company's currency,
kept with their day and source. Worked by hand.
"""

import datetime as dt
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from collections_app.activity import company_setup
from collections_app.activity.events import Event
from collections_app.ledger import exchange_rates, rate_files
from collections_app.ledger.companies import Company
from collections_app.ledger.exchange_rates import ExchangeRate, Imported
from collections_app.lib import clock
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.doors import signed_in, text
from tests.ledgerrows import company_of
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

FRIDAY = dt.date(2026, 3, 6)
MONDAY = dt.date(2026, 3, 9)
AT = dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC)
# As the file of all days is written: the newest first, a comma at the end, N/A for what was not published.
FILE = (
    b"Date,USD,JPY,ROL,GBP,IDR,\n"
    b"2026-03-09,1.1700,175.50,N/A,0.8775,19500,\n"
    b"2026-03-06,1.1600,N/A,41000,0.8700,19400,\n"
    b"1999-01-04,1.1789,133.73,13111,0.7111,9433.61,\n"
)
SOURCE = "reference rates of a central bank"


def take(company: Company, content: bytes = FILE) -> Imported:
    published = rate_files.read(content)
    return company_setup.take_rates(published, company=company, source=SOURCE, by=None, at=AT)


@pytest.fixture
def company() -> Company:
    return company_of("NG", currency="GBP", time_zone="Europe/London", country="GB")


def test_rates_are_crossed_through_the_euro_and_kept_with_their_day_and_source(company: Company) -> None:
    found = take(company)

    assert (found.since, found.until) == (FRIDAY, MONDAY)  # of 1999 no ledger tells
    dated = exchange_rates.dated_on(company=company, day=MONDAY)
    assert dated["USD"].rate == Decimal("0.75")  # 0.8775 / 1.17
    assert dated["JPY"].rate == Decimal("0.005")  # 0.8775 / 175.5
    assert dated["EUR"].rate == Decimal("0.8775")
    assert dated["IDR"].rate == Decimal("0.000045")
    assert (dated["USD"].valid_from, dated["USD"].source) == (MONDAY, SOURCE)
    assert "ROL" not in dated


def test_a_weekend_goes_by_the_friday_before(company: Company) -> None:
    take(company)

    on_sunday = exchange_rates.dated_on(company=company, day=MONDAY - dt.timedelta(1))

    assert (on_sunday["USD"].rate, on_sunday["USD"].valid_from) == (Decimal("0.75"), FRIDAY)  # 0.87 / 1.16
    assert "JPY" not in on_sunday
    assert exchange_rates.dated_on(company=company, day=FRIDAY - dt.timedelta(1)) == {}


def test_the_same_file_again_changes_nothing_and_a_corrected_one_only_what_it_corrects(
    company: Company,
) -> None:
    first = take(company)

    assert first.changed == ExchangeRate.objects.count() == 7
    assert take(company).changed == 0
    assert take(company, FILE.replace(b"19500", b"19501")).changed == 1
    assert Event.objects.filter(what="exchange_rate.imported").count() == 2


def test_what_somebody_entered_for_a_day_is_not_replaced_by_a_file(company: Company) -> None:
    entered = Decimal("0.8765")
    company_setup.set_rate(company=company, currency="EUR", rate=entered, valid_from=MONDAY, by=None, at=AT)

    take(company)

    assert exchange_rates.dated_on(company=company, day=MONDAY)["EUR"].rate == entered
    assert "entered by" in exchange_rates.dated_on(company=company, day=MONDAY)["EUR"].source


def test_days_are_kept_as_far_back_as_the_ledger_reaches(company: Company) -> None:
    load("customer 1\ninvoice 1 A 5.00 due=0 issued=0", company=company, today=dt.date(1999, 1, 20))

    assert take(company).since == dt.date(1999, 1, 4)


def test_a_company_in_euro_gets_its_rates_the_other_way_round() -> None:
    company = company_of("EU", currency="EUR", time_zone="Europe/Paris")
    take(company)

    rates = exchange_rates.rates_on(company=company, day=MONDAY)

    assert rates["JPY"] == (Decimal(1) / Decimal("175.5")).quantize(Decimal("1e-12"))
    assert rates["EUR"] == 1


def test_the_file_of_one_day_is_read_as_well_and_so_is_a_packed_one(company: Company) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("eurofxref.csv", "Date, USD, GBP, \n09 March 2026, 1.1700, 0.8775, \n")

    take(company, packed.getvalue())

    assert exchange_rates.rates_on(company=company, day=MONDAY)["USD"] == Decimal("0.75")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This is not a file of reference rates"),
        (b"Customer,Amount\n1,2\n", "This is not a file of reference rates"),
        (b"Date,Dollar\n2026-03-09,1\n", "“DOLLAR” in the first line is not a currency"),
        (b"Date,USD,USD\n2026-03-09,1,2\n", "USD has two columns"),
        (b"Date,USD\n", "There is no day in this file"),
        (b"Date,USD\n9/3/26,1.1\n", "Line 2: “9/3/26” is not a day"),
        (b"Date,USD\n2026-02-30,1.1\n", "Line 2: “2026-02-30” is not a day"),
        (b"Date,USD\n2026-03-09,0\n", "Line 2: “0” is not a rate of USD"),
        (b"Date,USD\n2026-03-09,-1\n", "Line 2: “-1” is not a rate of USD"),
        (b"Date,USD\n2026-03-09,NaN\n", "is not a rate of USD"),
        (b"Date,USD\n2026-03-09,1e400\n", "is not a rate of USD"),
        (b"Date,USD\n2026-03-09,1.1,5\n", "Line 2: it has more columns"),
        (b"Date,USD\n2026-03-09,1.1\n2026-03-09,1.2\n", "9 March 2026 is there twice"),
        (b"\xff\xfe\x00D", "This is not a file of text"),
        (b"PK\x03\x04nothing", "The ZIP file cannot be opened"),
        (b"Date,USD\n2026-03-09,1.1\n", "Nothing of this file can be used"),
    ],
)
def test_what_cannot_be_read_is_refused_whole_with_a_sentence(
    company: Company, content: bytes, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        take(company, content)

    assert not ExchangeRate.objects.exists()


def test_a_packed_file_that_unpacks_to_too_much_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("rates.csv", b"0" * (rate_files.BYTES_MAX + 2))

    with pytest.raises(Refused, match="are not read"):
        rate_files.read(packed.getvalue())


@pytest.fixture
def browser() -> Client:
    return signed_in(User.objects.create(username="root", full_name="Rooth", role=Role.ADMINISTRATOR))


def test_an_administrator_brings_a_file_in_and_reads_whose_rates_they_are(
    company: Company, browser: Client
) -> None:
    today = company.today(at=clock.now())
    content = FILE.replace(b"2026-03-09", today.isoformat().encode())
    file = io.BytesIO(content)
    file.name = "eurofxref-hist.csv"

    answer = browser.post(
        "/setup/companies/NG/rates/", {"what": "file", "file": file, "source": SOURCE}, follow=True
    )

    assert SOURCE in text(answer)
    assert "are known: " in text(answer)
    again = io.BytesIO(b"Date,USD\n,1\n")
    again.name = "wrong.csv"
    wrong = browser.post("/setup/companies/NG/rates/", {"what": "file", "file": again, "source": "The bank"})
    assert wrong.status_code == 422
    assert "Line 2" in text(wrong)
    assert "The bank" in text(wrong)


def test_the_operator_brings_a_file_in(company: Company, tmp_path: Path) -> None:
    today = company.today(at=clock.now())
    path = tmp_path / "rates.csv"
    path.write_bytes(FILE.replace(b"2026-03-09", today.isoformat().encode()))
    said = io.StringIO()

    call_command("import_exchange_rates", "--company", "NG", str(path), "--json", stdout=said)

    assert f'"until": "{today.isoformat()}"' in said.getvalue()
    assert exchange_rates.rates_on(company=company, day=today)["USD"] == Decimal("0.75")

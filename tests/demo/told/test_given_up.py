"""What was given up and let off, and what the insurer is told, as the demo tells it."""

from collections_app.insurance import clocks, policies, sign_offs
from collections_app.insurance.insurance_rows import InsurerNotice
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.people.users import User
from collections_app.reports import approvals, exceptions, respect
from collections_app.reports.exceptions import Kind, Wanted
from collections_app.reports.report_mailings import ReportMailing
from collections_app.write_offs.write_off_rows import WriteOff
from tests import cast
from tests.demo.conftest import TODAY


def uk() -> Company:
    return Company.objects.get(code="northgate-uk")


def test_two_invoices_of_ashmoor_are_written_off_and_a_third_waits() -> None:
    told = WriteOff.objects.filter(customer__number=cast.ASHMOOR.number).order_by("pk")
    assert [(each.state, each.amount) for each in told] == [("approved", 4100), ("proposed", 3120)]
    owed = Invoice.objects.open().get(customer__number=cast.ASHMOOR.number)
    assert owed.open_amount == 3120
    assert WriteOff.objects.get(state="refused").customer.number == cast.WEXDALE.number


def test_dana_finds_write_offs_a_release_and_nothing_of_her_own() -> None:
    found = approvals.waiting_for(User.objects.get(username="dana"), company=uk())
    assert found.kinds["write_off"] == 2
    assert found.kinds["release"] == 1


def test_there_are_exceptions_of_most_kinds() -> None:
    found = exceptions.page(uk(), Wanted(), today=TODAY, page=1)
    kinds = {Kind.EXCLUSION, Kind.FORCED, Kind.BLOCK, Kind.EXEMPT, Kind.WRITE_OFF}
    assert kinds <= {each.kind for each in found.rows}


def test_respect_has_something_to_tell_of_this_month() -> None:
    found = respect.figures(uk(), today=TODAY)
    assert sum(figures[0].number > 0 for figures in found.values()) >= 4


def test_the_insurer_is_to_be_told_soon_and_of_nothing_too_late() -> None:
    policy = policies.of(uk())
    assert policy
    waiting = clocks.waiting(policy, visible=Customer.objects.filter(company=uk()), today=TODAY)
    by = {each.customer_number: each.by for each in waiting}
    assert min(by.values()) >= TODAY
    assert {cast.CORRIDGE.number, cast.KESTERBY.number, cast.HALWORTH.number} <= set(by)
    assert (by[cast.HALWORTH.number] - TODAY).days == 1
    assert (by[cast.CORRIDGE.number] - TODAY).days == 8
    assert InsurerNotice.objects.filter(customer__number=cast.KESTERBY.number).exists()


def test_every_list_of_the_insurer_is_signed_off_but_yesterdays() -> None:
    policy = policies.of(uk())
    assert policy
    assert [(TODAY - day).days for day in sign_offs.missing(policy, today=TODAY)] == [1]


def test_a_report_goes_out_on_mondays() -> None:
    mailing = ReportMailing.objects.get()
    assert str(mailing.schedule) == "every Monday at 08:00"

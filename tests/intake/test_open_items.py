"""Lists of open items, one after the other: what grew, what shrank, what is gone."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collections_app.intake import profiles
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Correction, Invoice
from collections_app.ledger.payments import Payment
from tests.intake.conftest import AS_OF, AT, Import
from tests.intake.ledgers import assert_proven, ledger, messages, open_of

HEAD = "type,customer,number,amount,open_amount,issued_on,due_on\n"


def _list(*rows: str) -> str:
    return HEAD + "".join(f"{row}\n" for row in rows)


def test_a_smaller_open_amount_is_an_implied_allocation(import_text: Import, company: Company) -> None:
    import_text(
        _list("invoice,C1,A,100,100,2026-01-02,2026-02-01"), kind="open-items", as_of=dt.date(2026, 3, 1)
    )
    batch = import_text(_list("invoice,C1,A,100,40,2026-01-02,2026-02-01"), kind="open-items")

    assert batch.summary["changed"] == 1
    allocation = Allocation.objects.get()
    assert (allocation.amount, allocation.basis, allocation.posted_on) == (Decimal(60), "implied", AS_OF)
    assert open_of(company, "A") == 40
    assert_proven(company)


def test_a_larger_open_amount_first_takes_back_what_was_only_implied(
    import_text: Import, company: Company
) -> None:
    for day, still_open in ((1, 100), (8, 40), (15, 90)):
        text = _list(f"invoice,C1,A,100,{still_open},2026-01-02,2026-02-01")
        assert import_text(text, kind="open-items", as_of=dt.date(2026, 3, day)).state == "applied"

    assert open_of(company, "A") == 90
    assert not Correction.objects.exists()
    assert list(Allocation.objects.order_by("pk").values_list("side", "amount")) == [
        ("settles", Decimal(60)),
        ("restores", Decimal(60)),
        ("settles", Decimal(10)),
    ]
    assert_proven(company)


def test_what_is_still_too_much_is_a_larger_amount(import_text: Import, company: Company) -> None:
    text = "type,customer,number,open_amount,issued_on\ninvoice,C1,A,{},2026-01-02\n"
    for day, still_open in ((1, 100), (8, 40), (15, 130)):
        import_text(text.format(still_open), kind="open-items", as_of=dt.date(2026, 3, day))

    assert (Invoice.objects.get().amount, open_of(company, "A")) == (Decimal(130), Decimal(130))
    correction = Correction.objects.get()
    assert (correction.amount_from, correction.amount_to) == (Decimal(100), Decimal(130))
    assert_proven(company)


def test_what_comes_back_is_open_again(import_text: Import, company: Company) -> None:
    both = _list("invoice,C1,A,100,100,2026-01-02,", "invoice,C1,B,5,5,2026-01-02,")
    import_text(both, kind="open-items", as_of=dt.date(2026, 3, 1))
    gone = import_text(_list("invoice,C1,B,5,5,2026-01-02,"), kind="open-items", as_of=dt.date(2026, 3, 8))
    assert (gone.summary["settled"], open_of(company, "A")) == (1, Decimal(0))
    import_text(both, kind="open-items")

    assert open_of(company, "A") == 100
    assert_proven(company)


def test_what_was_posted_after_the_day_of_the_list_is_left_alone(
    import_text: Import, company: Company
) -> None:
    import_text("type,customer,number,amount,issued_on\ninvoice,C1,NEW,70,2026-03-19\n", kind="transactions")
    import_text(_list("invoice,C1,A,100,100,2026-01-02,"), kind="open-items")

    assert open_of(company, "NEW") == 70


def test_an_older_list_than_the_last_one_is_refused(import_text: Import, company: Company) -> None:
    import_text(_list("invoice,C1,A,100,100,2026-01-02,"), kind="open-items")
    batch = import_text(
        _list("invoice,C1,A,100,90,2026-01-02,"), kind="open-items", as_of=AS_OF - dt.timedelta(days=1)
    )

    assert (batch.state, batch.problems.get().code) == ("refused", "older_list")
    assert open_of(company, "A") == 100


def test_part_of_an_original_amount_was_settled_before_the_first_list(
    import_text: Import, company: Company
) -> None:
    import_text(_list("invoice,C1,A,100,30,2026-01-02,"), kind="open-items")

    assert list(Allocation.objects.values_list("basis", "amount")) == [("opening", Decimal(70))]
    assert open_of(company, "A") == 30


def test_negative_amounts_are_credit_notes_and_payments(import_text: Import, company: Company) -> None:
    text = (
        "Belegart;Debitor;Belegnummer;Belegdatum;Nettofälligkeit;Betrag in "
        "Hauswährung\nRV;0001;1;02.01.2026;01.02.2026;1.234,56\nDG;0001;2;02.01.2026;;100,00-\nDZ;0001;3;02.02.2026;;50,00-\n0001;;;;;1.084,56\n"
    )
    text = text.replace("0001;;;;;", ";0001;;;;")
    batch = import_text(text.encode("cp1252"), "sap-fbl5n-de", kind="open-items")

    assert batch.state == "applied", messages(batch)
    assert batch.summary["totals"] == {"EUR": "1084.56"}
    assert sorted(Invoice.objects.values_list("kind", "number", "open_amount")) == [
        ("credit_note", "2", Decimal(100)),
        ("invoice", "1", Decimal("1234.56")),
    ]
    assert Payment.objects.get().unallocated_amount == 50
    assert Invoice.objects.first().customer.number == "1"  # type: ignore[union-attr]
    assert batch.summary["notes"] == ["1 row of totals agrees with the rows above."]


def test_a_far_moving_total_asks_and_is_applied_when_somebody_says_yes(
    import_text: Import, company: Company
) -> None:
    import_text(_list("invoice,C1,A,1000,1000,2026-01-02,"), kind="open-items", as_of=dt.date(2026, 3, 1))
    small = _list("invoice,C1,A,1000,1000,2026-01-02,", "invoice,C1,B,201,201,2026-01-02,")

    asked = import_text(small, kind="open-items", accepted=False)
    assert (asked.state, [q["code"] for q in asked.summary["questions"]]) == ("checked", ["total_moves_EUR"])
    assert not Invoice.objects.filter(number="B").exists()

    assert import_text(small, kind="open-items").state == "applied"


@pytest.mark.parametrize("rounds", [6])
def test_any_series_of_lists_leaves_the_ledger_as_the_last_list_says(
    import_text: Import, company: Company, rounds: int
) -> None:
    numbers = st.sampled_from(["A", "B", "C", "D"])
    amounts = st.integers(1, 400).map(lambda cents: Decimal(cents) / 4)
    lists = st.lists(st.dictionaries(numbers, amounts, max_size=4), min_size=1, max_size=rounds)
    day = iter(range(10_000))

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(lists)
    def holds(series: list[dict[str, Decimal]]) -> None:
        for items in series:
            as_of = dt.date(2000, 1, 1) + dt.timedelta(days=next(day))
            rows = [f"{number},{amount}" for number, amount in items.items()]
            text = "type,customer,number,open_amount,issued_on\n" + "".join(
                f"{'receipt' if row[0] == 'D' else 'invoice'},C1,{row},1999-12-01\n" for row in rows
            )
            batch = import_text(text, kind="open-items", as_of=as_of)
            if any(code == "payment_grew" for _, _, code in messages(batch)):
                continue
            assert batch.state == "applied", messages(batch)
            held = dict(Invoice.objects.filter(open_amount__gt=0).values_list("number", "open_amount"))
            held |= dict(
                Payment.objects.filter(unallocated_amount__gt=0).values_list("number", "unallocated_amount")
            )
            assert held == items
        assert_proven(company)

    holds()


def test_the_order_of_rows_does_not_matter(import_text: Import, company: Company) -> None:
    rows = [f"invoice,C{n % 3},N{n},{n}.50,{n}.50,2026-01-{n:02d}," for n in range(1, 20)]
    import_text(_list(*rows), kind="open-items")
    once = ledger(company)
    batch = import_text(_list(*reversed(rows)), kind="open-items", at=AT + dt.timedelta(hours=1))

    assert ledger(company) == once
    assert batch.summary["unchanged"] == 19


def test_due_dates_that_look_exchanged_are_asked_about(import_text: Import, company: Company) -> None:
    rows = "".join(f"invoice,C1,N{n},5,5,2026-01-05,02.{n:02}.2026\n" for n in range(1, 13))
    own = profiles.named("own", company=company, kind="open-items").mapping
    mapping = own.as_json() | {"days": ["D-M-Y"]}
    saved = profiles.save(company=company, title="Days first", mapping=mapping, by=None, at=AT)
    batch = import_text(HEAD + rows, saved.name, kind="open-items", accepted=False)

    (asked,) = batch.summary["questions"]
    assert asked["code"] == "days_exchanged"
    assert "“due_on”" in asked["message"]


def test_a_currency_that_is_new_to_the_ledger_is_asked_about(import_text: Import, company: Company) -> None:
    head = "type,customer,number,amount,issued_on,currency\n"
    first = import_text(head + "invoice,C1,A,100,2026-01-02,EUR\n", kind="transactions", accepted=False)
    assert first.state == "applied"
    batch = import_text(head + "invoice,C1,B,1,2026-01-02,USD\n", kind="transactions", accepted=False)
    assert [asked["code"] for asked in batch.summary["questions"]] == ["new_currency_USD"]

"""What moved DSO adds up: in money to the penny, in days exactly, and as shown to the tenth."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collections_app.reports.rules.bridging import Bridge, End, bridge
from collections_app.reports.rules.dividing import rounded
from collections_app.reports.rules.totals import Flow, Standing

# February and March of the trade's example: 6,000 owed after 10,500 of sales, 6,340 after 10,890, 90 days
# each. In March 3,890 were invoiced, 3,350 paid and 200 credited.
FEBRUARY = End(Standing(not_due=D(3610), overdue_1=D(2390), disputed=D(300)), D(10500), 90)
MARCH = End(
    Standing(not_due=D(3590), overdue_1=D(1800), overdue_31=D(950), disputed=D(400), disputed_overdue=D(400)),
    D(10890),
    90,
)
FLOW = Flow(invoiced=D(3890), settled=D(3550), settled_by_credit=D(200))


def march() -> Bridge:
    found = bridge(FEBRUARY, MARCH, FLOW)
    assert found
    return found


def shown(found: Bridge, name: str) -> dict[str, tuple[D | None, D]]:
    (reading,) = (each for each in found.readings if each.name == name)
    return {step.label: (step.amount, step.shown) for step in reading.steps}


def test_what_happened_in_march_moved_dso_from_51_4_to_52_4_days() -> None:
    found = march()

    assert (rounded(found.opening_days, 1), rounded(found.closing_days, 1)) == (D("51.4"), D("52.4"))
    assert shown(found, "happened") == {
        "Pace of sales": (None, D("-1.8")),  # 6,000 x 90 / 10,890 - 6,000 x 90 / 10,500
        "Invoiced": (D(3890), D("32.1")),
        "Collected": (D(-3350), D("-27.7")),
        "Credit notes": (D(-200), D("-1.6")),  # -1.65, and the whole is 1.0
    }


def test_what_is_in_dispute_stands_by_itself() -> None:
    assert shown(march(), "standing") == {
        "Pace of sales": (None, D("-1.8")),
        "Not overdue": (D(280), D("2.3")),  # 3,590 against 3,610 less 300 in dispute
        "In dispute": (D(100), D("0.8")),
        "Overdue": (D(-40), D("-0.3")),  # 2,750 - 400 against 2,390
    }


def test_what_grew_older_is_seen_by_age() -> None:
    found = shown(march(), "ages")

    assert found["1–30 days"] == (D(-590), D("-4.9"))
    assert found["31–60 days"] == (D(950), D("7.9"))
    assert found["121+ days"][0] == 0


def test_what_no_deed_of_the_month_explains_is_told_as_corrections() -> None:
    found = bridge(FEBRUARY, MARCH, Flow(invoiced=D(3890), settled=D(3540), settled_by_credit=D(200)))

    assert found
    assert shown(found, "happened")["Corrections"][0] == D(-10)


@pytest.mark.parametrize(("first", "second"), [(D(0), D(100)), (D(100), D(0))])
def test_without_sales_there_is_no_bridge(first: D, second: D) -> None:
    assert bridge(End(Standing(), first, 90), End(Standing(), second, 90), Flow()) is None


amounts = st.decimals(0, 10**9, places=2)
standings = st.builds(
    Standing, not_due=amounts, overdue_1=amounts, overdue_31=amounts, overdue_121=amounts,
    disputed=amounts, disputed_overdue=amounts,
)  # fmt: skip
ends = st.builds(End, standings, st.decimals(D("0.01"), 10**9, places=2), st.integers(89, 92))
flows = st.builds(Flow, invoiced=amounts, settled=amounts, settled_by_credit=amounts)


@given(ends, ends, flows)
def test_every_reading_adds_up_whatever_the_ledger(opening: End, closing: End, flow: Flow) -> None:
    found = bridge(opening, closing, flow)

    assert found
    for reading in found.readings:
        assert reading.amount == closing.standing.owed - opening.standing.owed
        assert reading.steps[-1].after == found.closing_days
        assert reading.shown == (rounded(found.closing_days, 1) or 0) - (rounded(found.opening_days, 1) or 0)

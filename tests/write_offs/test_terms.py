"""Limits are set by who has none to widen; reasons are edited; the bookkeeper is told once."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.activity.events import Event
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from collections_app.write_offs import decisions, handovers, recoveries, terms, write_off_reasons
from collections_app.write_offs.rules.limits import Approver, Terms
from collections_app.write_offs.rules.reasons import Reason
from collections_app.write_offs.write_off_reasons import WriteOffReason
from tests.write_offs.conftest import Propose
from tests.write_offs.test_proposals import codes

HOUR = dt.timedelta(hours=1)


def test_a_company_begins_with_the_usual_terms(company: Company) -> None:
    found = terms.of(company)

    assert (found.two_above, found.managers, found.waits_working_days) == (
        Decimal(5000),
        Decimal(5000),
        20,
    )
    assert found.limit_of(Approver(1, "collector")) == 0
    assert found.limit_of(Approver(1, "manager")) == 5000
    assert found.limit_of(Approver(1, "manager", "finance_director")) is None
    assert found.limit_of(Approver(1, "")) == 0


def test_nobody_widens_their_own_limit(company: Company, dana: User, fred: User, at: dt.datetime) -> None:
    with pytest.raises(Refused) as manager:
        terms.put(company=company, terms=Terms(managers=Decimal(90000)), by=dana, at=at)
    with pytest.raises(Refused) as own:
        terms.put(company=company, terms=Terms(people={fred.pk: Decimal(90000)}), by=fred, at=at)
    terms.put(company=company, terms=Terms(people={dana.pk: Decimal(100)}), by=fred, at=at)
    terms.put(company=company, terms=Terms(people={dana.pk: Decimal(100)}), by=fred, at=at)

    assert codes(manager) == ["own_limit"]
    assert codes(own) == ["own"]
    assert terms.of(company).people == {dana.pk: 100}
    assert Event.objects.filter(what="write_off_terms.set").count() == 1


def test_who_set_them_meanwhile_is_not_written_over(company: Company, fred: User, at: dt.datetime) -> None:
    seen = terms.version_of(company)
    terms.put(company=company, terms=Terms(two_above=Decimal(1000)), version=seen, by=fred, at=at)
    with pytest.raises(Refused) as refused:
        terms.put(company=company, terms=Terms(two_above=Decimal(2000)), version=seen, by=fred, at=at)

    assert codes(refused) == ["changed_since"]
    assert terms.of(company).two_above == 1000


def test_a_reason_is_added_and_retired_and_what_was_proposed_keeps_its_words(
    propose: Propose, company: Company, dana: User, at: dt.datetime
) -> None:
    made = propose(A1="1.00", reason="SMALL")
    new = Reason("FIRE", "Their warehouse burnt down", "The insurer's letter")
    write_off_reasons.put(company=company, reason=new, is_new=True, by=dana, at=at)
    old = write_off_reasons.of(company)["SMALL"]
    retired = Reason(old.code, "Peanuts", old.evidence, is_active=False)
    write_off_reasons.put(company=company, reason=retired, is_new=False, by=dana, at=at)
    with pytest.raises(Refused) as refused:
        propose(A2="1.00", reason="SMALL")
    made.refresh_from_db()

    assert codes(refused) == ["reason"]
    assert [each.code for each in write_off_reasons.active(company)][-1] == "FIRE"
    assert WriteOffReason.objects.count() == 8
    assert made.reason_label == old.label


def test_the_bookkeeper_gets_each_write_off_once_and_its_undoing(
    propose: Propose, company: Company, dana: User, at: dt.datetime
) -> None:
    first = decisions.approve(propose(A1="100.00", A2="5.00"), by=dana, at=at)
    taken_back_before = decisions.approve(propose(A3="7.00"), by=dana, at=at)
    recoveries.take_back(taken_back_before, because="Mistake", by=dana, at=at)
    propose(A1="50.00")
    given = handovers.hand_over(company=company, by=dana, at=at + HOUR)
    again = handovers.hand_over(company=company, by=dana, at=at + 2 * HOUR)
    first.refresh_from_db()
    recoveries.take_back(first, because="They paid", by=dana, at=at + 3 * HOUR)
    undone = handovers.hand_over(company=company, by=dana, at=at + 4 * HOUR)

    assert [(line.invoice.number, line.amount) for line in given] == [("A1", 100), ("A2", 5)]
    assert again == []
    assert [line.invoice.number for line in undone] == ["A1", "A2"]
    assert handovers.again(company=company, at=at + HOUR) == given


def test_it_is_booked_once_it_was_handed_over(
    propose: Propose, company: Company, dana: User, at: dt.datetime
) -> None:
    made = decisions.approve(propose(A1="100.00"), by=dana, at=at)
    with pytest.raises(Refused) as refused:
        handovers.note_booked(made, booked_as="JE-7", by=dana, at=at)
    handovers.hand_over(company=company, by=dana, at=at)
    booked = handovers.note_booked(made, booked_as="JE-7", by=dana, at=at)

    assert codes(refused) == ["not_handed_over"]
    assert (booked.booked_as, booked.booked_by) == ("JE-7", dana)

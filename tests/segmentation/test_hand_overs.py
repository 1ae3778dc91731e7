"""Customers are handed over as a set, from a day on, with what was open with the giver; and taken back."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from collections_app.activity.events import Event
from collections_app.behaviour import positions
from collections_app.contact import commitments, disputes
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.disputes import Dispute
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.segmentation import assignments, hand_overs, portfolios
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.hand_over_rows import HandOver
from collections_app.segmentation.hand_overs import Wanted
from collections_app.segmentation.rules.conditions import Rule
from tests.desk import person
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

TODAY = dt.date(2026, 4, 22)
DAY = dt.timedelta(days=1)
AT = dt.datetime(2026, 4, 22, 9, tzinfo=dt.UTC)
LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.00 due=-40
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 300.00 due=-3
customer 300 "Calder Ltd" country=GB
invoice 300 D1 90.00 due=-20
"""


class Desk:
    """Priya looks after everybody, by name of the accounts system; Tom has a portfolio for the rest."""

    def __init__(self) -> None:
        self.company: Company = company_of(country="GB", time_zone="Europe/London")
        self.rows: Rows = load(LEDGER, company=self.company, today=TODAY)
        self.priya, self.tom = person(self.company, "priya"), person(self.company, "tom")
        self.dana = person(self.company, "dana", Role.MANAGER)
        Customer.objects.update(collector=self.priya)
        for user in (self.priya, self.tom):
            portfolios.create(
                company=self.company, name=f"Of {user}", rule=Rule(), collector=user, by=None, at=AT
            )
        positions.measure(company=self.company, today=TODAY)
        assignments.assign(company=self.company, today=TODAY)

    def make(self, *, seen: int = 2, first_on: dt.date = TODAY, **given: Any) -> HandOver:
        """Priya's British customers go to Tom."""
        facts = {"wanted": Wanted(self.priya, country="GB"), "taker": self.tom, "by": self.dana, "at": AT}
        made = hand_overs.make(
            company=self.company, chosen="in the United Kingdom", seen=seen, first_on=first_on,
            **{**facts, **given},
        )  # fmt: skip
        self.assign()
        return made

    def assign(self, day: dt.date = TODAY) -> None:
        assignments.assign(company=self.company, today=day)

    def whose(self) -> dict[str, tuple[User | None, str]]:
        found = Assignment.objects.select_related("customer", "collector", "portfolio")
        return {each.customer.number: (each.collector, str(each.portfolio)) for each in found}


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


def open_things(desk: Desk) -> None:
    """For Harrow a commitment of Priya's, one of Tom's and a dispute; for Brandt one of Priya's."""
    for number, owner in (("100", desk.priya), ("100", desk.tom), ("200", desk.priya)):
        commitments.record(
            customer=desk.rows.customers[number],
            kind="copy",
            owner=owner,
            due_on=TODAY + DAY,
            by=owner,
            at=AT,
        )
    disputes.lodge(
        customer=desk.rows.customers["100"], invoice=desk.rows.invoices["A1"], amount=Decimal(40),
        reason="PRICE", by=desk.priya, at=AT,
    )  # fmt: skip
    Dispute.objects.update(owner=desk.priya)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_the_chosen_customers_are_looked_after_by_the_other_and_the_rest_stays(desk: Desk) -> None:
    desk.make()

    assert desk.whose() == {
        "100": (desk.tom, "Of Tom"), "200": (desk.priya, "Of Priya"), "300": (desk.tom, "Of Tom"),
    }  # fmt: skip
    told = Event.objects.filter(what="customer.handed_over").order_by("customer__number")
    assert [(each.customer.number, each.by) for each in told if each.customer] == [
        ("100", desk.dana), ("300", desk.dana),
    ]  # fmt: skip
    assert told[0].summary == "From 22 April 2026 on Tom looks after them, handed over by Priya"


def test_what_is_open_with_the_giver_passes_over_with_an_event_each(desk: Desk) -> None:
    open_things(desk)
    assert hand_overs.with_giver(Customer.objects.filter(country="GB"), desk.priya) == (1, 1)
    desk.make()

    owners = list(
        Commitment.objects.order_by("pk").values_list("customer__number", "owner__username", "version")
    )
    assert owners == [("100", "tom", 2), ("100", "tom", 1), ("200", "priya", 1)]
    assert Dispute.objects.get().owner == desk.tom
    assert Event.objects.filter(what="commitment.handed_over").count() == 1
    assert Event.objects.get(what="dispute.assigned").facts["owner"] == desk.tom.pk


def test_it_begins_on_its_day_by_the_night_and_twice_is_once(desk: Desk) -> None:
    open_things(desk)
    desk.make(first_on=TODAY + 3 * DAY)
    assert {who for who, _ in desk.whose().values()} == {desk.priya}
    assert Dispute.objects.get().owner == desk.priya

    later = TODAY + 3 * DAY
    begun = [hand_overs.begin_due(company=desk.company, today=later, at=AT + 3 * DAY) for _ in range(2)]
    desk.assign(later)
    assert begun == [1, 0]
    assert desk.whose()["100"][0] == desk.tom
    assert Dispute.objects.get().owner == desk.tom


def test_taken_back_the_same_day_everything_is_as_before(desk: Desk) -> None:
    open_things(desk)
    before = desk.whose()
    made = desk.make()
    for _ in range(2):
        hand_overs.undo(made, by=desk.dana, at=AT + dt.timedelta(hours=2))
    desk.assign()

    assert desk.whose() == before
    assert [each.owner for each in Commitment.objects.order_by("pk")] == [desk.priya, desk.tom, desk.priya]
    assert Dispute.objects.get().owner == desk.priya
    assert Event.objects.filter(what="customer.hand_over_undone").count() == 2


def test_the_day_after_it_is_not_taken_back_any_more(desk: Desk) -> None:
    made = desk.make()
    with pytest.raises(Refused, match="Hand them over the other way round"):
        hand_overs.undo(made, by=desk.dana, at=AT + DAY)

    ahead = desk.make(seen=1, wanted=Wanted(desk.priya), first_on=TODAY + 5 * DAY, at=AT)
    assert hand_overs.undo(ahead, by=desk.dana, at=AT + 2 * DAY).undone_at


def test_it_holds_until_the_accounts_system_names_somebody_else(desk: Desk) -> None:
    desk.make()
    jonas = person(desk.company, "jonas")
    Customer.objects.filter(number="100").update(collector=jonas)
    desk.assign(TODAY + DAY)

    assert desk.whose()["100"][0] == jonas
    assert desk.whose()["300"][0] == desk.tom


def test_who_has_left_looks_after_nobody_they_were_handed(desk: Desk) -> None:
    desk.make()
    User.objects.filter(pk=desk.tom.pk).update(is_active=False)
    desk.assign()

    assert desk.whose()["100"][0] == desk.priya


def test_size_and_segment_and_portfolio_narrow_what_is_handed_over(desk: Desk) -> None:
    def numbers(**given: Any) -> set[str]:
        found = hand_overs.customers_of(desk.company, Wanted(desk.priya, **given), today=TODAY)
        return set(found.values_list("number", flat=True))

    mine = desk.priya.portfolios.get().pk
    assert numbers() == numbers(portfolio=mine) == {"100", "200", "300"}
    assert numbers(portfolio=desk.tom.portfolios.get().pk) == numbers(segment="key") == set()
    assert numbers(at_least=Decimal(300)) == {"100", "200"}
    assert numbers(at_most=Decimal(300), country="GB") == {"300"}


def test_every_problem_is_told_and_nothing_is_written(desk: Desk) -> None:
    with pytest.raises(Refused) as wrong:
        desk.make(taker=desk.priya, first_on=TODAY - DAY, seen=9)
    with pytest.raises(Refused) as nobody:
        desk.make(taker=None, wanted=Wanted(desk.tom))
    with pytest.raises(Refused) as collector:
        desk.make(by=desk.priya)

    assert codes(wrong) == ["taker", "first_on", "changed_since"]
    assert codes(nobody) == ["taker", "nobody"]
    assert codes(collector) == ["not_allowed"]
    assert not HandOver.objects.exists()
    assert not Event.objects.filter(what__startswith="customer.hand").exists()


def test_one_form_hands_over_once(desk: Desk) -> None:
    key = uuid4()
    first = desk.make(form_key=key)

    assert desk.make(form_key=key) == first
    assert Event.objects.filter(what="customer.handed_over").count() == 2


def test_only_the_new_collector_puts_it_away(desk: Desk) -> None:
    made = desk.make()
    assert list(HandOver.objects.told_to(desk.tom, today=TODAY)) == [made]
    with pytest.raises(Refused, match="Only Tom"):
        hand_overs.put_away(made, by=desk.dana, at=AT)
    hand_overs.put_away(made, by=desk.tom, at=AT)

    assert not HandOver.objects.told_to(desk.tom, today=TODAY).exists()


def rule_given(desk: Desk) -> dict[str, Any]:
    """Nobody is named by the accounts system: who is new falls to Priya's portfolio by its rule."""
    Customer.objects.update(collector=None)
    desk.assign()
    return {"wanted": Wanted(desk.priya), "seen": 3}


def newcomer(desk: Desk, day: dt.date = TODAY) -> User | None:
    rows = load('customer 900 "New Ltd" country=GB', company=desk.company, today=day)
    desk.assign(day)
    return Assignment.objects.get(customer=rows.customers["900"]).collector


@pytest.mark.parametrize(("with_new", "whose"), [(False, "priya"), (True, "tom")])
def test_new_customers_of_the_portfolio_pass_too_only_when_that_was_chosen(
    desk: Desk, with_new: bool, whose: str
) -> None:
    desk.make(**rule_given(desk), with_new=with_new)

    collector = newcomer(desk)
    assert collector is not None
    assert collector.username == whose
    told = Event.objects.filter(what="portfolio.changed").values_list("summary", flat=True)
    assert list(told) == (["changed portfolio “Of Priya” of Tom"] if with_new else [])


def test_a_portfolio_passes_on_its_day_and_comes_back_when_it_is_taken_back(desk: Desk) -> None:
    given, later = rule_given(desk), TODAY + 3 * DAY
    made = desk.make(**given, with_new=True, first_on=later)
    assert {str(each.collector) for each in portfolios.of(desk.company)} == {"Priya", "Tom"}

    hand_overs.begin_due(company=desk.company, today=later, at=AT + 3 * DAY)
    desk.assign(later)
    assert {str(each.collector) for each in portfolios.of(desk.company)} == {"Tom"}
    made.refresh_from_db()
    assert made.passed["portfolios"] == made.portfolios != []

    again = hand_overs.make(
        company=desk.company, wanted=Wanted(desk.tom), chosen="all of them", seen=3, taker=desk.priya,
        first_on=later, with_new=True, by=desk.dana, at=AT + 3 * DAY,
    )  # fmt: skip
    assert {str(each.collector) for each in portfolios.of(desk.company)} == {"Priya"}
    hand_overs.undo(again, by=desk.dana, at=AT + 3 * DAY)
    assert {str(each.collector) for each in portfolios.of(desk.company)} == {"Tom"}


def test_one_that_somebody_else_was_given_meanwhile_stays_theirs(desk: Desk) -> None:
    made = desk.make(**rule_given(desk), with_new=True)
    jonas = person(desk.company, "jonas")
    (mine, *_) = (each for each in portfolios.of(desk.company) if each.pk in made.portfolios)
    portfolios.change(
        portfolio=mine, name=mine.name, rule=mine.conditions, collector=jonas, by=desk.dana, at=AT
    )
    hand_overs.undo(made, by=desk.dana, at=AT)

    assert portfolios.Portfolio.objects.get(pk=mine.pk).collector == jonas


def test_a_part_of_a_portfolio_does_not_take_it_along(desk: Desk) -> None:
    rule_given(desk)
    with pytest.raises(Refused) as refused:
        desk.make(wanted=Wanted(desk.priya, country="GB"), seen=2, with_new=True)
    assert codes(refused) == ["portfolios"]
    tom = next(each for each in portfolios.of(desk.company) if each.collector == desk.tom)
    with pytest.raises(Refused) as refused:
        desk.make(wanted=Wanted(desk.priya, portfolio=tom.pk), seen=0, with_new=True)
    assert "portfolios" in codes(refused)
